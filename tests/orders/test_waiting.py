"""Finance's one list: every kind that waits, the oldest first, each with one step, on pages that lose and repeat nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bebeli.accounts.models import User
from bebeli.kit import clock, page_cache, paging
from bebeli.orders.actions.answer_difference import claim_difference
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.take_payout import take_payout
from bebeli.orders.actions.take_refund import take_refund
from bebeli.orders.actions.take_suspicion import take_suspicion
from bebeli.orders.actions.take_transfer import take_transfer
from bebeli.orders.models import Difference, Payout, Refund
from bebeli.orders.waiting import listing
from bebeli.orders.waiting.kind import Case, Reader
from bebeli.orders.waiting.kinds import BY_CODE, KINDS
from tests import payees, waiters, world
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
LIST = "/keuangan/"


@pytest.fixture(autouse=True)
def _limit(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 50_000


def since(code: str, made: Any, at: datetime) -> None:
    """Say since when something waits."""
    if code == "ditahan":
        with connection.cursor() as cursor:  # an event is never changed but here
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE orders_orderevent DISABLE TRIGGER USER")
            cursor.execute("UPDATE orders_orderevent SET at = %s WHERE order_id = %s", [at, made.pk])
            cursor.execute("ALTER TABLE orders_orderevent ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return
    type(made).objects.filter(pk=made.pk).update(**{BY_CODE[code].since: at})


def reader(user: User | None = None, *, may_act: bool = True) -> Reader:
    return Reader((user or world.finance()).pk, may_act)


def case_of(code: str, user: User, *, may_act: bool = True) -> Case:
    [row] = listing.page(reader(user, may_act=may_act), "", code).rows
    return row.case


def made_of(*codes: str) -> list[tuple[str, Any]]:
    """One case of each, in turn."""
    return [(code, waiters.MAKERS[code]()) for code in codes]


def shown(cases: list[listing.Row]) -> list[tuple[str, int]]:
    return [(row.kind.code, row.case.pk) for row in cases]


def test_every_kind_is_tried_here_and_has_a_code_that_a_cursor_can_carry() -> None:
    assert set(waiters.MAKERS) == set(BY_CODE)
    assert len(BY_CODE) == len(KINDS)
    assert all(code.isascii() and code.isalpha() and code.islower() for code in BY_CODE)


def test_all_kinds_stand_in_one_list_the_oldest_first() -> None:
    made = {code: make() for code, make in waiters.MAKERS.items()}
    now = clock.now()
    for number, code in enumerate(reversed(waiters.MAKERS)):
        since(code, made[code], now - timedelta(days=30 - number))
    rows = listing.page(reader()).rows
    assert shown(rows) == [(code, made[code].pk) for code in reversed(waiters.MAKERS)]
    assert [row.case.since for row in rows] == sorted(row.case.since for row in rows)
    assert all(row.is_urgent for row in rows)
    assert {code: count for code, count in listing.counts().items() if count} == dict.fromkeys(waiters.MAKERS, 1)


def test_pages_meet_without_losing_or_repeating_a_row_and_lead_back(monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "SIZE", 3)
    made = [
        (code, waiters.MAKERS[code]())
        for code in ("transfer", "selisih", "ditahan", "selisih", "transfer", "selisih", "rekening")
    ]
    one_moment = clock.now() - timedelta(hours=3)
    for code, case in made:  # what waits since the same moment is told apart by kind and number
        since(code, case, one_moment)
    whole = sorted((code, case.pk) for code, case in made)
    first = listing.page(reader())
    second = listing.page(reader(), first.next)
    third = listing.page(reader(), second.next)
    assert (shown(first.rows), shown(second.rows), shown(third.rows)) == (whole[:3], whole[3:6], whole[6:])
    assert (first.previous, third.next) == ("", "")
    back = listing.page(reader(), third.previous)
    assert (shown(back.rows), back.next != "", back.previous != "") == (whole[3:6], True, True)
    start = listing.page(reader(), back.previous)
    assert (shown(start.rows), start.previous) == (whole[:3], "")


def test_a_cursor_holds_when_rows_before_it_are_done(monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    made = [waiters.difference() for _number in range(5)]
    for number, one in enumerate(made):
        since("selisih", one, clock.now() - timedelta(hours=10 - number))
    first = listing.page(reader())
    Difference.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(resolved_at=clock.now())
    assert [row.case.pk for row in listing.page(reader(), first.next).rows] == [made[2].pk, made[3].pk]


@pytest.mark.parametrize(
    "values",
    [
        ["n", "kapan", "transfer", 1],
        ["n", "2026-01-01T00:00:00", "transfer", 1],
        ["n", "0001-01-01T00:00:00+23:00", "transfer", 1],
        ["p", "9999-12-31T23:59:59-23:00", "transfer", 1],
        ["n", "2026-01-01T00:00:00+00:00", "apa pun", 10**30],
        ["n", 1, 2, "x"],
    ],
)
def test_a_forged_cursor_breaks_nothing(values: list[Any]) -> None:
    waiters.proof()
    forged = paging.encode(values[0], values[1:])
    assert desk_of(world.finance().pk).get(LIST, {"cursor": forged, "jenis": "bukan", "siapa": "x"}).status_code == 200


def test_each_case_has_one_step_and_who_took_it_is_named() -> None:
    officer, other = world.finance(), world.finance()
    refund, transfer, case, gap = waiters.to_pay(), waiters.proof(), waiters.doubt(), waiters.difference()
    payout = payees.approved(payees.payout(bank="111"))
    assert case_of("pencairan", officer).step.url == "/keuangan/payout/#berkas"
    batch_payouts(other.pk)
    for code, take, path in (
        ("pengembalian", lambda: take_refund(refund.pk, other.pk), f"pengembalian/{refund.pk}"),
        ("transfer", lambda: take_transfer(transfer.pk, other.pk), f"transfer/{transfer.pk}"),
        ("diperiksa", lambda: take_suspicion(case.pk, other.pk), f"diperiksa/{case.pk}"),
        ("selisih", lambda: claim_difference(gap.pk, other.pk), f"rekonsiliasi/{gap.pk}"),
        ("pencairan", lambda: take_payout(payout.pk, other.pk), f"payout/{payout.pk}"),
    ):
        if code != "pencairan":
            free = case_of(code, officer)
            assert (free.step.takes, free.step.is_ours, free.step.url) == (True, True, f"/keuangan/{path}/ambil/")
            assert free.holder == ""
        take()
        taken, own = case_of(code, officer), case_of(code, other)
        assert (taken.step.takes, taken.step.is_ours, taken.step.url) == (False, False, f"/keuangan/{path}/")
        assert other.first_name in taken.holder
        assert (own.step.takes, own.step.is_ours, own.step.url) == (False, True, f"/keuangan/{path}/")


def test_what_others_or_nobody_can_do_is_left_out_of_what_i_can_do() -> None:
    officer, other = world.finance(), world.finance()
    own = waiters.to_approve(officer)
    assert shown(listing.page(reader(officer), only_free=True).rows) == []
    assert shown(listing.page(reader(other), only_free=True).rows) == [("persetujuan", own.pk)]
    made = [
        (code, waiters.MAKERS[code]()) for code in ("pengembalian", "transfer", "diperiksa", "ditahan", "selisih", "rekening")
    ]
    automatic = Refund.objects.filter(pk=made[0][1].pk)
    every = {(code, case.pk) for code, case in made}
    assert set(shown(listing.page(reader(officer), only_free=True).rows)) == every
    take_transfer(made[1][1].pk, other.pk)
    take_suspicion(made[2][1].pk, other.pk)
    claim_difference(made[4][1].pk, other.pk)
    automatic.update(channel="provider")
    left = set(shown(listing.page(reader(officer), only_free=True).rows))
    assert left == {("ditahan", made[3][1].pk), ("rekening", made[5][1].pk)}


@pytest.mark.parametrize("code", list(waiters.MAKERS))
def test_what_i_can_do_is_what_the_row_says(code: str) -> None:
    """The filter asks the database and the row asks the case: both say the same to everybody."""
    made = waiters.MAKERS[code]()
    people = [world.finance(), made.requested_by] if code == "pencairan" else [world.finance()]
    if code in {"transfer", "diperiksa"}:
        people.append(made.attempt.payment.purchase.buyer)
    if code == "persetujuan":
        people.append(made.decided_by)
    if code == "rekening":
        people.append(made.named_by)
    if code == "setoran":
        people.append(made.proposed_by)
    for person in people:
        is_free = bool(listing.page(reader(person), "", code, only_free=True).rows)
        assert case_of(code, person).step.is_ours == is_free


def test_the_auditor_sees_the_same_list_and_presses_nothing() -> None:
    for make in waiters.MAKERS.values():
        make()
    finance, auditor = desk_of(world.finance().pk), desk_of(world.auditor().pk)
    officers, read = finance.get(LIST).content.decode(), auditor.get(LIST).content.decode()
    assert officers.count('<li class="panel') == read.count('<li class="panel') == len(waiters.MAKERS)
    main = read[read.index("<main") : read.index("</main>")]
    assert ('method="post"' in main, "siapa=saya" in main) == (False, False)
    assert 'method="post"' in officers[officers.index("<main") : officers.index("</main>")]
    for row in listing.page(Reader(world.auditor().pk, may_act=False)).rows:
        assert auditor.get(row.case.step.url.split("#")[0]).status_code == 200


def test_the_page_filters_by_kind_and_counts_on_the_tabs() -> None:
    for code in ("transfer", "selisih", "selisih"):
        waiters.MAKERS[code]()
    client = desk_of(world.finance().pk)
    page = client.get(LIST, {"jenis": "selisih"}).content.decode()
    assert (page.count('<li class="panel'), 'href="?jenis=transfer"' in page) == (2, True)
    assert 'aria-current="page" href="?jenis=selisih"' in page
    nav = client.get("/keuangan/buku/").content.decode()
    nav = nav[nav.index('class="tab-row') :]
    assert nav[: nav.index("</nav>")].count("menunggu</span>") == 3
    assert "Tidak ada yang menunggu di sini" in client.get(LIST, {"jenis": "ditahan"}).content.decode()


def test_more_than_a_hundred_are_not_counted(monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "COUNTED", 2)
    for _number in range(4):
        waiters.difference()
    assert listing.counts()["selisih"] == 2
    assert "1+" in desk_of(world.finance().pk).get(LIST).content.decode()


def queries(client: Client) -> int:
    page_cache.forget()
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(LIST).status_code == 200
    assert all(" FOR UPDATE" not in query["sql"] for query in caught)
    return len(caught)


def test_a_list_of_many_costs_what_one_of_each_kind_costs_and_loads_one_page() -> None:
    client = desk_of(world.finance().pk)
    for make in waiters.MAKERS.values():
        make()
    queries(client)
    few = queries(client)
    for _number in range(3):
        for make in waiters.MAKERS.values():
            make()
    assert queries(client) == few <= 8 + 3 * len(KINDS)
    page = client.get(LIST).content.decode()
    assert page.count('<li class="panel') == listing.SIZE
    assert "cursor=" in page


def test_payouts_that_the_provider_carries_wait_for_nobody_until_they_are_lost() -> None:
    payout = payees.approved(payees.payout())
    assert Payout.objects.open().count() == 1
    assert listing.page(reader(), "", "pencairan").rows == []
    Payout.objects.filter(pk=payout.pk).update(state="unknown", sent_at=clock.now() - timedelta(hours=25))
    [row] = listing.page(reader(), "", "pencairan").rows
    assert str(row.case.step.words) == "Perlu orang: tanyakan ke bank"


def test_a_difference_has_a_page_of_its_own_with_its_story() -> None:
    gap, client = waiters.difference(), desk_of(world.finance().pk)
    where = f"/keuangan/rekonsiliasi/{gap.pk}/"
    page = client.get(where).content.decode()
    assert (gap.attempt.code in page, f"{where}ambil/" in page) == (True, True)  # type: ignore[union-attr]  # it has one
    assert client.post(f"{where}ambil/").headers["Location"] == where
    assert f"{where}selesai/" in client.get(where).content.decode()
