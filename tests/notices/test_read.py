"""Reading one's messages."""

from __future__ import annotations

import pytest

from bebeli.accounts.models import User
from bebeli.notices.actions.read import read_all, read_message
from bebeli.notices.models import InboxMessage, Notice
from tests import world

pytestmark = pytest.mark.django_db


def message(to: User) -> InboxMessage:
    number = Notice.objects.count()
    notice = Notice.objects.create(
        dedup_key=f"k{number}", kind="orders.paid", channel=Notice.Channel.APP, user=to, ref=f"BB-{number}"
    )
    return InboxMessage.objects.create(user=to, notice=notice, kind=notice.kind, title="Judul", body="Isi")


def test_a_message_is_read_once() -> None:
    person = world.user()
    made = message(person)
    first = read_message(person.pk, made.pk).read_at
    assert first is not None
    assert read_message(person.pk, made.pk).read_at == first


def test_a_strangers_message_does_not_exist() -> None:
    made = message(world.user())
    with pytest.raises(InboxMessage.DoesNotExist):
        read_message(world.user().pk, made.pk)
    made.refresh_from_db()
    assert made.read_at is None


def test_reading_all_reads_ones_own_only() -> None:
    person, other = world.user(), world.user()
    message(person)
    message(person)
    theirs = message(other)
    assert read_all(person.pk) == 2
    assert read_all(person.pk) == 0
    theirs.refresh_from_db()
    assert theirs.read_at is None
