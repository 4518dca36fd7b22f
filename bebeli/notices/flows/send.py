"""Send what is due: claim with a lease, put in words, send, mark. A crash between send and mark may send once more."""

from __future__ import annotations

import hashlib
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from bebeli.kit import clock, locks
from bebeli.kit.steps import verb
from bebeli.kit.sweeping import each
from bebeli.notices import kinds, outbox
from bebeli.notices.flows import pace
from bebeli.notices.kinds import Message
from bebeli.notices.leaving import choose_link, leave_link
from bebeli.notices.letter import Letter, one_click
from bebeli.notices.models import InboxMessage, Notice, State

BATCH = 50
LEASE_SECONDS = 60
MAX_ATTEMPTS = 12
LONGEST_WAIT = 3600


def send_due(about: str = "") -> int:
    """Send up to fifty due notices, those about one ref when it is given; returns how many were taken."""
    wanted = outbox.due() & (Q(ref=about) if about else Q())
    rows = locks.claim(Notice.objects.filter(wanted).select_related("user").order_by("id"), limit=BATCH, seconds=LEASE_SECONDS)
    each(pace.apart(rows), _send)
    return len(rows)


def _send(notice: Notice) -> None:
    try:
        kind = kinds.find(notice.kind)
        if not kind.still_true(notice.payload):
            mark_skipped(notice.pk)
            return
        with translation.override(notice.language):
            message = kind.words(notice.payload)
            if notice.channel == Notice.Channel.EMAIL:
                letter_of(notice, message).mail([notice.address]).send()
    except (OSError, smtplib.SMTPException, LookupError, ArithmeticError, ValueError) as error:
        put_off(notice.pk, f"{type(error).__name__}: {error}")
        return
    mark_sent(notice, message)


def letter_of(notice: Notice, message: Message) -> Letter:
    """Return the mail of one notice. The same notice always carries the same Message-ID."""
    group = kinds.group_of(notice.kind)
    headers = {"Message-ID": message_id(notice.dedup_key)}
    leave = "" if group.is_fixed or notice.user_id is None else leave_link(notice.user_id, [group.name])
    return Letter(
        message.subject,
        message.body,
        str(group.why),
        facts=message.facts,
        action=message.action or _("Buka di BEBELI"),
        link=f"{settings.BASE_URL}{message.path}",
        choose_link=choose_link() if notice.user_id is not None else "",
        leave_link=leave,
        headers={**headers, **one_click(leave)} if leave else headers,
    )


def message_id(dedup_key: str) -> str:
    """Return the Message-ID of a notice: no personal data in it."""
    return f"<{hashlib.sha256(dedup_key.encode()).hexdigest()[:32]}@bebeli>"


def later(attempts: int) -> datetime:
    """Return when to try again: ever later, but within the hour."""
    return clock.now() + timedelta(seconds=min(30 * 2**attempts, LONGEST_WAIT))


@verb
def mark_sent(notice: Notice, message: Message) -> None:
    """Mark it sent; an in-app notice becomes a message in the inbox, once, in the same transaction."""
    kept = Notice.objects.filter(pk=notice.pk).update(state=State.SENT, sent_at=clock.now(), lease_until=None, error="")
    if kept and notice.channel == Notice.Channel.APP and notice.user_id is not None:
        said = InboxMessage(
            notice=notice,
            user_id=notice.user_id,
            kind=notice.kind,
            title=message.subject[:160],
            body=message.body,
            url=message.path[:200],
            created_at=notice.created_at,
        )
        InboxMessage.objects.bulk_create([said], ignore_conflicts=True)


@verb
def mark_skipped(notice_id: int) -> None:
    """The state it speaks of is past: nobody needs to hear it."""
    Notice.objects.filter(pk=notice_id).update(state=State.SKIPPED, lease_until=None)


@verb
def put_off(notice_id: int, why: str) -> None:
    """Try again later; after twelve tries it is dead and stays visible."""
    notice = Notice.objects.get(pk=notice_id)
    notice.attempts += 1
    notice.error = why[:200]
    notice.lease_until = None
    notice.digest = None
    notice.next_at = later(notice.attempts)
    if notice.attempts >= MAX_ATTEMPTS:
        notice.state = State.DEAD
    notice.save()
