"""A maker of Kabupaten Bekasi who sells here."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class SellerQuerySet(models.QuerySet["Seller"]):
    """Sellers, asked by what they may do and who acts for them."""

    def open(self) -> SellerQuerySet:
        """Those whose stall the public sees."""
        return self.filter(status=Seller.Status.OPEN)

    def run_by(self, user_id: int | None) -> SellerQuerySet:
        """Those a person acts for."""
        return self.filter(members__user_id=user_id or 0)


class Seller(models.Model):
    """A micro, small or medium enterprise with its stall."""

    class Status(models.TextChoices):
        APPLYING = "applying", _("mendaftar")
        OPEN = "open", _("buka")
        SUSPENDED = "suspended", _("dihentikan")

    class Size(models.TextChoices):
        MICRO = "mikro", _("usaha mikro")
        SMALL = "kecil", _("usaha kecil")
        MEDIUM = "menengah", _("usaha menengah")

    class Reach(models.TextChoices):
        REGENCY = "kabupaten", _("Kabupaten Bekasi")
        GREATER_JAKARTA = "jabodetabek", _("Jabodetabek")
        NATION = "nasional", _("seluruh Indonesia")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("nama toko"), max_length=120)
    owner_name = models.CharField(_("nama pemilik"), max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.APPLYING)
    village = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="sellers")
    street = models.CharField(max_length=240)
    postal_code = models.CharField(max_length=5)
    phone = models.CharField(max_length=16)
    email = models.EmailField(max_length=254)
    nib = models.CharField(max_length=13, blank=True)
    kind = models.CharField(max_length=24, blank=True)
    size = models.CharField(max_length=10, choices=Size.choices, default=Size.MICRO)
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    badges = models.JSONField(default=list, blank=True)
    story_id = models.TextField(_("kisah"), blank=True)
    story_en = models.TextField(_("kisah (Inggris)"), blank=True)
    mark = models.CharField(max_length=32, blank=True, help_text="digest of the stall's picture")
    ships_to = models.CharField(max_length=12, choices=Reach.choices, default=Reach.NATION)
    is_vat_registered = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    is_demo = models.BooleanField(default=False)

    objects = SellerQuerySet.as_manager()

    class Meta:
        verbose_name = _("penjual")
        verbose_name_plural = _("penjual")
        indexes = [
            models.Index(fields=["district", "status"], name="sellers_seller_by_district"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="sellers_seller_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def story(self) -> str:
        """The story in the reader's language."""
        return (self.story_en if get_language() == "en" else "") or self.story_id

    @property
    def is_open(self) -> bool:
        """Whether the public may buy here."""
        return self.status == self.Status.OPEN


class Membership(models.Model):
    """A person who acts for a seller."""

    class Role(models.TextChoices):
        OWNER = "owner", _("pemilik")
        STAFF = "staff", _("staf")

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stalls")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.OWNER)

    class Meta:
        verbose_name = _("anggota toko")
        verbose_name_plural = _("anggota toko")
        constraints = [models.UniqueConstraint(fields=["seller", "user"], name="sellers_membership_once")]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.user_id}"


class Paper(models.Model):
    """A licence or certificate of the business itself, shown on the stall."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("izin usaha")
        verbose_name_plural = _("izin usaha")
        constraints = [models.UniqueConstraint(fields=["seller", "kind", "number"], name="sellers_paper_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
