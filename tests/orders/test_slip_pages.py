"""A seller's slips on screen, as PDF, CSV and XLSX, at the public check and through the API."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from bebeli.orders.documents.press import as_pdf
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document
from bebeli.orders.parting import Part
from bebeli.sellers.models import Membership, Seller
from tests import world
from tests.orders.test_document_pages import browser, words
from tests.orders.test_slips import OCTOBER, at, completed, issued, slip

pytestmark = pytest.mark.django_db


def test_a_seller_s_owner_reads_and_keeps_the_slips_and_anybody_checks_them() -> None:
    shop = completed()
    with at(10, 12):
        shop.part(shop.a, [Part(shop.a.lines.get().pk, face=30_000)])
    issued()
    fee, tax = slip(shop.a.seller_id, OCTOBER), slip(shop.a.seller_id, OCTOBER, "tax_slip")
    assert fee is not None
    assert tax is not None
    owner = browser(world.owner(shop.a.seller))
    desk = owner.get("/penjual/dokumen/?bulan=2031-10").content.decode()
    for paper, title, amounts in (
        (fee, "Bukti potongan biaya", ("Rp9.500", "Rp1.045", "Rp8.880", "-Rp1.665")),
        (tax, "Bukti pungut PPh 22", ("Rp190.000", "0,5 %", "Rp800", "-Rp150")),
    ):
        assert f"/dokumen/{paper.code}/" in desk
        page = owner.get(f"/dokumen/{paper.code}/").content.decode()
        said = words(owner.get(f"/dokumen/{paper.code}.pdf").content)
        for expected in (title, "Bekasi Berani Beli", shop.a.seller.name, shop.a.code, *amounts):
            assert expected in page
            assert expected in said
        check = browser(None).get(f"/cek/{paper.code}/{paper.short_hash}/").content.decode()
        assert "Asli dan berlaku" in check
        assert shop.a.seller.name not in check
        written = owner.get(f"/dokumen/{paper.code}/?bentuk=csv").content.decode("utf-8-sig").splitlines()
        assert len(written) == 4
        assert written[-1].endswith(f",{paper.amount}")
        sheet = load_workbook(io.BytesIO(owner.get(f"/dokumen/{paper.code}/?bentuk=xlsx").content)).worksheets[0]
        assert list(sheet.iter_rows(values_only=True))[-1][-1] == paper.amount
    statement = Document.objects.get(seller=shop.a.seller, kind="statement", month=OCTOBER)
    page = owner.get(f"/dokumen/{statement.code}/").content.decode()
    assert fee.printed_code in page
    assert tax.printed_code in page


def test_slips_are_the_owners_and_the_api_lists_them() -> None:
    shop = completed()
    issued()
    stall: Seller = shop.a.seller
    clerk, client = world.user(), Client()
    Membership.objects.create(seller=stall, user=clerk, role="staff")
    fee = slip(stall.pk, OCTOBER)
    assert fee is not None
    for user_id, status in ((world.owner(stall), 200), (clerk.pk, 404), (world.owner(shop.b.seller), 404)):
        headers = {"Authorization": f"Bearer {tokens.issue(User.objects.get(pk=user_id))[0]}"}
        assert browser(user_id).get(f"/dokumen/{fee.code}/").status_code == status
        assert client.get(f"/api/v1/documents/{fee.code}/pdf/", headers=headers).status_code == status
    headers = {"Authorization": f"Bearer {tokens.issue(User.objects.get(pk=world.owner(stall)))[0]}"}
    listed = client.get(f"/api/v1/seller/statements/?seller={stall.slug}", headers=headers).json()["results"]
    assert [(row["kind"], row["month"], row["amount"]) for row in listed] == [
        ("statement", "2031-10-01", 178_505), ("tax_slip", "2031-10-01", 950), ("fee_slip", "2031-10-01", 10_545),
    ]  # fmt: skip
    assert browser(world.auditor()).get(f"/dokumen/{fee.code}/").status_code == 200


def test_english_readers_read_the_slips_in_english() -> None:
    shop = completed()
    issued()
    with override("en"):
        fee, tax = slip(shop.a.seller_id, OCTOBER), slip(shop.a.seller_id, OCTOBER, "tax_slip")
        assert fee is not None
        assert tax is not None
        assert "Fee slip" in words(as_pdf([sheet_of(fee)]))
        assert "Income tax slip (PPh 22)" in words(as_pdf([sheet_of(tax)]))
