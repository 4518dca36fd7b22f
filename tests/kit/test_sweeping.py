"""One bad row holds up nothing behind it."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from bebeli.kit.errors import Busy, Refused
from bebeli.kit.sweeping import each

FAULTS: dict[str, Exception] = {"held": Busy(), "bad": KeyError("x"), "refused": Refused("wrong_state", "")}


def test_what_fails_is_told_and_the_rest_goes_through() -> None:
    done = []

    def act(name: str) -> None:
        if name in FAULTS:
            raise FAULTS[name]
        done.append(name)

    with capture_logs() as told:
        assert each(["bad", "a", "held", "refused", "b"], act) == 2
    assert done == ["a", "b"]
    assert [(one["event"], one["row"]) for one in told] == [("left_due", "bad"), ("left_due", "refused")]


def test_a_lost_database_ends_the_round() -> None:
    asked = []

    def act(name: str) -> None:
        asked.append(name)
        raise OperationalError

    with pytest.raises(OperationalError):
        each(["a", "b"], act)
    assert asked == ["a"]
