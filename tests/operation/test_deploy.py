"""What a server gets: a compose file that parses, settings that pass Django's own check, a stop that loses nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import yaml

from demo.ports import free_port
from tests.rules.test_settings import PRODUCTION

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = (ROOT / "deploy" / "web.sh").read_text()


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text()))


def test_compose_names_every_part_and_every_volume_it_uses() -> None:
    told = compose()
    assert set(told["services"]) == {"postgres", "valkey", "migrate", "web", "worker", "beat", "caddy"}
    used = {
        str(volume).split(":", 1)[0]
        for service in told["services"].values()
        for volume in service.get("volumes", [])
        if not str(volume).startswith(".")
    }
    assert used == set(told["volumes"])
    for service in told["services"].values():
        assert {"image", "build"} & set(service)
        assert set(service.get("depends_on", {})) <= set(told["services"])
        assert set(service.get("secrets", [])) <= set(told["secrets"])
    assert [name for name, service in told["services"].items() if "ports" in service] == ["caddy"]


def test_every_file_that_deployment_names_exists() -> None:
    text = (ROOT / "compose.yaml").read_text() + (ROOT / "Dockerfile").read_text()
    named = set(re.findall(r"deploy/[A-Za-z.-]+", text))
    assert named >= {"deploy/web.sh", "deploy/worker.sh", "deploy/beat.sh", "deploy/roles.sh", "deploy/Caddyfile"}
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_roles_are_those_the_migrations_know() -> None:
    roles = (ROOT / "deploy" / "roles.sh").read_text()
    migration = (ROOT / "bebeli" / "orders" / "migrations" / "0002_append_only.py").read_text()
    assert "rolname = 'bebeli_app'" in migration
    assert "CREATE ROLE bebeli_app LOGIN" in roles
    assert "GRANT ALL" not in roles


def test_djangos_own_check_finds_nothing_in_production() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, "SECRET_KEY": "kqPz7wXn2Yv9rLm4Ts6Bd8Fh1Gj3QaWeRtYuIoPlKmNbVcXz5Sd0Hf-k"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_maintenance_page_stands_alone() -> None:
    page = (ROOT / "deploy" / "maintenance" / "index.html").read_text()
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="', page)
    assert "status 503" in (ROOT / "deploy" / "Caddyfile").read_text()


def test_a_request_in_flight_is_answered_although_the_server_stops(tmp_path: Path) -> None:
    port, begun = free_port(), tmp_path / "begun"
    script = WEB.replace("bebeli.wsgi:application", "tests.operation.slow_app:application")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "WEB_PORT": str(port)}
    server = subprocess.Popen(["/bin/sh", "-c", script], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(lambda: _answers(port))
        with ThreadPoolExecutor() as pool:
            slow = pool.submit(httpx.get, f"http://127.0.0.1:{port}/slow?{begun}", timeout=30)
            _wait(begun.exists)
            server.send_signal(signal.SIGTERM)
            assert slow.result().text == "whole"
        assert server.wait(30) == 0
    finally:
        server.kill()
        server.wait()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
    except httpx.HTTPError:
        return False


def _wait(seen: Any) -> None:
    deadline = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.05)
