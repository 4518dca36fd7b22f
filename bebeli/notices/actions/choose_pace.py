"""Choose how one wants the mails of a group."""

from __future__ import annotations

from collections.abc import Mapping

from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.notices import kinds
from bebeli.notices.models import MailChoice


@verb
def choose_pace(user_id: int, paces: Mapping[str, str]) -> int:
    """Write down a pace for each group; returns how many are new. The same again is quiet, a fixed group stays as it is."""
    known = MailChoice.objects.all().paces({user_id})
    open_to_choice = {group.name for group in kinds.open_groups()}
    new = [
        MailChoice(user_id=user_id, group=group, pace=pace, changed_at=clock.now())
        for group, pace in sorted(paces.items())
        if group in open_to_choice and known.get((user_id, group), MailChoice.Pace.NOW) != pace
    ]
    MailChoice.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["user", "group"], update_fields=["pace", "changed_at"]
    )
    return len(new)
