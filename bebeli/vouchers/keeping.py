"""Write a voucher down, a step of the verbs that make and change one."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import assert_open
from bebeli.vouchers.models import Voucher


def keep(voucher: Voucher) -> Voucher:
    """Save it. Raises InvalidInput at `code` where another has that code."""
    assert_open()
    try:
        with transaction.atomic():
            voucher.save()
    except IntegrityError as error:
        raise InvalidInput("code_taken", _("Kode itu sudah dipakai voucher lain. Pilih kode lain."), field="code") from error
    return voucher
