"""Documents on screen, as PDF, through the API, at the public check and in the office's search."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from bebeli.accounts import tokens
from bebeli.accounts.models import Appointment, User
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.replace_invoice import replace_invoice
from bebeli.orders.documents.layout import Sheet
from bebeli.orders.documents.pdf import written
from bebeli.orders.documents.press import as_pdf
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document, Order, OrderLine
from tests import world

pytestmark = pytest.mark.django_db


def issued(price: int = 25_000, name: str = "Gabus Pucung") -> tuple[Order, Document, Document]:
    stall = world.seller(nib="1234567890123")
    order = world.orders_of(world.paid(world.user(), (world.variant(stall, price=price, name=name), 1)))[0]
    invoice, receipt = issue_documents(order.pk)
    return order, invoice, receipt


def browser(user: User | int | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user if isinstance(user, User) else User.objects.get(pk=user))
    return client


def words(content: bytes) -> str:
    """What a PDF says, without its layout."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        text = zlib.decompress(a85decode(b"<~" + stream.strip(), adobe=True))
        found += re.findall(rb"\(((?:\\.|[^\\()])*)\) Tj", text)
    return "\n".join(part.replace(b"\\(", b"(").replace(b"\\)", b")").decode("cp1252") for part in found)


def test_the_buyer_reads_and_keeps_an_invoice() -> None:
    order, invoice, _receipt = issued()
    client = browser(order.purchase.buyer)
    page = client.get(f"/pesanan/{order.code}/").content.decode()
    assert f"/dokumen/{invoice.code}/" in page
    page = client.get(f"/dokumen/{invoice.code}/").content.decode()
    for expected in (
        invoice.printed_code,
        "Gabus Pucung",
        "NIB 1234567890123",
        order.seller.street,
        "Pembeli Uji",
        "rupiah",
        invoice.sha256,
    ):
        assert expected in page
    assert "meterai" not in page
    answer = client.get(f"/dokumen/{invoice.code.lower()}.pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{invoice.code}.pdf"'
    said = words(answer.content)
    for expected in (invoice.printed_code, "Gabus Pucung", "NIB 1234567890123", "Pembeli Uji", "Faktur"):
        assert expected in said


def test_english_readers_read_english() -> None:
    order, invoice, _receipt = issued()
    client = browser(order.purchase.buyer)
    assert "In words: " in client.get(f"/en/dokumen/{invoice.code}/").content.decode()
    gone = client.get(f"/dokumen/{invoice.code}/?bahasa=en")
    assert gone.headers["Location"] == f"/en/dokumen/{invoice.code}/"
    assert "Invoice" in words(client.get(f"/dokumen/{invoice.code}.pdf?bahasa=en").content)


def test_strangers_find_nothing() -> None:
    order, invoice, _receipt = issued()
    for stranger in (None, world.user(), world.owner(world.seller())):
        for address in (f"/dokumen/{invoice.code}/", f"/dokumen/{invoice.code}.pdf"):
            assert browser(stranger).get(address).status_code == 404
    assert browser(world.owner(order.seller)).get(f"/dokumen/{invoice.code}/").status_code == 200
    assert browser(world.finance()).get(f"/dokumen/{invoice.code}/").status_code == 200


def test_above_five_million_a_stamp_is_hinted_at() -> None:
    order, _invoice, receipt = issued(price=5_000_000)
    assert receipt.amount > 5_000_000
    page = browser(order.purchase.buyer).get(f"/dokumen/{receipt.code}/").content.decode()
    assert "e-Meterai" in page


def test_the_public_check_shows_four_things_and_no_name() -> None:
    order, invoice, _receipt = issued()
    address = f"/cek/{invoice.code}/{invoice.short_hash}/"
    assert sheet_of(invoice).check_url.endswith(address)
    answer = browser(None).get(address)
    page = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Asli dan berlaku" in page
    for expected in (invoice.printed_code, invoice.sha256):
        assert expected in page
    for hidden in (
        order.code,
        order.purchase.code,
        order.seller.name,
        "Pemilik Uji",
        "Pembeli Uji",
        "Gabus Pucung",
        order.purchase.street,
    ):
        assert hidden not in page
    reject(order.pk, world.owner(order.seller), "habis")
    (note,) = issue_documents(order.pk)
    page = browser(None).get(address).content.decode()
    assert "tidak berlaku lagi" in page
    assert "sudah dibatalkan" in page
    assert note.printed_code not in page


def test_the_public_check_names_no_successor() -> None:
    _order, invoice, _receipt = issued()
    new = replace_invoice(invoice.pk, world.finance().pk, "NIB")
    page = browser(None).get(f"/cek/{invoice.code}/{invoice.short_hash}/").content.decode()
    assert "Sudah ada dokumen yang lebih baru" in page
    assert new.printed_code not in page
    assert "Asli dan berlaku" in browser(None).get(f"/cek/{new.code}/{new.short_hash}/").content.decode()


@pytest.mark.parametrize(
    "lie", ["body = replace(body, 'Gabus', 'Lele')", "amount = amount + 1", "issued_at = issued_at - interval '1 day'"]
)
def test_a_tampered_paper_is_not_called_genuine_standing_or_cancelled(lie: str) -> None:
    _order, standing, _receipt = issued()
    fallen, cancelled, _second = issued()
    reject(fallen.pk, world.owner(fallen.seller), "habis")
    issue_documents(fallen.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_document DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE orders_document SET {lie} WHERE kind = 'invoice'")
    for invoice in (standing, cancelled):
        page = browser(None).get(f"/cek/{invoice.code}/{invoice.short_hash}/").content.decode()
        assert "tidak cocok dengan sidik jarinya" in page
        shown = page.partition("<main")[2].partition("</main>")[0]
        assert shown
        assert "Asli" not in shown
        assert "Rp" not in shown


def test_an_unknown_paper_is_404_and_says_what_to_do() -> None:
    _order, invoice, _receipt = issued()
    for address in (f"/cek/{invoice.code}/{'0' * 16}/", f"/cek/INV-2026-0000-000009/{invoice.short_hash}/"):
        answer = browser(None).get(address)
        assert answer.status_code == 404
        assert "tidak kami kenal" in answer.content.decode()
    assert browser(None).get(f"/cek/{invoice.code}/{invoice.short_hash[:15]}/").status_code == 404


def test_the_check_is_limited(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMITS = True
    monkeypatch.setattr("bebeli.kit.throttle.time.time", lambda: 1_900_000_001.0)  # one window for all
    _order, invoice, _receipt = issued()
    client = browser(None)
    answers = [client.get(f"/cek/{invoice.code}/{invoice.short_hash}/") for _number in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert answers[-1].headers["Retry-After"]


def test_the_office_finds_and_replaces() -> None:
    order, invoice, _receipt = issued()
    auditor = world.user()
    Appointment.objects.create(user=auditor, role="auditor")
    finance = browser(world.finance())
    for asked in (invoice.printed_code, invoice.code.lower(), order.code, order.purchase.code):
        assert invoice.printed_code in browser(auditor).get("/keuangan/dokumen/", {"q": asked}).content.decode()
    assert invoice.printed_code not in finance.get("/keuangan/dokumen/", {"q": "INV\0'"}).content.decode()
    assert "Ganti faktur" not in browser(auditor).get("/keuangan/dokumen/", {"q": order.code}).content.decode()
    address = f"/keuangan/dokumen/{invoice.code}/ganti/"
    assert browser(auditor).post(address, {"alasan": "x"}).status_code == 404
    answer = finance.post(address, {"alasan": " "})
    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.content.decode()
    assert finance.post(address, {"alasan": "alamat salah"}).status_code == 302
    assert Document.objects.get(kind="invoice", replaces=invoice).number == 2
    assert "Diganti oleh" in finance.get("/keuangan/dokumen/", {"q": order.code}).content.decode()


def test_the_api_lists_and_hands_out() -> None:
    order, invoice, receipt = issued()
    client = Client()
    for user in (order.purchase.buyer, User.objects.get(pk=world.owner(order.seller))):
        assert user is not None
        headers = {"Authorization": f"Bearer {tokens.issue(user)[0]}"}
        listed = client.get(f"/api/v1/orders/{order.code}/documents/", headers=headers).json()["results"]
        assert [(row["kind"], row["code"], row["amount"], row["cancelled"]) for row in listed] == [
            ("invoice", invoice.printed_code, order.total, False),
            ("receipt", receipt.printed_code, order.paid_by_buyer, False),
        ]
        answer = client.get(listed[0]["pdf"], headers={**headers, "Accept-Language": "en"})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "Invoice" in words(answer.content)
    stranger = {"Authorization": f"Bearer {tokens.issue(world.user())[0]}"}
    assert client.get(f"/api/v1/orders/{order.code}/documents/", headers=stranger).status_code == 404
    assert client.get(listed[0]["pdf"], headers=stranger).status_code == 404


def test_the_desk_lists_a_month() -> None:
    order, invoice, _receipt = issued()
    client = browser(world.owner(order.seller))
    assert invoice.printed_code in client.get("/penjual/dokumen/").content.decode()
    page = client.get("/penjual/dokumen/?bulan=2001-01").content.decode()
    assert invoice.printed_code not in page
    assert "Bulan ini belum ada dokumen" in page
    assert client.get("/penjual/dokumen/?bulan=x\0&cursor=%00").status_code == 200


def test_any_letters_and_many_lines_are_printed() -> None:
    order, _invoice, _receipt = issued(name="Batik 蠟染 “kawung” ✓ " + "panjang " * 10)
    first = order.lines.get()
    for number in range(59):
        made = world.variant(order.seller, name=f"Barang {number} " * 6)
        OrderLine.objects.create(
            order=order, variant=made, sku=made.sku, name=made.product.name_id[:120], quantity=1, price=first.price,
            subtotal=first.subtotal, product_slug=made.product.slug,
        )  # fmt: skip
    sheet: Sheet = sheet_of(Document.objects.whole().get(kind="invoice"))
    sheet.rows = [[line.name, "Rp1", "1", "Rp1"] for line in order.lines.all()]
    for language in ("id", "en"):
        with override(language):
            content = as_pdf([sheet])
        assert len(re.findall(rb"/Type /Page\b", content)) == 3
    assert "Batik ??" in words(content)


def test_letters_that_the_font_lacks_lose_their_marks() -> None:
    assert written("Şükrü Nur Ain, ﬁ 日 €") == "Sükrü Nur Ain, fi ? €"
