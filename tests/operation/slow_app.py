"""A web application that takes its time; the test stops its server meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 2.0


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Say by a file that the request has begun, and answer later."""
    if environ["PATH_INFO"] == "/slow":
        Path(environ["QUERY_STRING"]).touch()
        time.sleep(SECONDS)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"whole"]
