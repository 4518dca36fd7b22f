"""A line of somebody's address book."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class AddressQuerySet(models.QuerySet["Address"]):
    """Addresses, asked by whose they are."""

    def of(self, user_id: int) -> AddressQuerySet:
        """Those a person still keeps, the usual one first."""
        return self.filter(user_id=user_id, removed_at=None).order_by("-is_default", "-pk")


class Address(models.Model):
    """Where a person receives things. Inside the regency `region` is a village; elsewhere a regency or city."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses")
    label = models.CharField(_("sebutan"), max_length=30, blank=True)
    recipient = models.CharField(_("penerima"), max_length=120)
    phone = models.CharField(_("telepon"), max_length=16)
    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="+")
    locality = models.CharField(_("kecamatan dan desa"), max_length=120, blank=True)
    street = models.CharField(_("jalan, nomor, RT/RW"), max_length=240)
    postal_code = models.CharField(_("kode pos"), max_length=5)
    note = models.CharField(_("patokan"), max_length=160, blank=True)
    is_default = models.BooleanField(_("alamat utama"), default=False)
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("alamat")
        verbose_name_plural = _("alamat")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(is_default=True, removed_at=None),
                name="accounts_address_one_default",
            ),
            models.CheckConstraint(condition=models.Q(postal_code__regex=r"^[0-9]{5}$"), name="accounts_address_postal_code"),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.recipient}"
