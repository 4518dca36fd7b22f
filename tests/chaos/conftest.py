"""One demo for all runs, and one seed that is printed."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.chaos.report import Report
from tests.running import Running, running

SEED = int(os.environ.get("CHAOS_SEED") or secrets.randbelow(1_000_000))
_report = Report()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seed and the figures, also when all is well."""
    if _report.lines:
        terminalreporter.section(f"chaos: CHAOS_SEED={SEED}")
        for line in _report.lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running, None, None]:
    """The running shop; CHAOS_HOME names a home that is kept, so that the next run starts in seconds."""
    home = os.environ.get("CHAOS_HOME")
    with running(Path(home) if home else tmp_path_factory.mktemp("chaos")) as started:
        yield started


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance that falls the same way for the same seed and test."""
    return random.Random(f"{SEED}:{request.node.name}")  # noqa: S311  not a secret


@pytest.fixture(scope="session")
def report() -> Report:
    """Where the figures are written down."""
    return _report
