"""Transfers that people make to the shop's own bank account, and the proofs they send of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class ReceivingAccount(models.Model):
    """A bank account of the shop. Its number never changes: another account is another row, the old one is retired."""

    bank_code = models.CharField(_("bank"), max_length=3)
    number = models.CharField(_("nomor rekening"), max_length=20)
    holder = models.CharField(_("atas nama"), max_length=120)
    is_active = models.BooleanField(_("dipakai"), default=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rekening penerima")
        verbose_name_plural = _("rekening penerima")
        constraints = [models.UniqueConstraint(fields=["bank_code", "number"], name="orders_receiving_account_once")]

    def __str__(self) -> str:
        return f"{self.bank_code} {self.number}"


class TransferProofQuerySet(models.QuerySet["TransferProof"]):
    """Proofs, asked by what has to be done."""

    def open(self) -> TransferProofQuerySet:
        """Those that finance must still answer."""
        return self.filter(state__in=TransferProof.OPEN)


class TransferProof(models.Model):
    """One picture or paper a buyer sent. Its file lies in the private storage under a name nobody can guess."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu diperiksa")
        ACCEPTED = "accepted", _("uang sudah masuk")
        REFUSED = "refused", _("ditolak")
        REPLACED = "replaced", _("diganti")
        MISMATCH = "mismatch", _("jumlah lain")
        RETURNED = "returned", _("uang dikembalikan")

    OPEN: ClassVar[tuple[str, ...]] = ("waiting", "mismatch")

    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, related_name="proofs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    name = models.CharField(max_length=80, unique=True, help_text="of the file in the private storage")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of what was sent, so that the same file twice is noticed")
    sender = models.TextField(blank=True, help_text="encrypted: the name at the buyer's bank")
    uploaded_at = models.DateTimeField(default=clock.now)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    looked_until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    amount_seen = models.BigIntegerField(null=True, help_text="that finance found in the bank, typed by hand")
    reason = models.CharField(max_length=240, blank=True)

    objects = TransferProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti transfer")
        verbose_name_plural = _("bukti transfer")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(state__in=["waiting", "mismatch"]), name="orders_proof_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "mismatch", "returned"]) | Q(decided_by__isnull=False, amount_seen__gt=0),
                name="orders_proof_amount_seen_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["uploaded_at"], condition=Q(state__in=["waiting", "mismatch"]), name="orders_proof_open")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether finance must still answer."""
        return self.state in self.OPEN

    @property
    def is_pdf(self) -> bool:
        """Whether it is a paper rather than a picture."""
        return self.name.endswith(".pdf")

    @property
    def is_taken(self) -> bool:
        """Whether somebody is looking at it now."""
        return self.looked_until is not None and self.looked_until > clock.now()

    def is_taken_from(self, user_id: int) -> bool:
        """Whether somebody else is looking at it now."""
        return self.is_taken and self.looked_by_id != user_id
