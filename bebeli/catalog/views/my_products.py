"""A maker's own products."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bebeli.catalog import pictures
from bebeli.catalog.actions.add_picture import add_picture, remove_picture
from bebeli.catalog.actions.archive_product import archive_product
from bebeli.catalog.actions.change_product import change_product
from bebeli.catalog.actions.create_product import create_product
from bebeli.catalog.actions.publish_product import publish_product
from bebeli.catalog.actions.save_variant import save_variant
from bebeli.catalog.actions.set_stock import set_stock
from bebeli.catalog.models import Product, Variant
from bebeli.catalog.my_forms import PictureForm, ProductForm, VariantForm, initial_of
from bebeli.kit.access import role
from bebeli.kit.errors import Refused
from bebeli.kit.paging import page
from bebeli.sellers.models import Seller

PRODUCTS = 20


def _mine(request: HttpRequest, slug: str) -> Product:
    return get_object_or_404(Product.objects.of_seller(request.user.pk), slug=slug)


@role("seller")
@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """List one's own products with their stock."""
    rows = Product.objects.of_seller(request.user.pk).prefetch_related("variants")
    found = page(rows, ("-changed_at", "-id"), request.GET.get("cursor", ""), PRODUCTS)
    return render(request, "catalog/my_products.html", {"page": found})


@role("seller")
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a new product."""
    form = ProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seller = Seller.objects.run_by(request.user.pk)[0]
        try:
            made = create_product(request.user.pk or 0, seller.pk, form.value())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Produk dicatat. Tambahkan varian, stok, dan foto, lalu tayangkan."))
            return redirect("catalog:my_product", slug=made.slug)
    return render(request, "catalog/my_product_new.html", {"form": form}, status=422 if form.errors else 200)


@role("seller")
@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a product's words; below them its variants and pictures."""
    mine = _mine(request, slug)
    form = ProductForm(request.POST or None, initial=initial_of(mine))
    if request.method == "POST" and form.is_valid():
        try:
            change_product(mine.pk, form.value())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("catalog:my_product", slug=slug)
    return _page(request, mine, form)


def _page(request: HttpRequest, mine: Product, form: ProductForm, **more: Any) -> HttpResponse:
    variants = list(mine.variants.all())
    forms = [(variant, VariantForm(initial=VariantForm.of(variant), prefix=str(variant.pk))) for variant in variants]
    context = {
        "product": mine,
        "form": form,
        "variants": forms,
        "new_variant": VariantForm(prefix="baru"),
        "pictures": mine.pictures.all(),
        **more,
    }
    return render(request, "catalog/my_product.html", context, status=422 if form.errors else 200)


@role("seller")
@require_POST
def variant(request: HttpRequest, slug: str, variant_id: int = 0) -> HttpResponse:
    """Add a variant, or change one, and count its stock."""
    mine = _mine(request, slug)
    kept = get_object_or_404(Variant, product=mine, pk=variant_id) if variant_id else None
    form = VariantForm(request.POST, prefix=str(variant_id or "baru"))
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
        return redirect("catalog:my_product", slug=slug)
    user = request.user.pk or 0
    try:
        written = save_variant(user, mine.pk, form.value(), kept.sku if kept else None)
        set_stock(written.pk, form.cleaned_data["on_hand"], user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Varian disimpan."))
    return redirect("catalog:my_product", slug=slug)


@role("seller")
@require_POST
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload a picture, or take one off."""
    mine = _mine(request, slug)
    form = PictureForm(request.POST, request.FILES)
    try:
        if request.POST.get("hapus", "").isdigit():
            remove_picture(mine.pk, int(request.POST["hapus"][:12]))
        elif form.is_valid():
            add_picture(mine.pk, pictures.keep(form.cleaned_data["picture"]))
            messages.success(request, _("Foto terpasang."))
        else:
            messages.error(request, _("Pilih foto dulu."))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("catalog:my_product", slug=slug)


@role("seller")
@require_POST
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Put on the shelf, or take off."""
    mine = _mine(request, slug)
    try:
        if mine.is_published:
            archive_product(mine.pk)
            messages.success(request, _("Produk tidak tayang lagi. Bisa ditayangkan kapan saja."))
        else:
            publish_product(mine.pk)
            messages.success(request, _("Produk tayang."))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("catalog:my_product", slug=slug)
