"""A product: what a maker offers, in one or more variants."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class ProductQuerySet(models.QuerySet["Product"]):
    """Products, asked by who may see or change them."""

    def on_sale(self) -> ProductQuerySet:
        """Those the public sees: published, of an open seller."""
        return self.filter(status=Product.Status.PUBLISHED, seller__status="open")

    def of_seller(self, user_id: int | None) -> ProductQuerySet:
        """Those of the sellers a person acts for."""
        return self.filter(seller__members__user_id=user_id or 0)


class Product(models.Model):
    """An offer on the shelf. Lists read `price_from`, `in_stock` and `cover` here, kept by the verbs that change them."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("konsep")
        PUBLISHED = "published", _("tayang")
        ARCHIVED = "archived", _("diarsipkan")

    class Scope(models.TextChoices):
        REGENCY = "kabupaten", _("Kabupaten Bekasi")
        GREATER_JAKARTA = "jabodetabek", _("Jabodetabek")
        NATION = "nasional", _("seluruh Indonesia")
        ONLINE = "daring", _("dikerjakan daring, tanpa kiriman")

    slug = models.SlugField(max_length=120, unique=True)
    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="products")
    category = models.ForeignKey("catalog.Category", on_delete=models.PROTECT, related_name="products")
    name_id = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    description_id = models.TextField(_("deskripsi"), blank=True)
    description_en = models.TextField(_("deskripsi (Inggris)"), blank=True)
    unit = models.CharField(_("satuan"), max_length=24, default="buah")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    is_service = models.BooleanField(default=False)
    ship_scope = models.CharField(max_length=12, choices=Scope.choices, default=Scope.NATION)
    axes = models.JSONField(_("pilihan varian"), default=list, blank=True)
    preorder_days = models.PositiveSmallIntegerField(default=0)
    export_ready = models.BooleanField(default=False)
    hs_code = models.CharField(max_length=12, blank=True)
    tags = models.JSONField(default=list, blank=True)
    price_from = models.BigIntegerField(default=0)
    in_stock = models.BooleanField(default=False)
    cover = models.CharField(max_length=32, blank=True)
    popularity = models.PositiveIntegerField(default=0)
    search = SearchVectorField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    is_demo = models.BooleanField(default=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("produk")
        verbose_name_plural = _("produk")
        constraints = [
            models.CheckConstraint(condition=models.Q(price_from__gte=0), name="catalog_product_price_from"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="catalog_product_search"),
            models.Index(fields=["status", "-popularity", "-id"], name="catalog_product_popular"),
            models.Index(fields=["status", "-published_at", "-id"], name="catalog_product_newest"),
            models.Index(fields=["status", "price_from", "id"], name="catalog_product_cheapest"),
            models.Index(fields=["category", "status", "-popularity", "-id"], name="catalog_product_of_category"),
            models.Index(fields=["seller", "status", "-popularity", "-id"], name="catalog_product_of_seller"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (self.name_en if get_language() == "en" else "") or self.name_id

    @property
    def description(self) -> str:
        """The description in the reader's language."""
        return (self.description_en if get_language() == "en" else "") or self.description_id

    @property
    def is_published(self) -> bool:
        """Whether its maker has put it on the shelf."""
        return self.status == self.Status.PUBLISHED


CERTIFICATES = {
    "halal": "Halal",
    "pirt": "P-IRT",
    "bpom_md": "BPOM MD",
    "bpom_na": "BPOM NA",
    "pkrt": "PKRT",
    "sni": "SNI",
    "tkdn": "TKDN",
    "merek": _("Merek terdaftar"),
}


class Certificate(models.Model):
    """A certificate of one product: halal, P-IRT, BPOM, SNI."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("sertifikat produk")
        verbose_name_plural = _("sertifikat produk")
        constraints = [models.UniqueConstraint(fields=["product", "kind"], name="catalog_certificate_once")]
        indexes = [models.Index(fields=["kind", "product"], name="catalog_certificate_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def label(self) -> str:
        """How the certificate is called."""
        return str(CERTIFICATES.get(self.kind, self.kind.upper()))


class ProductStanding(models.Model):
    """What the rooms above count about a product and push down here."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    sold = models.PositiveIntegerField(default=0)
    sold_30_days = models.PositiveIntegerField(default=0)
    orders = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("capaian produk")
        verbose_name_plural = _("capaian produk")

    def __str__(self) -> str:
        return f"{self.product_id}: {self.sold}"
