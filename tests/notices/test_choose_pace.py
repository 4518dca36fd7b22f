"""Choosing how one wants one's mails, and leaving a group by the link in a mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.sealed import seal, ticket
from bebeli.notices.actions.choose_pace import choose_pace
from bebeli.notices.flows import send
from bebeli.notices.leaving import token_for
from bebeli.notices.models import MailChoice
from tests import world
from tests.notices.kinds_for_tests import tell

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def chosen(person: User) -> dict[str, str]:
    return dict(MailChoice.objects.filter(user=person).values_list("group", "pace"))


def test_a_choice_is_written_once() -> None:
    person = world.user()
    assert choose_pace(person.pk, {"shop": "daily", "steps": "now"}) == 1
    before = MailChoice.objects.get()
    with clock.moved(timedelta(hours=1)):
        assert choose_pace(person.pk, {"shop": "daily", "steps": "now"}) == 0
    assert MailChoice.objects.get().changed_at == before.changed_at
    assert choose_pace(person.pk, {"shop": "now"}) == 1
    assert chosen(person) == {"shop": "now"}


def test_a_fixed_group_and_an_unknown_one_stay_as_they_are() -> None:
    person = world.user()
    assert choose_pace(person.pk, {"orders": "off", "safety": "off", "karangan": "off"}) == 0
    assert chosen(person) == {}


def test_the_page_asks_what_concerns_its_reader(client: Client) -> None:
    client.force_login(world.user())
    page = client.get("/akun/kabar/").content.decode()
    assert "Langkah pesanan" in page
    assert "Toko saya" not in page
    assert "Keamanan akun" in page
    client.force_login(User.objects.get(pk=world.owner(world.seller())))
    page = client.get("/en/akun/kabar/").content.decode()
    assert 'name="shop"' in page
    assert 'name="orders"' not in page
    assert "Daily digest" in page


def test_the_page_saves_and_says_what_is_wrong(client: Client) -> None:
    person = world.user()
    client.force_login(person)
    assert client.post("/akun/kabar/", {"steps": "daily", "shop": "off"}).headers["Location"] == "/akun/kabar/"
    assert chosen(person) == {"steps": "daily"}, "what is not asked is not taken"
    page = client.get("/akun/kabar/")
    assert 'value="daily" checked' in page.content.decode()
    wrong = client.post("/akun/kabar/", {"steps": "kadang"})
    assert wrong.status_code == 422
    assert "Pilih salah satu." in wrong.content.decode()
    assert 'id="id_steps_error"' in wrong.content.decode()
    assert chosen(person) == {"steps": "daily"}


def leave_address(person: User) -> str:
    tell(person, 1)
    send.send_due()
    header = str(mail.outbox[-1].extra_headers["List-Unsubscribe"])
    assert mail.outbox[-1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header.strip("<>") in str(mail.outbox[-1].body)
    return header.strip("<>").removeprefix("http://testserver")


def test_a_look_leaves_nothing_and_one_click_leaves_the_group_alone() -> None:
    person = world.user()
    address = leave_address(person)
    robot = Client(enforce_csrf_checks=True)
    shown = robot.get(address)
    assert (shown.status_code, chosen(person)) == (200, {})
    assert (shown.headers["X-Robots-Tag"], shown.headers["Referrer-Policy"]) == ("noindex", "no-referrer")
    for _time in range(2):
        done = robot.post(address, ONE_CLICK)
        assert done.status_code == 200, "a mail program follows no redirect"
        assert "Surelnya kami hentikan" in done.content.decode()
        assert chosen(person) == {"shop": "off"}
    assert MailChoice.objects.count() == 1
    tell(person, 2)
    tell(person, 3, kind="uji.langkah")
    send.send_due()
    assert [letter.subject for letter in mail.outbox] == ["Kabar 1", "Kabar 3"]


def test_a_forged_token_is_nowhere() -> None:
    person = world.user()
    right = token_for(person.pk, ["shop"])
    forged = [
        right[:-4] + ("AAAA" if right[-4:] != "AAAA" else "BBBB"),
        f"{person.pk}:shop",
        "x",
        "é",
        right + "A",
        seal(f"{person.pk}:shop"),
        ticket("another purpose", f"{person.pk}:shop"),
        token_for(person.pk, ["orders"]),
        token_for(person.pk, ["karangan"]),
        token_for(person.pk + 1000, ["shop"]),
    ]
    for token in forged:
        for ask in (Client().get, Client().post):
            assert ask(f"/akun/kabar/berhenti/{token}/").status_code == 404, token
    assert MailChoice.objects.count() == 0
    assert token_for(person.pk, ["shop"]) == right
    assert Client().post(f"/en/akun/kabar/berhenti/{right}/").status_code == 200
