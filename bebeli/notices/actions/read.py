"""Mark messages as read."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.notices.models import InboxMessage


@verb
def read_message(user_id: int, message_id: int) -> InboxMessage:
    """Mark one message of a person as read and return it; raises DoesNotExist for a stranger's."""
    message = InboxMessage.objects.of(user_id).get(pk=message_id)
    if message.read_at is None:
        message.read_at = clock.now()
        message.save()
    return message


@verb
def read_all(user_id: int) -> int:
    """Mark all of a person's messages as read; returns how many were new."""
    return InboxMessage.objects.of(user_id).filter(read_at=None).update(read_at=clock.now())
