"""The account's own mails in words: codes, and what happened to a password or a second code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bebeli.notices.kinds import Group
from bebeli.notices.letter import Letter

Context = Mapping[str, Any]
SAFETY = Group(
    "safety",
    gettext_lazy("Keamanan akun"),
    gettext_lazy("Kode masuk, kata sandi yang diganti, kode kedua."),
    gettext_lazy("Surel ini menyangkut keamanan akun BEBELI dengan alamat ini, jadi selalu dikirim."),
    is_fixed=True,
)


def find(template_prefix: str, context: Context) -> Letter | None:
    """Return the letter that allauth asks for by its template's name; None for one it words itself."""
    words = LETTERS.get(template_prefix)
    return words(context) if words else None


def _to(name: str) -> str:
    return f"{settings.BASE_URL}{reverse(name)}"


def _registering(context: Context) -> Letter:
    return Letter(
        _("Kode pendaftaran BEBELI"),
        _("Kode Anda:"),
        str(SAFETY.why),
        code=str(context["code"]),
        note=_("Ketik di halaman pendaftaran. Bila bukan Anda yang mendaftar, abaikan surel ini."),
    )


def _resetting(context: Context) -> Letter:
    return Letter(
        _("Kode kata sandi baru BEBELI"),
        _("Kode Anda:"),
        str(SAFETY.why),
        code=str(context["code"]),
        note=_("Ketik di halaman kata sandi baru. Bila bukan Anda yang meminta, abaikan surel ini."),
    )


def _known_already(_context: Context) -> Letter:
    return Letter(
        _("Anda sudah punya akun BEBELI"),
        _("Seseorang, mungkin Anda, mendaftar dengan alamat ini. Alamat ini sudah punya akun: masuk saja."),
        str(SAFETY.why),
        note=_("Lupa kata sandinya? Buat yang baru di halaman masuk. Bila bukan Anda, abaikan surel ini."),
        action=_("Masuk"),
        link=_to("account_login"),
    )


def _unknown(_context: Context) -> Letter:
    return Letter(
        _("Alamat ini belum punya akun BEBELI"),
        _(
            "Seseorang, mungkin Anda, meminta kata sandi baru untuk alamat ini, tetapi belum ada akunnya. "
            "Bila Anda mau, daftar di sini:"
        ),
        str(SAFETY.why),
        action=_("Daftar"),
        link=_to("account_signup"),
    )


def _password_changed(_context: Context) -> Letter:
    return _happened(_("Kata sandi BEBELI Anda diganti"), _("Kata sandi akun Anda baru saja diganti."))


def _second_code_on(_context: Context) -> Letter:
    return _happened(_("Kode kedua BEBELI dipasang"), _("Kode kedua baru saja dipasang pada akun Anda."))


def _second_code_off(_context: Context) -> Letter:
    return _happened(_("Kode kedua BEBELI dilepas"), _("Kode kedua baru saja dilepas dari akun Anda."))


def _spare_codes(_context: Context) -> Letter:
    return _happened(_("Kode cadangan BEBELI dibuat"), _("Kode cadangan baru saja dibuat untuk akun Anda."))


def _happened(subject: str, body: str) -> Letter:
    return Letter(
        subject,
        body,
        str(SAFETY.why),
        note=_("Anda sendiri yang melakukannya? Tidak ada yang perlu dikerjakan. Bila bukan Anda, segera buat kata sandi baru."),
        action=_("Buat kata sandi baru"),
        link=_to("account_reset_password"),
    )


LETTERS: dict[str, Callable[[Context], Letter]] = {
    "account/email/email_confirmation": _registering,
    "account/email/email_confirmation_signup": _registering,
    "account/email/password_reset_code": _resetting,
    "account/email/account_already_exists": _known_already,
    "account/email/unknown_account": _unknown,
    "account/email/password_changed": _password_changed,
    "account/email/password_set": _password_changed,
    "account/email/password_reset": _password_changed,
    "mfa/email/totp_activated": _second_code_on,
    "mfa/email/totp_deactivated": _second_code_off,
    "mfa/email/recovery_codes_generated": _spare_codes,
}
