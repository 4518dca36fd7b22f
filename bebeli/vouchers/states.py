"""How a voucher moves: it runs, pauses, runs again, and ends once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import assert_open
from bebeli.vouchers.models import Voucher


def move(voucher: Voucher, to: str) -> Voucher:
    """Move a locked voucher. The same state again is a quiet success; one that ended never runs again."""
    assert_open()
    if voucher.state == to:
        return voucher
    if voucher.state == Voucher.State.ENDED:
        raise Refused("voucher_ended", _("Voucher ini sudah diakhiri. Buat yang baru."))
    voucher.state = to
    voucher.save(update_fields=["state"])
    return voucher
