"""What the tests of the outbox lean on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bebeli.notices import kinds
from tests.notices import kinds_for_tests


@pytest.fixture(autouse=True)
def _kinds_for_tests() -> Iterator[None]:
    """Register the made-up kinds for one test."""
    before = dict(kinds._kinds)  # noqa: SLF001  the table apps fill
    kinds_for_tests.register()
    yield
    kinds._kinds.clear()  # noqa: SLF001  as above
    kinds._kinds.update(before)  # noqa: SLF001  as above
