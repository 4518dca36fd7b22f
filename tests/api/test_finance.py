"""Finance's desks over the API: whole cases by two officers with real codes, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.refund import name_refund_account
from bebeli.orders.models import Entry, Payout, Refund, TransferProof
from tests import payees, returning, waiters, world
from tests.api.conftest import Api, problem
from tests.phones import Phones

pytestmark = pytest.mark.django_db
LATE = timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _limits(settings: Any) -> None:
    settings.DEBUG = False
    settings.REFUND_TWO_PEOPLE_FROM = 50_000


@pytest.fixture
def shown(phones: Phones) -> Callable[[User], Api]:
    """Return a caller who has just shown the second factor with the token."""

    def show(person: User) -> Api:
        phones.set_up(person)
        caller = Api(person)
        assert caller.post("auth/second-factor/", {"code": phones.code(person)}).status_code == 200
        return caller

    return show


Shown = Callable[[User], Api]


def much(by: User) -> Refund:
    """Much money that somebody decided to give back, with an account to give it to."""
    refund = returning.pieces(returning.order(method="bca_va"), officer=by)
    return name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")


def step(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return str(answer.json()["step"]["name"])


def test_a_refund_is_paid_by_hand_by_two_officers_and_owed_again_when_it_comes_back(shown: Shown) -> None:
    first, second = shown(world.finance()), shown(world.finance())
    refund = much(first.person)
    case = f"finance/refunds/{refund.pk}/"
    assert (step(first.get(case)), step(second.get(case))) == ("second", "approve")
    problem(first.post(f"{case}approve/"), 409, "own_decision")
    assert step(second.post(f"{case}turn-down/", {"reason": "kurang jelas"})) == "reconsider"
    assert step(first.post(f"{case}answer/", {"reason": "fotonya ada"})) == "second"
    assert step(second.post(f"{case}approve/")) == "other_pays"
    problem(second.post(f"{case}take/"), 409, "own_approval")
    assert step(first.post(f"{case}take/")) == "pay"
    body = first.form(f"{case}paid/", reference="FT-0001", proof=world.picture()).json()
    assert (body["status"], body["reference"], body["paid_by"]) == ("confirmed", "FT-0001", first.person.first_name)
    assert [(word["act"], word["text"]) for word in body["words"]] == [("no", "kurang jelas"), ("answer", "fotonya ada")]
    assert second.get(body["proof"].removeprefix("http://testserver")).headers["Content-Type"] == "image/webp"
    entries = Entry.objects.count()
    again = first.form(f"{case}paid/", reference="FT-0001", proof=world.picture())
    assert (step(again), Entry.objects.count()) == ("closed", entries)
    assert second.post(f"{case}bounced/", {"reason": "rekening tutup"}).json()["status"] == "failed"
    for caller, is_ours in ((first, False), (second, False), (shown(world.finance()), True)):
        [row] = caller.get("finance/waiting/?kind=persetujuan").json()["results"]
        assert (row["amount"], row["id"] != refund.pk, row["is_ours"]) == (refund.amount, True, is_ours)
    assert books.check() == []


def test_a_large_payout_goes_by_the_banks_file_by_two_officers(shown: Shown) -> None:
    first, second = shown(world.finance()), shown(world.finance())
    payout = payees.payout(payees.earned(world.seller(), 20_000_000), bank="111")
    case, file = f"finance/payouts/{payout.pk}/", "finance/bank-file/"
    assert (step(first.post(f"{case}approve/")), step(first.post(f"{case}approve/"))) == ("second", "second")
    problem(first.post(file), 409, "nothing")
    assert step(second.post(f"{case}approve/")) == "file"
    made = second.post(file)
    assert (made.status_code, made.json()["payouts"]) == (201, [payout.pk])
    [line] = second.get(file).json()["results"]
    assert (line["note"], line["bank_code"], line["name"], line["amount"]) == (payout.key, "111", "PEMILIK UJI", 20_000_000)
    assert (line["payout"], line["bank_file"]) == (payout.pk, made.json()["bank_file"])
    assert first.get(file).json()["results"] == []
    problem(second.post(file), 409, "nothing")
    problem(first.form(f"{case}complete/", reference="FT-0001", proof=world.picture()), 409, "taken")
    body = second.form(f"{case}complete/", reference="FT-0001", proof=world.picture()).json()
    assert (body["status"], body["reference"], len(body["approvals"])) == ("completed", "FT-0001", 2)
    assert body["account"]["number"] == f"12345{payout.seller_id:07d}"
    assert second.get(file).json()["results"] == []
    assert first.post(f"{case}bounced/", {"reason": "rekening tutup"}).json()["status"] == "bounced"
    assert books.check() == []


def test_payouts_are_refused_given_back_and_booked(shown: Shown) -> None:
    officer = shown(world.finance())
    waiting = payees.payout()
    body = officer.post(f"finance/payouts/{waiting.pk}/reject/", {"reason": "rekening salah"}).json()
    assert (body["status"], body["reason"]) == ("rejected", "rekening salah")
    lost = payees.approved(payees.payout(bank="111"))
    officer.post("finance/bank-file/")
    assert officer.post(f"finance/payouts/{lost.pk}/fail/", {"reason": "bank tutup"}).json()["status"] == "failed"
    found = officer.form(f"finance/payouts/{lost.pk}/find/", reference="FT-0002", proof=world.picture()).json()
    assert (found["arrived"]["found_by"], found["reference"], found["step"]["name"]) == (
        officer.person.first_name,
        "FT-0002",
        "own",
    )
    problem(officer.post(f"finance/payouts/{lost.pk}/owe/"), 409, "own_payout")
    assert officer.post(f"finance/payouts/{lost.pk}/lose/", {"reason": "salah baca"}).json()["arrived"] is None
    arrived = waiters.MAKERS["dobel"]()
    case = f"finance/payouts/{arrived.pk}/"
    assert step(officer.get(case)) == "take"
    problem(officer.post(f"{case}owe/"), 409, "not_taken")
    assert step(officer.post(f"{case}take/")) == "owe"
    booked = officer.post(f"{case}owe/").json()["arrived"]
    assert booked["retaken"] + booked["owed"] == arrived.amount
    assert booked["booked"]["by"] == officer.person.first_name
    assert books.check() == []


def test_a_transfer_is_found_another_is_refused_and_a_third_goes_back(shown: Shown) -> None:
    world.receiving()
    officer, other = shown(world.finance()), shown(world.finance())
    whole, none, part = (waiters.proof() for _number in range(3))
    case = f"finance/transfers/{whole.pk}/"
    body = officer.get(case).json()
    assert (body["step"]["name"], body["status"], body["amount"]) == ("take", "waiting", whole.attempt.gross)
    assert officer.get(f"{case}proof/").headers["Content-Type"] == "image/webp"
    assert (step(officer.post(f"{case}take/")), step(other.get(case))) == ("decide", "wait")
    problem(other.post(f"{case}confirm/", {"amount": whole.attempt.gross}), 409, "taken")
    paid = officer.post(f"{case}confirm/", {"amount": whole.attempt.gross}).json()
    assert (paid["status"], paid["purchase_status"], paid["decided"]["by"]) == (
        "accepted",
        "paid",
        officer.person.first_name,
    )
    refused = officer.post(f"finance/transfers/{none.pk}/refuse/", {"reason": "tidak ada di mutasi"}).json()
    assert (refused["status"], refused["reason"]) == ("refused", "tidak ada di mutasi")
    assert officer.post(f"finance/transfers/{part.pk}/confirm/", {"amount": 5_000}).json()["amount_seen"] == 5_000
    assert officer.post(f"finance/transfers/{part.pk}/return/").json()["status"] == "returned"
    assert books.check() == []


@pytest.mark.parametrize("kind", ["pengembalian", "pencairan", "transfer"])
def test_two_officers_cannot_take_the_same_case(kind: str, shown: Shown) -> None:
    first, second = shown(world.finance()), shown(world.finance())
    made = waiters.MAKERS[kind]()
    if kind == "pencairan":
        payees.approved(made)
        first.post("finance/bank-file/")
    desk = {"pengembalian": "refunds", "pencairan": "payouts", "transfer": "transfers"}[kind]
    case = f"finance/{desk}/{made.pk}/"
    assert first.post(f"{case}take/").status_code == 200
    problem(second.post(f"{case}take/"), 409, "taken")
    assert second.get(case).json()["holder"]["name"] == first.person.first_name
    assert second.post(f"{case}leave/").json()["holder"]["name"] == first.person.first_name
    assert first.post(f"{case}leave/").json()["holder"] is None
    assert second.post(f"{case}take/").json()["holder"]["name"] == second.person.first_name
    problem(first.post(f"{case}take/"), 409, "taken")


def reading(refund: Refund, payout: Payout, proof: TransferProof) -> list[str]:
    cases = (f"refunds/{refund.pk}/", f"payouts/{payout.pk}/", f"transfers/{proof.pk}/", f"transfers/{proof.pk}/proof/")
    return [f"finance/{path}" for path in ("waiting/", "waiting/counts/", *cases)]


def test_the_auditor_reads_every_case_and_acts_on_none(shown: Shown) -> None:
    auditor, officer = shown(world.auditor()), shown(world.finance())
    refund, payout, proof = much(world.finance()), payees.payout(), waiters.proof()
    for path in reading(refund, payout, proof):
        assert auditor.get(path).status_code == 200
    for path, number in ((f"refunds/{refund.pk}", "1234567890"), (f"payouts/{payout.pk}", f"12345{payout.seller_id:07d}")):
        read, whole = (caller.get(f"finance/{path}/").json() for caller in (auditor, officer))
        assert (whole["account"]["number"], read["account"]["number"]) == (number, f"…{number[-4:]}")
        assert (read["step"]["name"], read["step"]["words"]) == ("read", whole["step"]["words"])
    problem(auditor.post(f"finance/refunds/{refund.pk}/approve/"), 404, "not_found")
    problem(auditor.post(f"finance/payouts/{payout.pk}/reject/", {"reason": "x"}), 404, "not_found")
    problem(auditor.post(f"finance/transfers/{proof.pk}/take/"), 404, "not_found")
    problem(auditor.post("finance/bank-file/"), 404, "not_found")
    problem(auditor.get("finance/bank-file/"), 404, "not_found")
    rows = auditor.get("finance/waiting/").json()["results"]
    assert [row["is_ours"] for row in rows] == [False] * len(rows)
    for row in (refund, payout, proof):
        before = row.state
        row.refresh_from_db()
        assert row.state == before


def test_for_others_there_is_nothing_whatever_they_have_shown(shown: Shown, guest: Api) -> None:
    refund, payout, proof = much(world.finance()), payees.payout(), waiters.proof()
    buyer = proof.attempt.payment.purchase.buyer
    assert buyer is not None
    people = [shown(buyer), shown(User.objects.get(pk=world.owner(payout.seller)))]
    for path in reading(refund, payout, proof):
        for caller in people:
            problem(caller.get(path), 404, "not_found")
        problem(guest.get(path), 401, "not_authenticated")
    for caller in people:
        problem(caller.post(f"finance/payouts/{payout.pk}/approve/"), 404, "not_found")
    officer = shown(world.finance())
    problem(officer.get("finance/refunds/999999/"), 404, "not_found")
    problem(officer.post("finance/payouts/999999999999999999999999/approve/"), 404, "not_found")


def test_a_token_without_the_second_factor_neither_reads_nor_acts(shown: Shown) -> None:
    officer = shown(world.finance())
    bare, auditor = Api(officer.person), Api(world.auditor())
    refund, payout, proof = much(world.finance()), payees.payout(), waiters.proof()
    for path in reading(refund, payout, proof):
        for caller in (bare, auditor):
            problem(caller.get(path), 403, "second_factor_needed")
        assert officer.get(path).status_code == 200
    for path in (f"payouts/{payout.pk}/approve/", f"transfers/{proof.pk}/take/", "bank-file/"):
        problem(bare.post(f"finance/{path}"), 403, "second_factor_needed")
    payout.refresh_from_db()
    proof.refresh_from_db()
    assert (payout.approvals.count(), proof.looked_by) == (0, None)


def test_six_minutes_later_money_stays_where_it_is_and_cases_are_read(phones: Phones, shown: Shown) -> None:
    officer, payout = shown(world.finance()), payees.payout()
    case = f"finance/payouts/{payout.pk}/"
    with clock.moved(LATE):
        problem(officer.post(f"{case}approve/"), 403, "second_factor_needed")
        problem(officer.post("finance/bank-file/"), 403, "second_factor_needed")
        assert officer.get("finance/bank-file/").status_code == 200
        assert (step(officer.get(case)), payout.approvals.count()) == ("approve", 0)
        assert officer.post("auth/second-factor/", {"code": phones.code(officer.person)}).status_code == 200
        assert officer.post(f"{case}approve/").json()["status"] == "approved"
    with clock.moved(LATE + timedelta(hours=12)):
        problem(officer.get(case), 403, "second_factor_needed")


def test_the_demo_asks_for_no_second_factor(settings: Any) -> None:
    settings.DEBUG = True
    officer, payout = Api(world.finance()), payees.payout()
    assert officer.post(f"finance/payouts/{payout.pk}/approve/").json()["status"] == "approved"
    assert officer.get("finance/waiting/counts/").json()["total"] == 0


def test_what_was_sent_wrong_is_said_at_its_own_name(shown: Shown) -> None:
    officer = shown(world.finance())
    refund, proof = waiters.to_pay(), waiters.proof()
    paid = f"finance/refunds/{refund.pk}/paid/"
    said = officer.form(paid, reference="1", proof=world.picture())
    assert list(problem(said, 422, "reference_needed")["errors"]) == ["reference"]
    drawing = SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml")
    said = officer.form(paid, reference="FT-0001", proof=drawing)
    assert list(problem(said, 422, "bad_proof")["errors"]) == ["proof"]
    assert set(problem(officer.form(paid), 422, "invalid")["errors"]) == {"reference", "proof"}
    problem(officer.post(paid, {"reference": "FT-0001"}), 415, "unsupported_media_type")
    for amount in (0, 10**15, "x", None):
        said = officer.post(f"finance/transfers/{proof.pk}/confirm/", {"amount": amount})
        assert list(problem(said, 422, "invalid")["errors"]) == ["amount"]
    assert list(problem(officer.post(f"finance/transfers/{proof.pk}/refuse/", {"reason": " "}), 422, "invalid")["errors"]) == [
        "reason"
    ]
    refund.refresh_from_db()
    assert (refund.state, refund.proof) == ("approved", "")
