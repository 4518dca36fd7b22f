"""BEBELI's own papers about a purchase: the buyer's service fee, its receipt, and the note that takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.translation import override

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_held import cancel_held
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.short import BACK
from bebeli.orders.documents.press import as_pdf
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.flows import documents
from bebeli.orders.models import Document, DocumentCounter, Order, Purchase
from tests import world
from tests.orders.test_document_pages import browser, words
from tests.orders.test_worked_example import Example

pytestmark = pytest.mark.django_db


def paid() -> Example:
    shop = Example()
    shop.pay()
    return shop


def fee_papers() -> list[Document]:
    return list(Document.objects.whole().filter(seller=None).order_by("pk"))


def wrong() -> set[str]:
    with clock.moved(timedelta(hours=2)):
        return {found.code for found in books.check()} - {"I26", "I44"}  # notices and reports sleep here


def test_the_papers_of_the_worked_example_add_up_to_what_was_paid() -> None:
    shop = paid()
    assert documents.issue_due() == 2
    receipts = Document.objects.filter(kind="receipt").order_by("order")
    assert list(receipts.values_list("amount", flat=True)) == [185_345, 99_655]
    (fee,) = fee_papers()
    assert (fee.kind, fee.amount, fee.purchase_id) == ("fee_receipt", 2_000, shop.purchase.pk)
    assert fee.code == f"KBL-{clock.today().year}-0000-000001"
    assert (fee.content["vat"], fee.content["seller"]["name"]) == (198, "BEBELI")
    assert sum(receipts.values_list("amount", flat=True)) + fee.amount == shop.purchase.payment.amount == 287_000
    assert documents.issue_due() == 0
    assert wrong() == set()


def test_a_purchase_without_a_fee_gets_no_paper_of_its_own() -> None:
    order = world.orders_of(world.paid(world.user(), (world.variant(), 1)))[0]
    issue_documents(order.pk)
    assert fee_papers() == []
    assert DocumentCounter.objects.filter(seller=None).count() == 0


def test_an_unpaid_fee_is_on_no_paper() -> None:
    shop = Example()
    assert issue_documents(shop.a.pk) == []
    assert documents.issue_due() == 0


def test_the_fee_s_receipt_falls_with_the_last_order() -> None:
    shop = paid()
    documents.issue_due()
    reject(shop.a.pk, world.owner(shop.a.seller), "habis")
    documents.issue_due()
    assert [paper.kind for paper in fee_papers()] == ["fee_receipt"]
    assert wrong() == set()
    reject(shop.b.pk, world.owner(shop.b.seller), "habis")
    assert "I66" in wrong()
    documents.issue_due()
    receipt, note = fee_papers()
    assert (note.kind, note.amount, note.cancels_id) == ("fee_credit", 2_000, receipt.pk)
    assert note.code == f"NKL-{clock.today().year}-0000-000001"
    assert receipt.canceller == note
    assert shop.b.refunds.get().service_fee == 2_000
    assert documents.issue_due() == 0
    assert wrong() == set()


def test_all_that_fell_before_the_first_paper_gets_both() -> None:
    shop = paid()
    for order in (shop.a, shop.b):
        reject(order.pk, world.owner(order.seller), "habis")
    documents.issue_due()
    assert [paper.kind for paper in fee_papers()] == ["fee_receipt", "fee_credit"]
    assert wrong() == set()


def test_a_fee_that_the_bank_took_back_with_everything_is_credited_too() -> None:
    shop = paid()
    documents.issue_due()
    settle(shop.attempt.pk, world.truth(shop.attempt, "deny", status_code="202"), settings.MIDTRANS_MERCHANT_ID)
    documents.issue_due()
    assert len(fee_papers()) == 1  # held: the bank may still give it again
    for order in (shop.a, shop.b):
        cancel_held(order.pk, shop.boss.pk, "ditarik bank", BACK)
    documents.issue_due()
    assert [paper.kind for paper in fee_papers()] == ["fee_receipt", "fee_credit"]
    assert wrong() == set()
    restore_payment(shop.a.pk, shop.boss.pk, "uang datang lagi")
    documents.issue_due()
    assert len(fee_papers()) == 2
    assert wrong() - {"I30"} == set()


def test_a_fee_from_before_these_papers_gets_its_receipt_afterwards() -> None:
    shop = paid()
    documents.issue_due()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_document DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM orders_document WHERE seller_id IS NULL")
        cursor.execute("ALTER TABLE orders_document ENABLE TRIGGER USER")
    DocumentCounter.objects.filter(seller=None).delete()
    Purchase.objects.update(fee_receipted_at=None)
    assert wrong() == {"I66"}
    assert documents.issue_due() == 1
    assert [paper.number for paper in fee_papers()] == [1]
    assert documents.issue_due() == 0
    assert wrong() == set()
    assert Order.objects.get(pk=shop.a.pk).documents.count() == 2


def test_platform_numbers_are_unique_though_they_have_no_seller() -> None:
    paid()
    documents.issue_due()
    DocumentCounter.objects.filter(seller=None).update(last=0)
    stall = world.seller()
    again = world.orders_of(world.paid(world.user(), (world.variant(stall), 1)))[0]
    with pytest.raises(IntegrityError):
        issue_documents(again.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentCounter.objects.create(seller=None, kind="fee_receipt", year=clock.today().year)


def test_the_buyer_finds_reads_and_keeps_it_and_nobody_else_does() -> None:
    shop = paid()
    documents.issue_due()
    (fee,) = fee_papers()
    buyer = browser(shop.purchase.buyer)
    whole = buyer.get(f"/pembelian/{shop.purchase.code}/").content.decode()
    assert '<span>Biaya layanan</span><span class="money">Rp2.000</span>' in whole
    for address in (f"/pembelian/{shop.purchase.code}/", f"/pesanan/{shop.a.code}/", f"/pesanan/{shop.b.code}/"):
        assert fee.printed_code in buyer.get(address).content.decode()
    page = buyer.get(f"/dokumen/{fee.code}/").content.decode()
    for said in (fee.printed_code, "Bekasi Berani Beli", "Rp1.802", "Rp198", "Pembeli Uji", f"/pembelian/{shop.purchase.code}/"):
        assert said in page
    paper = words(buyer.get(f"/dokumen/{fee.code}.pdf").content)
    assert "Kuitansi biaya layanan" in paper
    assert "dua ribu rupiah" in paper
    for stranger in (None, world.user(), world.owner(shop.a.seller)):
        assert browser(stranger).get(f"/dokumen/{fee.code}/").status_code == 404
    desk = browser(world.owner(shop.a.seller))
    for address in ("/penjual/dokumen/", f"/penjual/pesanan/{shop.a.code}/"):
        assert fee.printed_code not in desk.get(address).content.decode()


def test_a_guest_reads_the_papers_of_the_fee() -> None:
    shop = paid()
    documents.issue_due()
    Purchase.objects.filter(pk=shop.purchase.pk).update(buyer=None, guest_digest="0" * 64)
    (fee,) = fee_papers()
    guest = Client()
    session = guest.session
    session["pembelian_tamu"] = [shop.purchase.code]
    session.save()
    assert guest.get(f"/dokumen/{fee.code}/").status_code == 200


def test_officers_find_it_and_anybody_checks_it() -> None:
    shop = paid()
    documents.issue_due()
    (fee,) = fee_papers()
    for asked in (fee.printed_code, shop.purchase.code):
        page = browser(world.auditor()).get("/keuangan/dokumen/", {"q": asked}).content.decode()
        assert f"/dokumen/{fee.code}/" in page
        assert "BEBELI · " in page
    assert browser(shop.boss).get(f"/dokumen/{fee.code}/").status_code == 200
    address = f"/cek/{fee.code}/{fee.short_hash}/"
    assert sheet_of(fee).check_url.endswith(address)
    page = browser(None).get(address).content.decode()
    assert "Asli dan berlaku" in page
    assert shop.purchase.code not in page
    refusal = browser(shop.boss).post(f"/keuangan/dokumen/{fee.code}/ganti/", {"alasan": "salah"})
    assert refusal.status_code in {302, 409, 422}
    assert [paper.kind for paper in fee_papers()] == ["fee_receipt"]


def test_the_note_says_what_it_takes_back_in_both_languages() -> None:
    shop = paid()
    for order in (shop.a, shop.b):
        reject(order.pk, world.owner(order.seller), "habis")
    documents.issue_due()
    receipt, note = fee_papers()
    with override("id"):
        assert receipt.printed_code in words(as_pdf([sheet_of(note)]))
    with override("en"):
        said = words(as_pdf([sheet_of(note)]))
    assert "Service fee credit note" in said
    assert "All orders of this purchase fell" in said
    page = browser(None).get(f"/cek/{receipt.code}/{receipt.short_hash}/").content.decode()
    assert "Dokumen ini sudah dibatalkan" in page


def test_the_api_lists_the_fee_s_papers_for_the_buyer_only() -> None:
    shop = paid()
    documents.issue_due()
    (fee,) = fee_papers()
    client, buyer = Client(), shop.purchase.buyer
    assert buyer is not None
    maker = User.objects.get(pk=world.owner(shop.a.seller))
    for user, kinds in ((buyer, ["invoice", "receipt", "fee_receipt"]), (maker, ["invoice", "receipt"])):
        headers = {"Authorization": f"Bearer {tokens.issue(user)[0]}"}
        listed = client.get(f"/api/v1/orders/{shop.a.code}/documents/", headers=headers).json()["results"]
        assert [row["kind"] for row in listed] == kinds
        answer = client.get(f"/api/v1/documents/{fee.code}/pdf/", headers=headers)
        assert answer.status_code == (200 if user == buyer else 404)


def test_an_order_that_goes_on_keeps_the_fee_earned() -> None:
    shop = paid()
    accept(shop.a.pk, world.owner(shop.a.seller))
    reject(shop.b.pk, world.owner(shop.b.seller), "habis")
    documents.issue_due()
    assert [paper.kind for paper in fee_papers()] == ["fee_receipt"]


FEE = "kind = 'fee_receipt'"
CORRUPTIONS = {
    "I66": (
        f"DELETE FROM orders_document WHERE {FEE}",
        f"UPDATE orders_document SET amount = amount + 1 WHERE {FEE}",
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'receipt'",
        "UPDATE orders_purchase SET fee_receipted_at = NULL, paid_at = now() - interval '2 hours'",
        "UPDATE orders_order SET status = 'cancelled', closed_at = now() - interval '2 hours'",
        "UPDATE orders_purchase SET service_fee = 0",
    ),
    "I35": (
        f"UPDATE orders_document SET number = number + 7 WHERE {FEE}",
        "UPDATE orders_documentcounter SET last = last + 1 WHERE seller_id IS NULL",
        "DELETE FROM orders_documentcounter WHERE seller_id IS NULL",
    ),
}


@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, lies in CORRUPTIONS.items() for text in lies])
def test_a_lie_about_a_fee_s_paper_is_named(code: str, statement: str) -> None:
    paid()
    documents.issue_due()
    assert books.check() == []
    with connection.cursor() as cursor:
        for guard in (
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE orders_document DISABLE TRIGGER USER",
            "ALTER TABLE orders_purchase DROP CONSTRAINT orders_purchase_adds_up",
            statement,
        ):
            cursor.execute(guard)
        assert cursor.rowcount > 0
    assert code in {found.code for found in books.check()}


def test_a_note_without_a_fall_is_named() -> None:
    shop = paid()
    for order in (shop.a, shop.b):
        reject(order.pk, world.owner(order.seller), "habis")
    documents.issue_due()
    assert books.check() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("UPDATE orders_order SET status = 'processing' WHERE id = %s", [shop.b.pk])
    assert "I66" in {found.code for found in books.check()}
