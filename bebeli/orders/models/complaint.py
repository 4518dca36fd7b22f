"""A buyer's complaint about an order: whose turn it is, until when, and how it ended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

BUYER, SELLER, OFFICER = "buyer", "seller", "officer"
OPEN = ["asked", "offered", "refused", "return_asked", "returning", "resent", "officer"]
CLOSED = ["settled", "decided", "withdrawn", "ended"]


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints, asked by who may see them and by what has to be done."""

    def open(self) -> ComplaintQuerySet:
        """Those that have not ended."""
        return self.filter(state__in=OPEN)

    def of_sellers_of(self, user_id: int | None) -> ComplaintQuerySet:
        """Those about orders of the stalls a person acts for."""
        return self.filter(order__seller__members__user_id=user_id or 0)

    def of_buyer(self, user_id: int | None) -> ComplaintQuerySet:
        """Those about what a person bought; a purchase kept as an account's brings a guest's along."""
        return self.filter(order__purchase__buyer_id=user_id) if user_id else self.none()

    def for_officers(self) -> ComplaintQuerySet:
        """Those that an officer must decide."""
        return self.filter(state=Complaint.State.OFFICER)

    def overdue(self) -> ComplaintQuerySet:
        """Those whose turn was let pass."""
        return self.filter(state__in=OPEN, answer_by__lte=clock.now())


class Complaint(models.Model):
    """One open per order. Its rows are guarded by the lock of its order; every word said is a message."""

    class State(models.TextChoices):
        ASKED = "asked", _("menunggu jawaban toko")
        OFFERED = "offered", _("toko menawarkan uang kembali")
        REFUSED = "refused", _("ditolak toko")
        RETURN_ASKED = "return_asked", _("barang diminta kembali")
        RETURNING = "returning", _("barang dalam perjalanan kembali")
        RESENT = "resent", _("barang pengganti dikirim")
        OFFICER = "officer", _("menunggu putusan Dinas")
        SETTLED = "settled", _("selesai, kedua pihak setuju")
        DECIDED = "decided", _("selesai, diputuskan Dinas")
        WITHDRAWN = "withdrawn", _("ditarik pembeli")
        ENDED = "ended", _("selesai, uang ditarik bank")

    class Problem(models.TextChoices):
        NOT_ARRIVED = "not_arrived", _("Barang tidak sampai")
        BROKEN = "broken", _("Barang rusak")
        WRONG = "wrong", _("Barang yang datang salah")
        NOT_AS_DESCRIBED = "not_as_described", _("Tidak sesuai keterangan")
        TOO_FEW = "too_few", _("Jumlahnya kurang")
        OTHER = "other", _("Lainnya")

    class Wish(models.TextChoices):
        WHOLE = "whole", _("Uang kembali penuh")
        PART = "part", _("Uang kembali sebagian")
        RESEND = "resend", _("Dikirim ulang")

    class Goods(models.TextChoices):
        RESTOCKED = "restocked", _("kembali ke stok")
        WRITTEN_OFF = "written_off", _("tidak bisa dijual lagi")

    TURNS: ClassVar[dict[str, str]] = {
        "asked": SELLER,
        "offered": BUYER,
        "refused": BUYER,
        "return_asked": BUYER,
        "returning": SELLER,
        "resent": BUYER,
        "officer": OFFICER,
    }

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="complaints")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    problem = models.CharField(max_length=16, choices=Problem.choices)
    wish = models.CharField(max_length=6, choices=Wish.choices)
    asked_amount = models.BigIntegerField(help_text="what the goods complained about are worth, or the part asked for")
    offered_amount = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(null=True, help_text="what goes back in the end")
    refund = models.OneToOneField("orders.Refund", on_delete=models.PROTECT, null=True, related_name="complaint")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: a guest"
    )
    order_was = models.CharField(max_length=16, help_text="the order's state before")
    time_left = models.DurationField(null=True, help_text="that the order's own timer had; it goes on afterwards")
    answer_by = models.DateTimeField(null=True, help_text="of whoever's turn it is; officers have none")
    courier = models.CharField(max_length=40, blank=True, help_text="of the goods on their way back")
    waybill = models.CharField(max_length=40, blank=True)
    sent_back_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    goods = models.CharField(max_length=11, choices=Goods.choices, blank=True)
    new_courier = models.CharField(max_length=40, blank=True, help_text="of the replacement")
    new_waybill = models.CharField(max_length=40, blank=True)
    escalated_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    looked_until = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=1000, blank=True, help_text="of the decision; both sides read it")
    closed_at = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("keluhan")
        verbose_name_plural = _("keluhan")
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(state__in=OPEN), name="orders_complaint_one_open"),
            models.UniqueConstraint(fields=["order", "number"], name="orders_complaint_number"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None) | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
                name="orders_complaint_closed_when",
            ),
            models.CheckConstraint(
                condition=Q(asked_amount__gte=0) & (Q(amount=None) | Q(amount__gte=0)), name="orders_complaint_amounts"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_by__isnull=False, amount__isnull=False),
                name="orders_complaint_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["escalated_at"], condition=Q(state="officer"), name="orders_complaint_for_officers"),
            models.Index(fields=["answer_by"], condition=Q(state__in=OPEN), name="orders_complaint_due"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Its name in notices and in the journal of stock."""
        return f"{self.order.code}-k{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in OPEN

    @property
    def turn(self) -> str:
        """Whose turn it is: a side, or '' when it has ended."""
        return self.TURNS.get(self.state, "")

    @property
    def is_taken(self) -> bool:
        """Whether an officer is looking at it now."""
        return self.looked_until is not None and self.looked_until > clock.now()

    def is_taken_from(self, user_id: int) -> bool:
        """Whether somebody else is looking at it now."""
        return self.is_taken and self.looked_by_id != user_id


class ComplaintLine(models.Model):
    """So many of one of the order's lines; the officer may say an amount for each."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    amount = models.BigIntegerField(null=True, help_text="what an officer gave back for it")

    class Meta:
        verbose_name = _("barang yang dikeluhkan")
        verbose_name_plural = _("barang yang dikeluhkan")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "line"], name="orders_complaintline_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & (Q(amount=None) | Q(amount__gte=0)), name="orders_complaintline_amounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"


class ComplaintMessage(models.Model):
    """What one side said or did, and when. Append-only."""

    class Side(models.TextChoices):
        BUYER = "buyer", _("Pembeli")
        SELLER = "seller", _("Toko")
        OFFICER = "officer", _("Petugas Dinas")
        SYSTEM = "system", _("BEBELI")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=7, choices=Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=12, help_text="what was done with these words; `write` only says something")
    text = models.CharField(max_length=1000, blank=True)
    amount = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("pesan keluhan")
        verbose_name_plural = _("pesan keluhan")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.side} {self.act}"

    @property
    def deed(self) -> str:
        """What was done, in the reader's language; '' for mere words."""
        return str(DEEDS.get(self.act, ""))


class ComplaintPicture(models.Model):
    """Evidence that came with a message, in the private storage under a name nobody can guess. Append-only."""

    message = models.ForeignKey(ComplaintMessage, on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(max_length=80, unique=True, help_text="of the file in the private storage")
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("foto keluhan")
        verbose_name_plural = _("foto keluhan")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


DEEDS = {
    "complain": _("Mengajukan keluhan"),
    "agree": _("Setuju mengembalikan uang"),
    "offer": _("Menawarkan uang kembali"),
    "refuse": _("Menolak keluhan"),
    "ask_return": _("Meminta barangnya dikirim kembali"),
    "send_back": _("Mengirim barang kembali"),
    "take_back": _("Menerima barang kembali"),
    "resend": _("Mengirim barang pengganti"),
    "got_it": _("Barang pengganti diterima"),
    "accept": _("Menerima tawaran"),
    "escalate": _("Meminta Dinas memutuskan"),
    "time_out": _("Batas waktu lewat, diteruskan ke petugas Dinas"),
    "withdraw": _("Menarik keluhan"),
    "decide": _("Memutuskan"),
    "restored": _("Uangnya masuk lagi, keluhan dibuka kembali"),
    "reversed": _("Pembayaran ditarik bank pembeli, keluhan ditutup"),
}
