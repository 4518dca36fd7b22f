"""The books: entries that sum to zero, append-only. Debit is positive, credit negative, whole rupiah."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

CACHED = ["seller_payable", "payout_pending"]  # locked to be moved: their balance is kept, and never owed to us
OF_SELLERS = [*CACHED, "seller_receivable"]


class Account(models.Model):
    """A place where money stands. A seller's payable and its payouts under way cache their balance and have a floor."""

    lock_rank: ClassVar[str] = "account"

    class Kind(models.TextChoices):
        GATEWAY = "gateway", _("penyedia pembayaran")
        BANK = "bank", _("rekening penampung")
        ESCROW = "escrow", _("titipan pembeli")
        SELLER_PAYABLE = "seller_payable", _("hak penjual")
        PAYOUT_PENDING = "payout_pending", _("pencairan dalam perjalanan")
        SELLER_RECEIVABLE = "seller_receivable", _("piutang penjual")
        REFUND_PAYABLE = "refund_payable", _("hak pembeli atas pengembalian")
        UNALLOCATED = "unallocated", _("uang tanpa pembelian")
        SHIPPING_PAYABLE = "shipping_payable", _("hak kurir")
        COMMISSION = "commission", _("komisi")
        SERVICE_FEE = "service_fee", _("biaya layanan")
        PPN_OUTPUT = "ppn_output", _("PPN keluaran")
        PPN_INPUT = "ppn_input", _("PPN masukan")
        PPH22_PAYABLE = "pph22_payable", _("PPh 22 dipungut")
        PROMO_PLATFORM = "promo_platform", _("promo BEBELI")
        PROMO_REGENCY = "promo_regency", _("promo kabupaten")
        GATEWAY_FEE = "gateway_fee", _("biaya penyedia pembayaran")
        LOSS = "loss", _("kerugian")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, null=True, related_name="accounts")
    balance = models.BigIntegerField(null=True, help_text="cached where it has a floor, else empty")

    class Meta:
        verbose_name = _("akun buku besar")
        verbose_name_plural = _("akun buku besar")
        constraints = [
            models.UniqueConstraint(fields=["kind", "seller"], nulls_distinct=False, name="orders_account_once"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_SELLERS, seller__isnull=False) | (~Q(kind__in=OF_SELLERS) & Q(seller__isnull=True)),
                name="orders_account_owner",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CACHED, balance__lte=0) | (~Q(kind__in=CACHED) & Q(balance=None)),
                name="orders_account_floor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.seller_id or ''}".strip()


class Entry(models.Model):
    """One business event in the books, once: `idem_key` names it."""

    kind = models.CharField(max_length=24)
    idem_key = models.CharField(max_length=80)
    purchase = models.ForeignKey("orders.Purchase", on_delete=models.PROTECT, null=True, related_name="entries")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="entries")
    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="entries")
    refund = models.ForeignKey("orders.Refund", on_delete=models.PROTECT, null=True, related_name="entries")
    payout = models.ForeignKey("orders.Payout", on_delete=models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("ayat jurnal")
        verbose_name_plural = _("ayat jurnal")
        constraints = [models.UniqueConstraint(fields=["idem_key"], name="orders_entry_key")]

    def __str__(self) -> str:
        return self.idem_key


class Posting(models.Model):
    """One side of an entry. Escrow postings name their order."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", db_index=False)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="postings")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="IDR")

    class Meta:
        verbose_name = _("baris jurnal")
        verbose_name_plural = _("baris jurnal")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="orders_posting_moves")]
        indexes = [models.Index(fields=["account", "-id"], name="orders_posting_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount:+d}"
