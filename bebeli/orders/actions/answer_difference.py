"""Somebody in finance takes a difference, leaves it, or resolves it with a note."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Difference

LEAST = 5  # letters; less explains nothing


def _open(difference_id: int) -> Difference:
    difference = Locks().row(Difference, difference_id)
    if difference.resolved_at is not None:
        raise Refused("difference_closed", _("Selisih ini sudah selesai."))
    return difference


@verb
def claim_difference(difference_id: int, user_id: int) -> Difference:
    """Take it; the same person twice is a quiet success."""
    difference = _open(difference_id)
    if difference.claimed_by_id not in {None, user_id}:
        raise Refused("difference_taken", _("Selisih ini sedang diurus petugas lain."))
    difference.claimed_by_id, difference.claimed_at = user_id, clock.now()
    difference.save()
    return difference


@verb
def release_difference(difference_id: int, user_id: int) -> Difference:
    """Leave it to somebody else."""
    difference = _open(difference_id)
    if difference.claimed_by_id != user_id:
        raise Refused("difference_taken", _("Selisih ini tidak sedang Anda urus."))
    difference.claimed_by_id, difference.claimed_at = None, None
    difference.save()
    return difference


@verb
def resolve_difference(difference_id: int, user_id: int, note: str) -> Difference:
    """End it with a note that says why."""
    difference = _open(difference_id)
    if difference.claimed_by_id != user_id:
        raise Refused("difference_taken", _("Ambil dulu selisihnya, lalu selesaikan."))
    if len(note.strip()) < LEAST:
        raise InvalidInput("note_needed", _("Tulis sebabnya dan apa yang dilakukan."), field="catatan")
    difference.resolved_by_id, difference.resolved_at, difference.note = user_id, clock.now(), note.strip()[:240]
    difference.save()
    return difference
