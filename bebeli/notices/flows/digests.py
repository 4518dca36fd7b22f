"""Send several notices as one mail: close, put in words, send, mark. A crash between send and mark sends at most once more."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bebeli.kit import clock, locks
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.notices import kinds
from bebeli.notices.flows import send
from bebeli.notices.flows.pace import Pace, free_group
from bebeli.notices.leaving import choose_link, leave_link
from bebeli.notices.letter import Item, Letter, one_click
from bebeli.notices.models import Digest, MailChoice, Notice, State

MOST_ITEMS = 50


@dataclass
class Sorted:
    """What a digest has to say: the first in words, the others only counted; and what is no longer worth saying."""

    said: list[tuple[Notice, kinds.Message]] = field(default_factory=list)
    more: list[Notice] = field(default_factory=list)
    past: list[int] = field(default_factory=list)

    @property
    def all(self) -> list[Notice]:
        """Everything that it says."""
        return [*(notice for notice, _message in self.said), *self.more]


def send_due() -> int:
    """Send the digests that are due, one lease each, for some speak of thousands of notices; returns how many were taken."""
    wanted = Digest.objects.filter(state=State.PENDING, next_at__lte=clock.now()).order_by("id")
    for number in range(locks.BATCH):
        rows = locks.claim(wanted, limit=1, seconds=send.LEASE_SECONDS)
        if not rows:
            return number
        _send(rows[0].pk)
    return locks.BATCH


def _send(digest_id: int) -> None:
    digest = close(digest_id)
    with translation.override(digest.user.language):
        found = _sort(digest)
        try:
            if found.said:
                _letter(digest, found).mail([digest.user.email]).send()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            put_off(digest_id, f"{type(error).__name__}: {error}")
            return
    mark(digest_id, [notice.pk for notice in found.all], found.past)


def _sort(digest: Digest) -> Sorted:
    """Put each in words; one that cannot be worded leaves, so that it does not hold up the others."""
    found = Sorted()
    paces = MailChoice.objects.all().paces({digest.user_id})
    for notice in digest.notices.filter(state=State.PENDING).order_by("id"):
        try:
            kind = kinds.find(notice.kind)
            if paces.get((digest.user_id, free_group(notice))) == Pace.OFF or not kind.still_true(notice.payload):
                found.past.append(notice.pk)
            elif len(found.said) < MOST_ITEMS:
                found.said.append((notice, kind.words(notice.payload)))
            else:
                found.more.append(notice)
        except (LookupError, ArithmeticError, ValueError) as error:
            send.put_off(notice.pk, f"{type(error).__name__}: {error}")
    return found


def _letter(digest: Digest, found: Sorted) -> Letter:
    named = {kinds.find(notice.kind).group for notice in found.all}
    groups = [group for group in kinds.groups() if group.name in named]
    leave = leave_link(digest.user_id, [group.name for group in groups])
    count, rest = len(found.all), len(found.more)
    body = _("Kami kumpulkan menjadi satu surel supaya kotak surat Anda tidak penuh.")
    if rest > 0:
        more = ngettext("%(rest)d kabar lagi ada di kotak masuk.", "%(rest)d kabar lagi ada di kotak masuk.", rest) % {
            "rest": rest
        }
        body = f"{body} {more}"
    return Letter(
        ngettext("%(count)d kabar dari BEBELI", "%(count)d kabar dari BEBELI", count) % {"count": count},
        body,
        " ".join(str(group.why) for group in groups),
        items=tuple(
            Item(message.subject, message.body, f"{settings.BASE_URL}{message.path}", notice.created_at)
            for notice, message in found.said
        ),
        action=_("Buka kotak masuk"),
        link=f"{settings.BASE_URL}{reverse('notices:inbox')}",
        choose_link=choose_link(),
        leave_link=leave,
        headers={"Message-ID": send.message_id(str(digest)), **one_click(leave)},
    )


@verb
def close(digest_id: int) -> Digest:
    """Let nothing more join; what stands in it is what is said, however often it is tried."""
    digest = Locks().row(Digest, digest_id)
    if digest.closed_at is None:
        digest.closed_at = clock.now()
        digest.save()
    return digest


@verb
def mark(digest_id: int, said: Sequence[int], past: Sequence[int]) -> None:
    """Mark the digest and its notices: said, or past."""
    digest = Locks().row(Digest, digest_id)
    now = clock.now()
    digest.state = State.SENT if said else State.SKIPPED
    digest.sent_at = now if said else None
    digest.lease_until = None
    digest.error = ""
    digest.save()
    Notice.objects.filter(pk__in=said).update(state=State.SENT, sent_at=now, error="")
    Notice.objects.filter(pk__in=past).update(state=State.SKIPPED)


@verb
def put_off(digest_id: int, why: str) -> None:
    """Try again later, its notices with it; after twelve tries all of them are dead and stay visible."""
    digest = Locks().row(Digest, digest_id)
    digest.attempts += 1
    digest.error = why[:200]
    digest.lease_until = None
    digest.next_at = send.later(digest.attempts)
    if digest.attempts >= send.MAX_ATTEMPTS:
        digest.state = State.DEAD
    digest.save()
    digest.notices.filter(state=State.PENDING).update(next_at=digest.next_at, state=digest.state, error=digest.error)
