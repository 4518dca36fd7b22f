"""Checkout on one page: address, shipping per seller, payment, totals."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bebeli.accounts.models import Address
from bebeli.kit import clock
from bebeli.kit.access import public
from bebeli.kit.errors import Refused
from bebeli.kit.throttle import limited
from bebeli.orders import attempts, cart_cookie, draft, guessing, promos, rates, totals, windows
from bebeli.orders.cart_view import CartView, look
from bebeli.orders.draft import Draft
from bebeli.orders.flows.checkout import check_out
from bebeli.orders.flows.quote import CartQuote, SellerQuote, quote_cart
from bebeli.orders.models import Purchase
from bebeli.orders.offers import Offers
from bebeli.orders.offers import look as look_offers
from bebeli.orders.shipping import Option
from bebeli.places.models import Region
from bebeli.vouchers.fitting import Deal
from bebeli.vouchers.people import Person

COUNTS = frozenset({"hitung", "pakai"})  # buttons that only count again


@dataclass(frozen=True)
class Part:
    """One seller on the page: the quote, the option that is ticked, the note."""

    quote: SellerQuote
    chosen: Option | None
    note: str


@public
@require_http_methods(["GET", "POST"])
@limited("checkout", account=30, network=300)
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the page, count again, or place: the same key gives the same purchase."""
    mine = cart_cookie.find(request)
    said = draft.read(request)
    if mine is None:
        return redirect("orders:cart")
    if request.method == "POST" and not COUNTS & request.POST.keys():
        try:
            wish = said.wish(mine.pk, request.user.pk, email=draft.email_of(request, said))
            guessing.refuse_more(guessing.who(request) if wish.voucher else "")
            return _go_pay(request, check_out(wish), wish.guest_token)
        except Refused as refusal:
            said.errors[refusal.field or "top"] = str(refusal.message)
    return _page(request, said, look(mine.pk))


def _go_pay(request: HttpRequest, purchase: Purchase, guest_token: str) -> HttpResponse:
    request.session["baru"] = purchase.code
    if guest_token:
        return redirect("orders:guest", code=purchase.code, token=guest_token)
    return redirect("orders:purchase", code=purchase.code)


def _page(request: HttpRequest, said: Draft, cart: CartView) -> HttpResponse:
    if not cart.is_ready:
        if cart.groups:
            messages.warning(request, said.errors.get("top") or _("Ada yang berubah di keranjang. Periksa dulu."))
        return redirect("orders:cart")
    quoted = _quote(said, cart)
    parts = _parts(said, quoted)
    offers = _offers(request, said, cart, parts)
    is_counting = bool(COUNTS & request.POST.keys())
    here = f"{request.path}?{urlencode({'voucher': said.voucher})}" if said.voucher else request.path
    context = {
        "said": said,
        "wrong": [words for name, words in said.errors.items() if not (is_counting and name == "voucher")],  # it is said there
        "back": urlencode({"next": here}),
        "cart": cart,
        "parts": parts,
        "offers": offers,
        "summary": _summary(cart, parts, offers.deal) if offers else None,
        "methods": [(value, words, windows.minutes(value)[0]) for value, words in attempts.offered()],
        "book": list(Address.objects.of(request.user.pk)) if request.user.is_authenticated else [],
    }
    status = 422 if said.errors and not is_counting else 200
    return render(request, "orders/checkout.html", context, status=status)


def _quote(said: Draft, cart: CartView) -> CartQuote | None:
    if said.address is None:
        return None
    region = Region.objects.with_ancestry().get(pk=said.address.region_code)
    return quote_cart(cart, region, said.address.locality)


def _parts(said: Draft, quoted: CartQuote | None) -> list[Part]:
    if quoted is None:
        return []
    return [
        Part(part, ticked(part, said.shipping.get(part.seller.slug, "")), said.notes.get(part.seller.slug, ""))
        for part in quoted.sellers
    ]


def ticked(part: SellerQuote, code: str) -> Option | None:
    """Return the option that was chosen, else the cheapest that brings it to the door, else the first."""
    chosen = next((option for option in part.options if option.code == code), None)
    to_door = [option for option in part.options if option.kind != "pickup"]
    cheapest = min(to_door, key=lambda option: option.price, default=None)
    return chosen or cheapest or next(iter(part.options), None)


def _offers(request: HttpRequest, said: Draft, cart: CartView, parts: list[Part]) -> Offers | None:
    """Return what vouchers do to this cart; None while it is not known what bringing it costs."""
    if not parts or any(part.chosen is None for part in parts):
        return None
    shipping = {part.quote.seller.pk: part.chosen.price for part in parts if part.chosen}
    districts = {group.seller.pk: group.seller.district_id for group in cart.groups}
    basket = promos.basket_of(cart.lines, districts, shipping)
    guest_phone = said.address.phone if said.address and not request.user.is_authenticated else ""
    email = getattr(request.user, "email", "") or said.email
    try:
        guessing.refuse_more(guessing.who(request) if said.voucher else "")
    except Refused as refusal:
        said.voucher, said.errors["voucher"] = "", str(refusal.message)
    found = look_offers(basket, Person(request.user.pk, email, guest_phone), said.voucher)
    if found.misfit is not None:
        guessing.count(guessing.who(request), found.misfit.code)
        said.errors.setdefault("voucher", found.misfit.words)
    return found


def _summary(cart: CartView, parts: list[Part], deal: Deal) -> totals.PurchaseParts:
    goods = {group.seller.pk: [line.subtotal for line in group.lines] for group in cart.groups}
    shipping = {part.quote.seller.pk: part.chosen.price for part in parts if part.chosen}
    shelves = {group.seller.pk: [line.variant.product.category.path for line in group.lines] for group in cart.groups}
    return totals.purchase_parts(
        goods,
        shipping,
        rates.on(clock.today()),
        shelves=shelves,
        seller_discounts=deal.seller_discounts,
        platform_discount=deal.platform_discount,
        platform_weights=deal.platform_weights,
    )
