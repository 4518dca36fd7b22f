"""The mail catcher shows a mail as text and as it looks, and lets it load and run nothing."""

from __future__ import annotations

import threading
from email.message import EmailMessage
from pathlib import Path

import httpx

from demo.mail_pages import Reader
from demo.mailbox import Mailbox
from demo.ports import free_port


def test_a_mail_is_shown_as_text_and_as_it_looks(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["Subject"], letter["To"] = "Kabar", "siti@example.com"
    letter.set_content("Halo & selamat")
    mailbox = Mailbox(tmp_path)
    mailbox.keep(letter.as_bytes())
    letter.add_alternative("<p>Halo &amp; <b>selamat</b></p>", subtype="html")
    mailbox.keep(letter.as_bytes())
    port = free_port()
    reader = Reader(mailbox, port)
    threading.Thread(target=reader.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        look = browser.get("/mail/2/tampilan/")
        assert "<b>selamat</b>" in look.text
        assert "sandbox allow-popups" in look.headers["Content-Security-Policy"]
        assert "default-src 'none'" in look.headers["Content-Security-Policy"]
        page = browser.get("/mail/2/").text
        assert "Halo &amp; selamat" in page
        assert '<a href="/mail/2/tampilan/">' in page
        assert "tampilan" not in browser.get("/mail/1/").text
        assert browser.get("/mail/9/tampilan/").status_code == 404
        assert browser.get("/api/messages/2/").json()["text"] == "Halo & selamat\n"
    reader.shutdown()
    reader.server_close()
