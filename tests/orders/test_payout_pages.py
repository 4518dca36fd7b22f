"""The desks of payouts: a stall's balance, its bank account after signing in again, finance's cases with the second factor."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from bebeli.kit.sealed import seal
from bebeli.orders import balance, bank_file
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.verify_bank_account import verify_bank_account
from bebeli.orders.models import BankAccount, Order, Payout, PayoutPlan
from bebeli.orders.parting import Part
from bebeli.sellers.models import Membership
from tests import payees, world
from tests.orders.test_worked_example import Example

pytestmark = pytest.mark.django_db


def desk_of(user_id: int, *methods: str) -> Client:
    """A browser whose owner has just shown these."""
    client, user = Client(), User.objects.get(pk=user_id)
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    for method in methods:
        record_authentication(request, user, method=method, reauthenticated=True)
    request.session.save()
    return client


def test_a_balance_says_what_there_is_and_what_is_coming() -> None:
    stall = payees.earned(world.seller(), 120_000)
    coming = world.orders_of(world.paid(world.user(), (world.variant(stall, price=80_000), 1), ship="pickup"))[0]
    payees.bank_account(stall)
    page = desk_of(world.owner(stall)).get("/penjual/saldo/").content.decode()
    assert "Rp120.000" in page
    assert "harga Rp120.000 − biaya Rp0 − pajak Rp0" in page
    assert "Rp120.000 milik Anda" in page
    assert coming.code in page
    assert "dititipkan di penyedia pembayaran berizin" in page
    account = BankAccount.objects.get()
    assert f"12345{stall.pk:07d}" not in page
    assert f"••{f'{stall.pk:07d}'[-4:]}" in page
    assert account.is_verified


def test_what_is_coming_is_summed_over_more_than_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balance, "MOST_COMING", 1)
    shop = Example()
    shop.pay()
    stall, goods = shop.b.seller, world.variant(shop.b.seller, price=80_000)
    shop.part(shop.b, [Part(shop.b.lines.get().pk, quantity=1)])
    courier = world.orders_of(world.paid(world.user(), (goods, 1)))[0]
    Order.objects.filter(pk=courier.pk).update(shipping_paid_by="platform")
    nets = [balance.earning_of(order).net for order in Order.objects.filter(seller=stall)]
    found = balance.of(stall)
    assert (len(found.coming), len(nets)) == (1, 2)
    assert found.coming_total == sum(nets)
    assert 57_225 in nets  # with a piece that went back
    headers = {"Authorization": f"Bearer {tokens.issue(User.objects.get(pk=world.owner(stall)))[0]}"}
    assert Client().get("/api/v1/seller/balance/", headers=headers).json()["coming_total"] == sum(nets)


def test_asking_and_planning() -> None:
    stall = payees.earned(world.seller())
    payees.bank_account(stall)
    client = desk_of(world.owner(stall))
    wrong = client.post("/penjual/saldo/minta/", {"toko": stall.slug, "jumlah": "5"})
    assert wrong.status_code == 422
    assert 'aria-describedby="jumlah_error"' in wrong.content.decode()
    assert client.post("/penjual/saldo/minta/", {"toko": stall.slug, "jumlah": "Rp50.000"}).status_code == 302
    assert Payout.objects.get().amount == 50_000
    client.post("/penjual/saldo/jadwal/", {"toko": stall.slug, "hari": "4"})
    assert PayoutPlan.objects.get().weekday == 4
    client.post("/penjual/saldo/jadwal/", {"toko": stall.slug, "hari": ""})
    assert PayoutPlan.objects.get().weekday is None
    assert "Pencairan Rp50.000 menunggu persetujuan" in client.get("/penjual/saldo/").content.decode()


def test_staff_do_not_decide_about_money() -> None:
    stall = payees.earned(world.seller())
    clerk = world.user()
    Membership.objects.create(seller=stall, user=clerk, role="staff")
    client = desk_of(clerk.pk, "password")
    for path in ("/penjual/saldo/", "/penjual/saldo/rekening/"):
        assert client.get(path).status_code == 404
    assert client.post("/penjual/saldo/minta/", {"toko": stall.slug}).status_code == 404
    other = payees.earned(world.seller())
    assert desk_of(world.owner(other)).get(f"/penjual/saldo/?toko={stall.slug}").status_code == 404


def test_an_account_is_changed_only_after_signing_in_again() -> None:
    stall = world.seller()
    said = {"toko": stall.slug, "bank": "014", "nomor": "1234567890", "nama": "Pemilik Uji"}
    stale = desk_of(world.owner(stall))
    for answer in (stale.get("/penjual/saldo/rekening/"), stale.post("/penjual/saldo/rekening/", said)):
        assert answer.headers["Location"] == "/akun/ulang-masuk/?next=%2Fpenjual%2Fsaldo%2Frekening%2F"
    assert "1234567890" not in str(dict(stale.session))  # what was typed is not kept meanwhile
    assert not BankAccount.objects.exists()
    fresh = desk_of(world.owner(stall), "password")
    assert fresh.get("/penjual/saldo/rekening/").status_code == 200
    wrong = fresh.post("/penjual/saldo/rekening/", {**said, "nomor": "12"})
    assert (wrong.status_code, "6 sampai 20 angka" in wrong.content.decode()) == (422, True)
    assert fresh.post("/penjual/saldo/rekening/", said).status_code == 302
    assert BankAccount.objects.get().state == "unverified"


def test_seller_direct_says_so_and_pays_nothing(settings: Any) -> None:
    settings.SETTLEMENT_MODE = "seller_direct"
    stall = payees.earned(world.seller())
    client = desk_of(world.owner(stall))
    page = client.get("/penjual/saldo/").content.decode()
    assert "langsung masuk ke akun Anda sendiri" in page
    assert "Minta pencairan" not in page
    client.post("/penjual/saldo/minta/", {"toko": stall.slug})
    assert not Payout.objects.exists()
    assert "BEBELI tidak memegangnya" in Client().get("/bantuan/").content.decode()
    assert "Tidak ada pencairan baru" in desk_of(world.finance().pk).get("/keuangan/payout/").content.decode()


def test_money_moves_only_with_a_second_factor() -> None:
    payout, officer = payees.payout(), world.finance()
    stale = desk_of(officer.pk, "password")
    page = stale.get(f"/keuangan/payout/{payout.pk}/").content.decode()
    assert payout.account.pk
    assert "Setujui Rp200.000" in page
    answer = stale.post(f"/keuangan/payout/{payout.pk}/setuju/")
    order = world.orders_of(world.paid(world.user(), (world.variant(), 1)))[0]
    link = f"/akun/kode/lagi/?next=%2Fkeuangan%2Fpesanan%2F{order.code}%2F"
    for browser, is_asked in ((stale, True), (desk_of(officer.pk, "mfa"), False)):  # asked before anything is typed
        assert (link in browser.get(f"/keuangan/pesanan/{order.code}/").content.decode()) is is_asked
    assert answer.headers["Location"] == f"/akun/kode/lagi/?next=%2Fkeuangan%2Fpayout%2F{payout.pk}%2F"
    assert stale.post("/keuangan/payout/berkas/").headers["Location"].startswith("/akun/kode/lagi/")
    payout.refresh_from_db()
    assert payout.state == "requested"
    desk_of(officer.pk, "mfa").post(f"/keuangan/payout/{payout.pk}/setuju/")
    payout.refresh_from_db()
    assert payout.state == "approved"


def test_the_demo_asks_for_no_second_factor(settings: Any) -> None:
    settings.DEBUG = True
    payout = payees.payout()
    desk_of(world.finance().pk).post(f"/keuangan/payout/{payout.pk}/setuju/")
    payout.refresh_from_db()
    assert payout.state == "approved"


def test_by_bank_file_from_the_file_to_the_proof() -> None:
    payout = payees.approved(payees.payout(bank="111"))
    client = desk_of(world.finance().pk, "mfa")
    client.post("/keuangan/payout/berkas/")
    payout.refresh_from_db()
    desk = client.get("/keuangan/payout/").content.decode()
    assert payout.batch in desk
    answer = client.get(f"/keuangan/payout/berkas/{payout.batch}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["berita"], row["kode_bank"], row["nama"], row["jumlah"]) for row in rows] == [
        (payout.key, "111", "PEMILIK UJI", "200000")
    ]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{payout.batch}.csv"'
    case = f"/keuangan/payout/{payout.pk}"
    assert client.post(f"{case}/selesai/", {"referensi": "FT-001"}).status_code == 422
    sent = client.post(f"{case}/selesai/", {"referensi": "FT-001", "bukti": world.picture()})
    assert sent.status_code == 302
    payout.refresh_from_db()
    assert (payout.state, payout.reference) == ("completed", "FT-001")
    assert client.get(f"{case}/bukti/").headers["Content-Type"] == "image/webp"
    client.post(f"{case}/kembali/", {"alasan": "rekening tutup"})
    payout.refresh_from_db()
    assert payout.state == "bounced"
    assert client.get("/keuangan/payout/berkas/PO-20260101-AAAA.csv").status_code == 404


def test_a_bank_file_is_in_one_officers_hands() -> None:
    payout = payees.approved(payees.payout(bank="111"))
    maker, other = world.finance(), world.finance()
    mine, theirs = (desk_of(officer.pk, "mfa") for officer in (maker, other))
    mine.post("/keuangan/payout/berkas/")
    payout.refresh_from_db()
    file, case = f"/keuangan/payout/berkas/{payout.batch}", f"/keuangan/payout/{payout.pk}"
    paid = {"referensi": "FT-001", "bukti": world.picture()}
    said = f"{maker.first_name} mengerjakannya sejak"
    for page in ("/keuangan/payout/", f"{case}/"):
        shown = theirs.get(page).content.decode()
        assert (said in shown, f"{file}.csv" in shown, f"{case}/selesai/" in shown) == (True, False, False)
    assert (theirs.get(f"{file}.csv").status_code, mine.get(f"{file}.csv").status_code) == (404, 200)
    for move, body in ((f"{file}/ambil/", {}), (f"{case}/selesai/", paid), (f"{case}/gagal/", {"alasan": "x"})):
        theirs.post(move, body)
    payout.refresh_from_db()
    assert (payout.state, payout.taken_by) == ("sent", maker)
    mine.post(f"{file}/lepas/")
    mine.post(f"{case}/selesai/", {**paid, "bukti": world.picture()})
    payout.refresh_from_db()
    assert payout.state == "sent"  # whoever let go must take it again
    theirs.post(f"{file}/ambil/")
    assert theirs.get(f"{file}.csv").status_code == 200
    theirs.post(f"{case}/selesai/", {**paid, "bukti": world.picture()})
    payout.refresh_from_db()
    assert (payout.state, payout.ended_by) == ("completed", other)
    assert theirs.get(f"{file}.csv").status_code == 404  # what is recorded cannot be transferred again


def test_yes_is_offered_only_to_whoever_may_say_it() -> None:
    stall = payees.earned(world.seller(), 20_000_000)
    account = payees.bank_account(stall)
    voucher, officer = world.finance(), world.finance()
    BankAccount.objects.filter(pk=account.pk).update(verified_by=voucher.pk, reason="akta")
    large = payees.payout(stall)
    own = desk_of(voucher.pk, "mfa").get(f"/keuangan/payout/{large.pk}/").content.decode()
    assert ("/setuju/" in own, "Menunggu petugas keuangan lain" in own) == (False, True)
    client, case = desk_of(officer.pk, "mfa"), f"/keuangan/payout/{large.pk}/"
    assert "/setuju/" in client.get(case).content.decode()
    client.post(f"{case}setuju/")
    shown = client.get(case).content.decode()
    assert ("/setuju/" in shown, "Anda sudah menyetujui: 1 dari 2" in shown) == (False, True)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_name_is_no_formula(name: str) -> None:
    payout = payees.approved(payees.payout(bank="111"))
    batch_payouts(world.finance().pk)
    BankAccount.objects.update(holder=seal(name))
    row = next(csv.DictReader(io.StringIO(bank_file.table(Payout.objects.select_related("account")))))
    assert row["nama"] == f"'{name}"
    assert payout.pk


def test_finance_decides_about_differing_names() -> None:
    account = payees.bank_account(world.seller(), holder="Orang Lain")
    client = desk_of(world.finance().pk, "mfa")
    page = client.get("/keuangan/payout/").content.decode()
    assert "Orang Lain" in page
    client.post(f"/keuangan/payout/rekening/{account.pk}/sahkan/", {"alasan": "istri pemilik"})
    account.refresh_from_db()
    assert (account.state, account.reason) == ("verified", "istri pemilik")
    assert verify_bank_account(account.pk, "Orang Lain").state == "verified"


def test_the_api_answers_the_same_key_with_the_same_payout() -> None:
    stall = payees.earned(world.seller())
    payees.bank_account(stall)
    token = tokens.issue(User.objects.get(pk=world.owner(stall)))[0]

    def call(method: str, path: str, body: Any = None, **headers: str) -> Any:
        known = {"Authorization": f"Bearer {token}", **headers}
        return Client().generic(method, f"/api/v1/seller/{path}", body or "", content_type="application/json", headers=known)

    balance = call("GET", "balance/").json()
    assert (balance["available"], balance["settlement_mode"], balance["pending"]) == (200_000, "gateway_escrow", 0)
    assert call("POST", "payouts/", "{}").status_code == 422
    first = call("POST", "payouts/", '{"amount": 50000}', **{"Idempotency-Key": "a"})
    again = call("POST", "payouts/", '{"amount": 50000}', **{"Idempotency-Key": "a"})
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert call("POST", "payouts/", '{"amount": 60000}', **{"Idempotency-Key": "a"}).status_code == 422
    assert call("POST", "payouts/", "{}", **{"Idempotency-Key": "b"}).json()["code"] == "payout_open"
    listed = call("GET", "payouts/").json()["results"]
    assert [(row["amount"], row["status"]) for row in listed] == [(50_000, "requested")]
