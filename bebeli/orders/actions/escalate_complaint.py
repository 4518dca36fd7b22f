"""A complaint goes to an officer of the Dinas: because a side asks, or because somebody let their time pass."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import tell
from bebeli.orders.actions.lock_complaint import (
    SYSTEM,
    Case,
    S,
    Speaker,
    buyer,
    must_be,
    plain,
    say,
    seller,
    take_case,
    to_officer,
)
from bebeli.orders.actions.resend_complaint import got_it
from bebeli.orders.models import Complaint


@verb
def ask_officer(complaint_id: int, user_id: int | None, text: str = "") -> Complaint:
    """The buyer asks the officer to decide, at the buyer's turn. Raises Refused: complaint_moved."""
    case = take_case(complaint_id)
    if case.complaint.state != S.OFFICER:
        must_be(case.complaint, S.OFFERED, S.REFUSED, S.RETURN_ASKED, S.RESENT)
        _escalate(case, buyer(user_id), "escalate", plain(text))
    return case.complaint


@verb
def ask_officer_as_seller(complaint_id: int, user_id: int, text: str = "") -> Complaint:
    """The maker asks the officer to decide: other goods came back, or none. Raises Refused: complaint_moved."""
    case = take_case(complaint_id)
    if case.complaint.state != S.OFFICER:
        must_be(case.complaint, S.ASKED, S.RETURNING)
        _escalate(case, seller(user_id), "escalate", plain(text))
    return case.complaint


@verb
def escalate_by_time(complaint_id: int) -> Complaint:
    """Whose turn it was let it pass: an officer decides. A replacement nobody speaks of counts as received."""
    case = take_case(complaint_id)
    complaint = case.complaint
    if not complaint.is_open or complaint.answer_by is None or complaint.answer_by > clock.now():
        return complaint
    if complaint.state == S.RESENT:
        got_it(case, SYSTEM)
    else:
        _escalate(case, SYSTEM, "time_out", "")
    return complaint


def _escalate(case: Case, who: Speaker, act: str, text: str) -> None:
    to_officer(case.complaint)
    say(case.complaint, who, act, text)
    tell.complaint_escalated(case.complaint)
