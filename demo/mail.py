"""Catches the demo's mails by SMTP on loopback and shows them on a page of their own."""

from __future__ import annotations

import argparse
import asyncio
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from demo.mail_pages import Reader
from demo.mailbox import Mailbox
from demo.ports import LOOPBACK

MAIL_BYTES = 5_000_000


class Catcher:
    """What aiosmtpd calls for each mail; the name of its method is the library's."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Keep the mail, whoever it is for."""
        self.mailbox.keep(envelope.original_content or b"")
        return "250 OK"


async def listen(mailbox: Mailbox, port: int) -> asyncio.Server:
    """Accept mails on the port until the server is closed."""
    return await asyncio.get_running_loop().create_server(
        lambda: SMTP(Catcher(mailbox), hostname="localhost", data_size_limit=MAIL_BYTES, enable_SMTPUTF8=True),
        LOOPBACK,
        port,
    )


async def serve(mailbox: Mailbox, smtp_port: int, http_port: int) -> None:
    """Run both doors until the program is ended."""
    reader = Reader(mailbox, http_port)
    threading.Thread(target=reader.serve_forever, daemon=True).start()
    async with await listen(mailbox, smtp_port) as server:
        await server.serve_forever()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the ports and the home from the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--home", type=Path, required=True)
    given = parser.parse_args(arguments)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(Mailbox(given.home), given.smtp_port, given.http_port))


if __name__ == "__main__":
    main()
