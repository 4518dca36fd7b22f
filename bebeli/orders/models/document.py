"""What was put on paper, by sellers and by BEBELI itself. Append-only, numbered without a gap."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock, codes
from bebeli.sellers.models import Membership

if TYPE_CHECKING:
    from bebeli.orders.models.order import Order

OF_FEE = ("fee_receipt", "fee_credit")  # of BEBELI itself, about a purchase: no seller's, no order's
OF_OWNERS = (
    "statement",
    "fee_slip",
    "tax_slip",
)  # what a whole month brought: for those who decide about a stall's money, not for its staff
SHORT = 16  # characters of the hash in an address: nobody guesses them


def of_sellers_people(user_id: int | None) -> Q:
    """Say which papers a person may read for the stalls he or she acts for; joined to no row, so that none comes twice."""
    mine = Membership.objects.filter(user_id=user_id or 0)
    owned = mine.filter(role=Membership.Role.OWNER)
    return Q(seller__in=owned.values("seller")) | (Q(seller__in=mine.values("seller")) & ~Q(kind__in=OF_OWNERS))


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, asked by who may see them."""

    def of_seller(self, user_id: int | None) -> DocumentQuerySet:
        """Those of the sellers a person acts for; a month's sums for owners only."""
        return self.filter(of_sellers_people(user_id))

    def of_owners(self) -> DocumentQuerySet:
        """The papers about a month's money."""
        return self.filter(kind__in=OF_OWNERS)

    def of_buyer(self, user_id: int | None) -> DocumentQuerySet:
        """Those of the purchases a person made, and of their orders."""
        mine = Q(order__purchase__buyer_id=user_id) | Q(purchase__buyer_id=user_id)
        return self.filter(mine) if user_id else self.none()

    def for_buyer_of(self, order: Order) -> DocumentQuerySet:
        """An order's, and those of its purchase, in the order they were issued."""
        mine = Q(order=order) | Q(purchase=order.purchase_id)
        return self.filter(mine).select_related("cancelled_by").order_by("issued_at", "pk")

    def whole(self) -> DocumentQuerySet:
        """With what their state is told by."""
        return self.select_related("cancelled_by", "replaced_by", "cancels", "replaces")

    def of_parts(self) -> DocumentQuerySet:
        """Credit notes over a part of an order, whose invoice stands for the rest."""
        return self.filter(refund__isnull=False)

    def matching(self, text: str) -> DocumentQuerySet:
        """Those with a number, an order's code or a purchase's; '' finds nothing."""
        words = text.strip().replace("\0", "").upper()
        bought = Q(order__code=words) | Q(order__purchase__code=words) | Q(purchase__code=words)
        return self.filter(Q(code=words.replace("/", "-")) | bought) if words else self.none()


class Document(models.Model):
    """One paper as it was issued. `body` is canonical JSON of all that is printed, `sha256` its digest.

    Nothing here changes: a credit note says what it `cancels`, a new invoice what it `replaces`.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("faktur")
        RECEIPT = "receipt", _("kuitansi")
        CREDIT_NOTE = "credit_note", _("nota kredit")
        STATEMENT = "statement", _("laporan bulanan")
        FEE_RECEIPT = "fee_receipt", _("kuitansi biaya layanan")
        FEE_CREDIT = "fee_credit", _("nota kredit biaya layanan")
        FEE_SLIP = "fee_slip", _("bukti potongan biaya")
        TAX_SLIP = "tax_slip", _("bukti pungut PPh 22")

    seller = models.ForeignKey(
        "sellers.Seller", on_delete=models.PROTECT, null=True, related_name="documents", help_text="empty: BEBELI's own"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="from 1 without a gap, per seller, kind and year")
    code = models.CharField(max_length=32, unique=True)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="documents")
    purchase = models.ForeignKey(
        "orders.Purchase", on_delete=models.PROTECT, null=True, related_name="documents", db_index=False, help_text="of a fee"
    )
    month = models.DateField(null=True, help_text="the first day of the month it is about")
    amount = models.BigIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    cancels = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="cancelled_by")
    refund = models.OneToOneField(
        "orders.Refund", on_delete=models.PROTECT, null=True, related_name="note", help_text="the part that a credit note is over"
    )
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="who asked for a change"
    )
    issued_at = models.DateTimeField(default=clock.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "kind", "year", "number"], nulls_distinct=False, name="orders_document_number_once"
            ),
            models.UniqueConstraint(
                fields=["purchase", "kind"], condition=Q(purchase__isnull=False), name="orders_document_once_per_purchase"
            ),
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(kind__in=["invoice", "receipt"], replaces=None),
                name="orders_document_once_per_order",
            ),
            models.UniqueConstraint(
                fields=["seller", "month", "kind"], condition=Q(month__isnull=False), name="orders_document_once_per_month"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_OWNERS, month__isnull=False, order=None, purchase=None, seller__isnull=False)
                | Q(kind__in=OF_FEE, month=None, order=None, purchase__isnull=False, seller=None)
                | Q(~Q(kind__in=[*OF_OWNERS, *OF_FEE]), month=None, order__isnull=False, purchase=None, seller__isnull=False),
                name="orders_document_is_about",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["credit_note", "fee_credit"], cancels__isnull=False, refund=None)
                | Q(kind="credit_note", cancels=None, refund__isnull=False)
                | Q(~Q(kind__in=["credit_note", "fee_credit"]), cancels=None, refund=None),
                name="orders_document_credits",
            ),
            # a month in which more went back than the orders brought ends below zero
            models.CheckConstraint(
                condition=Q(number__gte=1) & (Q(amount__gte=0) | Q(kind__in=OF_OWNERS)), name="orders_document_amounts"
            ),
        ]
        indexes = [models.Index(fields=["seller", "-issued_at", "-id"], name="orders_document_of_seller")]

    def __str__(self) -> str:
        return self.code

    @property
    def printed_code(self) -> str:
        """The number as it stands on paper: INV/2026/0001/000123."""
        return self.code.replace("-", "/")

    @property
    def content(self) -> dict[str, Any]:
        """What is printed."""
        return dict(json.loads(self.body))

    @property
    def short_hash(self) -> str:
        """The part of the hash that its public address carries."""
        return self.sha256[:SHORT]

    @property
    def is_genuine(self) -> bool:
        """Whether the body is still what was hashed, and the row says the same number, amount and moment."""
        if codes.digest(self.body) != self.sha256:
            return False
        body = self.content
        said = (body["kind"], body["code"], body["amount"], datetime.fromisoformat(body["issued_at"]))
        return said == (self.kind, self.code, self.amount, self.issued_at)

    @property
    def canceller(self) -> Document | None:
        """The credit note that took it back."""
        return getattr(self, "cancelled_by", None)

    @property
    def successor(self) -> Document | None:
        """The document that stands in its place."""
        return getattr(self, "replaced_by", None)


class DocumentCounter(models.Model):
    """The last number given, per seller, kind and year; locked while the next one is taken."""

    lock_rank: ClassVar[str] = "counter"

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: BEBELI")
    kind = models.CharField(max_length=12, choices=Document.Kind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("penghitung nomor dokumen")
        verbose_name_plural = _("penghitung nomor dokumen")
        constraints = [
            models.UniqueConstraint(fields=["seller", "kind", "year"], nulls_distinct=False, name="orders_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.seller_id or 'BEBELI'} {self.kind} {self.year}"
