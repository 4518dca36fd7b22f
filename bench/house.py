"""The shop as it is measured: private services of its own, the demo's server, production's settings.

The web runs with DEBUG off: that is what visitors get. Nothing lifts the rate limits then, and nothing has to: the
driver stands where a proxy would (TRUSTED_PROXIES) and names another network for each visitor, so that counting is
measured too. The story and the bulk data, which production refuses, are told beforehand with DEBUG on.
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from demo.children import Child, ChildFailed
from demo.layout import HOME, ROOT, Layout, Ports
from demo.ports import free_port, wait_open
from demo.run import answers
from demo.services import DURABLE, Services

READY_SECONDS = 60.0
WAITING = ("I24 ", "I26 ", "I34 ")  # callbacks to understand, notices to send, invoices to write


class House:
    """Everything that runs during the bench."""

    def __init__(self) -> None:
        ports = Ports.kept_in(HOME / "ports.json")
        self.services = Services(HOME, DURABLE, (ports.postgres, ports.valkey))
        web = free_port()
        self.layout = Layout(web, ports, self.services.keys)
        self.bare = Layout(free_port(avoid=frozenset({web})), ports, self.services.keys)
        self.children: list[Child] = []

    @property
    def web_port(self) -> int:
        """Where the shop listens."""
        return self.layout.web

    @property
    def bare_port(self) -> int:
        """Where the bare page listens."""
        return self.bare.web

    def start(self) -> None:
        """Start the services and the payment simulator."""
        self.addresses = self.services.start()
        told = self.layout.environment(self.addresses)
        private = {"MEDIA_ROOT": str(HOME / "media"), "PRIVATE_ROOT": str(HOME / "private"), "STATIC_ROOT": str(HOME / "static")}
        self.telling = {**told, **private, "DEBUG": "true"}
        self.environment = production(self.telling, self.layout.web_url)
        simulator = Child(self.layout.simulator(), HOME)
        self.children.append(simulator)
        wait_open(self.layout.ports.simulator, READY_SECONDS, simulator.ended)

    def serve(self) -> None:
        """Start the shop and the bare page under the same server with the same settings."""
        recipe = self.layout.web_server(self.environment)
        self.web = Child(recipe, HOME)
        self.children.append(self.web)
        bare = self.bare.web_server({})
        command = [*bare.command[:-1], "bench.bare:application"]
        self.children.append(Child(dataclasses.replace(bare, name="bare", command=command), HOME))
        deadline = time.monotonic() + READY_SECONDS
        while not (answers(f"{self.layout.web_url}/health/ready") and answers(f"{self.bare.web_url}/")):
            if self.web.ended() is not None or time.monotonic() > deadline:
                message = f"The shop did not start, see {self.web.log}:\n{self.web.last_words()}"
                raise ChildFailed(message)
            time.sleep(0.1)

    def manage(self, *command: str) -> None:
        """Run a management command; the demo's own need DEBUG."""
        answer = self._run(command)
        if answer.returncode:
            message = f"manage.py {' '.join(command)}:\n{answer.stdout}{answer.stderr}"
            raise ChildFailed(message)

    def violations(self) -> list[str]:
        """Return what is wrong with the books, but for what waits: no worker runs beside the measurements."""
        answer = self._run(("check_books",))
        return [line for line in (answer.stdout + answer.stderr).splitlines() if not line.startswith(WAITING)]

    def _run(self, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        environment = self.telling if command[0] in {"demo_story", "seed_load"} else self.environment
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def settle_down(self) -> None:
        """Let Postgres count its rows, as it does by itself some time after a load."""
        with psycopg.connect(self.addresses.owner, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT") if _may_checkpoint(connection) else None

    def web_pids(self) -> list[int]:
        """Return the shop's web processes: the children of its server."""
        rows = [path.parent for path in Path("/proc").glob("[0-9]*/stat")]
        return [int(row.name) for row in rows if _parent(row) == self.web.pid]

    def stop(self) -> None:
        """Stop what was started, the services last."""
        for child in reversed(self.children):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.stop()
        self.services.stop()


def production(telling: dict[str, str], address: str) -> dict[str, str]:
    """Return the variables of a shop that serves at an address as production does, from those of the demo."""
    return {
        **telling,
        "DEBUG": "false",
        "DEMO": "false",
        "BASE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXIES": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "BEBELI <halo@example.com>",
        "SETTLEMENT_MODE": "gateway_escrow",
    }


def _may_checkpoint(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT pg_has_role(current_user, 'pg_checkpoint', 'member')").fetchone()
    return bool(row and row[0])


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def open_house() -> Iterator[House]:
    """Start a house and stop it however the block ends."""
    house = House()
    try:
        house.start()
        yield house
    finally:
        house.stop()
