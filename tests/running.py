"""A whole demo of the test's own: real processes, a home that is forgotten afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from demo.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "demo-bebeli-2026"
START_SECONDS = 300.0
NOT_INHERITED = (
    "DATABASE_URL", "DATABASE_APP_URL", "DATABASE_OWNER_URL", "REDIS_URL", "MEDIA_ROOT", "PRIVATE_ROOT", "SECRET_KEY",
    "FIELD_KEY", "BASE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "MIDTRANS_BASE_URL", "MIDTRANS_SERVER_KEY",
    "MIDTRANS_MERCHANT_ID", "SETTLEMENT_MODE", "PAYOUT_CHANNEL", "IRIS_BASE_URL", "DEBUG", "DEMO",
)  # fmt: skip


@dataclass
class Running:
    """Where the demo's parts are."""

    home: Path
    web: str
    simulator: str
    mail: str
    database_url: str
    redis_url: str

    def pay(self, attempt: str) -> None:
        """The "customer" pays at the bank."""
        httpx.post(f"{self.simulator}/ctl/transactions/{attempt}/pay/").raise_for_status()

    def faults(self, attempt: str, **knobs: Any) -> None:
        """Turn the provider's knobs for one attempt."""
        httpx.post(f"{self.simulator}/ctl/transactions/{attempt}/faults/", json=knobs).raise_for_status()

    def mail_to(self, address: str, subject: str, seconds: float = 30.0) -> str:
        """Wait for a mail and return its text."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            letters = httpx.get(f"{self.mail}/api/messages/", params={"to": address}).json()["results"]
            for letter in letters:
                if subject in letter["subject"]:
                    return str(letter["text"])
            time.sleep(0.3)
        message = f"no mail {subject!r} to {address}"
        raise AssertionError(message)

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a management command against the demo's database."""
        environment = {**os.environ, "DEBUG": "true", "DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def pids(self, name: str) -> list[int]:
        """Return the processes of one of the demo's parts, the leader first."""
        out = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout  # noqa: S607
        marks = {"web": f"--port {self.web.rpartition(':')[2]}", "worker": "celery -A bebeli.celery:app worker"}
        wanted = marks.get(name, name)
        rows = [line.strip().split(" ", 1) for line in out.splitlines() if wanted in line]
        return [int(pid) for pid, _args in rows if self._is_ours(int(pid))]

    def _is_ours(self, pid: int) -> bool:
        try:
            return f"BEBELI_HOME={self.home}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            return False


@contextlib.contextmanager
def running(home: Path) -> Generator[Running, None, None]:
    """Start the demo in a home of its own and stop it."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    environment = {**kept, "BEBELI_HOME": str(home), "PORT": str(free_port()), "BEBELI_RATE_LIMITS": "off"}
    home.mkdir(exist_ok=True, parents=True)
    log = (home / "demo.log").open("w")
    demo = subprocess.Popen([sys.executable, "-m", "demo.run"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(home, demo)
        told = json.loads((home / "demo.json").read_text())
        told.pop("midtrans_server_key")
        yield Running(home=home, **told)
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=30)
        log.close()


def _wait(home: Path, demo: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "BEBELI siap" not in (home / "demo.log").read_text():
        if demo.poll() is not None or time.monotonic() > deadline:
            raise AssertionError((home / "demo.log").read_text())
        time.sleep(0.2)
