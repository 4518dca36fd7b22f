"""Starts private services before Django reads its settings, and closes every socket that leaves the machine."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from ipaddress import ip_address
from pathlib import Path
from typing import IO, Any

import pytest

from demo.services import SCRATCH, Services
from demo.translations import compile_catalogues

PREFIX = "bebeli-tests-"
ROOM_NEEDED = 2_000_000_000
FIXED = {
    "DEBUG": "true",
    "SECRET_KEY": "tests-only-secret-key-0123456789-0123456789-0123456789",
    "FIELD_KEY": "dGVzdHMtb25seS1rZXktMDEyMzQ1Njc4OTAxMjM0NTY=",
    "BASE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "MIDTRANS_BASE_URL": "http://127.0.0.1:9",
    "MIDTRANS_SERVER_KEY": "SB-Mid-server-TESTKEY",
    "MIDTRANS_MERCHANT_ID": "G141532850",
    "SETTLEMENT_MODE": "gateway_escrow",
    "PAYOUT_CHANNEL": "iris",
    "IRIS_BASE_URL": "http://127.0.0.1:9/iris",
}
_running: list[tuple[Services, Path, IO[str]]] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, Any, Any]:
    """Come before pytest-django's own hook, which imports the settings."""
    os.environ.update(FIXED)
    os.environ.setdefault("BEBELI_RATE_LIMITS", "off")
    compile_catalogues()
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _keep_apart(int(worker.removeprefix("gw")) + 1)
    elif not os.environ.keys() >= {"DATABASE_URL", "REDIS_URL"}:
        _start()
    sys.addaudithook(_loopback_only)
    return (yield)


def pytest_unconfigure() -> None:
    """Stop the services and forget their files, also after Ctrl-C."""
    while _running:
        services, home, lock = _running.pop()
        services.stop()
        lock.close()
        shutil.rmtree(home, ignore_errors=True)


def _start() -> None:
    base = _base()
    _forget_the_dead(base)
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    home.chmod(0o755)  # nobody, too, must reach the database below; the keys are 0600
    lock = (home / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    services = Services(home, SCRATCH)
    _running.append((services, home, lock))
    atexit.register(pytest_unconfigure)  # where settings or a conftest fail, pytest itself calls nothing
    found = services.start()
    os.environ["DATABASE_URL"] = found.owner  # the tests make and change tables
    os.environ["DATABASE_APP_URL"] = found.app
    os.environ["REDIS_URL"] = found.redis
    os.environ["MEDIA_ROOT"] = str(home / "media")
    os.environ["PRIVATE_ROOT"] = str(home / "private")


def _base() -> Path:
    """Return memory where there is enough of it (a container often has 64 MB), else the usual place."""
    memory = Path("/dev/shm")  # noqa: S108 - a private directory is made below it
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_NEEDED:
        return memory
    return Path(tempfile.gettempdir())


def _keep_apart(number: int) -> None:
    """Give each parallel worker its own Valkey database and its own files."""
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
    for name in ("MEDIA_ROOT", "PRIVATE_ROOT"):
        if name in os.environ:
            os.environ[name] = f"{os.environ[name]}-{number}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long random walk, so that nobody waits for it at the end."""
    items.sort(key=lambda item: "properties/test_shop" not in item.nodeid)


def _forget_the_dead(base: Path) -> None:
    """Remove the files of killed runs: whoever lives holds the lock of its directory."""
    for home in base.glob(f"{PREFIX}*"):
        try:
            with (home / "lock").open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(home, ignore_errors=True)
        except OSError:
            continue


def _loopback_only(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        return
    target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    if not _is_loopback(target[0] if isinstance(target, tuple) else target):
        message = f"a test reached for {target!r}: only this machine's own services may be called"
        raise RuntimeError(message)


def _is_loopback(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in {"", "localhost"} or name.startswith("/"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
