"""Both services together; where the environment names one, none is started in its place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from demo.children import Child, end_orphans
from demo.ports import free_port
from demo.services.keys import Keys
from demo.services.postgres import APP, OWNER, Postgres
from demo.services.valkey import Valkey


@dataclass(frozen=True)
class Addresses:
    """Where the database (for the shop, and for its owner) and Valkey answer."""

    app: str
    owner: str
    redis: str


class Services:
    """The private services of one home directory."""

    def __init__(self, home: Path, settings: tuple[str, ...], ports: tuple[int, int] | None = None) -> None:
        self.home = home
        self.keys = Keys.kept_in(home / "keys.json")
        postgres_port = ports[0] if ports else free_port()
        valkey_port = ports[1] if ports else free_port(avoid=frozenset({postgres_port}))
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(home, postgres_port, self.keys, settings)
        self.valkey = None if os.environ.get("REDIS_URL") else Valkey(home, valkey_port, self.keys)
        self.children: dict[str, Child] = {}

    def start(self) -> Addresses:
        """Start what the environment does not name, wait until it can be used, and say where it answers."""
        end_orphans(self.home)
        if self.valkey:
            self.children["valkey"] = self.valkey.start()
        if self.postgres:
            self.postgres.prepare()
            self.children["postgres"] = self.postgres.start()
            self.postgres.wait(self.children["postgres"])
        if self.valkey:
            self.valkey.wait(self.children["valkey"])
        return self.addresses()

    def addresses(self) -> Addresses:
        """Return where the services answer."""
        given = os.environ.get("DATABASE_URL", "")
        return Addresses(
            app=self.postgres.url(APP) if self.postgres else given,
            owner=self.postgres.url(OWNER) if self.postgres else os.environ.get("DATABASE_OWNER_URL", given),
            redis=self.valkey.url() if self.valkey else os.environ["REDIS_URL"],
        )

    def stop(self) -> None:
        """Stop what was started, all at once."""
        for child in self.children.values():
            child.ask_to_stop()
        for child in self.children.values():
            child.stop()
        self.children.clear()
