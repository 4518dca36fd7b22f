"""The forms of the accounts room: allauth's with our words, the profile, and the address."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bebeli.accounts.addressing import AddressValue
from bebeli.accounts.models import User
from bebeli.kit.errors import InvalidInput
from bebeli.places import phone
from bebeli.places.models import REGENCY, Region

OUR_PROVINCE = REGENCY[:2]
REDRAW = {
    "hx-post": reverse_lazy("accounts:address_fields"),
    "hx-target": "closest [data-address]",
    "hx-swap": "outerHTML",
    "hx-include": "closest form",
}


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Surel")
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class RegisterForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Name, e-mail, password, consent."""

    name = forms.CharField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    terms = forms.BooleanField(
        label=_("Saya setuju data saya dipakai untuk memproses belanja saya di BEBELI."),
        error_messages={"required": _("Centang persetujuan supaya akun bisa dibuat.")},
    )
    field_order = ("name", "email", "password1", "terms")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Surel")
        self.fields["password1"].label = _("Kata sandi")
        self.fields["password1"].help_text = _("Paling sedikit 12 huruf atau angka.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ResetForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Which account's password shall be set anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Surel")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a person says of themselves."""

    class Meta:
        model = User
        fields = ("name", "phone", "language")

    def clean_phone(self) -> str:
        """Normalise the number; empty stays empty."""
        said: str = self.cleaned_data["phone"]
        if not said:
            return ""
        try:
            return phone.normalise(said)
        except InvalidInput as error:
            raise forms.ValidationError(str(error.message)) from error


class AddressForm(forms.Form):
    """An address; each select holds what lies below the one before. Beyond the regency the place is free text."""

    recipient = forms.CharField(label=_("Penerima"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Nomor ponsel"), max_length=24, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    )
    province = forms.ChoiceField(label=_("Provinsi"), widget=forms.Select(attrs=REDRAW))
    regency = forms.ChoiceField(label=_("Kabupaten atau kota"), widget=forms.Select(attrs=REDRAW))
    district = forms.ChoiceField(label=_("Kecamatan"), required=False, widget=forms.Select(attrs=REDRAW))
    village = forms.ChoiceField(label=_("Desa atau kelurahan"), required=False, widget=forms.Select(attrs=REDRAW))
    locality = forms.CharField(label=_("Kecamatan dan desa"), max_length=120, required=False)
    street = forms.CharField(
        label=_("Jalan, nomor rumah, RT/RW"),
        max_length=240,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=_("Kode pos"),
        max_length=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    note = forms.CharField(label=_("Patokan"), max_length=160, required=False)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        known = {"province": OUR_PROVINCE, "regency": REGENCY, **(initial or {})}
        super().__init__(data, initial=known)
        province, regency = self.at("province"), self.at("regency")
        self.is_ours = regency == REGENCY
        self._offer("province", list(Region.objects.provinces()))
        self._offer("regency", list(Region.objects.children(province)) if province else [])
        if self.is_ours:
            del self.fields["locality"]
            self.fields["district"].required = self.fields["village"].required = True
            district = self.at("district")
            self._offer("district", list(Region.objects.districts_of_bekasi()))
            self._offer("village", list(Region.objects.children(district)) if district else [])
        else:
            del self.fields["district"], self.fields["village"]
            self.fields["locality"].required = True

    def at(self, name: str) -> str:
        """Return what a select stands at."""
        said = (self.data.get(name) if self.is_bound else self.initial.get(name)) or ""
        return str(said)[:13].replace("\0", "")

    def _offer(self, name: str, regions: list[Region]) -> None:
        self.fields[name].choices = [("", _("Pilih…")), *((region.code, region.name) for region in regions)]  # type: ignore[attr-defined]

    def value(self) -> AddressValue:
        """Return the address of a valid form."""
        said = self.cleaned_data
        return AddressValue(
            recipient=said["recipient"],
            phone=said["phone"],
            region_code=said["village"] if self.is_ours else said["regency"],
            street=said["street"],
            postal_code=said["postal_code"],
            locality=said.get("locality", ""),
            note=said["note"],
        )


def redrawn(data: Any, trigger: str) -> AddressForm:
    """Return the form after one select changed: what lies below it is asked anew, a desa brings its postal code."""
    said = data.copy()
    below = {"province": ("regency", "district", "village"), "regency": ("district", "village"), "district": ("village",)}
    for name in below.get(trigger, ()):
        said[name] = ""
    if trigger == "village":
        region = Region.objects.filter(pk=said.get("village", "")[:13]).first()
        said["postal_code"] = region.postal_code if region else said.get("postal_code", "")
    first = AddressForm(said)
    form = AddressForm(initial={name: said.get(name, "") for name in AddressForm.base_fields})
    form.fields = first.fields
    return form


def initial_of(value: AddressValue) -> dict[str, str]:
    """Return the form's initial values for an address."""
    code = value.region_code
    return {
        "recipient": value.recipient,
        "phone": value.phone,
        "province": code[:2],
        "regency": code[:5],
        "district": code[:8],
        "village": code,
        "locality": value.locality,
        "street": value.street,
        "postal_code": value.postal_code,
        "note": value.note,
    }
