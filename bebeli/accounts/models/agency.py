"""The regency's agencies (OPD) and who works and buys for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A perangkat daerah, kecamatan, kelurahan or bagian; the list is editable."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=24)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CivilServant(models.Model):
    """A person employed by an agency."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="civil_servant")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="servants")
    kind = models.CharField(max_length=20, default="PNS")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ASN")
        verbose_name_plural = _("ASN")

    def __str__(self) -> str:
        return f"{self.user_id} {self.agency_id}"


class AgencyDuty(models.Model):
    """What a civil servant may do with an agency's budget."""

    class Duty(models.TextChoices):
        PROCUREMENT = "procurement", _("pejabat pengadaan")
        COMMITMENT = "commitment", _("pejabat pembuat komitmen")
        TREASURER = "treasurer", _("bendahara")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agency_duties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=12, choices=Duty.choices)

    class Meta:
        verbose_name = _("tugas instansi")
        verbose_name_plural = _("tugas instansi")
        constraints = [models.UniqueConstraint(fields=["user", "agency", "duty"], name="accounts_duty_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.duty}"
