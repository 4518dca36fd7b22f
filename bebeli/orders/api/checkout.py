"""From the cart to a purchase: what it would cost, and placing it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts.api.address import address_of
from bebeli.kit import language
from bebeli.kit.api import idempotency_key
from bebeli.kit.api_doors import SignedInView, caller, read
from bebeli.kit.api_schema import IDEMPOTENCY_KEY, operation
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import retried
from bebeli.orders import guessing, promos
from bebeli.orders.actions.open_cart import open_cart_of_user
from bebeli.orders.api.asked import PurchaseSerializer, QuoteSerializer
from bebeli.orders.api.cart import cart_id_of
from bebeli.orders.api.schemas import PurchaseShape, QuoteShape
from bebeli.orders.api.shapes import purchase_shape, quote_shape
from bebeli.orders.cart_view import CartView, look
from bebeli.orders.flows import reconcile
from bebeli.orders.flows.checkout import check_out
from bebeli.orders.flows.quote import CartQuote, quote_cart
from bebeli.orders.models import Order, Purchase
from bebeli.orders.offers import Offers
from bebeli.orders.offers import look as look_offers
from bebeli.orders.placing import Wish
from bebeli.places.models import Region
from bebeli.vouchers.people import Person
from bebeli.vouchers.terms import code_of

TAG = "checkout"


def own_purchases(user_id: int) -> QuerySet[Purchase]:
    """Return a person's purchases, loaded as they are shown."""
    orders = Order.objects.select_related("seller__district").prefetch_related("lines", "events", "refunds").order_by("pk")
    rows = Purchase.objects.of_buyer(user_id).select_related("payment")
    return rows.prefetch_related("payment__attempts__receiving", Prefetch("orders", orders))


def refuse_purse(purse: str) -> None:
    """Only one's own money may be spent yet."""
    if purse != Purchase.Purse.PERSONAL:
        message = _("Belanja dengan anggaran instansi atau perusahaan perlu persetujuan dan belum dibuka. Pakai uang pribadi.")
        raise Refused("purse_needs_approval", message, field="purse")


def wish_of(request: Request, said: dict[str, Any]) -> Wish:
    """Return what is asked for, as the web asks for it."""
    key = idempotency_key(request)
    if not key.isprintable():
        raise InvalidInput("bad_idempotency_key", _("Idempotency-Key hanya huruf dan angka."), field="Idempotency-Key")
    user_id = caller(request)
    return Wish(
        cart_id=open_cart_of_user(user_id).pk,
        buyer_id=user_id,
        email=getattr(request.user, "email", ""),
        address=address_of(user_id, said["address"]),
        shipping=said["shipping"],
        method=said["payment_method"],
        purse=said["purse"],
        idem_key=key,
        notes=said.get("notes", {}),
        language=language.now(),
        voucher=code_of(said.get("voucher") or ""),
        campaigns=tuple(code_of(code) for code in said.get("campaigns", [])),
    )


class QuoteView(SignedInView):
    """What shipping would cost."""

    @operation("quote_checkout", TAG, QuoteShape, body=QuoteSerializer, fails=(401, 409))
    def post(self, request: Request) -> Response:
        """Answer every seller's shipping options to an address, and what vouchers would take off; changes nothing."""
        said = read(QuoteSerializer, request.data)
        refuse_purse(said["purse"])
        address = address_of(caller(request), said["address"])
        cart = look(cart_id_of(request))
        if not cart.groups:
            raise Refused("cart_empty", _("Keranjang Anda kosong."))
        region = Region.objects.with_ancestry().get(pk=address.region_code)
        quoted = quote_cart(cart, region, address.locality)
        typed = code_of(said.get("voucher") or "")
        guessing.refuse_more(guessing.who(request) if typed else "")
        offers = _offers(request, cart, quoted, said.get("shipping", {}), typed)
        if offers.misfit is not None:
            guessing.count(guessing.who(request), offers.misfit.code)
        return Response(quote_shape(quoted, offers))


def _offers(request: Request, cart: CartView, quoted: CartQuote, chosen: dict[str, str], typed: str) -> Offers:
    """Return what vouchers would take off with the chosen ways of shipping, the cheapest where none is chosen."""
    shipping = {}
    for part in quoted.sellers:
        prices = [option.price for option in part.options if option.code == chosen.get(part.seller.slug)]
        shipping[part.seller.pk] = min(prices or [option.price for option in part.options] or [0])
    districts = {part.seller.pk: part.seller.district_id for part in quoted.sellers}
    person = Person(caller(request), getattr(request.user, "email", ""))
    return look_offers(promos.basket_of(cart.lines, districts, shipping), person, typed)


class PurchasesView(SignedInView):
    """Placing."""

    @operation(
        "place_purchase",
        TAG,
        PurchaseShape,
        status=201,
        body=PurchaseSerializer,
        parameters=(IDEMPOTENCY_KEY,),
        fails=(401, 409),
    )
    def post(self, request: Request) -> Response:
        """Place the whole cart and open its payment."""
        wish = wish_of(request, read(PurchaseSerializer, request.data))
        guessing.refuse_more(guessing.who(request) if wish.voucher else "")
        try:
            placed = check_out(wish)
        except Refused as refusal:
            guessing.count(guessing.who(request), refusal.code)
            raise
        purchase = own_purchases(caller(request)).get(pk=placed.pk)
        where = {"Location": request.build_absolute_uri(f"{request.path}{purchase.code}/")}
        return Response(purchase_shape(purchase), status=status.HTTP_201_CREATED, headers=where)


class PurchaseView(SignedInView):
    """One purchase."""

    @operation("get_purchase", TAG, PurchaseShape, fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """Answer one's own purchase."""
        return Response(purchase_shape(get_object_or_404(own_purchases(caller(request)), code=code)))


class CancelPurchaseView(SignedInView):
    """Calling a purchase off."""

    @operation("cancel_purchase", TAG, PurchaseShape, fails=(401, 404, 409))
    def post(self, request: Request, code: str) -> Response:
        """Cancel a whole unpaid purchase."""
        user_id = caller(request)
        found = get_object_or_404(Purchase.objects.of_buyer(user_id), code=code)
        retried(lambda: reconcile.cancel(found.pk, user_id))
        return Response(purchase_shape(own_purchases(user_id).get(pk=found.pk)))
