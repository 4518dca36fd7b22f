"""The buyer's upload and finance's desk, as pages; who may see whose proof."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bebeli.accounts.models import User
from bebeli.kit import codes
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.refuse_transfer import refuse_transfer
from bebeli.orders.actions.take_transfer import take_transfer
from bebeli.orders.models import Purchase, ReceivingAccount, TransferProof
from bebeli.orders.views.transfers import amount_of
from tests import world
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nx\n%%EOF\n"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def buyer_of(purchase: Purchase) -> User:
    assert purchase.buyer is not None
    return purchase.buyer


def transfer() -> Purchase:
    world.receiving()
    return world.charged(world.user(), (world.variant(), 1), method="manual_transfer")


def test_the_page_says_where_how_much_and_takes_the_proof() -> None:
    purchase = transfer()
    client = browser(buyer_of(purchase))
    where = f"/pembelian/{purchase.code}/"
    shown = client.get(where).content.decode()
    for words in ("0099000112233", "bank bjb", 'enctype="multipart/form-data"', f'data-copy="{purchase.total}"', 'for="bukti"'):
        assert words in shown
    answer = client.post(f"{where}bukti/", {"bukti": world.picture(kind="JPEG"), "pengirim": "Siti"})
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    proof = TransferProof.objects.get()
    shown = client.get(where).content.decode()
    assert "sedang diperiksa" in shown
    assert f'src="{where}bukti/{proof.pk}/"' in shown
    picture = client.get(f"{where}bukti/{proof.pk}/")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert picture.content.startswith(b"RIFF")


def test_what_is_wrong_is_said_at_the_field_and_what_was_said_stays() -> None:
    purchase = transfer()
    client = browser(buyer_of(purchase))
    bad = SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml")
    answer = client.post(f"/pembelian/{purchase.code}/bukti/", {"bukti": bad, "pengirim": "Siti <b>"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'id="bukti_error"' in shown
    assert 'value="Siti &lt;b&gt;"' in shown
    assert client.post(f"/pembelian/{purchase.code}/bukti/").status_code == 422
    assert not TransferProof.objects.exists()


def test_a_paper_is_only_downloaded() -> None:
    purchase = transfer()
    client = browser(buyer_of(purchase))
    client.post(f"/pembelian/{purchase.code}/bukti/", {"bukti": SimpleUploadedFile("a.pdf", PDF, "text/html")})
    answer = client.get(f"/pembelian/{purchase.code}/bukti/{TransferProof.objects.get().pk}/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.content == PDF


def test_a_guest_sends_one_too_and_a_stranger_sees_nothing() -> None:
    purchase = transfer()
    token = codes.random_token()
    Purchase.objects.filter(pk=purchase.pk).update(buyer=None, guest_digest=codes.digest(token))
    guest, stranger = Client(), browser(world.user())
    where = f"/pembelian/{purchase.code}/"
    assert guest.post(f"{where}bukti/", {"bukti": world.picture()}).status_code == 404
    assert guest.get(f"{where}{token}/").headers["Location"] == where
    assert guest.post(f"{where}bukti/", {"bukti": world.picture()}).status_code == 302
    proof = TransferProof.objects.get()
    assert guest.get(f"{where}bukti/{proof.pk}/").status_code == 200
    assert stranger.get(f"{where}bukti/{proof.pk}/").status_code == 404
    assert stranger.post(f"{where}bukti/", {"bukti": world.picture()}).status_code == 404
    assert stranger.get(f"/keuangan/transfer/{proof.pk}/bukti/").status_code == 404


def test_a_proof_of_another_purchase_is_not_found() -> None:
    mine, other = transfer(), world.transferred(world.user(), (world.variant(), 1))
    assert browser(buyer_of(mine)).get(f"/pembelian/{mine.code}/bukti/{other.pk}/").status_code == 404


def test_the_open_page_turns_when_finance_answers() -> None:
    proof = world.transferred(world.user(), (world.variant(), 1))
    purchase = proof.attempt.payment.purchase
    client = browser(buyer_of(purchase))
    where = f"/pembelian/{purchase.code}/"
    now = client.get(where).context["moment"]
    assert client.get(f"{where}keadaan/?sejak={now}").status_code == 204
    refuse_transfer(proof.pk, world.finance().pk, "Buktinya terpotong")
    assert client.get(f"{where}keadaan/?sejak={now}").headers["HX-Redirect"] == where
    shown = client.get(where).content.decode()
    assert "Buktinya terpotong" in shown
    assert 'for="bukti"' in shown


def test_the_desk_shows_the_oldest_first_and_one_step() -> None:
    first = world.transferred(world.user(), (world.variant(), 1))
    second = world.transferred(world.user(), (world.variant(), 1))
    client = desk_of(world.finance().pk, "mfa")
    shown = client.get("/keuangan/transfer/").content.decode()
    codes_of = [proof.attempt.payment.purchase.code for proof in (first, second)]
    assert shown.index(codes_of[0]) < shown.index(codes_of[1])
    assert client.post(f"/keuangan/transfer/{first.pk}/ambil/").headers["Location"] == f"/keuangan/transfer/{first.pk}/"
    shown = client.get(f"/keuangan/transfer/{first.pk}/").content.decode()
    assert f'src="/keuangan/transfer/{first.pk}/bukti/"' in shown
    assert "Pembeli Uji" in shown
    wrong = client.post(f"/keuangan/transfer/{first.pk}/terima/", {"jumlah": "banyak"})
    assert wrong.status_code == 422
    assert 'value="banyak"' in wrong.content.decode()
    assert 'id="jumlah_error"' in wrong.content.decode()
    assert client.post(f"/keuangan/transfer/{first.pk}/tolak/").status_code == 422
    total = f"Rp{first.attempt.gross:,}".replace(",", ".")
    assert client.post(f"/keuangan/transfer/{first.pk}/terima/", {"jumlah": total}).status_code == 302
    first.refresh_from_db()
    assert first.state == "accepted"
    assert "Uang sudah masuk" in client.get(f"/keuangan/transfer/{first.pk}/").content.decode()


def test_another_officer_sees_who_is_looking() -> None:
    proof = world.transferred(world.user(), (world.variant(), 1))
    first, second = world.finance(), world.finance()
    take_transfer(proof.pk, first.pk)
    client = desk_of(second.pk, "mfa")
    assert f"sedang diperiksa oleh {first.first_name}" in client.get("/keuangan/transfer/").content.decode()
    shown = client.get(f"/keuangan/transfer/{proof.pk}/").content.decode()
    assert 'name="jumlah"' not in shown
    client.post(f"/keuangan/transfer/{proof.pk}/terima/", {"jumlah": str(proof.attempt.gross)})
    proof.refresh_from_db()
    assert proof.state == "waiting"
    assert browser(first).post(f"/keuangan/transfer/{proof.pk}/lepas/").headers["Location"] == "/keuangan/transfer/"
    proof.refresh_from_db()
    assert not proof.is_taken


def test_another_amount_offers_to_return_it() -> None:
    proof = world.transferred(world.user(), (world.variant(), 1))
    officer = world.finance()
    confirm_transfer(proof.pk, officer.pk, 5_000)
    client = desk_of(officer.pk, "mfa")
    client.post(f"/keuangan/transfer/{proof.pk}/ambil/")
    assert f"/keuangan/transfer/{proof.pk}/kembalikan/" in client.get(f"/keuangan/transfer/{proof.pk}/").content.decode()
    client.post(f"/keuangan/transfer/{proof.pk}/kembalikan/")
    proof.refresh_from_db()
    assert proof.state == "returned"
    purchase = proof.attempt.payment.purchase
    assert "dibatalkan" in browser(buyer_of(purchase)).get(f"/pembelian/{purchase.code}/").content.decode()


@pytest.mark.parametrize("path", ["", "transfer/", "rekening/"])
def test_the_desk_is_there_for_finance_only(path: str) -> None:
    assert browser(world.user()).get(f"/keuangan/{path}").status_code == 404
    assert Client().get(f"/keuangan/{path}").status_code == 302
    assert browser(world.finance()).get(f"/keuangan/{path}").status_code == 200


def test_the_desk_asks_as_often_for_three_as_for_one() -> None:
    client = browser(world.finance())
    counts = []
    for many in (1, 2):
        for _number in range(many):
            world.transferred(world.user(), (world.variant(), 1))
        with CaptureQueriesContext(connection) as asked:
            client.get("/keuangan/transfer/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_accounts_are_added_and_retired() -> None:
    client = browser(world.finance())
    assert client.post("/keuangan/rekening/tambah/", {"bank": "110", "nomor": "12", "nama": "B"}).status_code == 422
    said = client.post("/keuangan/rekening/tambah/", {"bank": "110", "nomor": "0099 0001", "nama": ""}).content.decode()
    assert 'value="0099 0001"' in said
    assert client.post("/keuangan/rekening/tambah/", {"bank": "110", "nomor": "0099 0001", "nama": "BEBELI"}).status_code == 302
    account = ReceivingAccount.objects.get()
    assert "00990001" in client.get("/keuangan/rekening/").content.decode()
    client.post(f"/keuangan/rekening/{account.pk}/henti/")
    account.refresh_from_db()
    assert not account.is_active


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("150000", 150_000),
        (" Rp150.000 ", 150_000),
        ("Rp 150.000,00", 150_000),
        ("150.000,-", 150_000),
        ("150.000,50", -1),
        ("-5", -1),
        ("", -1),
        ("lima", -1),
        ("١٥٠", -1),
        ("1e9", -1),
    ],
)
def test_an_amount_as_people_type_it(text: str, amount: int) -> None:
    assert amount_of(text) == amount
