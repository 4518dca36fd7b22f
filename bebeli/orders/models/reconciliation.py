"""What others say about our money: reports line by line, and where they differ from the books."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class MoneyReport(models.Model):
    """A file that somebody uploaded: the provider's settlement report, or the bank's statement. The same file once."""

    class Kind(models.TextChoices):
        GATEWAY = "gateway", _("laporan penyedia pembayaran")
        BANK = "bank", _("mutasi rekening bank")

    kind = models.CharField(max_length=7, choices=Kind.choices)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    rows = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0, help_text="lines that an earlier report had already")

    class Meta:
        verbose_name = _("laporan uang")
        verbose_name_plural = _("laporan uang")
        constraints = [models.UniqueConstraint(fields=["kind", "sha256"], name="orders_report_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class ReportLine(models.Model):
    """One line of a report, once however many reports repeat it: `key` names it.

    `gross` is signed: positive came in, negative went back. A matched line of the provider has its entries.
    """

    lock_rank: ClassVar[str] = "counter"

    report = models.ForeignKey(MoneyReport, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=7, choices=MoneyReport.Kind.choices)
    number = models.PositiveIntegerField(help_text="its line in the file")
    key = models.CharField(max_length=200)
    day = models.DateField()
    transaction_id = models.CharField(max_length=64, blank=True)
    order_code = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=200, blank=True)
    gross = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    is_matched = models.BooleanField(default=False)
    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="report_lines")
    refund = models.ForeignKey("orders.Refund", on_delete=models.PROTECT, null=True, related_name="report_lines")
    payout = models.ForeignKey("orders.Payout", on_delete=models.PROTECT, null=True, related_name="report_lines")
    double = models.ForeignKey("orders.DoubleRefund", on_delete=models.PROTECT, null=True, related_name="report_lines")
    turn = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="how often the payout's money had gone this way before"
    )
    remittance = models.OneToOneField("orders.Remittance", on_delete=models.PROTECT, null=True, related_name="report_line")
    batch_day = models.DateField(null=True, help_text="a bank line: the day whose settlements the provider paid at once")
    fee_entry = models.OneToOneField("orders.Entry", on_delete=models.PROTECT, null=True, related_name="fee_line")
    banked_entry = models.OneToOneField("orders.Entry", on_delete=models.PROTECT, null=True, related_name="banked_line")

    class Meta:
        verbose_name = _("baris laporan")
        verbose_name_plural = _("baris laporan")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="orders_report_line_once"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="orders_report_line_fee"),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(kind="bank", refund=None), name="orders_bank_line_one_attempt"
            ),
            models.UniqueConstraint(fields=["payout", "turn"], condition=Q(gross__lt=0), name="orders_bank_line_one_payout"),
            models.UniqueConstraint(fields=["payout", "turn"], condition=Q(gross__gt=0), name="orders_bank_line_one_return"),
            models.UniqueConstraint(fields=["kind", "refund", "gross"], name="orders_report_line_one_refund"),
            models.UniqueConstraint(fields=["double"], name="orders_bank_line_one_double"),
            models.UniqueConstraint(fields=["batch_day"], name="orders_bank_line_one_batch"),
        ]
        indexes = [models.Index(fields=["kind", "day"], name="orders_report_line_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.gross:+d}"

    @property
    def net(self) -> int:
        """What reaches our bank."""
        return self.gross - self.fee


class DifferenceQuerySet(models.QuerySet["Difference"]):
    """Differences, asked by what has to be done."""

    def open(self) -> DifferenceQuerySet:
        """Those nobody has resolved."""
        return self.filter(resolved_at=None)


class Difference(models.Model):
    """Where a report and the books do not agree: found once, claimed by somebody, resolved with a note."""

    lock_rank: ClassVar[str] = "counter"

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("tidak ada di buku")
        AMOUNT = "amount", _("jumlahnya lain")
        MISSING = "missing", _("tidak ada di laporan")
        TWICE = "twice", _("dibukukan dengan jumlah lain")

    key = models.CharField(max_length=220, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    line = models.OneToOneField(ReportLine, on_delete=models.PROTECT, null=True, related_name="difference")
    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="differences")
    in_report = models.BigIntegerField(null=True)
    in_books = models.BigIntegerField(null=True)
    found_at = models.DateTimeField(default=clock.now)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=240, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("selisih")
        verbose_name_plural = _("selisih")
        indexes = [models.Index(fields=["found_at", "id"], condition=Q(resolved_at=None), name="orders_difference_open")]

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """What it is about: the order's code, the bank's words, or the attempt; `line` and `attempt` are loaded."""
        if self.line is not None:
            return self.line.order_code or self.line.words or self.line.transaction_id
        return self.attempt.code if self.attempt is not None else self.key

    @property
    def days(self) -> int:
        """How long it has been open."""
        return (clock.now() - self.found_at).days
