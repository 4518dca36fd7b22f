"""The provider took less than the whole payment: what seemed to be out twice stands with it, also when it comes again."""

from __future__ import annotations

from typing import Any

import pytest

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.leave_unplaced import leave_unplaced
from bebeli.orders.actions.refute_double import refute_double
from bebeli.orders.actions.restore_double import restore_double
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.actions.take_double import take_double
from bebeli.orders.models import DoubleRefund, Order
from tests import world
from tests.conftest import Provider
from tests.doubling import WHY, for_nothing, of_an_order, officers, written_off
from tests.orders.test_doubles import right
from tests.orders.test_outside import at_dashboard, bought
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_suspicion import balances

pytestmark = pytest.mark.django_db
REPORT = "laporan 12 November, baris 7"


def left_and_taken(provider: Provider) -> tuple[DoubleRefund, Order]:
    """A part went out at the provider's dashboard and no order bears it; then the whole payment is taken back."""
    purchase = bought(provider, 50_000)
    order = world.orders_of(purchase)[0]
    accept(order.pk, world.owner(order.seller))
    leave_unplaced(at_dashboard(provider, purchase, 10_000).pk, world.finance().pk, WHY)
    case = DoubleRefund.objects.get()
    world.reversed_by_provider(case.attempt)
    return DoubleRefund.objects.get(pk=case.pk), order


@pytest.mark.parametrize("make", [for_nothing, of_an_order])
def test_what_was_not_taken_stands_with_the_provider(make: Any) -> None:
    case, (officer, other) = make(), officers()
    before = balances().get("gateway", 0)
    with pytest.raises(InvalidInput) as nothing:
        refute_double(case.pk, officer, "  ")
    assert nothing.value.field == "laporan"
    take_double(case.pk, officer)
    with pytest.raises(Refused) as busy:
        refute_double(case.pk, other, REPORT)
    assert busy.value.code == "taken"
    for _click in range(2):
        done = refute_double(case.pk, officer, f" {REPORT} ")
    assert (done.state, done.reference, done.decided_by_id) == ("not_taken", REPORT, officer)
    assert balances().get("gateway", 0) == before + case.amount
    assert "unallocated" not in balances()
    with pytest.raises(Refused) as ended:
        refute_double(case.pk, officer, "lain")
    assert ended.value.code == "case_decided"
    assert right()


def test_all_comes_again_and_it_was_less_than_all() -> None:
    case, (officer,) = for_nothing(), officers(1)
    refute_double(case.pk, officer, REPORT)
    assert restore_double(case.pk, officer, "tarikan dibatalkan").state == "restored"
    assert "unallocated" not in balances()
    assert right()
    order_case = of_an_order()
    refute_double(order_case.pk, officer, REPORT)
    assert order_case.refund is not None
    restore_payment(order_case.refund.order_id or 0, officer, "tarikan dibatalkan")
    order_case.refresh_from_db()
    assert order_case.state == "restored"
    assert right()


def test_what_nobody_bears_is_missing_again_when_the_reversal_is_taken_back(provider: Provider) -> None:
    case, order = left_and_taken(provider)
    officer = world.finance().pk
    refute_double(case.pk, officer, REPORT)
    assert right()
    restore_payment(order.pk, officer, "tarikan dibatalkan")
    case.refresh_from_db()
    assert (case.state, balances()["unallocated"]) == ("open", 10_000)
    with pytest.raises(Refused) as refusal:
        refute_double(case.pk, officer, REPORT)
    assert refusal.value.code == "not_reversed"
    assert right()
    assert written_off(case).state == "written_off"
    assert right()


def test_nobody_says_it_of_a_payment_that_stands_or_of_the_own(provider: Provider) -> None:
    purchase = bought(provider, 50_000)
    accept(world.orders_of(purchase)[0].pk, world.owner(world.orders_of(purchase)[0].seller))
    leave_unplaced(at_dashboard(provider, purchase, 10_000).pk, world.finance().pk, WHY)
    with pytest.raises(Refused) as refusal:
        refute_double(DoubleRefund.objects.get().pk, world.finance().pk, REPORT)
    assert refusal.value.code == "not_reversed"
    buyer = world.finance()
    with pytest.raises(Refused) as own:
        refute_double(for_nothing(buyer).pk, buyer.pk, REPORT)
    assert own.value.code == "own_purchase"


def test_at_the_desk_a_part_and_a_smaller_taking() -> None:
    case, officer = for_nothing(), world.finance().pk
    where, whole = f"/keuangan/dua-kali/{case.pk}", case.amount
    desk = desk_of(officer, "mfa")
    desk.post(f"{where}/ambil/")
    page = desk.get(f"{where}/").content.decode()
    assert "Penyedia menarik lebih sedikit" in page
    wrong = desk.post(f"{where}/masuk/", {"referensi": "FT-2026-77", "jumlah": "seribu"})
    assert (wrong.status_code, 'aria-describedby="jumlah_error"' in wrong.content.decode()) == (422, True)
    desk.post(f"{where}/masuk/", {"referensi": "FT-2026-77", "jumlah": "Rp1.000"})
    rest = DoubleRefund.objects.open().get()
    assert rest.amount == whole - 1_000
    assert f"/keuangan/dua-kali/{rest.pk}/" in desk.get(f"{where}/").content.decode()
    desk.post(f"/keuangan/dua-kali/{rest.pk}/ambil/")
    bare = desk.post(f"/keuangan/dua-kali/{rest.pk}/kurang/", {"laporan": ""})
    assert (bare.status_code, 'aria-describedby="laporan_error"' in bare.content.decode()) == (422, True)
    desk.post(f"/keuangan/dua-kali/{rest.pk}/kurang/", {"laporan": REPORT})
    assert DoubleRefund.objects.get(pk=rest.pk).state == "not_taken"
    assert "Penyedia memberikan uangnya lagi" in desk.get(f"/keuangan/dua-kali/{rest.pk}/").content.decode()
    assert books.check() == []
