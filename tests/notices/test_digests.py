"""One mail instead of many: of a day as its reader chose, or of a burst; each once, killed in between or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.errors import Busy
from bebeli.notices import tasks
from bebeli.notices.flows import digests, pace, send
from bebeli.notices.models import Digest, InboxMessage, MailChoice, Notice, State
from bebeli.orders import books
from tests import world
from tests.notices import kinds_for_tests
from tests.notices.kinds_for_tests import tell, wants

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # 19.00 WIB
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # 08.00 WIB
Pace = MailChoice.Pace


@pytest.fixture
def maker() -> User:
    return world.user("pembuat@example.com")


@pytest.fixture
def daily(maker: User) -> User:
    """A maker who told us three things in the evening and wants one mail a day."""
    wants(maker, Pace.DAILY)
    with clock.standing_at(EVENING):
        tell(maker, 1, 2, 3)
        send.send_due()
    return maker


def mails_of(state: str) -> int:
    return Notice.objects.filter(channel="email", state=state).count()


def lease_runs_out() -> None:
    Digest.objects.update(lease_until=None)
    Notice.objects.update(lease_until=None)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (EVENING, MORNING),
        (MORNING - timedelta(seconds=1), MORNING),
        (MORNING, MORNING + timedelta(days=1)),
        (datetime(2026, 12, 31, 18, 0, tzinfo=UTC), datetime(2027, 1, 1, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_morning_is_eight_in_wib(now: datetime, then: datetime) -> None:
    assert pace.next_morning(now) == then


def test_a_day_is_one_mail_at_eight(daily: User) -> None:
    assert mail.outbox == []
    assert InboxMessage.objects.filter(user=daily).count() == 3
    with clock.standing_at(MORNING - timedelta(minutes=1)):
        tasks.sweep()
        tasks.sweep_digests()
    assert mail.outbox == []
    with clock.standing_at(MORNING):
        tasks.sweep_digests()
        tasks.sweep_digests()
        tasks.sweep()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["pembuat@example.com"], "3 kabar dari BEBELI")
    for number in (1, 2, 3):
        assert str(letter.body).count(f"http://testserver/kabar/{number}/") == 1
        assert f'href="http://testserver/kabar/{number}/"' in html_of(letter)
    assert "Isi & kabar 1" in str(letter.body)
    assert mails_of("sent") == 3
    assert Digest.objects.get().state == State.SENT


def test_what_is_past_is_left_out_and_all_past_is_no_mail(daily: User) -> None:
    kinds_for_tests.past.add(2)
    with clock.standing_at(MORNING):
        digests.send_due()
    assert "Kabar 2" not in str(mail.outbox[0].body)
    assert (mails_of("sent"), mails_of("skipped")) == (2, 1)
    with clock.standing_at(MORNING + timedelta(hours=1)):
        tell(daily, 4)
        send.send_due()
    kinds_for_tests.past.add(4)
    with clock.standing_at(MORNING + timedelta(days=1)):
        digests.send_due()
    assert len(mail.outbox) == 1
    assert list(Digest.objects.order_by("id").values_list("state", flat=True)) == [State.SENT, State.SKIPPED]


def test_killed_between_send_and_mark_sends_at_most_once_more_under_the_same_id(
    daily: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with clock.standing_at(MORNING):
        with monkeypatch.context() as patch:
            patch.setattr(digests, "mark", killed)
            with pytest.raises(KeyboardInterrupt):
                digests.send_due()
        assert digests.send_due() == 0, "the lease holds"
        tell(daily, 4)
        send.send_due()
        lease_runs_out()
        assert digests.send_due() == 1
        assert digests.send_due() == 0
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body, "nothing joined once it was closed"
    assert (mails_of("sent"), mails_of("pending")) == (3, 1)


def test_killed_while_sorting_loses_nothing(maker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(maker, Pace.DAILY)

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with clock.standing_at(EVENING):
        tell(maker, 1)
        with monkeypatch.context() as patch:
            patch.setattr(pace, "join", killed)
            with pytest.raises(KeyboardInterrupt):
                send.send_due()
        lease_runs_out()
        send.send_due()
    with clock.standing_at(MORNING):
        digests.send_due()
    assert len(mail.outbox) == 1


def test_a_dead_mail_server_puts_all_of_it_off_and_in_the_end_says_so(daily: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> int:
        raise ConnectionRefusedError

    with clock.standing_at(MORNING):
        with monkeypatch.context() as patch:
            patch.setattr(EmailBackend, "send_messages", refuse)
            digests.send_due()
        digest = Digest.objects.get()
        assert (digest.state, digest.attempts, digest.error) == (State.PENDING, 1, "ConnectionRefusedError: ")
        assert set(Notice.objects.filter(channel="email").values_list("next_at", flat=True)) == {digest.next_at}
        assert digests.send_due() == 0
    Digest.objects.update(attempts=send.MAX_ATTEMPTS - 1)
    with clock.standing_at(MORNING + timedelta(hours=1)), monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        digests.send_due()
    assert (Digest.objects.get().state, mails_of("dead")) == (State.DEAD, 3)


def test_one_that_cannot_be_worded_does_not_hold_up_the_others(daily: User) -> None:
    kinds_for_tests.broken.add(2)
    with clock.standing_at(MORNING):
        digests.send_due()
        assert (len(mail.outbox), mails_of("sent"), mails_of("pending")) == (1, 2, 1)
        left = Notice.objects.get(state=State.PENDING)
        assert (left.digest_id, left.attempts, left.error) == (None, 1, "ValueError: 2")


def test_two_groups_of_a_day_are_one_mail_and_one_way_out_of_both(daily: User) -> None:
    wants(daily, Pace.DAILY, "steps")
    with clock.standing_at(EVENING):
        tell(daily, 7, kind="uji.langkah")
        tell(daily, 8, kind="uji.pesanan")
        send.send_due()
    assert [letter.subject for letter in mail.outbox] == ["Kabar 8"], "what concerns money is never held back"
    with clock.standing_at(MORNING):
        digests.send_due()
    assert mail.outbox[1].subject == "4 kabar dari BEBELI"
    assert mail.outbox[1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_digest_speaks_its_readers_language(daily: User) -> None:
    User.objects.update(language="en")
    with clock.standing_at(MORNING):
        digests.send_due()
    letter = mail.outbox[0]
    assert letter.subject == "3 updates from BEBELI"
    assert "http://testserver/en/akun/kabar/" in str(letter.body)
    assert '<html lang="en"' in html_of(letter)


def test_who_left_meanwhile_gets_no_digest(daily: User) -> None:
    wants(daily, Pace.OFF)
    with clock.standing_at(MORNING):
        digests.send_due()
    assert (mail.outbox, mails_of("skipped")) == ([], 3)


def test_a_burst_is_three_mails_and_one(maker: User) -> None:
    for number in range(1, 11):
        with clock.standing_at(EVENING + timedelta(minutes=number)):
            tell(maker, number)
            send.send_due(f"UJI-{number}")
            tasks.sweep_digests()
    assert [letter.subject for letter in mail.outbox] == ["Kabar 1", "Kabar 2", "Kabar 3"]
    with clock.standing_at(EVENING + timedelta(minutes=17)):
        tasks.sweep_digests()
    assert len(mail.outbox) == 3
    with clock.standing_at(EVENING + timedelta(minutes=19)):
        tasks.sweep_digests()
    assert len(mail.outbox) == 4
    assert mail.outbox[3].subject == "7 kabar dari BEBELI"
    assert (mails_of("sent"), InboxMessage.objects.count()) == (10, 10)
    with clock.standing_at(EVENING + timedelta(minutes=40)):
        tell(maker, 11)
        send.send_due()
    assert mail.outbox[4].subject == "Kabar 11"


def test_a_clock_that_was_ahead_holds_nothing_up(maker: User) -> None:
    with clock.moved(timedelta(days=1)):
        tell(maker, 1, 2, 3)
        send.send_due()
    tell(maker, 4, 5, 6)
    send.send_due()
    assert [letter.subject for letter in mail.outbox] == [f"Kabar {number}" for number in range(1, 7)]


def test_many_at_once_after_quiet_are_one_mail_at_once(maker: User) -> None:
    other = world.user()
    tell(maker, 1, 2, 3, 4)
    tell(other, 5, 6, 7)
    tasks.sweep()
    tasks.sweep_digests()
    assert sorted(letter.subject for letter in mail.outbox) == ["4 kabar dari BEBELI", "Kabar 5", "Kabar 6", "Kabar 7"]


def test_money_is_never_bundled(maker: User) -> None:
    tell(maker, *range(1, 7), kind="uji.pesanan")
    tasks.sweep()
    assert [letter.subject for letter in mail.outbox] == [f"Kabar {number}" for number in range(1, 7)]


def test_off_is_no_mail_but_the_inbox_has_it(maker: User) -> None:
    wants(maker, Pace.OFF)
    tell(maker, 1)
    send.send_due()
    assert mail.outbox == []
    assert (mails_of("skipped"), InboxMessage.objects.get().title) == (1, "Kabar 1")


def test_a_guest_is_written_to_at_once(maker: User) -> None:
    tell(maker, 1, 2, 3, 4, 5)
    Notice.objects.filter(channel="email").update(user=None, email="tamu@example.com")
    tasks.sweep()
    assert len(mail.outbox) == 5
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "/akun/kabar/" not in str(mail.outbox[0].body)


def test_the_books_call_a_digest_late_only_after_its_own_time(daily: User) -> None:
    def late() -> set[str]:
        return {violation.code for violation in books.check()}

    with clock.standing_at(MORNING + timedelta(minutes=14)):
        assert late() == set()
    with clock.standing_at(MORNING + timedelta(minutes=16)):
        assert late() == {"I26"}
        digests.send_due()
        assert late() == set()


def test_joining_what_was_just_closed_opens_the_next(daily: User) -> None:
    with clock.standing_at(MORNING):
        digests.close(Digest.objects.get().pk)
        tell(daily, 4)
        send.send_due()
    old, new = Digest.objects.order_by("id")
    assert (old.notices.count(), new.notices.count(), new.next_at) == (3, 1, MORNING + timedelta(days=1))


def test_joining_against_a_rival_who_always_closes_gives_way(daily: User, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = Digest.objects.get()
    digests.close(digest.pk)
    monkeypatch.setattr(Digest.objects, "get_or_create", lambda **_wanted: (digest, False))
    with pytest.raises(Busy):
        pace.join([1], daily.pk, "daily", "", MORNING)


def html_of(letter: Any) -> str:
    return str(letter.alternatives[0][0])
