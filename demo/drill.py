"""`make drill`: back up a running database, restore it beside, and see that the books and every table came back whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from demo.bootstrap import Steps
from demo.children import ChildFailed
from demo.layout import HOME, ROOT
from demo.services import SCRATCH, Services
from demo.services.postgres import DATABASE, OWNER, packaged_binaries


def main() -> int:
    """Drill once; 0 when everything came back."""
    try:
        source = os.environ.get("DATABASE_URL") or json.loads((HOME / "demo.json").read_text())["database_url"]
    except OSError:
        print("Tidak ada basis data yang berjalan: jalankan `make demo` dulu, atau isi DATABASE_URL.", file=sys.stderr)
        return 1
    os.environ.pop("DATABASE_URL", None)
    try:
        with tempfile.TemporaryDirectory(prefix="bebeli-drill-") as place:
            return drill(source, Path(place))
    except ChildFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1


def drill(source: str, place: Path) -> int:
    """Dump, restore and compare; the shop goes on meanwhile, so both sides are counted in one snapshot each."""
    place.chmod(0o755)  # the scratch server may run as nobody
    steps, begin = Steps(), time.monotonic()
    binaries = Path(os.environ.get("POSTGRES_BIN") or packaged_binaries())
    dump, services = place / "bebeli.dump", Services(place, SCRATCH)
    try:
        with psycopg.connect(source) as shop:
            shop.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            snapshot = shop.execute("SELECT pg_export_snapshot()").fetchone()
            with steps.step("Mencadangkan (pg_dump)"):
                options = ["--format=custom", f"--snapshot={snapshot[0] if snapshot else ''}", f"--file={dump}"]
                _run([str(binaries / "pg_dump"), *options, f"--dbname={source}"])
            before = counted(shop)
        with steps.step("Memulihkan ke server lain (pg_restore)"):
            services.start()
            address = services.postgres.url(OWNER) if services.postgres else ""
            _restore(binaries, dump, services)
        with steps.step("Memeriksa buku besar dan menghitung baris"):
            with psycopg.connect(address) as copy:
                after = counted(copy)
            environment = {**os.environ, "DEBUG": "true", "DATABASE_URL": address}
            _run([sys.executable, "manage.py", "check_books"], environment)
    finally:
        services.stop()
    lost = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    size, seconds = dump.stat().st_size / 1e6, time.monotonic() - begin
    print(f"\n  {sum(after.values())} baris, {len(after)} tabel, {size:.1f} MB, {seconds:.1f} dtk")
    print(f"  BERBEDA: {', '.join(lost)}" if lost else "  Sama persis; buku besar seimbang.")
    return 1 if lost else 0


def counted(connection: psycopg.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    counts = {}
    for (name,) in names:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counts[str(name)] = int(row[0]) if row else 0
    return counts


def _restore(binaries: Path, dump: Path, services: Services) -> None:
    """Restore as the superuser: extensions are there already, everything else becomes the owner's."""
    address = services.postgres.url("postgres", DATABASE) if services.postgres else ""
    listed = subprocess.run([binaries / "pg_restore", "--list", dump], capture_output=True, text=True, check=True).stdout
    wanted = dump.with_suffix(".list")
    wanted.write_text("\n".join(line for line in listed.splitlines() if " EXTENSION " not in line and "DEFAULT ACL" not in line))
    into = ["--exit-on-error", "--no-owner", f"--role={OWNER}", f"--use-list={wanted}", f"--dbname={address}"]
    _run([str(binaries / "pg_restore"), *into, str(dump)])


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{Path(command[0]).name} gagal:\n{(done.stdout + done.stderr).strip()[-2000:]}"
        raise ChildFailed(message)


if __name__ == "__main__":
    sys.exit(main())
