"""One letter: the same words as HTML and as plain text, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.text import Truncator

from bebeli.kit.language import now

PREHEADER = 110  # what a list of mails shows beside the subject, at most


@dataclass(frozen=True)
class Item:
    """One piece of news of several, with the page it leads to."""

    title: str
    body: str
    link: str
    at: datetime


@dataclass(frozen=True)
class Letter:
    """What a mail says. Links are whole addresses; `why` tells the reader why it came, the last two lead out of it."""

    subject: str
    body: str
    why: str
    code: str = ""
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    action: str = ""
    link: str = ""
    choose_link: str = ""
    leave_link: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def preheader(self) -> str:
        """The line beside the subject. A code never stands there: it would be read on a locked screen."""
        said = "; ".join(item.title for item in self.items) or (self.note if self.code else self.body)
        return Truncator(" ".join(said.split())).chars(PREHEADER)

    def mail(self, to: Sequence[str]) -> EmailMultiAlternatives:
        """Return it as a mail of two parts, ready to be sent."""
        context = {"letter": self, "base_url": settings.BASE_URL, "language": now()}
        subject = " ".join(self.subject.split())
        text = render_to_string("mail/letter.txt", context).strip() + "\n"
        mail = EmailMultiAlternatives(subject=subject, body=text, to=list(to), headers=dict(self.headers))
        mail.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
        return mail


def one_click(link: str) -> dict[str, str]:
    """Return the headers by which a mail program leaves a group with one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
