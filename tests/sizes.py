"""How large a run is: short in `make test`, long in `make chaos`, any size by its own variable."""

from __future__ import annotations

import os


def size(name: str, short: int, long: int) -> int:
    """Return the size named in the environment, else the short one, or the long one where `LONG_RUNS` is set."""
    return int(os.environ.get(name) or (long if os.environ.get("LONG_RUNS") else short))
