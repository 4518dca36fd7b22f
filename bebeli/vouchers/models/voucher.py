"""A voucher: what it takes off, when it fits, how much of it there is, and who pays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

MOST_PERCENT_BP = 9_000  # somebody always pays something


class VoucherQuerySet(models.QuerySet["Voucher"]):
    """Vouchers, asked by time and by who may see them."""

    def running(self, now: datetime) -> VoucherQuerySet:
        """Those that hold at a moment."""
        return self.filter(state=Voucher.State.RUNNING, starts_at__lte=now, ends_at__gt=now)

    def shown(self) -> VoucherQuerySet:
        """Those that everybody who buys with their own money is told about, and not used up."""
        left = Q(max_uses=None) | Q(used__lt=F("max_uses"))
        left &= Q(budget=None) | Q(spent__lt=F("budget"))
        return self.filter(left, Q(is_public=True) | Q(is_automatic=True), purse=Voucher.Purse.PERSONAL)

    def of_the_house(self) -> VoucherQuerySet:
        """Those that the regency or the platform pays."""
        return self.filter(seller=None)

    def of_seller(self, user_id: int | None) -> VoucherQuerySet:
        """Those of the stalls a person acts for."""
        return self.filter(seller__members__user_id=user_id or 0)


class Voucher(models.Model):
    """What it says of money never changes once somebody used it. `code` names it; an automatic one needs no typing.

    `categories` are paths and `districts` codes that a line must come from; empty is everywhere.
    """

    lock_rank: ClassVar[str] = "voucher"

    class Kind(models.TextChoices):
        PERCENT = "percent", _("persen dari harga barang")
        AMOUNT = "amount", _("potongan rupiah")
        SHIPPING = "shipping", _("gratis ongkir")

    class Payer(models.TextChoices):
        REGENCY = "regency", _("Kabupaten Bekasi")
        PLATFORM = "platform", _("BEBELI")
        SELLER = "seller", _("penjual")

    class Purse(models.TextChoices):
        PERSONAL = "personal", _("uang pribadi")
        AGENCY = "agency", _("uang instansi")
        COMPANY = "company", _("uang perusahaan")

    class State(models.TextChoices):
        RUNNING = "running", _("berjalan")
        PAUSED = "paused", _("dihentikan sementara")
        ENDED = "ended", _("diakhiri")

    code = models.CharField(_("kode"), max_length=24, unique=True)
    name_id = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80, blank=True)
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind.choices)
    payer = models.CharField(_("dibayar oleh"), max_length=8, choices=Payer.choices)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, null=True, blank=True, related_name="vouchers")
    percent_bp = models.PositiveIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    ceiling = models.BigIntegerField(null=True, blank=True, help_text="the most one purchase gets")
    min_purchase = models.BigIntegerField(default=0, help_text="of the goods it is for")
    categories = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    districts = ArrayField(models.CharField(max_length=13), default=list, blank=True)
    is_first_purchase = models.BooleanField(default=False)
    is_automatic = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True, help_text="listed; else only who knows the code")
    purse = models.CharField(
        _("dipakai dengan"), max_length=8, choices=Purse.choices, default=Purse.PERSONAL, help_text="of the purchase it is for"
    )
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("berakhir"))
    budget = models.BigIntegerField(null=True, blank=True)
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    per_person = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    used = models.PositiveIntegerField(default=0)
    spent = models.BigIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State.choices, default=State.RUNNING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher belanja")
        verbose_name_plural = _("voucher belanja")
        constraints = [
            models.CheckConstraint(condition=Q(max_uses=None) | Q(used__lte=F("max_uses")), name="vouchers_voucher_uses"),
            models.CheckConstraint(
                condition=Q(spent__gte=0) & (Q(budget=None) | Q(spent__lte=F("budget"))), name="vouchers_voucher_budget"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="vouchers_voucher_days"),
            models.CheckConstraint(
                condition=Q(payer="seller", seller__isnull=False) | (~Q(payer="seller") & Q(seller=None, budget__isnull=False)),
                name="vouchers_voucher_payer",
            ),
            models.CheckConstraint(
                condition=Q(kind="percent", percent_bp__range=(1, MOST_PERCENT_BP), ceiling__gt=0, amount=0)
                | Q(kind="amount", amount__gt=0, min_purchase__gt=F("amount"), ceiling=None, percent_bp=0)
                | (Q(kind="shipping", amount=0, percent_bp=0) & (Q(ceiling=None) | Q(ceiling__gt=0))),
                name="vouchers_voucher_value",
            ),
            models.CheckConstraint(
                condition=Q(min_purchase__gte=0) & ~Q(budget__lte=0) & ~Q(max_uses=0) & ~Q(per_person=0),
                name="vouchers_voucher_limits",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(state="running"), name="vouchers_voucher_running"),
            models.Index(fields=["seller", "-id"], name="vouchers_voucher_of_seller"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return (self.name_en if get_language() == "en" else "") or self.name_id

    @property
    def last_day(self) -> date:
        """The last day it holds, in WIB."""
        return timezone.localdate(self.ends_at - timedelta(seconds=1))

    @property
    def most(self) -> int | None:
        """The most that one purchase gets; None is as much as shipping costs."""
        return self.amount or self.ceiling

    @property
    def budget_left(self) -> int | None:
        """What may still be promised; None is without an end."""
        return None if self.budget is None else self.budget - self.spent

    @property
    def uses_left(self) -> int | None:
        """How often it may still be used; None is without an end."""
        return None if self.max_uses is None else self.max_uses - self.used

    @property
    def is_used_up(self) -> bool:
        """Whether nobody gets anything any more: no uses left, or too little money for one."""
        return self.uses_left == 0 or (self.budget_left is not None and self.budget_left < max(self.amount, 1))

    @property
    def is_paused(self) -> bool:
        """Whether it stands still for now."""
        return self.state == self.State.PAUSED

    @property
    def is_ended(self) -> bool:
        """Whether somebody ended it, or its time is over."""
        return self.state == self.State.ENDED or self.ends_at <= clock.now()

    @property
    def is_begun(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= clock.now()

    @property
    def standing(self) -> str:
        """One word for how it stands now, in the reader's language."""
        if self.is_ended:
            return str(_("berakhir"))
        if self.is_paused:
            return str(self.State.PAUSED.label)
        if not self.is_begun:
            return str(_("belum mulai"))
        return str(_("habis")) if self.is_used_up else str(self.State.RUNNING.label)
