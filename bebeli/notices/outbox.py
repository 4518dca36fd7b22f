"""Tell people things: a step of the verb's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from bebeli.kit import clock
from bebeli.kit.ring import ring
from bebeli.kit.steps import assert_open
from bebeli.notices.models import Notice, State

BOTH = (Notice.Channel.EMAIL, Notice.Channel.APP)


def tell(
    kind: str,
    *,
    ref: str,
    to_user: AbstractBaseUser | None = None,
    to_email: str = "",
    language: str = "id",
    payload: dict[str, int],
    channels: Sequence[str] = BOTH,
) -> None:
    """Write one notice per channel, once per kind, ref, channel and recipient; rings after commit.

    A person is written to in their own language, a guest in `language`.
    """
    assert_open()
    now = clock.now()
    who = str(to_user.pk) if to_user is not None else to_email
    notices = [
        Notice(
            dedup_key=f"{kind}:{ref}:{channel}:{who}"[:160],
            kind=kind,
            channel=channel,
            user_id=to_user.pk if to_user is not None else None,
            email="" if to_user is not None else to_email,
            ref=ref,
            guest_language=language,
            payload=payload,
            next_at=now,
            created_at=now,
        )
        for channel in channels
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    ring("notices.send", ref, crowd="notices.sweep")


def due() -> Q:
    """The condition of notices that want sending now, each by itself; those in a digest go with it."""
    return Q(state=State.PENDING, digest=None, next_at__lte=clock.now())
