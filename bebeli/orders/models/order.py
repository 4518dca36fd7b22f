"""An order: one maker's part of a purchase, with its own state, parcel and money."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.orders.models.line import OrderLine

OWN_DELIVERY = "sendiri"  # instead of a courier: the maker brings it


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders, asked by who may see them."""

    def of_buyer(self, user_id: int | None) -> OrderQuerySet:
        """Those a person bought."""
        return self.filter(purchase__buyer_id=user_id) if user_id else self.none()

    def of_seller(self, user_id: int | None) -> OrderQuerySet:
        """Those of the sellers a person acts for, from the moment they are paid or on credit."""
        never_paid = [Order.Status.AWAITING, Order.Status.EXPIRED, Order.Status.CANCELLED]
        return self.filter(seller__members__user_id=user_id or 0).exclude(paid_at=None, status__in=never_paid)

    def to_document(self) -> OrderQuerySet:
        """Those paid without an invoice yet, and those fallen whose invoice still stands."""
        paid = Q(paid_at__isnull=False, invoiced_at=None)
        return self.filter(paid | Q(status__in=Order.FALLEN, invoiced_at__isnull=False, credited_at=None))

    def held(self) -> OrderQuerySet:
        """Those whose money the bank took back, with `held_at`: since when they stand still."""
        moves = OrderEvent.objects.filter(order=OuterRef("pk"), to_status=Order.Status.HELD).order_by("-pk")
        return self.filter(status=Order.Status.HELD).annotate(held_at=Subquery(moves.values("at")[:1]))

    def matching(self, text: str) -> OrderQuerySet:
        """Those whose code, waybill, goods, stall or recipient hold some words; '' narrows nothing."""
        words = text.strip().replace("\0", "")
        if not words:
            return self
        goods = OrderLine.objects.filter(Q(name__icontains=words) | Q(sku__iexact=words)).values("order")
        named = Q(purchase__recipient__icontains=words) | Q(seller__name__icontains=words)
        return self.filter(Q(code__icontains=words) | Q(waybill__iexact=words) | named | Q(pk__in=goods))


class Order(models.Model):
    """Rates are frozen at the moment of sale, in basis points; amounts are whole rupiah."""

    lock_rank: ClassVar[str] = "order"

    class Status(models.TextChoices):
        AWAITING = "awaiting_payment", _("menunggu pembayaran")
        ORDERED = "ordered", _("dipesan, bayar kemudian")
        PAID = "paid", _("dibayar")
        PROCESSING = "processing", _("diproses")
        SHIPPED = "shipped", _("dikirim")
        DELIVERED = "delivered", _("sampai")
        COMPLETED = "completed", _("selesai")
        CANCELLED = "cancelled", _("dibatalkan")
        EXPIRED = "expired", _("kedaluwarsa")
        REFUNDED = "refunded", _("dana dikembalikan")
        DISPUTED = "disputed", _("dikomplain")
        HELD = "held", _("ditahan")

    class PromoPayer(models.TextChoices):
        PLATFORM = "platform", _("BEBELI")
        REGENCY = "regency", _("Kabupaten Bekasi")

    FALLEN: ClassVar[tuple[str, ...]] = ("cancelled", "refunded")  # nothing of them stays sold

    purchase = models.ForeignKey("orders.Purchase", on_delete=models.PROTECT, related_name="orders", db_index=False)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="orders", db_index=False)
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.AWAITING)
    note = models.CharField(_("catatan untuk penjual"), max_length=240, blank=True)

    goods_total = models.BigIntegerField()
    seller_discount = models.BigIntegerField(default=0)
    platform_discount = models.BigIntegerField(default=0)
    promo_payer = models.CharField(
        max_length=8, choices=PromoPayer.choices, default="platform", db_default="platform", help_text="of the platform discount"
    )
    shipping_price = models.BigIntegerField()
    total = models.BigIntegerField(help_text="goods − seller discount + shipping")

    shipping_code = models.CharField(max_length=24)
    shipping_label = models.CharField(max_length=80)
    shipping_kind = models.CharField(max_length=10)
    shipping_paid_by = models.CharField(max_length=10, default="seller")
    shipping_min_days = models.PositiveSmallIntegerField(default=0)
    shipping_max_days = models.PositiveSmallIntegerField(default=0)
    weight_g = models.PositiveIntegerField(default=0)

    commission_bp = models.PositiveIntegerField(default=0)
    vat_bp = models.PositiveIntegerField(default=0)
    income_tax_bp = models.PositiveIntegerField(default=0)
    goods_vat_bp = models.PositiveIntegerField(default=0, db_default=0, help_text="PPN inside the price: of a PKP's goods")
    commission = models.BigIntegerField(default=0)
    commission_vat = models.BigIntegerField(default=0)
    income_tax = models.BigIntegerField(default=0)

    refunded = models.BigIntegerField(default=0, db_default=0, help_text="promised or paid back to the buyer, without the fee")
    refunded_face = models.BigIntegerField(default=0, db_default=0, help_text="of the total, before the platform's discount")
    refunded_shipping = models.BigIntegerField(default=0, db_default=0, help_text="part of the refunded face")
    refunded_commission = models.BigIntegerField(default=0, db_default=0)
    refunded_vat = models.BigIntegerField(default=0, db_default=0)
    refunded_tax = models.BigIntegerField(default=0, db_default=0)

    courier = models.CharField(_("kurir"), max_length=40, blank=True)
    waybill = models.CharField(_("nomor resi"), max_length=40, blank=True)
    pickup_code = models.CharField(max_length=8, blank=True)
    pickup_tries = models.PositiveSmallIntegerField(default=0)
    placed_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    complete_by = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    complaint_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="days to complain once completed, as they were when it arrived"
    )
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=240, blank=True)
    invoiced_at = models.DateTimeField(null=True, blank=True)
    credited_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesanan")
        verbose_name_plural = _("pesanan")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "seller"], name="orders_order_once_per_seller"),
            models.CheckConstraint(
                condition=Q(total=F("goods_total") - F("seller_discount") + F("shipping_price")),
                name="orders_order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    goods_total__gte=0,
                    shipping_price__gte=0,
                    seller_discount__gte=0,
                    platform_discount__gte=0,
                    platform_discount__lte=F("total"),
                ),
                name="orders_order_amounts",
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded__range=(F("refunded_face") - F("platform_discount"), F("total") - F("platform_discount")),
                    refunded__gte=0,
                    refunded_face__range=(F("refunded"), F("total")),
                    refunded_face__lte=F("goods_total") - F("seller_discount") + F("refunded_shipping"),
                    refunded_shipping__range=(0, F("shipping_price")),
                ),
                name="orders_order_refunded",
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_commission__range=(0, F("commission")),
                    refunded_vat__range=(0, F("commission_vat")),
                    refunded_tax__range=(0, F("income_tax")),
                ),
                name="orders_order_given_up",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "status", "-id"], name="orders_order_desk"),
            models.Index(fields=["answer_by"], condition=Q(status="paid"), name="orders_order_answer_due"),
            models.Index(
                fields=["answer_by"],
                condition=Q(status="processing", cancel_asked_at__isnull=False),
                name="orders_order_wish_due",
            ),
            models.Index(fields=["complete_by"], condition=Q(status__in=["shipped", "delivered"]), name="orders_order_completes"),
            models.Index(fields=["id"], condition=Q(status="held"), name="orders_order_held"),
            models.Index(fields=["id"], condition=~Q(refunded_face=0), name="orders_order_given_back"),
            models.Index(fields=["paid_at"], condition=Q(paid_at__isnull=False), name="orders_order_paid_when"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="orders_order_closed_when"),
            models.Index(
                fields=["paid_at"], condition=Q(paid_at__isnull=False, invoiced_at=None), name="orders_order_to_invoice"
            ),
            models.Index(
                fields=["closed_at"],
                condition=Q(status__in=["cancelled", "refunded"], invoiced_at__isnull=False, credited_at=None),
                name="orders_order_to_credit",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def courier_name(self) -> str:
        """Who brings it, in the reader's language."""
        return str(_("Diantar sendiri")) if self.courier == OWN_DELIVERY else self.courier

    @property
    def paid_by_buyer(self) -> int:
        """What the buyer paid for this order: its total less what the platform gave."""
        return self.total - self.platform_discount

    @property
    def promo_account(self) -> str:
        """The kind of account that bears the platform discount, and gets it back when the order falls."""
        return f"promo_{self.promo_payer}"

    @property
    def rest_of_buyer(self) -> int:
        """What the buyer has paid for this order and not got back."""
        return self.paid_by_buyer - self.refunded

    @property
    def is_pickup(self) -> bool:
        """Whether the buyer fetches it at the maker's."""
        return self.shipping_kind == "pickup"

    @property
    def is_cancel_asked(self) -> bool:
        """Whether the buyer asked the maker to cancel and no answer came yet."""
        return self.cancel_asked_at is not None and self.status == self.Status.PROCESSING


class OrderEvent(models.Model):
    """One move of one order: who, from, to, why, when. Append-only."""

    class Actor(models.TextChoices):
        BUYER = "buyer", _("pembeli")
        SELLER = "seller", _("penjual")
        PROVIDER = "provider", _("penyedia pembayaran")
        SYSTEM = "system", _("BEBELI")
        OFFICER = "officer", _("petugas")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events", db_index=False)
    verb = models.CharField(max_length=24)
    actor = models.CharField(max_length=8, choices=Actor.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    from_status = models.CharField(max_length=16, blank=True)
    to_status = models.CharField(max_length=16)
    reason = models.CharField(max_length=240, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("perjalanan pesanan")
        verbose_name_plural = _("perjalanan pesanan")
        ordering = ["id"]
        indexes = [models.Index(fields=["order", "id"], name="orders_event_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.verb}"

    @property
    def words(self) -> str:
        """What happened, in the reader's language."""
        return str(WORDS.get(self.verb, self.verb))


WORDS = {
    "place": _("Pesanan dibuat"),
    "settle": _("Pembayaran diterima"),
    "expire": _("Waktu bayar habis"),
    "cancel_unpaid": _("Dibatalkan sebelum dibayar"),
    "accept": _("Diterima toko"),
    "reject": _("Ditolak toko"),
    "cancel": _("Dibatalkan pembeli"),
    "ask_cancel": _("Pembeli minta batal"),
    "agree_cancel": _("Toko setuju batal"),
    "decline_cancel": _("Toko meneruskan pesanan"),
    "time_out": _("Toko tidak menjawab"),
    "ship": _("Dikirim"),
    "deliver": _("Sampai"),
    "hand_over": _("Diserahkan di toko"),
    "complete": _("Selesai"),
    "dispute": _("Pembeli mengajukan keluhan"),
    "go_on_shipped": _("Keluhan ditarik, pesanan jalan lagi"),
    "go_on_delivered": _("Keluhan ditarik, pesanan jalan lagi"),
    "release": _("Keluhan selesai, pesanan selesai"),
    "refund": _("Keluhan selesai, uang dikembalikan"),
    "reverse": _("Pembayaran ditarik bank"),
    "short": _("Barang kurang, sebagian uang kembali"),
    "call_off": _("Dibatalkan petugas"),
    "cancel_held": _("Dibatalkan petugas"),
    "restore_paid": _("Uangnya datang lagi"),
    "restore_processing": _("Uangnya datang lagi"),
    "restore_shipped": _("Uangnya datang lagi"),
    "restore_delivered": _("Uangnya datang lagi"),
    "restore_disputed": _("Uangnya datang lagi"),
}
