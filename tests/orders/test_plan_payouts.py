"""The weekly plan: one request on its day, whatever comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.orders.actions.plan_payouts import carry_out_plan, plan_payouts
from tests import payees, world

pytestmark = pytest.mark.django_db


def test_a_plan_asks_once_on_its_day() -> None:
    stall = payees.earned(world.seller())
    payees.bank_account(stall)
    plan = plan_payouts(stall.pk, world.owner(stall), clock.today().weekday())
    made = carry_out_plan(plan.pk)
    assert made is not None
    assert (made.requested_by_id, made.amount) == (None, 200_000)
    assert carry_out_plan(plan.pk) is None
    assert plan_payouts(stall.pk, world.owner(stall), None).weekday is None
    with clock.moved(timedelta(days=7)):
        assert carry_out_plan(plan.pk) is None
    with pytest.raises(InvalidInput):
        plan_payouts(stall.pk, world.owner(stall), 7)


def test_a_plan_that_is_refused_waits_for_its_next_day() -> None:
    stall = world.seller()
    plan = plan_payouts(stall.pk, world.owner(stall), clock.today().weekday())
    assert carry_out_plan(plan.pk) is None
    plan.refresh_from_db()
    assert plan.asked_on == clock.today()
