"""Seal what the books have gained: afterwards, by one process at a time, never inside the event's own transaction."""

from __future__ import annotations

from bebeli.kit.locks import alone
from bebeli.kit.steps import verb
from bebeli.orders import chain

AT_ONCE = 2000


@verb
def seal_entries() -> int:
    """Seal the next ready entries; returns how many, 0 when none are or another process is at it."""
    if not alone("seal_entries"):
        return 0
    found = chain.ready(AT_ONCE)
    if found:
        chain.append(found)
    return len(found)
