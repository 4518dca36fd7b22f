"""Which of the mails that are due go out by themselves, and which go together: as their reader chose, or in a burst."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from bebeli.kit import clock
from bebeli.kit.errors import Busy
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.notices import kinds
from bebeli.notices.models import Digest, MailChoice, Notice, State

MORNING = time(8, 0)  # WIB
BURST_MAILS = 3  # of one group to one reader; what comes beyond goes together
BURST_MINUTES = 15
TRIES = 3

Pace = MailChoice.Pace


def apart(rows: Sequence[Notice]) -> list[Notice]:
    """Return those to be sent now, by themselves; the others joined a digest, or are mails their reader does not want."""
    alone, free = [], defaultdict(list)
    for notice in rows:
        group = free_group(notice)
        if group and notice.user_id is not None:
            free[notice.user_id, group].append(notice)
        else:
            alone.append(notice)
    paces = MailChoice.objects.all().paces({user_id for user_id, _group in free})
    for (user_id, group), some in free.items():
        alone += _by_pace(user_id, group, some, paces.get((user_id, group), Pace.NOW))
    return sorted(alone, key=lambda notice: notice.pk)


def free_group(notice: Notice) -> str:
    """Return the group whose reader decides about this notice; '' where nobody does."""
    if notice.channel != Notice.Channel.EMAIL or notice.user_id is None or notice.kind not in kinds.names():
        return ""
    group = kinds.group_of(notice.kind)
    return "" if group.is_fixed else group.name


def next_morning(after: datetime) -> datetime:
    """Return the next eight o'clock in WIB."""
    local = timezone.localtime(after)
    today = local.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def _by_pace(user_id: int, group: str, some: list[Notice], pace: str) -> list[Notice]:
    ids = [notice.pk for notice in some]
    if pace == Pace.OFF:
        leave_out(ids)
        return []
    if pace == Pace.DAILY:
        join(ids, user_id, Digest.Sort.DAILY, "", next_morning(clock.now()))
        return []
    due = _burst_due(user_id, group, len(some))
    if due is None:
        return some
    join(ids, user_id, Digest.Sort.BURST, group, due)
    return []


def _burst_due(user_id: int, group: str, more: int) -> datetime | None:
    """Return when these mails go together, None when each may go by itself. At once, unless some went just before."""
    now = clock.now()
    since = now - timedelta(minutes=BURST_MINUTES)
    single = Notice.objects.filter(
        user_id=user_id,
        channel=Notice.Channel.EMAIL,
        state=State.SENT,
        digest=None,
        sent_at__range=(since, now),
        kind__in=kinds.in_group(group),
    )
    bursts = Digest.objects.filter(user_id=user_id, sort=Digest.Sort.BURST, group=group)
    together = bursts.filter(sent_at__range=(since, now))
    is_open = bursts.filter(closed_at=None).exists()
    if not is_open and single.count() + together.count() + more <= BURST_MAILS:
        return None
    last = [rows.aggregate(last=Max("sent_at"))["last"] for rows in (single, together)]
    return max((moment + timedelta(minutes=BURST_MINUTES) for moment in last if moment), default=now)


@verb
def join(ids: Sequence[int], user_id: int, sort: str, group: str, due: datetime) -> None:
    """Let notices wait for the person's open digest; a new one is due as given. One that just closed takes nothing more."""
    for _try in range(TRIES):
        found, _is_new = Digest.objects.get_or_create(
            user_id=user_id, sort=sort, group=group, closed_at=None, defaults={"next_at": due}
        )
        digest = Locks().row(Digest, found.pk)
        if digest.closed_at is None:
            waiting = Notice.objects.filter(pk__in=ids, state=State.PENDING)
            waiting.update(digest=digest, next_at=digest.next_at, lease_until=None)
            return
    raise Busy


@verb
def leave_out(ids: Sequence[int]) -> None:
    """Their reader wants no mail of this group."""
    Notice.objects.filter(pk__in=ids, state=State.PENDING).update(state=State.SKIPPED, lease_until=None)
