"""The web side of the mail catcher: a list, one mail as text and as it looks, and the same as JSON for tools and tests."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from demo.mailbox import Mail, Mailbox
from demo.ports import LOOPBACK

LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
CSP = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
LOOK_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups; base-uri 'none'; form-action 'none'"
STYLE = """\
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem }
body { color: #1d2733; background: #f6f7f4 }
h1 { font-size: 1.3rem } small { color: #55606b } ol { list-style: none; padding: 0 }
a { color: #0b6b3a } a:focus-visible { outline: 3px solid #f2a900 }
li a { font-weight: 600; text-decoration: none; display: block; min-height: 1.75rem }
li, article { background: #fff; border-radius: .75rem; padding: .75rem 1rem; margin: .5rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
"""
PAGE = """\
<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">{extra}
<title>{title}</title><link rel="stylesheet" href="/style.css"><body><main>{main}</main></body></html>
"""


class Reader(ThreadingHTTPServer):
    """A small web server on loopback that reads one mailbox."""

    daemon_threads = True

    def __init__(self, mailbox: Mailbox, port: int) -> None:
        super().__init__((LOOPBACK, port), Door)
        self.mailbox = mailbox


class Door(BaseHTTPRequestHandler):
    """One request."""

    server: Reader
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        """Answer a page or JSON."""
        address = urlsplit(self.path)
        number = self._number(address.path)
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "not for this host")
        elif address.path == "/":
            self._send(HTTPStatus.OK, "text/html", list_page(self.server.mailbox.newest_first()))
        elif address.path == "/style.css":
            self._send(HTTPStatus.OK, "text/css", STYLE)
        elif address.path == "/api/messages/":
            self._send_json({"results": self._results(parse_qs(address.query).get("to", []))})
        elif number is None or (mail := self.server.mailbox.find(number)) is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "tidak ada")
        elif address.path.startswith("/api/"):
            self._send_json(mail.as_json())
        elif address.path.endswith("/tampilan/"):
            self._send(HTTPStatus.OK, "text/html", mail.html or PAGE.format(title="", main="", extra=""), LOOK_CSP)
        else:
            self._send(HTTPStatus.OK, "text/html", mail_page(mail))

    def do_DELETE(self) -> None:
        """Forget one mail or all."""
        number = self._number(self.path)
        if not self._is_for_us():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "not for this host")
        elif self.path == "/api/messages/":
            self.server.mailbox.forget_all()
            self._send_json({})
        elif number is not None and self.path.startswith("/api/") and self.server.mailbox.forget(number):
            self._send_json({})
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "tidak ada")

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet: who reads which mail is nobody's business."""

    def _results(self, wanted: list[str]) -> list[dict[str, object]]:
        mails = self.server.mailbox.newest_first()
        return [mail.as_json() for mail in mails if not wanted or set(wanted) & set(mail.to)]

    def _number(self, path: str) -> int | None:
        found = re.fullmatch(r"/(?:mail|api/messages)/(\d{1,9})/(?:tampilan/)?", path)
        return int(found[1]) if found else None

    def _is_for_us(self) -> bool:
        """Refuse foreign host names: a page elsewhere could point its own name at loopback and read along."""
        return self.headers.get("Host", "").partition(":")[0] in {LOOPBACK, "localhost"}

    def _send_json(self, content: dict[str, object]) -> None:
        self._send(HTTPStatus.OK, "application/json", json.dumps(content, ensure_ascii=False))

    def _send(self, status: HTTPStatus, kind: str, text: str, csp: str = CSP) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", csp)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def list_page(mails: Sequence[Mail]) -> str:
    """Return the list; it looks again by itself every five seconds."""
    rows = "".join(
        f'<li><a href="/mail/{mail.number}/">{escape(mail.subject) or "(tanpa judul)"}</a>'
        f"<small>{escape(', '.join(mail.to))} · {escape(mail.at[:19].replace('T', ' '))}</small></li>"
        for mail in mails
    )
    main = f"<h1>Kotak surat demo</h1>{f'<ol>{rows}</ol>' if rows else '<p>Belum ada surat.</p>'}"
    return PAGE.format(title="Kotak surat demo", main=main, extra='<meta http-equiv="refresh" content="5">')


def mail_page(mail: Mail) -> str:
    """Return one mail as text, its links clickable, with the way to its look."""
    head = f"<small>Dari {escape(mail.sender)}<br>Kepada {escape(', '.join(mail.to))}<br>{escape(mail.at)}</small>"
    look = f' · <a href="/mail/{mail.number}/tampilan/">Tampilan HTML</a>' if mail.html else ""
    main = (
        f'<p><a href="/">← Semua surat</a>{look}</p><article><h1>{escape(mail.subject)}</h1>{head}'
        f"<pre>{linked(mail.text)}</pre></article>"
    )
    return PAGE.format(title=escape(mail.subject), main=main, extra="")


def linked(text: str) -> str:
    """Return the text escaped, with its web addresses as links."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
