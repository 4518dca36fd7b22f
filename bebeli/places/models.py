"""Official regions (Kepmendagri 300.2.2-2430/2025) and tariffs between zones."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

REGENCY = "32.16"  # Kabupaten Bekasi; Kota Bekasi is 32.75, another place


def fold(text: str) -> str:
    """Return a name without case and spaces, because people write Karangbahagia and Karang Bahagia."""
    return "".join(text.lower().split())


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions, asked by where they lie."""

    def provinces(self) -> RegionQuerySet:
        """All provinces."""
        return self.filter(level=Region.Level.PROVINCE).order_by("code")

    def children(self, parent: str) -> RegionQuerySet:
        """Those directly below a region, by name."""
        return self.filter(parent_id=parent).order_by("name")

    def districts_of_bekasi(self) -> RegionQuerySet:
        """The 23 kecamatan, by name."""
        return self.filter(parent_id=REGENCY).order_by("name")

    def with_ancestry(self) -> RegionQuerySet:
        """Load parents along, so that `in_words` asks nothing."""
        return self.select_related("parent__parent__parent")


class Region(models.Model):
    """A province, regency or city, kecamatan, or desa/kelurahan, by its official code."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("provinsi")
        REGENCY = "regency", _("kabupaten/kota")
        DISTRICT = "district", _("kecamatan")
        VILLAGE = "village", _("desa/kelurahan")

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=80)
    level = models.CharField(max_length=8, choices=Level.choices)
    kind = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    postal_code = models.CharField(max_length=5, blank=True)
    zone = models.CharField(max_length=1, blank=True, help_text="delivery zone of a kecamatan of ours")
    tariff_zone = models.CharField(max_length=24, blank=True, help_text="national tariff zone")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        indexes = [models.Index(fields=["folded_name"], name="places_region_folded")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_bekasi(self) -> bool:
        """Whether it lies in Kabupaten Bekasi."""
        return self.code == REGENCY or self.code.startswith(f"{REGENCY}.")

    @property
    def district_code(self) -> str:
        """The kecamatan's code of a kecamatan or desa; '' above."""
        return self.code[:8] if len(self.code) >= 8 else ""  # noqa: PLR2004  `32.16.09`

    def in_words(self) -> str:
        """Return the region and what it lies in: `Simpangan, Cikarang Utara, Kabupaten Bekasi, Jawa Barat`."""
        names: list[str] = []
        region: Region | None = self
        while region is not None:
            names.append(region.name)
            region = region.parent
        return ", ".join(names)


class TariffQuerySet(models.QuerySet["Tariff"]):
    """Tariffs, asked by day."""

    def on(self, day: date) -> TariffQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Tariff(models.Model):
    """What a courier's service costs between two zones: the first kilogram, each next one, and how many days."""

    courier = models.CharField(max_length=20)
    courier_name = models.CharField(max_length=60)
    service = models.CharField(max_length=20)
    service_name = models.CharField(max_length=60)
    scope = models.CharField(max_length=12)
    zone_from = models.CharField(max_length=24)
    zone_to = models.CharField(max_length=24)
    first_kg = models.PositiveIntegerField()
    next_kg = models.PositiveIntegerField()
    min_days = models.PositiveSmallIntegerField()
    max_days = models.PositiveSmallIntegerField()
    divisor = models.PositiveIntegerField(default=6000, help_text="cm³ per kg; 0 means volume does not count")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("tarif kurir")
        verbose_name_plural = _("tarif kurir")
        constraints = [
            models.UniqueConstraint(
                fields=["courier", "service", "zone_from", "zone_to", "valid_from"], name="places_tariff_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.courier} {self.service} {self.zone_from}→{self.zone_to}"
