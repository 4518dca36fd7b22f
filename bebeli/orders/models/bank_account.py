"""Where a seller's money goes: one account at a time, never changed, only replaced."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    """Accounts, asked by what they are good for."""

    def current(self) -> BankAccountQuerySet:
        """Those that no other has replaced."""
        return self.filter(state__in=BankAccount.CURRENT)

    def to_check(self) -> BankAccountQuerySet:
        """Those that a person must look at, because the names do not agree."""
        return self.filter(state=BankAccount.State.UNVERIFIED).exclude(checked_at=None)


class BankAccount(models.Model):
    """A bank account of a seller. Number and name are sealed; until `hold_until` nothing is paid to it."""

    lock_rank: ClassVar[str] = "bank_account"

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("belum diverifikasi")
        VERIFIED = "verified", _("terverifikasi")
        REFUSED = "refused", _("ditolak")
        REPLACED = "replaced", _("diganti")

    CURRENT: ClassVar[tuple[str, ...]] = ("unverified", "verified", "refused")

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="bank_accounts")
    bank_code = models.CharField(max_length=3)
    number = models.TextField(help_text="encrypted")
    name = models.TextField(help_text="encrypted: as the seller wrote it")
    holder = models.TextField(blank=True, help_text="encrypted: as the bank says it")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNVERIFIED)
    hold_until = models.DateTimeField(help_text="so that a thief's account is noticed in time")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True, help_text="when its holder's name was asked for")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: the names agreed"
    )
    verified_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=240, blank=True)
    ask_at = models.DateTimeField(default=clock.now, help_text="when the bank is asked next whose it is")
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("rekening penjual")
        verbose_name_plural = _("rekening penjual")
        constraints = [
            models.UniqueConstraint(
                fields=["seller"],
                condition=Q(state__in=["unverified", "verified", "refused"]),
                name="orders_bankaccount_one_current",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_at__isnull=False), name="orders_bankaccount_verified_when"
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(reason=""), name="orders_bankaccount_by_hand_with_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["ask_at"], condition=Q(state="unverified", checked_at__isnull=True), name="orders_bankaccount_to_ask"
            ),
            models.Index(
                fields=["named_at", "id"],
                condition=Q(state="unverified", checked_at__isnull=False),
                name="orders_bankaccount_to_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.bank_code} {self.state}"

    @property
    def is_verified(self) -> bool:
        """Whether it belongs to the seller, as far as we know."""
        return self.state == self.State.VERIFIED

    @property
    def is_held(self) -> bool:
        """Whether it is so new that nothing is paid to it yet."""
        return self.hold_until > clock.now()
