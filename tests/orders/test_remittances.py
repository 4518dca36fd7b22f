"""Money of others: proposed by one, approved by another, booked by the first with a proof; matched with the bank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.notices.models import Notice
from bebeli.orders import books, ledger, posting, remitting
from bebeli.orders.actions.approve_remittance import approve_remittance
from bebeli.orders.actions.book_remittance import book_remittance
from bebeli.orders.actions.drop_remittance import drop_remittance
from bebeli.orders.actions.propose_remittance import propose_remittance
from bebeli.orders.models import Entry, Posting, Remittance, ReportLine
from tests import payees, world
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_reconciliation import loaded, stands

pytestmark = pytest.mark.django_db

PAGE = "/keuangan/setoran/"
MONTH = date(2026, 1, 1)


@pytest.fixture
def people() -> tuple[User, User]:
    """Two officers, and books with PPN, PPh 22 and a courier's price in them."""
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)
    payees.earned(world.seller(), 200_000)
    return world.finance(), world.finance()


def booked(people: tuple[User, User], kind: str, amount: int, set_off: int = 0, reference: str = "NTPN 12345") -> Remittance:
    one, other = people
    found = propose_remittance(kind, MONTH, amount, set_off, one.pk)
    approve_remittance(found.pk, other.pk)
    return book_remittance(found.pk, one.pk, reference, world.PROOF)


def test_a_tax_goes_to_the_state(people: tuple[User, User]) -> None:
    assert (remitting.owed("pph22"), stands("pph22_payable")) == (1_000, -1_000)
    found = booked(people, "pph22", 1_000)
    assert (stands("pph22_payable"), stands("bank")) == (0, -1_000)
    assert (found.state, found.month, found.reference) == ("booked", MONTH, "NTPN 12345")
    (month,) = remitting.months("pph22")
    assert (month.arose, month.remitted) == (1_000, 1_000)
    assert book_remittance(found.pk, people[0].pk, "NTPN 12345", world.PROOF).pk == found.pk
    assert Entry.objects.filter(kind="remitted").count() == 1
    assert books.check() == []


def test_input_ppn_is_set_off(people: tuple[User, User]) -> None:
    assert remitting.owed("ppn") == 1_100
    with pytest.raises(InvalidInput, match="too_much"):
        propose_remittance("ppn", MONTH, 0, 1, people[0].pk)
    with transaction.atomic():
        ledger.post(Locks(), "gateway_fee", "x:fee", posting.gateway_fee(4_440, 440))
    booked(people, "ppn", 660, 440)
    assert (stands("ppn_output"), stands("ppn_input"), stands("bank")) == (0, 0, -660)


def test_the_regency_pays_for_its_promos(people: tuple[User, User]) -> None:
    with transaction.atomic():
        lines = [posting.Line("promo_regency", 5_000), posting.Line("bank", -5_000)]
        ledger.post(Locks(), "settled", "x:promo", lines)
    booked(people, "regency", 5_000)
    assert (stands("promo_regency"), stands("bank")) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "amount", "set_off", "month", "field"),
    [
        ("pph22", 1_001, 0, MONTH, "jumlah"),
        ("pph22", 0, 0, MONTH, "jumlah"),
        ("pph22", -5, 0, MONTH, "jumlah"),
        ("pph22", 500, 100, MONTH, "kredit"),
        ("couriers", 1, 0, MONTH, "jumlah"),
        ("gaji", 1, 0, MONTH, "jenis"),
        ("pph22", 1_000, 0, date(2999, 1, 1), "bulan"),
    ],
)
def test_what_does_not_stand_there_is_not_remitted(
    people: tuple[User, User], kind: str, amount: int, set_off: int, month: date, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose_remittance(kind, month, amount, set_off, people[0].pk)
    assert refusal.value.field == field


def test_one_proposes_another_approves_the_first_books(people: tuple[User, User]) -> None:
    one, other = people
    found = propose_remittance("pph22", MONTH, 1_000, 0, one.pk)
    assert [row.user for row in Notice.objects.filter(kind="orders.remittance_to_approve", channel="email")] == [other]
    refusals: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: propose_remittance("pph22", MONTH, 1, 0, other.pk), "remittance_open"),
        (lambda: approve_remittance(found.pk, one.pk), "own_decision"),
        (lambda: book_remittance(found.pk, one.pk, "NTPN 1", world.PROOF), "remittance_moved"),
    )
    for refused, code in refusals:
        with pytest.raises(Refused, match=code):
            refused()
    approve_remittance(found.pk, other.pk)
    assert approve_remittance(found.pk, other.pk).state == "approved"
    with pytest.raises(Refused, match="anothers"):
        book_remittance(found.pk, other.pk, "NTPN 1", world.PROOF)
    with pytest.raises(InvalidInput, match="reference_needed"):
        book_remittance(found.pk, one.pk, "x", world.PROOF)
    book_remittance(found.pk, one.pk, "NTPN 1", world.PROOF)
    with pytest.raises(Refused, match="remittance_moved"):
        drop_remittance(found.pk, one.pk, "salah")


def test_the_row_itself_wants_two_people(people: tuple[User, User]) -> None:
    found = propose_remittance("pph22", MONTH, 1_000, 0, people[0].pk)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Remittance.objects.filter(pk=found.pk).update(state="approved", approved_by=people[0], approved_at=clock.now())


def test_dropped_with_a_reason_it_makes_room(people: tuple[User, User]) -> None:
    found = propose_remittance("pph22", MONTH, 900, 0, people[0].pk)
    with pytest.raises(InvalidInput, match="reason_needed"):
        drop_remittance(found.pk, people[1].pk, "  ")
    drop_remittance(found.pk, people[1].pk, "bulannya salah")
    booked(people, "pph22", 1_000)


def test_the_bank_is_matched_with_it(people: tuple[User, User]) -> None:
    other, found = booked(people, "pph22", 400, reference="NTPN 77777"), booked(people, "pph22", 400)
    day = clock.today()
    text = f"date,description,amount\n{day},SETOR NTPN 12345,-400\n{day},SETOR,-400\n{day},SETOR,-400\n{day},MASUK,400\n"
    loaded(people[0], text, "bank")
    lines = list(ReportLine.objects.order_by("pk"))
    assert [line.remittance for line in lines] == [found, other, None, None]
    assert books.check() == []


CORRUPTIONS = {
    "I71": (
        "UPDATE orders_remittance SET amount = amount + 1",
        "UPDATE orders_remittance SET state = 'dropped'",
        "UPDATE orders_remittance SET kind = 'couriers'",
        "UPDATE orders_entry SET idem_key = 'remit:0' WHERE kind = 'remitted'",
    ),
    "I47": ("UPDATE orders_remittance SET amount = amount + 1", "UPDATE orders_reportline SET remittance_id = NULL"),
}


@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, lies in CORRUPTIONS.items() for text in lies])
def test_a_corruption_is_named(people: tuple[User, User], code: str, statement: str) -> None:
    booked(people, "pph22", 400)
    loaded(people[0], f"date,description,amount\n{clock.today()},SETOR,-400\n", "bank")
    assert books.check() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE orders_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
    assert code in {violation.code for violation in books.check()}


def test_on_the_page_from_proposal_to_proof(people: tuple[User, User]) -> None:
    one, other = (desk_of(person.pk, "mfa") for person in people)
    said = {"jenis": "pph22", "bulan": "2026-01", "jumlah": "Rp1.000"}
    wrong = one.post(f"{PAGE}usul/", {**said, "jumlah": "banyak"})
    assert (wrong.status_code, "Tulis jumlahnya" in wrong.content.decode()) == (422, True)
    assert one.post(f"{PAGE}usul/", said).status_code == 302
    found = Remittance.objects.get()
    assert "Menunggu petugas keuangan lain" in one.get(PAGE).content.decode()
    assert "Setujui Rp1.000" in other.get(PAGE).content.decode()
    stale = desk_of(people[1].pk, "password")
    assert stale.post(f"{PAGE}{found.pk}/setuju/").headers["Location"].startswith("/akun/kode/lagi/")
    other.post(f"{PAGE}{found.pk}/setuju/")
    assert "Jangan transfer dua kali" in other.get(PAGE).content.decode()
    missing = one.post(f"{PAGE}{found.pk}/bukukan/", {"referensi": "NTPN 12345"})
    assert (missing.status_code, "Pilih berkas bukti" in missing.content.decode()) == (422, True)
    one.post(f"{PAGE}{found.pk}/bukukan/", {"referensi": "NTPN 12345", "bukti": world.picture()})
    found.refresh_from_db()
    assert found.state == "booked"
    auditor = desk_of(world.auditor().pk)
    assert "NTPN 12345" in auditor.get(PAGE).content.decode()
    assert auditor.get(f"{PAGE}{found.pk}/bukti/").headers["Content-Type"] == "image/webp"
    assert auditor.post(f"{PAGE}usul/", said).status_code == 404


def test_the_page_asks_as_much_for_many_as_for_few(people: tuple[User, User], django_assert_max_num_queries: Any) -> None:
    one = desk_of(people[0].pk, "mfa")
    booked(people, "pph22", 10)
    one.get(PAGE)
    for _turn in range(5):
        booked(people, "pph22", 10)
    with django_assert_max_num_queries(24):
        assert one.get(PAGE).status_code == 200
    assert Posting.objects.filter(entry__kind="remitted").count() == 12
