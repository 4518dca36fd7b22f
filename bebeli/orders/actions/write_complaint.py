"""Buyer, maker or officer says something in an open complaint."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import tell
from bebeli.orders.actions.lock_complaint import (
    MOST_MESSAGES,
    MOST_PICTURES,
    Speaker,
    refuse_state,
    say,
    take_case,
    words_of,
)
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.models import ComplaintMessage, ComplaintPicture


@verb
def write_complaint(complaint_id: int, who: Speaker, text: str, pictures: Sequence[KeptPicture] = ()) -> ComplaintMessage:
    """Keep a message and tell the other side; the same words twice in a row are written once.

    Raises InvalidInput at `text`; Refused: complaint_moved, too_many_messages.
    """
    words = words_of(text)
    complaint = take_case(complaint_id).complaint
    if not complaint.is_open:
        raise refuse_state(complaint)
    last = complaint.messages.last()
    if (
        last is not None
        and not pictures
        and (last.act, last.side, last.by_id, last.text) == ("write", who.side, who.user_id, words)
    ):
        return last
    shown = ComplaintPicture.objects.filter(message__complaint=complaint).count()
    if complaint.messages.count() >= MOST_MESSAGES or shown + len(pictures) > MOST_PICTURES:
        raise Refused("too_many_messages", _("Percakapan ini sudah penuh. Lanjutkan dengan tombol yang tersedia."))
    message = say(complaint, who, "write", words, pictures=pictures)
    tell.complaint_message(message, complaint)
    return message
