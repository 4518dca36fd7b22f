"""Starts private Postgres and Valkey before Django reads its settings; one pair for a whole run, workers included."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from demo.services import APP, Postgres, Valkey

DEFAULTS = {
    "DEBUG": "true",
    "SECRET_KEY": "only-for-tests-and-therefore-long-enough-00000000000",
    "FIELD_KEY": "only-for-tests",
    "BASE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "DJANGO_SETTINGS_MODULE": "bebeli.settings",
    "MIDTRANS_SERVER_KEY": "SB-Mid-server-TESTKEY",
    "MIDTRANS_MERCHANT_ID": "G141532850",
    "MIDTRANS_BASE_URL": "http://127.0.0.1:9",
}


class Started:
    """What this run started and must end."""

    def __init__(self) -> None:
        shm = Path("/dev/shm")  # noqa: S108  memory where there is some; removed at the end
        root = shm if os.access(shm, os.W_OK) else None
        self.home = Path(tempfile.mkdtemp(prefix="bebeli-test-", dir=root))
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None

    def begin(self) -> None:
        """Start what the environment does not name already."""
        os.environ.setdefault("MEDIA_ROOT", str(self.home / "media"))
        os.environ.setdefault("PRIVATE_ROOT", str(self.home / "private"))
        if "DATABASE_URL" not in os.environ:
            self.postgres = Postgres(self.home / "pg", durable=False)
            self.postgres.start()
            os.environ["DATABASE_URL"] = self.postgres.url()
            os.environ["DATABASE_APP_URL"] = self.postgres.url(APP)
        if "REDIS_URL" not in os.environ:
            self.valkey = Valkey(self.home / "valkey")
            self.valkey.start()
            os.environ["REDIS_URL"] = self.valkey.url()

    def end(self) -> None:
        """Stop everything and leave nothing behind."""
        for service in (self.postgres, self.valkey):
            if service is not None:
                service.stop()
        shutil.rmtree(self.home, ignore_errors=True)


_started: Started | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Begin, unless this is an xdist worker, which inherits the controller's services."""
    global _started  # noqa: PLW0603  pytest gives a plugin module no other place
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _started = Started()
        _started.begin()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """End with the run, also after Ctrl-C."""
    if _started is not None:
        _started.end()
