"""Going through what is due, so that one bad row holds up nothing behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError

from bebeli.kit.errors import Busy

D = TypeVar("D")

log = structlog.get_logger(__name__)


def each(due: Iterable[D], act: Callable[[D], object]) -> int:
    """Call a verb for each of what is due; returns how many went through.

    A row held elsewhere waits for the next round. One that fails is told of at every round and stays due; only a lost
    database stops the round.
    """
    done = 0
    for one in list(due):
        try:
            act(one)
        except Busy:
            continue
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("left_due", what=getattr(act, "__name__", ""), row=str(one))
            continue
        done += 1
    return done
