"""Tell whoever made a voucher that it has run out."""

from __future__ import annotations

from bebeli.notices.outbox import tell
from bebeli.vouchers.models import Voucher


def if_used_up(voucher: Voucher) -> None:
    """Say once that nobody can use it any more, a step of the verb that used it last."""
    if voucher.is_used_up:
        tell("vouchers.used_up", ref=voucher.code, to_user=voucher.made_by, payload={"voucher": voucher.pk})
