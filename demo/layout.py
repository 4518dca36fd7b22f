"""Where the demo keeps its things, on which ports it listens, and what its children are told."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from demo.children import Recipe
from demo.ports import LOOPBACK, free_port, is_free
from demo.services import Addresses, Keys
from demo.services.keys import write_private

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BEBELI_HOME") or ROOT / ".local")
MERCHANT = "G141532850"


@dataclass(frozen=True)
class Ports:
    """The demo's own ports, the same at every start as long as nobody else took them."""

    postgres: int
    valkey: int
    simulator: int
    smtp: int
    mail: int

    @classmethod
    def kept_in(cls, path: Path) -> Ports:
        """Return the ports of the last start, those taken meanwhile replaced."""
        kept: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
        chosen: dict[str, int] = {}
        for name in cls.__dataclass_fields__:
            port = kept.get(name, 0)
            is_ours = port and port not in chosen.values() and is_free(port)
            chosen[name] = port if is_ours else free_port(avoid=frozenset({*kept.values(), *chosen.values()}))
        ports = cls(**chosen)
        write_private(path, json.dumps(asdict(ports)))
        return ports


@dataclass(frozen=True)
class Layout:
    """Everything a child of the demo needs to know."""

    web: int
    ports: Ports
    keys: Keys

    @property
    def web_url(self) -> str:
        """Return the shop's address."""
        return f"http://{LOOPBACK}:{self.web}"

    @property
    def simulator_url(self) -> str:
        """Return the payment simulator's address."""
        return f"http://{LOOPBACK}:{self.ports.simulator}"

    @property
    def mail_url(self) -> str:
        """Return the mail reader's address."""
        return f"http://{LOOPBACK}:{self.ports.mail}"

    def environment(self, addresses: Addresses) -> dict[str, str]:
        """Return the variables of settings.py; what the caller's environment already names stays."""
        given = {
            "DJANGO_SETTINGS_MODULE": "bebeli.settings",
            "DEBUG": "true",
            "DEMO": "true",
            "SECRET_KEY": self.keys.secret_key,
            "FIELD_KEY": self.keys.field_key,
            "BASE_URL": self.web_url,
            "EMAIL_URL": f"smtp://{LOOPBACK}:{self.ports.smtp}",
            "MAIL_READER_URL": self.mail_url,
            "MIDTRANS_BASE_URL": self.simulator_url,
            "MIDTRANS_SERVER_KEY": self.keys.midtrans_server_key,
            "MIDTRANS_MERCHANT_ID": MERCHANT,
            "IRIS_BASE_URL": f"{self.simulator_url}/iris",
            "MEDIA_ROOT": str(HOME / "media"),
            "PRIVATE_ROOT": str(HOME / "private"),
        }
        services = {"DATABASE_URL": addresses.app, "DATABASE_OWNER_URL": addresses.owner, "REDIS_URL": addresses.redis}
        return {**given, **{name: os.environ[name] for name in given if name in os.environ}, **services}

    def tell_tools(self, addresses: Addresses) -> None:
        """Write down where everything is, for tools; it names passwords, so it is private."""
        content = {
            "web": self.web_url,
            "simulator": self.simulator_url,
            "mail": self.mail_url,
            "database_url": addresses.app,
            "redis_url": addresses.redis,
            "midtrans_server_key": self.keys.midtrans_server_key,
        }
        write_private(HOME / "demo.json", json.dumps(content, indent=2) + "\n")

    def simulator(self) -> Recipe:
        """Return the payment provider's stand-in, which knows nothing of the shop but where to call it."""
        where = ["--port", str(self.ports.simulator), "--db", str(HOME / "simulator.sqlite3")]
        whom = [
            "--server-key",
            self.keys.midtrans_server_key,
            "--merchant-id",
            MERCHANT,
            "--notify-url",
            f"{self.web_url}/pay/midtrans/notify",
            "--iris-notify-url",
            f"{self.web_url}/pay/iris/notify",
        ]
        return _module("simulator", ["simulator", *where, *whom], {"DEBUG": "true"})

    def mail(self) -> Recipe:
        """Return the mail catcher."""
        where = ["--smtp-port", str(self.ports.smtp), "--http-port", str(self.ports.mail), "--home", str(HOME / "mail")]
        return _module("mail", ["demo.mail", *where], {})

    def worker(self, environment: dict[str, str]) -> Recipe:
        """Return the worker; its threads leave no orphans when it is killed."""
        quiet = ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = ["celery", "-A", "bebeli.celery:app", "worker", "--pool", "threads", "--concurrency", "4", *quiet]
        return _module("worker", command, environment)

    def beat(self, environment: dict[str, str]) -> Recipe:
        """Return the clock that rings the sweepers."""
        schedule = ["--schedule", str(HOME / "beat"), "--pidfile=", "--loglevel", "WARNING"]
        return _module("beat", ["celery", "-A", "bebeli.celery:app", "beat", *schedule], environment)

    def web_server(self, environment: dict[str, str]) -> Recipe:
        """Return the web server: at most two programs, as many as there are cores."""
        size = ["--workers", str(min(2, os.cpu_count() or 1)), "--blocking-threads", "4", "--backpressure", "64"]
        calm = ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "5s"]
        where = [
            "--interface",
            "wsgi",
            "--host",
            LOOPBACK,
            "--port",
            str(self.web),
            "--no-ws",
            "--log-level",
            "warning",
        ]
        # each login needs 19 MB for a moment; without these every thread of the server would keep its own
        memory = {"MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_ARENA_MAX": "2"}
        return _module("web", ["granian", *where, *size, *calm, "bebeli.wsgi:application"], {**memory, **environment})


def _module(name: str, command: list[str], environment: dict[str, str]) -> Recipe:
    return Recipe(name, [sys.executable, "-m", *command], env=environment, cwd=ROOT)
