"""The provider's HTTP side: its Core API, the control API, and the page where the "customer" pays."""

from __future__ import annotations

import base64
import hmac
import json
import socket
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from simulator import control, core, iris, iris_control, wallet
from simulator.bank import Bank
from simulator.payouts import Payouts
from simulator.post import Postman

MAX_BODY = 4_000_000


@dataclass(frozen=True)
class IrisKeys:
    """The payout side's keys, and where its messages go."""

    creator: str = "IRIS-creator-TESTKEY"
    approver: str = "IRIS-approver-TESTKEY"
    merchant: str = "IRIS-merchant-TESTKEY"
    notify_url: str = ""


NO_MESSAGES = IrisKeys()


class Server(ThreadingHTTPServer):
    """Listens on loopback only."""

    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, port: int, bank: Bank, postman: Postman, server_key: str, iris_keys: IrisKeys = NO_MESSAGES) -> None:
        super().__init__(("127.0.0.1", port), Door)
        self.bank = bank
        self.postman = postman
        self.server_key = server_key
        self.payouts = Payouts(bank)
        self.iris_keys = iris_keys
        self.iris_pace = iris.BANK_SECONDS if iris_keys.notify_url else 0.0  # 0: the bank acts only when it is told to
        self.basic = "Basic " + base64.b64encode(f"{server_key}:".encode()).decode()


class Door(BaseHTTPRequestHandler):
    """One connection, kept open between requests."""

    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 60

    def setup(self) -> None:
        """Send small answers at once."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, _format: str, *_args: Any) -> None:  # noqa: D102  silence
        return

    def do_GET(self) -> None:
        """Answer a GET."""
        self._route("GET")

    def do_POST(self) -> None:
        """Answer a POST."""
        self._route("POST")

    def _route(self, method: str) -> None:
        parts = urlsplit(self.path)
        path = [unquote(part) for part in parts.path.strip("/").split("/") if part]
        raw = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MAX_BODY))
        if path[:1] == ["ctl"]:
            side = iris_control if path[1:2] == ["payouts"] else control
            self.answer(*side.api(self.server, method, path[2:] if side is iris_control else path[1:], self._json(raw)))
        elif path[:3] == ["iris", "api", "v1"]:
            self._iris(method, path[3:], parse_qs(parts.query), raw)
        elif path[:1] == ["iris"]:
            self._payouts(method, path[1:], parse_qs(raw.decode("utf-8", "replace")))
        elif path[:1] in (["v2"], ["snap"]):
            self._core(method, path, raw)
        elif path[1:] in (["ui", "checkout"], ["ui", "pay"], ["ui", "leave"]):
            self._wallet(method, path, parse_qs(raw.decode("utf-8", "replace")), parse_qs(parts.query))
        else:
            self._page(method, path, parse_qs(raw.decode("utf-8", "replace")), parse_qs(parts.query))

    def _wallet(self, method: str, path: list[str], form: dict[str, list[str]], query: dict[str, list[str]]) -> None:
        if method == "POST":
            self._go(wallet.press(self.server, path[0], path[2], form))
        else:
            status, html = wallet.page(self.server, path[0], query)
            self._send(status, "text/html; charset=utf-8", html.encode())

    def _core(self, method: str, path: list[str], raw: bytes) -> None:
        if method == "GET" and path[1:2] in (["qris"], ["gopay"]) and path[3:] == ["qr-code"]:
            self._qr(path)
            return
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), self.server.basic.encode()):
            self.answer(401, {"status_code": "401", "status_message": "Transaction cannot be authorized"})
            return
        self._reply(core.answer(self.server, method, path, self._json(raw)))

    def _iris(self, method: str, path: list[str], query: dict[str, list[str]], raw: bytes) -> None:
        self._reply(iris.answer(self.server, method, path, query, self._json(raw), self.headers))

    def _payouts(self, method: str, path: list[str], form: dict[str, list[str]]) -> None:
        if method == "POST":
            self._go(iris_control.press(self.server, path, form))
        else:
            status, html = iris_control.page(self.server)
            self._send(status, "text/html; charset=utf-8", html.encode())

    def _reply(self, reply: tuple[int, Any]) -> None:
        if reply is core.CUT:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.answer(*reply)

    def _qr(self, path: list[str]) -> None:
        picture = core.qr_png(self.server, path[2] if len(path) > 2 else "")  # noqa: PLR2004  v2/qris/<id>
        if picture is None:
            self.answer(404, {"status_code": "404"})
        else:
            self._send(200, "image/png", picture)

    def _page(self, method: str, path: list[str], form: dict[str, list[str]], query: dict[str, list[str]]) -> None:
        if method == "POST":
            self._go(control.press(self.server, path, form))
            return
        status, html = control.page(self.server, path, query)
        self._send(status, "text/html; charset=utf-8", html.encode())

    def _go(self, location: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, raw: bytes) -> dict[str, Any]:
        try:
            body = json.loads(raw or b"{}")
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    def answer(self, status: int, body: Any) -> None:
        """Answer JSON."""
        self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
