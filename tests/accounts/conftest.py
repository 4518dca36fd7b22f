"""What every test of this room stands on."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _assets_from_source(settings: Settings) -> None:
    """Serve assets as written: no test run collects them first."""
    settings.WHITENOISE_AUTOREFRESH = True
