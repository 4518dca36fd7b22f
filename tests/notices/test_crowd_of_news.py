"""A maker who sells very much: one mail, whose work does not grow with what it only counts."""

from __future__ import annotations

import pytest
from django.core import mail

from bebeli.accounts.models import User
from bebeli.notices.flows import digests, send
from bebeli.notices.models import Notice, State
from tests import world
from tests.notices import kinds_for_tests
from tests.notices.kinds_for_tests import tell
from tests.notices.test_digests import mails_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker() -> User:
    return world.user("pembuat@example.com")


def test_of_very_many_the_first_are_worded_and_the_others_counted(maker: User) -> None:
    most = digests.MOST_ITEMS
    tell(maker, *range(most + 5))
    kinds_for_tests.broken.update(range(most + 1, most + 5))  # would be put off if anybody worded them
    kinds_for_tests.past.add(3)
    Notice.objects.filter(channel="app").delete()
    while send.send_due():
        pass
    assert digests.send_due() == 1
    (letter,) = mail.outbox
    assert (letter.subject, "4 kabar lagi" in str(letter.body)) == (f"{most + 4} kabar dari BEBELI", True)
    assert (mails_of(State.SENT), mails_of(State.SKIPPED), mails_of(State.PENDING)) == (most + 4, 1, 0)
