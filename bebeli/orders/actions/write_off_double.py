"""Money that went out twice will not come back: one officer proposes to write it off, another one decides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import doubles, ledger, looking, posting, tell
from bebeli.orders.actions.lock_double import Twice, reason_of, refuse_ended, refuse_other_eyes, take_twice
from bebeli.orders.models import DoubleRefund


@verb
def propose_write_off(case_id: int, user_id: int, reason: str) -> DoubleRefund:
    """Propose it with a reason, and leave the case to a second person; proposing again changes the reason.

    Raises InvalidInput at `alasan`, Refused: case_decided, taken, own_purchase, proposed.
    """
    why = reason_of(reason)
    twice = take_twice(case_id)
    case = twice.case
    refuse_ended(case)
    refuse_other_eyes(twice, user_id)
    if case.is_proposed and case.proposed_by_id != user_id:
        raise Refused("proposed", _("Petugas lain sudah mengusulkannya. Setujui atau tolak usul itu."))
    case.proposed_by_id, case.proposed_at, case.reason = user_id, clock.now(), why
    case.turned_down_by, case.turned_down_because = None, ""
    case.save()
    looking.leave(case, user_id)
    tell.double_to_approve(case)
    return case


@verb
def approve_write_off(case_id: int, user_id: int) -> DoubleRefund:
    """The second person agrees: it is a loss. Twice is a quiet success.

    Raises Refused: case_decided, not_proposed, second_person, taken, own_purchase.
    """
    twice = take_twice(case_id)
    case = twice.case
    if case.state == DoubleRefund.State.WRITTEN_OFF and case.decided_by_id == user_id:
        return case
    _refuse_as_second(twice, user_id)
    entry = ledger.post(
        twice.scene.locks,
        "double_written_off",
        f"double:{case.pk}:written_off",
        posting.double_written_off(case.amount),
        purchase=twice.scene.purchase,
        attempt=case.attempt,
    )
    case.approved_by_id = user_id
    doubles.end(case, DoubleRefund.State.WRITTEN_OFF, user_id, entry)
    return case


@verb
def turn_down_write_off(case_id: int, user_id: int, reason: str) -> DoubleRefund:
    """The second person says no, with a reason: the case stays open and the money is asked for.

    Raises InvalidInput at `alasan`, Refused: case_decided, not_proposed, second_person, taken, own_purchase.
    """
    why = reason_of(reason)
    twice = take_twice(case_id)
    case = twice.case
    _refuse_as_second(twice, user_id)
    case.proposed_by, case.proposed_at = None, None
    case.turned_down_by_id, case.turned_down_because = user_id, why
    case.save()
    looking.leave(case, user_id)
    return case


def _refuse_as_second(twice: Twice, user_id: int) -> None:
    refuse_ended(twice.case)
    refuse_other_eyes(twice, user_id)
    if not twice.case.is_proposed:
        raise Refused("not_proposed", _("Belum ada yang mengusulkan penghapusan. Muat ulang halamannya."))
    if twice.case.proposed_by_id == user_id:
        raise Refused("second_person", _("Anda yang mengusulkannya. Petugas lain yang harus memutuskan."))
