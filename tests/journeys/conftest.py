"""A browser and a whole shop for the journeys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running, running

KNOWN_PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running, None, None]:
    """The running shop."""
    with running(tmp_path_factory.mktemp("demo")) as started:
        yield started


def chromium() -> str:
    """Return where Chromium is."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    found = named or next((place for place in KNOWN_PLACES if Path(place).exists()), "")
    if not found:
        pytest.exit("Chromium tidak ada. Pasang: apt-get install -y chromium, atau CHROMIUM=/tempatnya make e2e", 1)
    return found


@pytest.fixture(scope="session")
def browser() -> Generator[Any, None, None]:
    """Chromium, without a window."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        launched = engine.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield launched
        launched.close()
