"""The forms of a maker's products."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bebeli.catalog.actions.product_values import ProductValue, VariantValue
from bebeli.catalog.models import Category, Product, Variant
from bebeli.kit.errors import Refused


class ProductForm(forms.Form):
    """A product's words."""

    name_id = forms.CharField(label=_("Nama produk"), max_length=120)
    category = forms.ChoiceField(label=_("Kategori"))
    description_id = forms.CharField(label=_("Deskripsi"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    unit = forms.CharField(label=_("Satuan"), max_length=24, initial="buah")
    ship_scope = forms.ChoiceField(label=_("Dikirim sampai"), choices=Product.Scope.choices, initial="nasional")
    preorder_days = forms.IntegerField(label=_("Hari pembuatan"), min_value=0, max_value=60, initial=0)
    name_en = forms.CharField(label=_("Nama Inggris"), max_length=120, required=False)
    description_en = forms.CharField(label=_("Deskripsi Inggris"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    export_ready = forms.BooleanField(label=_("Siap ekspor"), required=False)
    hs_code = forms.CharField(label=_("Kode HS"), max_length=12, required=False)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        rows = Category.objects.select_related("parent").order_by("position")
        shelves = [(row.slug, f"{row.parent.name}: {row.name}") for row in rows if row.parent is not None]
        self.fields["category"].choices = [("", _("Pilih…")), *shelves]  # type: ignore[attr-defined]

    def value(self) -> ProductValue:
        """Return what was written."""
        return ProductValue(**self.cleaned_data)

    def refuse(self, refusal: Refused) -> None:
        """Show a verb's refusal at its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class VariantForm(forms.Form):
    """A variant's price, weight, size and stock."""

    option = forms.CharField(label=_("Pilihan"), max_length=40, required=False)
    price = forms.IntegerField(label=_("Harga (Rp)"), min_value=1)
    on_hand = forms.IntegerField(label=_("Stok"), min_value=0, initial=0)
    weight_g = forms.IntegerField(label=_("Berat (gram)"), min_value=0, initial=0)
    length_cm = forms.IntegerField(label=_("Panjang (cm)"), min_value=0, initial=0)
    width_cm = forms.IntegerField(label=_("Lebar (cm)"), min_value=0, initial=0)
    height_cm = forms.IntegerField(label=_("Tinggi (cm)"), min_value=0, initial=0)
    axis = forms.CharField(widget=forms.HiddenInput, required=False, initial="Varian", max_length=24)
    is_active = forms.BooleanField(label=_("Dijual"), required=False, initial=True)

    @staticmethod
    def of(variant: Variant) -> dict[str, Any]:
        """Return the initial values of a variant."""
        names = ("price", "on_hand", "weight_g", "length_cm", "width_cm", "height_cm", "is_active")
        axis = next(iter(variant.options), "Varian")
        return {
            **{name: getattr(variant, name) for name in names},
            "option": variant.options.get(axis, ""),
            "axis": axis,
        }

    def value(self) -> VariantValue:
        """Return what was written."""
        said = self.cleaned_data
        return VariantValue(
            price=said["price"],
            weight_g=said["weight_g"],
            options={said["axis"] or "Varian": said["option"]} if said["option"] else {},
            length_cm=said["length_cm"],
            width_cm=said["width_cm"],
            height_cm=said["height_cm"],
            is_active=said["is_active"],
        )


class PictureForm(forms.Form):
    """A photo."""

    picture = forms.FileField()


def initial_of(product: Product) -> dict[str, Any]:
    """Return the form's initial values for a product."""
    names = (
        "name_id", "name_en", "description_id", "description_en", "unit", "ship_scope", "preorder_days",
        "export_ready", "hs_code",
    )  # fmt: skip
    return {**{name: getattr(product, name) for name in names}, "category": product.category.slug}
