"""The look of every mail: whole as text, whole as HTML, nothing loaded from elsewhere, no secret beside the subject."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import override

from bebeli.accounts import letters
from bebeli.notices import kinds
from bebeli.notices.flows import send
from bebeli.notices.letter import Letter
from tests import world
from tests.notices.kinds_for_tests import tell

pytestmark = pytest.mark.django_db

VOID = {"meta", "br", "img", "hr", "link", "input"}


class Balance(HTMLParser):
    """Notes what loads from elsewhere, and whether every tag is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "background"}:
                self.loads.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag


def sent() -> EmailMultiAlternatives:
    """The last mail that went out."""
    letter = mail.outbox[-1]
    assert isinstance(letter, EmailMultiAlternatives)
    return letter


def read(letter: EmailMultiAlternatives) -> Balance:
    page = Balance()
    page.feed(str(letter.alternatives[0][0]))
    assert page.open == []
    return page


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("prefix", sorted(letters.LETTERS))
def test_every_mail_of_the_account_reads_as_text_and_as_html(prefix: str, language: str) -> None:
    with override(language):
        letter = letters.find(prefix, {"code": "ABC234"})
        assert letter is not None
        made = letter.mail(["siti@example.com"])
    page, html, text = read(made), str(made.alternatives[0][0]), str(made.body)
    assert page.loads == []
    assert all(link.startswith("http://testserver/") for link in page.links)
    assert f'<html lang="{language}"' in html
    assert ("<" in text) is False
    assert letter.code == "" or (letter.code in text and letter.code in html)
    assert "ABC234" not in made.subject + letter.preheader
    assert letter.link == "" or (letter.link in text and letter.link in page.links)
    assert str(letter.why) in html
    assert not re.search(r"\n{4,}", text)


def test_a_notice_carries_its_facts_its_reason_and_its_way_out() -> None:
    tell(world.user(), 1)
    send.send_due()
    made = sent()
    html = str(made.alternatives[0][0])
    assert "Isi & kabar 1" in str(made.body)
    assert "Isi &amp; kabar 1" in html
    assert "Nomor: 1" in str(made.body)
    assert "Lihat:\nhttp://testserver/kabar/1/" in str(made.body)
    assert "karena mengurus toko di BEBELI" in html
    assert {"http://testserver/kabar/1/", "http://testserver/akun/kabar/"} <= set(read(made).links)
    assert "prefers-color-scheme: dark" in html
    assert "max-width:600px" in html


def test_what_always_comes_has_no_way_out() -> None:
    tell(world.user(), 1, kind="uji.pesanan")
    send.send_due()
    assert set(mail.outbox[0].extra_headers) == {"Message-ID"}
    assert "/akun/kabar/berhenti/" not in str(mail.outbox[0].body)


def test_a_subject_is_one_line_and_markup_stays_words() -> None:
    made = Letter("Satu\nBcc: x@example.com", "<b>tebal</b>", "sebab").mail(["a@example.com"])
    assert made.subject == "Satu Bcc: x@example.com"
    assert "&lt;b&gt;tebal" in str(made.alternatives[0][0])
    assert "<b>tebal</b>" in str(made.body)
    assert made.message()["Bcc"] is None


def test_a_long_body_is_cut_beside_the_subject() -> None:
    letter = Letter("s", "kata " * 60, "sebab")
    assert len(letter.preheader) == 110
    assert letter.preheader.endswith("…")


def test_every_kind_belongs_to_a_group() -> None:
    assert {kinds.group_of(name).name for name in kinds.names()} == {
        "orders",
        "steps",
        "shop",
        "shop_alarm",
        "shop_money",
        "books",
        "complaints",
        "campaigns",
        "two_people",
    }
    assert kinds.in_group("shop_alarm") == {"orders.held"}
    assert {group.name for group in kinds.open_groups()} == {"steps", "shop", "complaints", "campaigns", "two_people"}


def test_an_unknown_mail_is_left_to_the_library() -> None:
    assert letters.find("account/email/login_code", {}) is None
