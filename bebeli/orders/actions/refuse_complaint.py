"""The maker refuses a complaint, with reasons and pictures."""

from __future__ import annotations

from collections.abc import Sequence

from bebeli.kit.steps import verb
from bebeli.orders import tell
from bebeli.orders.actions.lock_complaint import S, must_be, pass_on, say, seller, take_case, words_of
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.models import Complaint


@verb
def refuse_complaint(complaint_id: int, user_id: int, text: str, pictures: Sequence[KeptPicture] = ()) -> Complaint:
    """Say no, and why; it is the buyer's turn. The same answer twice is a quiet success.

    Raises InvalidInput at `text`; Refused: complaint_moved.
    """
    words = words_of(text)
    complaint = take_case(complaint_id).complaint
    if complaint.state == S.REFUSED:
        return complaint
    must_be(complaint, S.ASKED)
    pass_on(complaint, S.REFUSED)
    message = say(complaint, seller(user_id), "refuse", words, pictures=pictures)
    tell.complaint_to_buyer("orders.complaint_refused", complaint, message)
    return complaint
