"""The heads of the columns of finance's files, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TRIAL = (_("Akun"), _("Debit"), _("Kredit"))
LEDGER = (_("Waktu"), _("Ayat"), _("Kejadian"), _("Pesanan"), _("Toko"), _("Debit"), _("Kredit"), _("Saldo"))
