"""Finance's list over the API is the list of its page: the same rows in the same order, for the same number of queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from bebeli.accounts.models import ApiToken, User
from bebeli.kit import clock
from bebeli.orders import urls
from bebeli.orders.actions.take_transfer import take_transfer
from bebeli.orders.api.finance_desks import DESKS
from bebeli.orders.waiting import listing
from bebeli.orders.waiting.kinds import KINDS
from tests import waiters, world
from tests.api.conftest import Api, problem
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
LIST = "finance/waiting/"
ON_PAGES = {  # the pages' words for the same verbs
    "refund": {
        "approve": "setuju",
        "turn-down": "tolak",
        "answer": "ajukan",
        "take": "ambil",
        "leave": "lepas",
        "paid": "selesai",
        "bounced": "pantul",
    },
    "payout": {
        "approve": "setuju",
        "reject": "tolak",
        "take": "ambil",
        "leave": "lepas",
        "complete": "selesai",
        "fail": "gagal",
        "bounced": "kembali",
        "find": "ternyata",
        "lose": "bukan",
        "owe": "bukukan",
    },
    "transfer": {"take": "ambil", "leave": "lepas", "confirm": "terima", "refuse": "tolak", "return": "kembalikan"},
}
MADE = {"refund": "pengembalian", "payout": "pencairan", "transfer": "transfer"}


@pytest.fixture(autouse=True)
def _limit(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 50_000


def reader(person: User, ago: timedelta = timedelta(0)) -> Api:
    """A caller whose token has shown the second factor some time ago."""
    caller = Api(person)
    ApiToken.objects.filter(user=person).update(second_factor_at=clock.now() - ago)
    return caller


def listed(caller: Api, query: str = "") -> list[dict[str, Any]]:
    """Return every row, page by page."""
    rows, address = [], f"/api/v1/{LIST}{query}"
    while address:
        body = caller.get(address).json()
        rows += body["results"]
        address = (body["next"] or "").removeprefix("http://testserver")
    return rows


def on_the_page(person: User, **query: str) -> list[listing.Row]:
    client, rows, cursor = desk_of(person.pk), [], ""
    while True:
        page = client.get("/keuangan/", {**query, "cursor": cursor}).context["page"]
        rows += page.rows
        if not (cursor := page.next):
            return rows


def expected(row: listing.Row) -> dict[str, Any]:
    """Return what the page knows of a row, by the API's names."""
    case = row.case
    return {
        "kind": row.kind.code,
        "id": case.pk,
        "since": case.since,
        "name": case.name,
        "about": str(case.about),
        "amount": case.amount,
        "step": str(case.step.words),
        "action": str(case.step.action),
        "is_ours": case.step.is_ours,
        "is_urgent": row.is_urgent,
        "holder": case.holder or None,
        "url": f"http://testserver{case.url}",
        "case": None,
    }


@pytest.mark.parametrize("who", ["finance", "auditor"])
@pytest.mark.parametrize("query", [{}, {"jenis": "transfer"}, {"siapa": "saya"}])
def test_it_is_the_list_of_the_page(who: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SIZE", 5)
    world.receiving()
    for make in (*waiters.MAKERS.values(), waiters.proof):
        make()
    take_transfer(waiters.proof().pk, world.finance().pk)
    person = world.finance() if who == "finance" else world.auditor()
    in_api = {"": "", "jenis": "?kind=transfer", "siapa": "?free=true"}["".join(query)]
    pages = on_the_page(person, **query)
    rows = [{**row, "since": datetime.fromisoformat(row["since"]), "case": None} for row in listed(reader(person), in_api)]
    assert rows == [expected(row) for row in pages]
    assert pages


def test_each_row_says_where_its_case_is_in_the_api_or_that_it_is_not() -> None:
    for make in waiters.MAKERS.values():
        make()
    caller = reader(world.finance())
    found = {}
    for row in listed(caller):
        if row["case"]:
            address = row["case"].removeprefix("http://testserver")
            assert caller.get(address).json()["url"].removeprefix("http://testserver") in row["url"]
            found[row["kind"]] = resolve(address).url_name
    assert found == {
        "persetujuan": "finance_refund",
        "pengembalian": "finance_refund",
        "pencairan": "finance_payout",
        "dobel": "finance_payout",
        "transfer": "finance_transfer",
    }


def test_pages_lead_there_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    made = [waiters.difference().pk for _number in range(5)]
    caller = reader(world.finance())
    first = caller.get(f"{LIST}?kind=selisih").json()
    second = caller.get(first["next"].removeprefix("http://testserver")).json()
    back = caller.get(second["previous"].removeprefix("http://testserver")).json()
    assert [[row["id"] for row in body["results"]] for body in (first, second, back)] == [made[:2], made[2:4], made[:2]]
    assert first["previous"] is None


@pytest.mark.parametrize("query", ["kind=apa", "free=mungkin", "kind=%00", f"cursor={'x' * 1001}"])
def test_a_wrong_question_is_said(query: str) -> None:
    problem(reader(world.finance()).get(f"{LIST}?{query}"), 422, "invalid")


def test_a_forged_cursor_gives_the_first_page() -> None:
    made = waiters.difference()
    rows = reader(world.finance()).get(f"{LIST}?cursor=WyJuIiwxLDIsMyJd").json()["results"]
    assert [row["id"] for row in rows] == [made.pk]


def test_counts_are_those_of_the_tabs() -> None:
    for make in (*waiters.MAKERS.values(), waiters.difference):
        make()
    said = reader(world.finance()).get(f"{LIST}counts/").json()
    assert said["kinds"] == listing.counts()
    assert said["total"] == len(waiters.MAKERS) + 1


def queries(caller: Api, path: str = LIST) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert caller.get(path).status_code == 200
    assert all(" FOR UPDATE" not in query["sql"] for query in caught)
    return len(caught)


def test_many_rows_cost_what_one_of_each_kind_costs() -> None:
    for make in waiters.MAKERS.values():
        make()
    caller = reader(world.finance())
    queries(caller)  # the first writes down that the token is used
    few = queries(caller)
    for _number in range(2):
        for make in waiters.MAKERS.values():
            make()
    assert queries(caller) == few <= 8 + 3 * len(KINDS)
    assert len(caller.get(LIST).json()["results"]) == listing.SIZE
    assert queries(caller, f"{LIST}counts/") <= 5


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)
def test_every_verb_of_the_page_is_here(desk: Any) -> None:
    page = {"refund": urls.REFUND_STEPS, "payout": urls.PAYOUT_STEPS, "transfer": urls.ANSWERS}[desk.name]
    assert {verb.name for verb in desk.verbs} == set(ON_PAGES[desk.name])
    assert sorted(ON_PAGES[desk.name].values()) == sorted(page.split("|"))


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)
def test_the_second_factor_is_asked_for_where_the_page_asks_for_it(desk: Any, settings: Any) -> None:
    settings.DEBUG = False
    person, made = world.finance(), waiters.MAKERS[MADE[desk.name]]()
    caller, browser = reader(person, timedelta(minutes=6)), desk_of(person.pk)
    page = {"refund": "pengembalian", "payout": "payout", "transfer": "transfer"}[desk.name]
    for verb, word in ON_PAGES[desk.name].items():
        asked = browser.post(f"/keuangan/{page}/{made.pk}/{word}/").headers.get("Location", "")
        answer = caller.post(f"finance/{desk.name}s/{made.pk}/{verb}/", {"reason": "x"})
        is_asked = answer.status_code == 403 and answer.json()["code"] == "second_factor_needed"
        assert (verb, is_asked) == (verb, asked.startswith("/akun/kode/lagi/"))
