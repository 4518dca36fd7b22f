"""News whose sealed part nobody can read any more is put off alone; what waits behind it is told."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from bebeli.kit.sealed import Unreadable, unseal
from bebeli.notices.flows import send
from bebeli.notices.models import InboxMessage, Notice
from tests import world
from tests.notices import kinds_for_tests
from tests.notices.kinds_for_tests import tell

pytestmark = pytest.mark.django_db


def test_news_sealed_under_another_key_does_not_hold_up_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = Fernet(Fernet.generate_key()).encrypt(b"0099").decode()
    with pytest.raises(Unreadable):
        unseal(foreign)
    reader = world.user()
    tell(reader, 1, 2)

    class Reads(set[int]):
        def __contains__(self, number: object) -> bool:
            return bool(number == 1 and unseal(foreign))

    monkeypatch.setattr(kinds_for_tests, "broken", Reads())
    send.send_due()
    assert InboxMessage.objects.count() == 1
    assert set(Notice.objects.filter(state="pending").values_list("ref", flat=True)) == {"UJI-1"}
    assert set(Notice.objects.filter(ref="UJI-1").values_list("attempts", flat=True)) == {1}
