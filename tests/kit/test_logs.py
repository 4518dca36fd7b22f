"""One line per fact, under one id from the browser to the worker, and never a secret."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Generator
from typing import Any

import django
import pytest
from celery.contrib.testing.worker import start_worker
from django.test import Client
from pytest_django.fixtures import Settings

from bebeli.celery import app
from bebeli.kit import logs
from bebeli.kit.ring import ring
from bebeli.orders.models import Callback
from tests import world

pytestmark = pytest.mark.django_db


class Said:
    """What was written, line by line."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        """All of it."""
        return self.stream.getvalue()

    def lines(self, event: str) -> list[dict[str, Any]]:
        """The lines about one kind of event; every line must be JSON."""
        parsed = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in parsed if line["event"] == event]


@pytest.fixture
def said() -> Generator[Said, None, None]:
    """Listen as production's handler does."""
    heard = Said()
    handler = logging.StreamHandler(heard.stream)
    handler.setFormatter(logs.Formatter())
    logging.getLogger().addHandler(handler)
    yield heard
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line_without_path_query_or_cookie(client: Client, said: Said) -> None:
    buyer = world.user()
    client.force_login(buyer)
    answer = client.get("/pesanan/?q=rahasia", headers={"user-agent": "Uji"})
    (line,) = said.lines("answered")
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["route"], line["status"], line["user_id"]) == ("GET", "orders:orders", 200, buyer.pk)
    assert line["ms"] > 0
    assert line["logger"] == "bebeli.request"
    assert "rahasia" not in said.text
    assert "sesi" not in said.text
    assert buyer.email not in said.text


@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        (["127.0.0.1"], "a1b2c3d4-proxy", True),
        ([], "a1b2c3d4-proxy", False),
        (["127.0.0.1"], 'x"} {"event": "forged', False),
        (["127.0.0.1"], "short", False),
    ],
)
def test_an_id_counts_only_from_a_listed_proxy(
    client: Client, settings: Settings, *, proxies: list[str], given: str, taken: bool
) -> None:
    settings.TRUSTED_PROXIES = proxies
    answer = client.get("/health/live", headers={"x-request-id": given})
    assert (answer.headers["X-Request-ID"] == given) is taken
    assert len(answer.headers["X-Request-ID"]) >= 8


def test_a_failed_login_names_neither_account_nor_password(client: Client, said: Said) -> None:
    buyer = world.user()
    for _try in range(2):
        client.post("/masuk/", {"login": buyer.email, "password": "salah-salah-salah"})
    first, second = said.lines("login_failed")
    assert first["account"] == second["account"]
    assert first["logger"] == "bebeli.security"
    client.post("/masuk/", {"login": buyer.email, "password": world.PASSWORD})
    (line,) = said.lines("login")
    assert line["user_id"] == buyer.pk
    for secret in (buyer.email, world.PASSWORD, "salah-salah"):
        assert secret not in said.text


def test_anothers_order_is_an_event(client: Client, said: Said) -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    stranger = world.user()
    client.force_login(stranger)
    assert client.get(f"/pembelian/{purchase.code}/").status_code == 404
    (line,) = said.lines("not_theirs_or_nowhere")
    assert (line["user_id"], line["route"]) == (stranger.pk, "orders:purchase")
    assert purchase.code not in said.text


def test_an_office_that_is_not_ones_own_is_an_event(client: Client, said: Said) -> None:
    stranger = world.user()
    client.force_login(stranger)
    assert client.get("/keuangan/").status_code == 404
    (line,) = said.lines("role_refused")
    assert (line["role"], line["user_id"]) == ("books", stranger.pk)


def test_a_library_speaks_in_the_same_form(said: Said) -> None:
    logs.bind_request("0123456789abcdef")
    try:
        _fail()
    except ZeroDivisionError:
        logging.getLogger("celery.app.trace").exception("task %s broke", "x")
    (line,) = said.lines("task x broke")
    assert line["request_id"] == "0123456789abcdef"
    assert line["level"] == "error"
    assert "ZeroDivisionError" in line["exception"]


def _fail() -> float:
    return 1 / 0


def test_a_callback_remembers_its_request(client: Client, said: Said) -> None:
    answer = client.post("/pay/midtrans/notify", {"order_id": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert Callback.objects.get().headers["X-Request-ID"] == answer.headers["X-Request-ID"]
    (line,) = said.lines("callback_unsigned")
    assert line["request_id"] == answer.headers["X-Request-ID"]


def test_the_bell_carries_the_id_to_the_worker(
    said: Said, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(django, "setup", lambda: None)  # the worker would set the logging up anew, without this listener
    rung = threading.Event()

    @app.task(name="tests.rung")
    def listen() -> None:
        rung.set()

    logs.bind_request("feedfacefeedface")
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
        with django_capture_on_commit_callbacks(execute=True):
            ring("tests.rung")
        assert rung.wait(10)
    app.tasks.pop("tests.rung")
    (line,) = [line for line in said.lines("done") if line["task"] == "tests.rung"]
    assert line["request_id"] == "feedfacefeedface"
