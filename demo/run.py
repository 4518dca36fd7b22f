"""`make demo`: everything from the services to the web under one supervisor, until Ctrl-C."""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http.client import HTTPException

from demo.accounts import table
from demo.bootstrap import Steps
from demo.children import Child, ChildFailed, Recipe, end_orphans
from demo.layout import HOME, ROOT, Layout, Ports
from demo.ports import is_free
from demo.services import DURABLE, Addresses, Services
from demo.supervisor import LOOK_SECONDS, Supervisor

READY_SECONDS = 60.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the demo to end."""


def main() -> int:
    """Run the demo; 0 when it was asked to end, 1 when it could not start."""
    for wish in SIGNALS:
        signal.signal(wish, _ask_to_stop)
    try:
        with alone():
            Demo(_wished_port()).run()
    except (ChildFailed, OSError) as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except Stopped:
        pass
    return 0


@contextmanager
def alone() -> Generator[None, None, None]:
    """Let only one demo run in this checkout; forgetting it takes the same lock."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"Demo di folder ini sedang berjalan; alamatnya ada di {HOME / 'demo.json'}. Hentikan dulu (Ctrl-C)."
            raise ChildFailed(message) from None
        yield


class Demo:
    """One run from start to end."""

    def __init__(self, port: int) -> None:
        self.steps = Steps()
        if ended := end_orphans(HOME):
            print(f"  ! sisa demo sebelumnya dihentikan: {', '.join(ended)}", flush=True)
        if not is_free(port):
            message = f"Port {port} sedang dipakai program lain. Pilih yang lain, misalnya: PORT={port + 1000} make demo"
            raise ChildFailed(message)
        ports = Ports.kept_in(HOME / "ports.json")
        self.services = Services(HOME, DURABLE, (ports.postgres, ports.valkey))
        self.layout = Layout(port, ports, self.services.keys)
        self.supervisor = Supervisor(lambda words: print(f"  ! {words}", flush=True))

    def run(self) -> None:
        """Start everything, say so, watch over it; stop everything however it ends."""
        begin = time.monotonic()
        try:
            addresses = self._start()
            self.layout.tell_tools(addresses)
            self._say_ready(time.monotonic() - begin)
            self.supervisor.watch()
        finally:
            for wish in SIGNALS:
                signal.signal(wish, signal.SIG_IGN)
            (HOME / "demo.json").unlink(missing_ok=True)
            with self.steps.step("Menghentikan semuanya"):
                self.supervisor.stop(frozenset({"postgres", "valkey"}))

    def _start(self) -> Addresses:
        with self.steps.step("PostgreSQL, Valkey, simulator pembayaran, penangkap surat"):
            self._watch(self.layout.simulator())
            self._watch(self.layout.mail())
            addresses = self._start_services()
        environment = self.layout.environment(addresses)
        self._once("Menyiapkan basis data", ["migrate", "--no-input"], environment, _migrations())
        self._once("Mengisi cerita demo (40 toko, 160 produk, sebulan pesanan)", ["demo_story"], environment, "told")
        with self.steps.step("Web, pekerja, jadwal"):
            self._wait_ready(self._watch(self.layout.web_server(environment)))
            self._watch(self.layout.worker(environment))  # after the web: on two cores they would only delay each other,
            self._watch(self.layout.beat(environment))  # and what is rung meanwhile waits for them
        return addresses

    def _start_services(self) -> Addresses:
        services = self.services
        if services.valkey:
            self.supervisor.start("valkey", services.valkey.start)
        if services.postgres:
            services.postgres.prepare()
            services.postgres.wait(self.supervisor.start("postgres", services.postgres.start))
        return services.addresses()

    def _watch(self, recipe: Recipe) -> Child:
        return self.supervisor.start(recipe.name, lambda: Child(recipe, HOME))

    def _once(self, words: str, command: list[str], environment: dict[str, str], state: str) -> None:
        """Run a management command, unless it already ended well for this database in this state."""
        mark = HOME / "done" / command[0]
        wanted = hashlib.sha256(f"{environment['DATABASE_OWNER_URL'].rpartition('@')[2]} {state}".encode()).hexdigest()
        if mark.exists() and mark.read_text() == wanted:
            return
        log = HOME / "log" / f"{command[0]}.log"
        with self.steps.step(words), log.open("ab") as out:
            answer = subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if answer.returncode:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            message = f"{tail}\n\n`manage.py {command[0]}` gagal; seluruhnya di {log}.\nUlangi; bila tetap gagal: make reset"
            raise ChildFailed(message)
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(wanted)

    def _wait_ready(self, web: Child) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not answers(f"{self.layout.web_url}/health/ready"):
            self.supervisor.look()
            if time.monotonic() > deadline:
                message = f"Toko tidak siap dalam {READY_SECONDS:.0f} dtk; lihat {web.log}:\n{web.last_words()}"
                raise ChildFailed(message)
            time.sleep(LOOK_SECONDS / 4)

    def _say_ready(self, seconds: float) -> None:
        print(f"\nBEBELI siap: {self.layout.web_url}\n", flush=True)
        print(table())
        print(f"\n  surat masuk   {self.layout.mail_url}")
        print(f'  simulator     {self.layout.simulator_url}  (di sini pembeli "membayar")')
        print(f"  catatan       {HOME / 'log'}  ·  siap dalam {seconds:.1f} dtk  ·  berhenti: Ctrl-C\n", flush=True)


def answers(url: str) -> bool:
    """Tell whether the address answers 200."""
    with suppress(urllib.error.URLError, HTTPException, OSError), urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own http address
        return int(reply.status) == 200  # noqa: PLR2004 - OK
    return False


def _migrations() -> str:
    """Return what the migrations and the libraries that bring their own are now."""
    paths = [ROOT / "requirements.lock", *sorted(ROOT.glob("bebeli/*/migrations/*.py"))]
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def _wished_port() -> int:
    wished = os.environ.get("PORT") or "8000"
    if not wished.isdecimal() or not 1 <= int(wished) <= 65_535:  # noqa: PLR2004 - the highest port
        message = f"PORT harus angka antara 1 dan 65535, bukan {wished!r}."
        raise ChildFailed(message)
    return int(wished)


def _ask_to_stop(_signal: int, _frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
