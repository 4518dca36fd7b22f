"""The forms of the accounts room: allauth's with our words, the profile, and the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bebeli.accounts.addressing import AddressValue
from bebeli.accounts.models import User
from bebeli.accounts.password_forms import worded
from bebeli.kit.errors import InvalidInput
from bebeli.places import addressing, phone
from bebeli.places.models import REGENCY, Region

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OUR_PROVINCE = REGENCY[:2]
REGION_STEP = ("hitung", "wilayah")  # the button that only asks for the next select
REDRAW = {
    "hx-post": reverse_lazy("accounts:address_fields"),
    "hx-target": "closest [data-address]",
    "hx-swap": "outerHTML",
    "hx-include": "closest form",
    "hx-trigger": "change delay:250ms",  # arrow keys pass over many choices
    "hx-sync": "this:replace",
}


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, login=_("Surel"), password=_("Kata sandi"))


class RegisterForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Name, e-mail, password, consent."""

    name = forms.CharField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    terms = forms.BooleanField(
        label=_("Saya setuju data saya dipakai untuk memproses belanja saya di BEBELI."),
        error_messages={"required": _("Centang persetujuan supaya akun bisa dibuat.")},
    )
    field_order = ("name", "email", "password1", "terms")
    account_already_exists: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, email=_("Surel"), password1=_("Kata sandi"))

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account, whole or not at all; an address that is taken looks and lasts the same."""
        answer: tuple[User | None, HttpResponse | None]
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        else:
            try:
                with transaction.atomic():
                    answer = super().try_save(request)
            except IntegrityError:  # another tab was first
                self.account_already_exists = True
            else:
                return answer
        answer = super().try_save(request)
        return answer


class ResetForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Which account's password shall be set anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, email=_("Surel"))


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a person says of themselves."""

    class Meta:
        model = User
        fields = ("name", "phone", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def clean_phone(self) -> str:
        """Normalise the number; empty stays empty."""
        said: str = self.cleaned_data["phone"]
        return _phone(said) if said else ""


def _phone(said: str) -> str:
    try:
        return phone.normalise(said)
    except InvalidInput as error:
        raise forms.ValidationError(str(error.message)) from error


def _select(label: _StrPromise, missing: _StrPromise) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        widget=forms.Select(attrs=REDRAW),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class AddressForm(forms.Form):
    """An address; each select holds what lies below the one before. Beyond the regency the place is free text.

    Sent by the button that only asks for the next select, or before any field was drawn, it is a fresh form: no errors.
    """

    recipient = forms.CharField(
        label=_("Penerima"), min_length=2, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Nomor ponsel"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    province = _select(_("Provinsi"), _("Pilih provinsi."))
    regency = _select(_("Kabupaten atau kota"), _("Pilih kabupaten atau kota di provinsi ini."))
    district = _select(_("Kecamatan"), _("Pilih kecamatan."))
    village = _select(_("Desa atau kelurahan"), _("Pilih desa atau kelurahan di kecamatan ini."))
    locality = forms.CharField(label=_("Kecamatan dan desa"), max_length=120)
    street = forms.CharField(
        label=_("Jalan, nomor rumah, RT/RW"),
        min_length=5,
        max_length=240,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=_("Kode pos"),
        max_length=5,
        validators=[RegexValidator(addressing.POSTAL_CODE, _("Kode pos harus 5 angka."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    note = forms.CharField(label=_("Patokan"), max_length=160, required=False)

    def __init__(self, data: Any = None, initial: Mapping[str, str] | None = None) -> None:
        if data is not None and _asks_for_regions(data):
            data, initial = None, followed(data)
        super().__init__(data, initial={"province": OUR_PROVINCE, "regency": REGENCY, **(initial or {})})
        province, district = self.at("province"), self.at("district")
        self.is_ours = province == OUR_PROVINCE and self.at("regency") == REGENCY
        self._offer("province", list(Region.objects.provinces()))
        self._offer("regency", list(Region.objects.children(province)) if province else [])
        if not self.is_ours:
            del self.fields["district"], self.fields["village"]
            return
        del self.fields["locality"]
        self._offer("district", list(Region.objects.districts_of_bekasi()))
        self._offer("village", list(Region.objects.children(district)) if district else [])
        self.fields["postal_code"].help_text = _("Terisi sendiri dari desa.")
        self.fields["postal_code"].required = not self.at("village")

    def at(self, name: str) -> str:
        """Return what a select stands at."""
        return _code((self.data if self.is_bound else self.initial).get(name))

    def _offer(self, name: str, regions: list[Region]) -> None:
        choices = [("", _("Pilih…")), *((region.code, region.name) for region in regions)]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """Return the number as it is kept."""
        return _phone(self.cleaned_data["phone"])

    def clean_postal_code(self) -> str:
        """Return the code as written, or the desa's."""
        said: str = self.cleaned_data["postal_code"]
        return said or postal_code_of(self.cleaned_data.get("village", ""))

    def refuse(self, error: InvalidInput) -> None:
        """Show a verb's refusal at the field it is about."""
        name = ("village" if self.is_ours else "regency") if error.field == "region" else error.field
        self.add_error(name if name in self.fields else None, str(error.message))

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


def _code(said: object) -> str:
    return str(said or "")[:13].replace("\0", "")


def _asks_for_regions(data: Mapping[str, Any]) -> bool:
    name, value = REGION_STEP
    return data.get(name) == value or not any(field in data for field in AddressForm.base_fields)


def postal_code_of(village: str) -> str:
    """Return a desa's postal code, '' where it is unknown."""
    return Region.objects.filter(pk=_code(village)).values_list("postal_code", flat=True).first() or ""


def followed(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was said as initial values; what left its parent is asked anew, a desa brings its code."""
    said = {name: str(data[name]).replace("\0", "") for name in AddressForm.base_fields if name in data}
    before = postal_code_of(said.get("village", ""))
    for upper, lower in (("province", "regency"), ("regency", "district"), ("district", "village")):
        parent, code = said.get(upper, ""), said.get(lower, "")
        if code and not (parent and code.startswith(f"{parent}.")):
            said[lower] = ""
    if said.get("village") and before:
        said["postal_code"] = before
    elif before and said.get("postal_code") == before:  # it came from the desa that was left
        said["postal_code"] = ""
    return said


def initial_of(value: AddressValue) -> dict[str, str]:
    """Return the form's initial values for an address."""
    code = value.region_code
    return {
        "recipient": value.recipient,
        "phone": phone.in_words(value.phone),
        "province": code[:2],
        "regency": code[:5],
        "district": code[:8],
        "village": code,
        "locality": value.locality,
        "street": value.street,
        "postal_code": value.postal_code,
        "note": value.note,
    }
