"""Let a voucher stand still for a while, and run again."""

from __future__ import annotations

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.states import move

S = Voucher.State


@verb
def pause_voucher(voucher_id: int) -> Voucher:
    """Nobody can use it for now; what was placed with it holds. Twice is a quiet success."""
    return move(Locks().row(Voucher, voucher_id), S.PAUSED)


@verb
def resume_voucher(voucher_id: int) -> Voucher:
    """It can be used again, within its days. Twice is a quiet success."""
    return move(Locks().row(Voucher, voucher_id), S.RUNNING)
