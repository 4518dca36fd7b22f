"""How allauth keeps and words the second factor here."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bebeli.kit import logs
from bebeli.kit.sealed import seal, unseal


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets are sealed at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Kode kedua akun ini tidak bisa dimatikan."),
        "cannot_generate_recovery_codes": _("Pasang aplikasi kode dulu, lalu buat kode cadangan."),
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi."),
        "unverified_email": _("Konfirmasi dulu alamat surel Anda."),
    }

    def validation_error(self, code: str, *args: Any, **kwargs: Any) -> ValidationError:
        """Refuse, and write it down: a wrong second code is worth knowing."""
        logs.security("second_factor_refused", code=code)
        error: ValidationError = super().validation_error(code, *args, **kwargs)
        return error

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(encrypted_text)
