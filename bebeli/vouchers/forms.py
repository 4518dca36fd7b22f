"""The form of a voucher, for the desks of the house and of makers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Category
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.places.models import Region
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.models.voucher import MOST_PERCENT_BP
from bebeli.vouchers.terms import MOST_MONEY, MOST_PER_PERSON, MOST_USES, Terms

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
DAYS = (MinValueValidator(clock.FIRST, _("Pilih tanggalnya.")), MaxValueValidator(clock.LAST, _("Pilih tanggalnya.")))


def money(label: Any, help_text: Any = "", *, required: bool = False) -> forms.IntegerField:
    """Return a field of whole rupiah."""
    return forms.IntegerField(label=label, help_text=help_text, required=required, min_value=0, max_value=MOST_MONEY)


class VoucherForm(forms.Form):
    """What a voucher says. Days are whole, in WIB."""

    name_id = forms.CharField(label=_("Nama yang dibaca pembeli"), max_length=80)
    name_en = forms.CharField(label=_("Nama Inggris"), max_length=80, required=False)
    code = forms.CharField(
        label=_("Kode"),
        max_length=24,
        required=False,
        help_text=_("4 sampai 24 huruf atau angka, tanpa spasi. Boleh kosong bila berlaku sendiri."),
    )
    payer = forms.ChoiceField(label=_("Dibayar oleh"))
    kind = forms.ChoiceField(label=_("Jenis potongan"), choices=Voucher.Kind.choices)
    percent = forms.DecimalField(
        label=_("Persen"),
        required=False,
        min_value=0,
        max_value=MOST_PERCENT_BP // 100,
        decimal_places=2,
    )
    amount = money(_("Potongan (Rp)"))
    ceiling = money(_("Paling banyak untuk satu belanja (Rp)"), _("Boleh kosong untuk gratis ongkir."))
    min_purchase = money(_("Belanja paling sedikit (Rp)"), _("0 bila tanpa batas."))
    budget = money(_("Anggaran seluruhnya (Rp)"))
    max_uses = forms.IntegerField(label=_("Jumlah pemakaian seluruhnya"), required=False, min_value=1, max_value=MOST_USES)
    per_person = forms.IntegerField(
        label=_("Pemakaian tiap orang"), required=False, initial=1, min_value=1, max_value=MOST_PER_PERSON
    )
    starts = forms.DateField(label=_("Hari pertama"), widget=DAY, validators=DAYS)
    ends = forms.DateField(label=_("Hari terakhir"), widget=DAY, validators=DAYS)
    is_automatic = forms.BooleanField(label=_("Berlaku sendiri tanpa mengetik kode"), required=False)
    is_public = forms.BooleanField(label=_("Tampil di daftar voucher pembeli"), required=False, initial=True)
    purse = forms.ChoiceField(
        label=_("Dipakai untuk belanja dengan"),
        choices=Voucher.Purse.choices,
        required=False,
        initial=Voucher.Purse.PERSONAL,
        help_text=_("Belanja dengan uang instansi atau perusahaan belum dibuka, jadi voucher seperti itu belum bisa dipakai."),
    )
    is_first_purchase = forms.BooleanField(label=_("Hanya untuk belanja pertama"), required=False)
    categories = forms.MultipleChoiceField(label=_("Hanya untuk kategori"), required=False, widget=forms.CheckboxSelectMultiple)
    districts = forms.MultipleChoiceField(
        label=_("Hanya dari pembuat di kecamatan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, payers: frozenset[str], data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if payers:
            choices = [(value, capfirst(words)) for value, words in Voucher.Payer.choices if value in payers]
            self.fields["payer"].choices = choices  # type: ignore[attr-defined]
            districts = Region.objects.districts_of_bekasi().order_by("name")
            self.fields["districts"].choices = districts.values_list("pk", "name")  # type: ignore[attr-defined]
            self.fields["budget"].required = True
            self.fields["purse"].choices = [(value, capfirst(words)) for value, words in Voucher.Purse.choices]  # type: ignore[attr-defined]
        else:  # a maker's own
            for name in ("payer", "is_first_purchase", "districts", "purse"):
                del self.fields[name]
        self.fields["kind"].choices = [(value, capfirst(words)) for value, words in Voucher.Kind.choices]  # type: ignore[attr-defined]
        tops = [(row.path, row.name) for row in Category.objects.tops()]
        self.fields["categories"].choices = tops  # type: ignore[attr-defined]

    @property
    def plain(self) -> list[Any]:
        """The fields of one value, in order."""
        return [field for field in self if field.name not in {"categories", "districts"}]

    @property
    def many(self) -> list[Any]:
        """The fields of many choices."""
        return [field for field in self if field.name in {"categories", "districts"}]

    @property
    def needed(self) -> frozenset[str]:
        """The fields that are needed where they are shown, though not always."""
        return frozenset({"code", "percent", "amount", "ceiling"})

    def value(self) -> Terms:
        """Return what was written."""
        said = self.cleaned_data
        same = ("name_id", "name_en", "code", "kind", "ceiling", "budget", "max_uses", "per_person", "is_automatic", "is_public")
        return Terms(
            **{name: said[name] for name in same},
            payer=said.get("payer", Voucher.Payer.SELLER),
            percent_bp=int((said["percent"] or Decimal(0)) * 100),
            amount=said["amount"] or 0,
            min_purchase=said["min_purchase"] or 0,
            categories=tuple(said["categories"]),
            districts=tuple(said.get("districts", ())),
            is_first_purchase=said.get("is_first_purchase", False),
            purse=said.get("purse") or Voucher.Purse.PERSONAL,
            starts_at=timezone.make_aware(datetime.combine(said["starts"], time.min)),
            ends_at=timezone.make_aware(datetime.combine(said["ends"] + timedelta(days=1), time.min)),
        )

    def refuse(self, refusal: Refused) -> None:
        """Show a verb's refusal at its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


def initial_of(voucher: Voucher) -> dict[str, Any]:
    """Return the form's values for a voucher."""
    names = (
        "name_id", "name_en", "code", "payer", "kind", "ceiling", "min_purchase", "budget", "max_uses", "per_person",
        "is_automatic", "is_public", "is_first_purchase", "purse", "categories", "districts",
    )  # fmt: skip
    return {
        **{name: getattr(voucher, name) for name in names},
        "percent": Decimal(voucher.percent_bp) / 100 if voucher.percent_bp else None,
        "amount": voucher.amount or None,
        "starts": timezone.localdate(voucher.starts_at),
        "ends": voucher.last_day,
    }
