"""Where money goes, by the API: a stall's account and weekday, a buyer's account for what comes back by transfer."""

from __future__ import annotations

from typing import Any

import pytest

from bebeli.kit.sealed import unseal
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.models import BankAccount, PayoutPlan, Refund
from tests import world
from tests.api.conftest import Api, problem

PASSWORD = "rahasia-uji-2026"
SAID = {"bank": "014", "number": "123 456-7890", "name": "Pemilik Uji", "password": PASSWORD}


@pytest.fixture
def stall(db: None) -> Any:
    made = world.seller()
    person = made.members.get().user
    person.set_password(PASSWORD)
    person.save()
    return made


@pytest.fixture
def maker(api: Any, stall: Any) -> Api:
    caller: Api = api(stall.members.get().user)
    return caller


def test_a_stall_names_its_account_by_its_password(maker: Api, stall: Any) -> None:
    assert maker.get("seller/bank-account/").json() == dict.fromkeys(("account", "status", "hold_until", "reason"))
    named = maker.put("seller/bank-account/", SAID).json()
    assert named["status"] == "unverified"
    assert named["account"].endswith("7890")
    assert "123456" not in named["account"]
    assert maker.get("seller/bank-account/").json() == named
    assert unseal(BankAccount.objects.get(seller=stall).number) == "1234567890"


def test_without_the_password_nothing_changes(maker: Api, stall: Any) -> None:
    problem(maker.put("seller/bank-account/", {**SAID, "password": "tebakan"}), 422, "wrong_password")
    problem(maker.put("seller/bank-account/", {name: SAID[name] for name in ("bank", "number", "name")}), 422, "invalid")
    assert not BankAccount.objects.filter(seller=stall).exists()


def test_passwords_are_not_guessed_here(maker: Api, settings: Any) -> None:
    settings.RATE_LIMITS = True
    said = {**SAID, "password": "tebakan"}
    answers = [maker.put("seller/bank-account/", said).status_code for _turn in range(11)]
    assert answers == [422] * 10 + [429]
    assert maker.get("seller/bank-account/").status_code == 200


def test_a_wrong_number_is_said_at_its_field(maker: Api) -> None:
    answer = maker.put("seller/bank-account/", {**SAID, "number": "12"})
    problem(answer, 422, "bad_account")
    assert "number" in answer.json()["errors"]


def test_strangers_and_staff_name_no_account(api: Any, stall: Any) -> None:
    rival = api(world.seller().members.get().user)
    said = {**SAID, "seller": stall.slug}
    problem(rival.put("seller/bank-account/", said), 404, "not_found")
    problem(rival.get(f"seller/bank-account/?seller={stall.slug}"), 404, "not_found")
    helper = world.user()
    stall.members.create(user=helper, role="staff")
    problem(api(helper).put("seller/bank-account/", said), 404, "not_found")


def test_a_weekday_for_payouts_is_chosen_and_taken_back(maker: Api, stall: Any) -> None:
    assert maker.get("seller/payout-plan/").json() == {"weekday": None}
    for weekday in (4, None):
        assert maker.put("seller/payout-plan/", {"weekday": weekday}).json() == {"weekday": weekday}
        assert PayoutPlan.objects.get(seller=stall).weekday == weekday
    problem(maker.put("seller/payout-plan/", {"weekday": 7}), 422, "invalid")


def test_a_buyer_names_where_a_transfer_goes(api: Any, provider: Any) -> None:
    buyer = world.user()
    order = world.orders_of(world.paid(buyer, (world.variant(), 1)))[0]
    cancel_order(order.pk, buyer.pk, "Salah pilih")
    mine, said = api(buyer), {"bank": "014", "number": "1234567890", "name": "Pembeli Uji"}
    (row,) = mine.get(f"orders/{order.code}/").json()["refunds"]
    assert (row["by"], row["account_needed"]) == ("bank", True)
    assert mine.put(f"orders/{order.code}/refund-account/", said).json() == {"refunds": 1}
    (row,) = mine.get(f"orders/{order.code}/").json()["refunds"]
    assert row["account_needed"] is False
    refund = Refund.objects.get(order=order)
    assert unseal(refund.account_number) == "1234567890"
    problem(api(world.user()).put(f"orders/{order.code}/refund-account/", said), 404, "not_found")
    Refund.objects.update(state=Refund.State.CONFIRMED)
    problem(mine.put(f"orders/{order.code}/refund-account/", said), 409, "refund_closed")


def test_where_nothing_goes_back_there_is_no_account(api: Any, provider: Any) -> None:
    buyer = world.user()
    purchase = world.paid(buyer, (world.variant(), 1))
    said = {"bank": "014", "number": "1234567890", "name": "Pembeli Uji"}
    problem(api(buyer).put(f"orders/{world.orders_of(purchase)[0].code}/refund-account/", said), 404, "not_found")
    problem(api(buyer).put(f"purchases/{purchase.code}/refund-account/", said), 404, "not_found")
