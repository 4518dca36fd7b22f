"""Races need real commits: tables are emptied afterwards and the regions put back."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIServer
from django.db import connections

WSGIServer.request_queue_size = 256  # a crowd knocks at once


@pytest.fixture
def shop(live_server: Any) -> Generator[str, None, None]:
    """The shop's address, served by threads of this process."""
    yield live_server.url
    connections.close_all()
