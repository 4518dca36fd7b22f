"""One use of a voucher by one purchase."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class VoucherUse(models.Model):
    """Written when the purchase is placed. `returned` of its amount went back to the budget when orders fell.

    A person is an account, and for guests the digests of e-mail and phone: so much as is needed to count by.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("dipakai")
        GIVEN_BACK = "given_back", _("dikembalikan")

    voucher = models.ForeignKey("vouchers.Voucher", on_delete=models.PROTECT, related_name="uses")
    ref = models.CharField(max_length=16, help_text="the purchase's code")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email_digest = models.CharField(max_length=64, blank=True)
    phone_digest = models.CharField(max_length=64, blank=True)
    amount = models.BigIntegerField()
    returned = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TAKEN)
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("pemakaian voucher")
        verbose_name_plural = _("pemakaian voucher")
        constraints = [
            models.UniqueConstraint(fields=["voucher", "ref"], name="vouchers_use_once_a_purchase"),
            models.CheckConstraint(condition=Q(amount__gt=0, returned__range=(0, F("amount"))), name="vouchers_use_amounts"),
            models.CheckConstraint(
                condition=Q(state="taken") | Q(state="given_back", returned=F("amount")), name="vouchers_use_given_back"
            ),
        ]
        indexes = [
            models.Index(fields=["ref"], name="vouchers_use_of_purchase"),
            models.Index(fields=["user", "voucher"], name="vouchers_use_of_person"),
            models.Index(fields=["email_digest", "voucher"], name="vouchers_use_of_mail"),
            models.Index(fields=["phone_digest", "voucher"], condition=~Q(phone_digest=""), name="vouchers_use_of_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} {self.ref}"

    @property
    def kept(self) -> int:
        """What it cost in the end."""
        return self.amount - self.returned
