"""Rates begin in the future, never change, and are carried by the order they were sold at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bebeli.catalog.models import Category
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import books, rates, totals
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.record_tax_letter import LetterWish, end_tax_letter, record_tax_letter
from bebeli.orders.actions.schedule_rate import RateWish, schedule_rate, withdraw_rate
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Document, Order, OrderLine, Rate, TaxLetter
from bebeli.orders.totals import Rates
from bebeli.orders.views.rates import value_of
from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/keuangan/tarif/"
LATE = datetime(2099, 1, 1, tzinfo=UTC)


def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def test_the_most_specific_commission_holds() -> None:
    book = Rates(100, special={(7, "food/chips/"): 1, (7, ""): 2, (None, "food/chips/"): 3, (None, "food/"): 4, (7, "craft/"): 5})
    asked = {(7, "food/chips/"): 1, (7, "food/"): 2, (8, "food/chips/"): 3, (8, "food/chips/cassava/"): 3, (8, "food/x/"): 4}
    asked |= {(7, "craft/bags/"): 5, (8, "craft/"): 100, (8, "foody/"): 100, (8, ""): 100}
    assert {key: book.commission_of(*key) for key in asked} == asked


lines = st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10_000)), min_size=1, max_size=6)


@given(lines=lines, off=st.integers(0, 100))
def test_a_commission_of_many_rates_is_rounded_once(lines: list[tuple[int, int]], off: int) -> None:
    amounts, points = [amount for amount, _bp in lines], [bp for _amount, bp in lines]
    discount = sum(amounts) * off // 100
    base = sum(amounts) - discount
    found = totals.commission_on(amounts, points, discount)
    assert base * min(points) // 10_000 <= found <= -(-base * max(points) // 10_000)
    if len(set(points)) == 1:
        assert found == (base * points[0] * 2 + 10_000) // 20_000


def test_a_scheduled_rate_waits_for_its_day() -> None:
    boss = world.finance()
    made = schedule_rate(RateWish("commission", 500, tomorrow()), boss.pk)
    assert (made.scheduled_by, made.withdrawn_at) == (boss, None)
    assert rates.on(clock.today()).commission_bp == 0
    assert rates.on(tomorrow()).commission_bp == 500


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (RateWish("commission", 500, date(2020, 1, 1)), "mulai"),
        (RateWish("bribe", 500, date(2099, 1, 1)), "jenis"),
        (RateWish("commission", 10_001, date(2099, 1, 1)), "nilai"),
        (RateWish("commission", -1, date(2099, 1, 1)), "nilai"),
        (RateWish("pmk37", 2, date(2099, 1, 1)), "nilai"),
        (RateWish("service_fee", 1_000_001, date(2099, 1, 1)), "nilai"),
        (RateWish("commission", 1, date(2099, 1, 1), seller="tidak-ada"), "penjual"),
        (RateWish("commission", 1, date(2099, 1, 1), category="tidak-ada"), "kategori"),
        (RateWish("vat", 1100, date(2099, 1, 1), seller="x"), "penjual"),
        (RateWish("vat", 1100, date(2099, 1, 1), category="x"), "kategori"),
    ],
)
def test_a_wrong_wish_is_told_at_its_field(wish: RateWish, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        schedule_rate(wish, world.finance().pk)
    assert refusal.value.field == field
    assert not Rate.objects.exists()


def test_today_is_too_late_and_a_day_is_taken_once() -> None:
    boss = world.finance()
    with pytest.raises(InvalidInput):
        schedule_rate(RateWish("vat", 1100, clock.today()), boss.pk)
    first = schedule_rate(RateWish("vat", 1100, tomorrow()), boss.pk)
    with pytest.raises(InvalidInput) as refusal:
        schedule_rate(RateWish("vat", 1200, tomorrow()), boss.pk)
    assert refusal.value.code == "rate_taken"
    withdraw_rate(first.pk, boss.pk)
    assert schedule_rate(RateWish("vat", 1200, tomorrow()), boss.pk).value == 1200


def test_a_rate_is_withdrawn_only_before_it_begins() -> None:
    boss = world.finance()
    made = schedule_rate(RateWish("commission", 500, tomorrow()), boss.pk)
    with clock.moved(timedelta(days=1)), pytest.raises(Refused) as refusal:
        withdraw_rate(made.pk, boss.pk)
    assert refusal.value.code == "rate_begun"
    gone = withdraw_rate(made.pk, boss.pk)
    assert gone.withdrawn_by == boss
    assert withdraw_rate(made.pk, world.finance().pk).withdrawn_by == boss
    assert rates.on(tomorrow()).commission_bp == 0


@pytest.mark.parametrize(
    "change",
    [{"value": 1}, {"kind": "vat"}, {"valid_from": date(2099, 1, 1)}, {"scheduled_at": None}, {"withdrawn_at": LATE}],
)
def test_the_database_lets_no_rate_change(change: dict[str, object]) -> None:
    world.rate_ahead(world.finance())
    with pytest.raises(DatabaseError), transaction.atomic():
        Rate.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rate.objects.all().delete()


def test_lines_carry_the_commission_of_their_shelf() -> None:
    stall, boss = world.seller(), world.finance()
    chips, bags = world.variant(stall, price=10_000), world.variant(stall, price=30_001)
    shelf = Category.objects.create(slug="tas", name_id="Tas", name_en="Bags", path="tas/", position=2)
    bags.product.category = shelf
    bags.product.save()
    world.rates_today(commission=500, vat=1100)
    schedule_rate(RateWish("commission", 250, tomorrow(), category="tas"), boss.pk)
    before = world.orders_of(world.paid(world.user(), (chips, 1), (bags, 1)))[0]
    with clock.moved(timedelta(days=1)):
        order = world.orders_of(world.paid(world.user(), (chips, 1), (bags, 1)))[0]
        schedule_rate(RateWish("commission", 0, tomorrow(), seller=stall.slug), boss.pk)
    with clock.moved(timedelta(days=2)):
        free = world.orders_of(world.paid(world.user(), (chips, 1), (bags, 1)))[0]
    assert (before.commission, before.commission_bp) == (2_000, 500)
    bps = dict(OrderLine.objects.filter(order=order).values_list("sku", "commission_bp"))
    assert bps == {chips.sku: 500, bags.sku: 250}
    assert (order.commission, order.commission_vat, order.commission_bp) == (1_250, 138, 312)
    assert (free.commission, free.commission_bp) == (0, 0)


def sold(price: int = 200_000, letters: str = "") -> Order:
    stall = world.seller()
    if letters:
        first, last = date(clock.today().year, 1, 1), date(clock.today().year, 12, 31)
        record_tax_letter(LetterWish(stall.slug, letters, "S-1", first, last), world.finance().pk)
    return world.orders_of(world.paid(world.user(), (world.variant(stall, price=price), 1)))[0]


def test_income_tax_waits_for_its_switch_and_spares_who_has_a_letter() -> None:
    world.rates_today(income_tax=50)
    assert sold().income_tax == 0
    world.rates_today(pmk37=1)
    assert (sold().income_tax, sold(letters="statement").income_tax, sold(letters="exemption").income_tax) == (1_000, 0, 0)
    with clock.moved(timedelta(days=400)):
        assert rates.on(clock.today()).exempt == frozenset()


def test_an_agency_is_taxed_by_its_own_switch_and_a_statement_does_not_help() -> None:
    stall, boss = world.seller(), world.finance()
    world.letter(stall, boss)
    world.rates_today(income_tax=50, pmk37=1, agency_tax=150)
    assert rates.on(clock.today(), "agency").income_tax_bp == 0
    world.rates_today(pmk58=1)
    agency = rates.on(clock.today(), "agency")
    assert (agency.income_tax_bp, agency.exempt) == (150, frozenset())
    assert rates.on(clock.today()).exempt == {stall.pk}


def test_a_letter_is_checked_and_ends() -> None:
    stall, boss = world.seller(), world.finance()
    first, last = date(clock.today().year, 1, 1), date(clock.today().year, 12, 31)
    wrong = {
        LetterWish("tidak-ada", "statement", "1", first, last): "toko",
        LetterWish(stall.slug, "love", "1", first, last): "surat",
        LetterWish(stall.slug, "statement", " ", first, last): "nomor",
        LetterWish(stall.slug, "statement", "1", last, first): "sampai",
        LetterWish(stall.slug, "statement", "1", first, last + timedelta(days=1)): "sampai",
    }
    for wish, field in wrong.items():
        with pytest.raises(InvalidInput) as refusal:
            record_tax_letter(wish, boss.pk)
        assert refusal.value.field == field
    made = record_tax_letter(LetterWish(stall.slug, "statement", "1", first, last), boss.pk)
    with pytest.raises(InvalidInput):
        record_tax_letter(LetterWish(stall.slug, "statement", "1", first, last), boss.pk)
    end_tax_letter(made.pk, boss.pk)
    assert TaxLetter.objects.on(clock.today()).exists()
    assert not TaxLetter.objects.on(tomorrow()).exists()
    with clock.moved(timedelta(days=2)), pytest.raises(Refused):
        end_tax_letter(made.pk, boss.pk)


def test_percent_is_read_as_people_write_it() -> None:
    said = {"5": 500, "2,5": 250, "0.25": 25, "11 %": 1100, "0,255": -1, "lima": -1, "": -1, "NaN": -1, "-1": -100, "1e30": -1}
    assert {text: value_of("commission", text) for text in said} == said
    assert [value_of("service_fee", text) for text in ("2.000", "Rp2.000", "dua", "9" * 40)] == [2_000, 2_000, -1, -1]


def test_finance_schedules_on_the_page_and_the_auditor_only_reads(client: Client) -> None:
    boss, watcher = world.finance(), world.auditor()
    client.force_login(boss)
    said = {"jenis": "commission", "nilai": "2,5", "mulai": tomorrow().isoformat()}
    assert client.post(f"{PAGE}jadwal/", {**said, "mulai": ""}).status_code == 422
    assert "paling cepat besok" in client.post(f"{PAGE}jadwal/", {**said, "mulai": "2020-01-01"}).content.decode()
    assert client.post(f"{PAGE}jadwal/", said).status_code == 302
    made = Rate.objects.get()
    assert (made.value, made.scheduled_by) == (250, boss)
    page = client.get(PAGE).content.decode()
    assert "2,5 %" in page
    assert f"{PAGE}{made.pk}/tarik/" in page
    client.force_login(watcher)
    page = client.get(PAGE).content.decode()
    assert "2,5 %" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert client.post(f"{PAGE}{made.pk}/tarik/").status_code == 404
    client.force_login(boss)
    client.post(f"{PAGE}{made.pk}/tarik/")
    assert Rate.objects.standing().count() == 0


def test_a_letter_is_recorded_and_ended_on_the_page(client: Client) -> None:
    stall = world.seller()
    client.force_login(world.finance())
    year = clock.today().year
    said = {"toko": stall.slug, "surat": "statement", "nomor": "", "dari": f"{year}-01-01", "sampai": f"{year}-12-31"}
    assert client.post(f"{PAGE}surat/", said).status_code == 422
    assert client.post(f"{PAGE}surat/", {**said, "nomor": "S-1/2026"}).status_code == 302
    assert "S-1/2026" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}surat/{TaxLetter.objects.get().pk}/akhiri/")
    assert TaxLetter.objects.get().valid_until == clock.today()
    assert books.check() == []


def test_a_pkps_price_contains_ppn_which_is_no_base_of_income_tax() -> None:
    world.rates_today(income_tax=50, pmk37=1, goods_vat=1_100)
    plain, taxed = sold(222_000), sold(222_000, letters="pkp")
    assert (plain.goods_vat_bp, plain.income_tax) == (0, 1_110)
    assert (taxed.goods_vat_bp, taxed.income_tax) == (1_100, 1_000)
    assert (plain.total, taxed.total) == (222_000 + plain.shipping_price, 222_000 + taxed.shipping_price)
    Order.objects.filter(pk=taxed.pk).update(goods_vat_bp=0)
    assert "I45" in {violation.code for violation in books.check()}
    Order.objects.filter(pk=taxed.pk).update(goods_vat_bp=1_100)
    issue_documents(taxed.pk)
    note = sheet_of(Document.objects.get(order=taxed, kind="invoice")).notes[0]
    assert note == "Harga barang sudah termasuk PPN: dasar pengenaan Rp200.000, PPN Rp22.000."
    assert books.check() == []


def test_a_pkp_stays_one_until_finance_ends_it(client: Client) -> None:
    boss, stall = world.finance(), world.seller()
    world.rates_today(goods_vat=1_100)
    client.force_login(boss)
    said = {"toko": stall.slug, "surat": "pkp", "nomor": "S-1PKP", "dari": clock.today().isoformat(), "sampai": ""}
    assert client.post("/keuangan/tarif/surat/", said).status_code == 302
    assert rates.on(clock.today() + timedelta(days=4000)).taxable == {stall.pk}
    assert client.post("/keuangan/tarif/surat/", {**said, "surat": "statement"}).status_code == 422
    end_tax_letter(TaxLetter.objects.get().pk, boss.pk)
    assert (set(rates.on(clock.today()).taxable), set(rates.on(tomorrow()).taxable)) == ({stall.pk}, set())
