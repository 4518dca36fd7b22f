"""The shape of what shoppers ask of the shelf."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bebeli.catalog.search import LONGEST_PRICE, LONGEST_QUERY, Filters

ORDERINGS = (
    ("", _("Paling sesuai")),
    ("popular", _("Terlaris")),
    ("newest", _("Terbaru")),
    ("price", _("Harga terendah")),
    ("-price", _("Harga tertinggi")),
)
CERTIFICATES = (("", _("Semua sertifikat")), ("halal", "Halal"), ("pirt", "P-IRT"), ("bpom_md", "BPOM"), ("sni", "SNI"))


class FilterForm(forms.Form):
    """Words, filters and order; anything unreadable is simply left out."""

    q = forms.CharField(required=False)
    kategori = forms.SlugField(required=False, max_length=60)
    toko = forms.SlugField(required=False, max_length=80)
    kecamatan = forms.CharField(required=False, max_length=13)
    min = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_PRICE)
    max = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_PRICE)
    sertifikat = forms.ChoiceField(required=False, choices=CERTIFICATES)
    ekspor = forms.BooleanField(required=False)
    tersedia = forms.BooleanField(required=False)
    urut = forms.ChoiceField(required=False, choices=ORDERINGS)

    def filters(self, *, category: str = "", seller: str = "") -> Filters:
        """Return what was asked for."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            q=said.get("q", "")[:LONGEST_QUERY],
            category=category or said.get("kategori", ""),
            seller=seller or said.get("toko", ""),
            district=said.get("kecamatan", "").replace("\0", ""),
            min_price=said.get("min"),
            max_price=said.get("max"),
            certificate=said.get("sertifikat", ""),
            export_ready=bool(said.get("ekspor")),
            in_stock=bool(said.get("tersedia")),
            ordering=said.get("urut", ""),
        )
