"""Reports meet the books: read in any dialect, matched once, fees and settlements posted, differences laid before people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import books, reports
from bebeli.orders.actions.answer_difference import claim_difference, release_difference, resolve_difference
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.complete_payout import complete_payout
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.fail_payout import bounce_payout
from bebeli.orders.actions.load_report import load_report
from bebeli.orders.actions.match_line import match_line, miss_attempt, raise_difference
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.reject import reject
from bebeli.orders.flows import matching
from bebeli.orders.models import Difference, Entry, MoneyReport, PaymentAttempt, Posting, ReportLine
from bebeli.orders.proofs import KeptProof
from tests import payees, world
from tests.orders.corruptions import OF_REPORTS

pytestmark = pytest.mark.django_db
HEAD = "transaction_id,order_id,gross,fee,settlement date\n"
PAGE = "/keuangan/rekonsiliasi/"


def paid(price: int = 100_000) -> PaymentAttempt:
    return world.attempt_of(world.paid(world.user(), (world.variant(price=price), 1)))


def row(attempt: PaymentAttempt, *, gross: int | None = None, fee: int = 4_440) -> str:
    said = attempt.gross if gross is None else gross
    return f"{attempt.transaction_id},{attempt.code},{said}.00,{fee},{clock.today().isoformat()}\n"


def loaded(boss: User, text: str, kind: str = "gateway") -> MoneyReport:
    report = load_report(kind, "laporan.csv", text.encode(), boss.pk)
    matching.match_report(report.pk)
    return report


def stands(kind: str) -> int:
    return sum(Posting.objects.filter(account__kind=kind).values_list("amount", flat=True))


def test_a_report_posts_fee_and_settlement_once() -> None:
    world.rates_today(vat=1100)
    boss, attempt = world.finance(), paid()
    report = loaded(boss, HEAD + row(attempt))
    line = ReportLine.objects.get()
    assert (line.is_matched, line.attempt, report.repeated) == (True, attempt, 0)
    assert (stands("gateway"), stands("bank"), stands("gateway_fee"), stands("ppn_input")) == (
        0,
        attempt.gross - 4_440,
        4_000,
        440,
    )
    other = loaded(boss, HEAD + row(attempt) + row(paid()))
    assert other.repeated == 1
    assert Entry.objects.filter(attempt=attempt, kind__in=["gateway_fee", "gateway_settled"]).count() == 2
    matching.match_report(report.pk)
    matching.sweep()
    assert ReportLine.objects.filter(is_matched=True).count() == 2
    assert books.check() == []
    with pytest.raises(InvalidInput) as refusal:
        load_report("gateway", "lagi.csv", (HEAD + row(attempt)).encode(), boss.pk)
    assert refusal.value.code == "report_known"


def test_what_does_not_agree_is_a_difference() -> None:
    boss, attempt, unpaid = world.finance(), paid(), world.attempt_of(world.charged_nowhere())
    text = HEAD + row(attempt, gross=attempt.gross + 1) + f"x,BB-TIDAKADA-p1,5000,0,{clock.today()}\n" + row(unpaid)
    loaded(boss, text)
    assert sorted(Difference.objects.values_list("kind", flat=True)) == ["amount", "amount", "unknown"]
    found = Difference.objects.get(attempt=attempt)
    assert (found.in_report, found.in_books) == (attempt.gross + 1, attempt.gross)
    assert Difference.objects.get(attempt=unpaid).in_books == 0
    assert not Entry.objects.filter(kind__startswith="gateway").exists()
    assert books.check() == []


def test_the_same_payment_under_another_amount_is_told() -> None:
    boss, attempt = world.finance(), paid()
    loaded(boss, HEAD + row(attempt))
    loaded(boss, HEAD + row(attempt, fee=5_000))
    assert Difference.objects.get().kind == "twice"
    loaded(boss, HEAD + row(attempt).replace(clock.today().isoformat(), "2020-01-01"))
    assert Difference.objects.filter(kind="twice").count() == 2
    assert books.check() == []


def test_a_payment_the_report_forgot_is_missed_until_it_comes() -> None:
    boss, attempt = world.finance(), paid()
    early = loaded(boss, HEAD + row(paid()))
    assert not Difference.objects.exists()
    with clock.moved(timedelta(days=5)):
        loaded(boss, HEAD + row(paid()))
        missed = Difference.objects.get()
        assert (missed.kind, missed.attempt, missed.days) == ("missing", attempt, 0)
        assert miss_attempt(attempt.pk) == missed
        loaded(boss, HEAD + row(attempt))
    missed.refresh_from_db()
    assert missed.resolved_at is not None
    assert "cocok dengan baris 2" in missed.note
    assert early.rows == 1


def test_a_refund_line_takes_what_was_given_back() -> None:
    boss = world.finance()
    purchase = world.paid(world.user(), (world.variant(price=50_000), 1), method="qris")
    order, attempt = world.orders_of(purchase)[0], world.attempt_of(purchase)
    reject(order.pk, world.owner(order.seller), "habis")
    world.refund_confirmed(order)
    loaded(boss, HEAD + row(attempt, fee=0) + row(attempt, gross=-attempt.gross, fee=0))
    assert ReportLine.objects.filter(is_matched=True).count() == 2
    assert (stands("gateway"), stands("bank")) == (0, 0)
    assert books.check() == []


def test_a_reversal_line_takes_back_what_was_reversed() -> None:
    boss = world.finance()
    attempt = paid()
    world.reversed_by_provider(attempt)
    loaded(boss, HEAD + row(attempt, fee=0) + row(attempt, gross=-attempt.gross, fee=0))
    assert (stands("gateway"), stands("bank")) == (0, 0)
    assert Difference.objects.count() == 0


def test_the_bank_is_matched_with_batches_transfers_and_refunds() -> None:
    boss, one, two = world.finance(), paid(), paid(70_000)
    loaded(boss, HEAD + row(one) + row(two))
    proof = world.transferred(world.user(), (world.variant(price=33_000), 1))
    confirm_transfer(proof.pk, boss.pk, proof.attempt.gross)
    order = world.orders_of(proof.attempt.payment.purchase)[0]
    reject(order.pk, world.owner(order.seller), "habis")
    refund = order.refunds.get()
    name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")
    refund_paid_by_hand(refund.pk, boss.pk, "REF-777", world.PROOF)
    today, net = clock.today().strftime("%d/%m/%Y"), one.gross + two.gross - 8_880
    text = "Tanggal;Keterangan;Debet;Kredit\n" + "".join(
        f"{today};{words};{debit};{credit}\n"
        for words, debit, credit in (
            ("SETORAN MIDTRANS", "0", f"{net},00"), (f"TRF {proof.attempt.code}", "", proof.attempt.gross),
            ("KIRIM REF-777", refund.amount, ""), ("BIAYA ADMIN", "6500", ""),
        )
    )  # fmt: skip
    loaded(boss, text, "bank")
    lines = {line.words.split()[0]: line for line in ReportLine.objects.filter(kind="bank")}
    assert lines["SETORAN"].batch_day == clock.today()
    assert lines["TRF"].attempt == proof.attempt
    assert lines["KIRIM"].refund == refund
    assert not lines["BIAYA"].is_matched
    assert Difference.objects.get().line == lines["BIAYA"]
    assert books.check() == []


def test_the_bank_is_matched_with_payouts_and_with_those_that_came_back() -> None:
    boss = world.finance()
    gone, named = (payees.approved(payees.payout(bank="111")) for _ in range(2))
    batch_payouts(boss.pk)
    for payout in (gone, named):
        complete_payout(payout.pk, boss.pk, f"REF-{payout.pk:05d}", KeptProof("bukti.png", 1, "0" * 64))
    bounce_payout(named.pk, boss.pk, "rekening ditutup")
    day, amount = clock.today(), gone.amount
    rows = (f"TRF {named.key}", -amount), ("TRANSFER KELUAR", -amount), ("TRANSFER KELUAR LAGI", -amount), ("RETUR", amount)
    text = "".join(f"{day},{words},{change}\n" for words, change in rows)
    loaded(boss, f"date,description,amount\n{text}", "bank")
    said = {line.words: line for line in ReportLine.objects.filter(kind="bank")}
    assert said[f"TRF {named.key}"].payout == named
    assert said["TRANSFER KELUAR"].payout == gone
    assert not said["TRANSFER KELUAR LAGI"].is_matched
    assert said["RETUR"].payout == named
    assert books.check() == []
    ReportLine.objects.filter(words="RETUR").update(payout=gone)
    assert "I47" in {violation.code for violation in books.check()}


def test_a_line_is_tried_again_when_its_money_came_late() -> None:
    boss = world.finance()
    purchase = world.charged_nowhere()
    attempt = world.attempt_of(purchase)
    loaded(boss, HEAD + f",{attempt.code},{attempt.gross},0,{clock.today()}\n")
    found = Difference.objects.get()
    assert found.line is not None
    assert not matching.again(found.line.pk)
    world.settle_now(attempt)
    assert matching.again(found.line.pk)
    assert matching.again(found.line.pk)
    found.refresh_from_db()
    assert found.resolved_at is not None
    assert raise_difference(found.line.pk, "unknown", None, None) is None  # it is matched
    assert match_line is not None


def test_a_difference_is_taken_by_one_and_resolved_with_a_note() -> None:
    a, b = world.finance(), world.finance()
    found = miss_attempt(paid().pk)
    claim_difference(found.pk, a.pk)
    claim_difference(found.pk, a.pk)
    for refused in (claim_difference, release_difference):
        with pytest.raises(Refused):
            refused(found.pk, b.pk)
    with pytest.raises(Refused):
        resolve_difference(found.pk, b.pk, "sudah dicek")
    release_difference(found.pk, a.pk)
    claim_difference(found.pk, b.pk)
    with pytest.raises(InvalidInput):
        resolve_difference(found.pk, b.pk, "ok")
    done = resolve_difference(found.pk, b.pk, "penyedia setor besok")
    assert (done.resolved_by, done.note) == (b, "penyedia setor besok")
    with pytest.raises(Refused):
        claim_difference(found.pk, a.pk)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("287.000", 287_000), ("287000.00", 287_000), ("Rp287.000,00", 287_000), ("287,000", 287_000), ("-5", -5), ("0", 0)],
)
def test_an_amount_in_any_dialect(text: str, amount: int) -> None:
    assert reports.amount_of(text) == amount


@pytest.mark.parametrize("text", ["", "lima", "1.2.3", "12,5", "1e5", "9" * 30, "--5", "²"])
def test_an_amount_nobody_can_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        reports.amount_of(text)


def test_days_in_any_dialect() -> None:
    said = ("2026-11-24", "24/11/2026", "24-11-2026", "2026-11-24 10:00:00", "2026-11-24T10:00:00+07:00")
    assert {reports.day_of(text) for text in said} == {date(2026, 11, 24)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "Kolom ini tidak ditemukan"),
        (HEAD, "Tidak ada baris"),
        ("", "Kolom ini tidak ditemukan"),
        (HEAD + "t,o,lima,0,2026-01-01\n", "Baris 2: jumlah “lima” tidak terbaca."),
        (HEAD + "t,o,5,0,kapan\n", "Baris 2: tanggal “kapan” tidak terbaca."),
        (HEAD + "t,o,5,0,01/01/0001\n", "Baris 2: tanggal “01/01/0001” tidak terbaca."),
        (HEAD + "\nt,o,5,-1,2026-01-01\n", "Baris 3: biaya tidak boleh minus."),
        (HEAD + ",,5,0,2026-01-01\n", "Baris 2: nomor transaksi dan nomor pesanan kosong."),
    ],
)
def test_each_bad_line_is_named(text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        load_report("gateway", "x.csv", text.encode(), world.finance().pk)
    assert (refusal.value.field, words in str(refusal.value.message)) == ("berkas", True)
    assert not MoneyReport.objects.exists()


def test_finance_uploads_and_answers_on_the_page(client: Client) -> None:
    boss, attempt = world.finance(), paid()
    client.force_login(boss)

    def send(text: bytes) -> int:
        return client.post(f"{PAGE}unggah/", {"laporan": "gateway", "berkas": SimpleUploadedFile("l.csv", text)}).status_code

    assert client.post(f"{PAGE}unggah/", {"laporan": "gateway"}).status_code == 422
    assert send(b"\xff\x00") == 422
    assert send((HEAD + row(attempt, gross=5)).encode()) == 302
    matching.sweep()
    found = Difference.objects.get()
    assert attempt.code in client.get(PAGE).content.decode()
    for verb in ("ambil", "cocokkan", "lepas", "ambil"):
        assert client.post(f"{PAGE}{found.pk}/{verb}/").status_code == 302
    client.post(f"{PAGE}{found.pk}/selesai/", {"catatan": "salah ketik di laporan"})
    assert "salah ketik" in client.get(f"{PAGE}?lihat=selesai").content.decode()
    client.force_login(world.auditor())
    page = client.get(PAGE).content.decode()
    assert "Unggah laporan" not in page
    assert client.post(f"{PAGE}{found.pk}/ambil/").status_code == 404


@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, texts in OF_REPORTS.items() for text in texts])
def test_a_corruption_is_named(code: str, statement: str) -> None:
    boss, attempt = world.finance(), paid()
    loaded(boss, HEAD + row(attempt) + row(paid(), gross=7))
    loaded(boss, f"date,description,amount\n{clock.today()},SETORAN,{attempt.gross - 4_440}\n", "bank")
    assert books.check() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
    assert code in {violation.code for violation in books.check()}
