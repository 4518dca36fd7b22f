"""Rates from a day on, and the letters that free a maker from income tax."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

ENDLESS = date(9999, 12, 31)  # a PKP stays one until finance ends it


class RateQuerySet(models.QuerySet["Rate"]):
    """Rates, asked by time."""

    def standing(self) -> RateQuerySet:
        """Those nobody took back."""
        return self.filter(withdrawn_at=None)

    def begun(self, day: date) -> RateQuerySet:
        """Of each kind, maker and category the newest that has begun."""
        newest = self.standing().filter(valid_from__lte=day).order_by("kind", "seller_id", "category_id", "-valid_from")
        return newest.distinct("kind", "seller_id", "category_id")


class Rate(models.Model):
    """A rate from a day on; the newest that has begun holds, the most specific first. What it says never changes.

    Basis points, rupiah for the service fee, 1 or 0 for a switch. Only a commission may name a maker or a category.
    """

    class Kind(models.TextChoices):
        COMMISSION = "commission", _("komisi")
        SERVICE_FEE = "service_fee", _("biaya layanan, rupiah per pembelian")
        VAT = "vat", _("PPN atas jasa BEBELI")
        GOODS_VAT = "goods_vat", _("PPN di dalam harga penjual PKP")
        COLLECT = "pmk37", _("pungut PPh 22 (PMK 37/2025)")
        INCOME_TAX = "income_tax", _("PPh 22")
        COLLECT_AGENCY = "pmk58", _("pungut PPh 22 belanja instansi (PMK 58/2022)")
        AGENCY_TAX = "agency_tax", _("PPh 22 belanja instansi")

    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices)
    value = models.PositiveIntegerField(_("nilai"))
    valid_from = models.DateField(_("mulai"))
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, null=True, blank=True, related_name="rates")
    category = models.ForeignKey("catalog.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="rates")
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scheduled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tarif")
        verbose_name_plural = _("tarif")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "seller", "category", "valid_from"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="orders_rate_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="commission") | Q(seller=None, category=None), name="orders_rate_narrow_is_commission"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} from {self.valid_from}"

    @property
    def is_begun(self) -> bool:
        """Whether orders may have been sold at it."""
        return self.valid_from <= clock.today()

    @property
    def is_switch(self) -> bool:
        """Whether it only turns something on or off."""
        return self.kind in SWITCHES


SWITCHES = frozenset({Rate.Kind.COLLECT, Rate.Kind.COLLECT_AGENCY})


class TaxLetterQuerySet(models.QuerySet["TaxLetter"]):
    """Letters, asked by day."""

    def on(self, day: date) -> TaxLetterQuerySet:
        """Those that hold on a day."""
        return self.filter(valid_from__lte=day, valid_until__gte=day)


class TaxLetter(models.Model):
    """What a maker's tax papers say for some days.

    A statement of at most Rp500 million a year, or an exemption, frees sales of PPh 22; a PKP's prices contain PPN.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("surat pernyataan omzet paling banyak Rp500 juta")
        EXEMPTION = "exemption", _("surat keterangan bebas")
        VAT = "pkp", _("surat pengukuhan PKP")

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="tax_letters")
    kind = models.CharField(_("jenis surat"), max_length=9, choices=Kind.choices)
    number = models.CharField(_("nomor surat"), max_length=60)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TaxLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat pajak")
        verbose_name_plural = _("surat pajak")
        constraints = [
            models.UniqueConstraint(fields=["seller", "kind", "number"], name="orders_tax_letter_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("valid_from")) | Q(ended_by__isnull=False), name="orders_tax_letter_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def is_endless(self) -> bool:
        """Whether it holds until somebody ends it."""
        return self.valid_until == ENDLESS
