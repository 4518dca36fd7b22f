"""Walks the machine: shortly at every `make test`, far with `HYPOTHESIS_PROFILE=ci`, which also shrinks what it finds."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.machine import Shop

LOOSE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
WALKS = {
    "short": settings(LOOSE, max_examples=14, stateful_step_count=20, phases=[Phase.explicit, Phase.reuse, Phase.generate]),
    "long": settings(LOOSE, max_examples=150, stateful_step_count=30, phases=[Phase.explicit, Phase.reuse, Phase.generate]),
    "ci": settings(LOOSE, max_examples=250, stateful_step_count=30),
}
pytestmark = pytest.mark.django_db


def test_whatever_happens_the_books_are_right() -> None:
    run_state_machine_as_test(Shop, settings=WALKS[os.environ.get("HYPOTHESIS_PROFILE", "short")])
