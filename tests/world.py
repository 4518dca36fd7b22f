"""Builds small worlds: people, makers, goods, carts, purchases in any state, by the real verbs."""

from __future__ import annotations

import io
import itertools
import uuid
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from bebeli.accounts.addressing import AddressValue
from bebeli.accounts.models import Address, Appointment, User
from bebeli.catalog import search
from bebeli.catalog.models import Category, Product, ProductStanding, StockMovement, Variant
from bebeli.catalog.stock import refresh_shelf
from bebeli.kit import clock, codes
from bebeli.orders import chain
from bebeli.orders.actions.add_to_cart import add_to_cart
from bebeli.orders.actions.open_cart import open_cart_of_user
from bebeli.orders.actions.place import place
from bebeli.orders.actions.record_tax_letter import LetterWish, record_tax_letter
from bebeli.orders.actions.refund import refund_seen
from bebeli.orders.actions.schedule_rate import RateWish, schedule_rate
from bebeli.orders.actions.settle import settle
from bebeli.orders.cart_view import look
from bebeli.orders.flows import charge
from bebeli.orders.flows.quote import quote_cart
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import (
    Cart,
    CartLine,
    Order,
    PaymentAttempt,
    Purchase,
    Rate,
    ReceivingAccount,
    TaxLetter,
    TransferProof,
)
from bebeli.orders.placing import Quoted, Wish
from bebeli.orders.proofs import KeptProof
from bebeli.places.models import Region
from bebeli.sellers.models import Membership, Seller

PASSWORD = "sandi-untuk-uji-saja"
HASHED = make_password(PASSWORD)
PROOF = KeptProof("bukti/uji.webp", 1, "0" * 64)
VILLAGE = "32.16.09.2004"
_serial = itertools.count(1)

HOME = AddressValue(
    recipient="Pembeli Uji",
    phone="+6281234567890",
    region_code=VILLAGE,
    street="Jl. Contoh 1, RT 001/RW 001",
    postal_code="17530",
)


def user(email: str = "", **fields: Any) -> User:
    """A person who can log in with PASSWORD."""
    made = User.objects.create(email=email or f"orang{next(_serial)}@example.com", password=HASHED, **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def finance() -> User:
    """A person appointed to finance."""
    made = user()
    Appointment.objects.create(user=made, role="finance")
    return made


def auditor() -> User:
    """A person who may look at everything."""
    made = user()
    Appointment.objects.create(user=made, role="auditor")
    return made


def seller(**fields: Any) -> Seller:
    """An open stall with an owner."""
    number = next(_serial)
    village = Region.objects.get(pk=VILLAGE)
    values = {
        "slug": f"toko-{number}",
        "name": f"Toko {number}",
        "owner_name": "Pemilik Uji",
        "status": Seller.Status.OPEN,
        "village": village,
        "district_id": village.district_code,
        "street": "Jl. Contoh 2",
        "postal_code": "17530",
        "phone": "+6281200000000",
        "email": f"toko{number}@example.com",
        "opened_at": clock.now(),
    }
    made = Seller.objects.create(**{**values, **fields})
    Membership.objects.create(seller=made, user=user())
    return made


def owner(stall: Seller) -> int:
    """The id of the person who runs a stall."""
    return int(stall.members.values_list("user_id", flat=True)[0])


def category() -> Category:
    """A shelf."""
    return Category.objects.get_or_create(
        slug="keripik", defaults={"name_id": "Keripik", "name_en": "Chips", "path": "keripik/"}
    )[0]


def variant(stall: Seller | None = None, *, price: int = 25_000, stock: int = 10, name: str = "", **fields: Any) -> Variant:
    """A published product with one variant."""
    number = next(_serial)
    product = Product.objects.create(
        slug=f"barang-{number}",
        seller=stall or seller(),
        category=category(),
        name_id=name or f"Barang {number}",
        status=Product.Status.PUBLISHED,
        published_at=clock.now(),
        price_from=price,
        **fields,
    )
    ProductStanding.objects.create(product=product)
    made = Variant.objects.create(product=product, sku=f"SKU-{number}", price=price, weight_g=500, on_hand=stock)
    if stock:
        StockMovement.objects.create(
            variant=made, kind="opening", delta=stock, on_hand_after=stock, idem_key=f"opening:{made.sku}"
        )
    refresh_shelf([product.pk])
    search.index([product.pk])
    return made


def address(of: User) -> Address:
    """A line in somebody's address book."""
    return Address.objects.create(
        user=of,
        recipient=HOME.recipient,
        phone=HOME.phone,
        region_id=HOME.region_code,
        street=HOME.street,
        postal_code=HOME.postal_code,
        is_default=not Address.objects.of(of.pk).exists(),
    )


def visitor_cart(made: Variant, quantity: int = 1) -> tuple[Cart, str]:
    """A visitor's cart and the token of its cookie."""
    token = codes.random_token()
    cart = Cart.objects.create(visitor=codes.digest(token))
    CartLine.objects.create(cart=cart, variant=made, quantity=quantity, price_seen=made.price)
    return cart, token


def cart_of(buyer: User, *wanted: tuple[Variant, int]) -> Cart:
    """A person's cart with lines."""
    cart = open_cart_of_user(buyer.pk)
    for made, quantity in wanted:
        add_to_cart(cart.pk, made.sku, quantity)
    return cart


def wish_for(cart: Cart, buyer: User, *, method: str = "bca_va", key: str = "", **fields: Any) -> tuple[Wish, Quoted]:
    """What a checkout asks, and its quote, with the first option of each maker."""
    view = look(cart.pk)
    quoted = quote_cart(view, Region.objects.with_ancestry().get(pk=VILLAGE))
    shipping = {part.seller.slug: fields.pop("ship", "local") for part in quoted.sellers}
    wish = Wish(cart.pk, buyer.pk, buyer.email, HOME, shipping, method, "personal", key or uuid.uuid4().hex, **fields)
    return wish, quoted.choose(shipping)


def placed(buyer: User, *wanted: tuple[Variant, int], method: str = "bca_va", **fields: Any) -> Purchase:
    """A purchase that waits for money; not charged."""
    return place(*wish_for(cart_of(buyer, *wanted), buyer, method=method, **fields))


def charged(buyer: User, *wanted: tuple[Variant, int], method: str = "bca_va", **fields: Any) -> Purchase:
    """A purchase that was charged at the provider."""
    purchase = placed(buyer, *wanted, method=method, **fields)
    charge.charge_purchase(purchase)
    return purchase


def truth(attempt: PaymentAttempt, status: str = "settlement", **fields: Any) -> Truth:
    """What the provider would say of an attempt."""
    said: dict[str, Any] = {
        "order_id": attempt.code,
        "transaction_id": f"trx-{attempt.code}",
        "status": status,
        "status_code": "200",
        "fraud_status": None,
        "amount": attempt.gross,
        "currency": "IDR",
        "merchant_id": settings.MIDTRANS_MERCHANT_ID,
        "payment_type": "bank_transfer",
        "paid_at": None,
        "refunds": (),
        "raw": {},
    }
    return Truth(**{**said, **fields})


def paid(buyer: User, *wanted: tuple[Variant, int], **fields: Any) -> Purchase:
    """A purchase whose money came, without a provider being asked."""
    purchase = placed(buyer, *wanted, **fields)
    attempt = attempt_of(purchase)
    assert settle(attempt.pk, truth(attempt), settings.MIDTRANS_MERCHANT_ID) == "settled"
    purchase.refresh_from_db()
    return purchase


def rate_ahead(boss: User) -> Rate:
    """A commission of 5 % from tomorrow on."""
    return schedule_rate(RateWish("commission", 500, clock.today() + timedelta(days=1)), boss.pk)


def rates_today(**values: int) -> None:
    """Rates that hold today."""
    for kind, value in values.items():
        Rate.objects.create(kind=kind, value=value, valid_from=clock.today())


def letter(stall: Seller, boss: User) -> TaxLetter:
    """A statement of a small turnover for this year."""
    year = clock.today().year
    wish = LetterWish(stall.slug, "statement", f"S-{next(_serial)}", date(year, 1, 1), date(year, 12, 31))
    return record_tax_letter(wish, boss.pk)


def seal() -> None:
    """Put every entry into the chain, inside a test's own transaction where no entry is ready by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id, {chain.CONTENT} FROM orders_entry e"
            " WHERE NOT EXISTS (SELECT FROM orders_entryseal s WHERE s.entry_id = e.id) ORDER BY e.id"
        )
        chain.append([(int(pk), str(content)) for pk, content in cursor.fetchall()])


def charged_nowhere() -> Purchase:
    """A purchase that waits for money, whose provider was never asked."""
    return placed(user(), (variant(), 1))


def settle_now(attempt: PaymentAttempt, status: str = "settlement", **fields: Any) -> str:
    """Apply what the provider would say."""
    return settle(attempt.pk, truth(attempt, status, **fields), settings.MIDTRANS_MERCHANT_ID)


def reversed_by_provider(attempt: PaymentAttempt) -> None:
    """The provider takes the money back."""
    assert settle_now(attempt, "deny", status_code="202") == "reversed"


def refund_confirmed(order: Order) -> None:
    """The provider says that its bank gave the money back."""
    refund_seen(order.refunds.get().pk)


def receiving() -> ReceivingAccount:
    """The shop's bank account."""
    return ReceivingAccount.objects.get_or_create(bank_code="110", number="0099000112233", defaults={"holder": "BEBELI UJI"})[0]


def picture(colour: str = "white", kind: str = "PNG", size: tuple[int, int] = (300, 400)) -> SimpleUploadedFile:
    """A picture as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return SimpleUploadedFile(f"bukti.{kind.lower()}", out.getvalue(), f"image/{kind.lower()}")


def transferred(buyer: User, *wanted: tuple[Variant, int], colour: str = "white") -> TransferProof:
    """A purchase by transfer whose proof waits for finance."""
    receiving()
    purchase = charged(buyer, *wanted, method="manual_transfer")
    return send_proof(purchase.pk, picture(colour), "Pembeli Uji")


def attempt_of(purchase: Purchase) -> PaymentAttempt:
    """The newest attempt."""
    return PaymentAttempt.objects.filter(payment__purchase=purchase).latest("pk")


def orders_of(purchase: Purchase) -> list[Order]:
    """The purchase's orders, fresh."""
    return list(Order.objects.filter(purchase=purchase).select_related("seller").order_by("pk"))
