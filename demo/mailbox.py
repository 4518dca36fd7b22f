"""The mails that the demo caught: the newest, one file each."""

from __future__ import annotations

import email
import email.policy
import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from html import unescape
from pathlib import Path

KEPT = 500


@dataclass(frozen=True)
class Mail:
    """One mail as a reader sees it."""

    number: int
    at: str
    sender: str
    to: list[str]
    subject: str
    text: str
    html: str

    def as_json(self) -> dict[str, object]:
        """Return it for the JSON door."""
        return {
            "id": self.number,
            "at": self.at,
            "from": self.sender,
            "to": self.to,
            "subject": self.subject,
            "text": self.text,
        }


class Mailbox:
    """The newest mails, one file each; the oldest make room."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = threading.Lock()
        self._mails: dict[int, Mail] = {}
        for path in sorted(home.glob("*.eml")):
            with suppress(OSError, ValueError):
                number = int(path.stem)
                self._mails[number] = read(number, path.read_bytes(), path.stat().st_mtime)
        self._next = max(self._mails, default=0) + 1

    def newest_first(self) -> list[Mail]:
        """Return all mails, the newest first."""
        with self._lock:
            return [self._mails[number] for number in sorted(self._mails, reverse=True)]

    def find(self, number: int) -> Mail | None:
        """Return one mail."""
        return self._mails.get(number)

    def keep(self, raw: bytes) -> Mail:
        """Keep a mail that came in; the oldest beyond the limit are forgotten."""
        with self._lock:
            number, self._next = self._next, self._next + 1
            path = self._path(number)
            path.write_bytes(raw)
            self._mails[number] = read(number, raw, time.time())
            for old in sorted(self._mails)[:-KEPT]:
                self._drop(old)
            return self._mails[number]

    def forget(self, number: int) -> bool:
        """Forget one mail; false when there is none."""
        with self._lock:
            return self._drop(number)

    def forget_all(self) -> None:
        """Forget every mail."""
        with self._lock:
            for number in list(self._mails):
                self._drop(number)

    def _drop(self, number: int) -> bool:
        self._path(number).unlink(missing_ok=True)
        return self._mails.pop(number, None) is not None

    def _path(self, number: int) -> Path:
        return self.home / f"{number:08d}.eml"


def read(number: int, raw: bytes, at: float) -> Mail:
    """Return the readable part of a raw mail; broken ones show what can be read."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    to = [address.addr_spec for header in message.get_all("to", []) for address in getattr(header, "addresses", [])]
    moment = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(at))
    said = str(message.get("from", ""))
    return Mail(number, moment, said, to, str(message.get("subject", "")), _text(message), _html(message))


def _html(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("html",))
    return "" if body is None else _content(body)


def _content(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, KeyError, ValueError):
        payload = body.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = _content(body)
    if body.get_content_subtype() == "html":
        content = unescape(re.sub(r"<(style|script).*?</\1>|<[^>]*>", " ", content, flags=re.DOTALL | re.IGNORECASE))
    return content.replace("\r\n", "\n")
