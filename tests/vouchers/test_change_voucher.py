"""Changing, pausing and ending vouchers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.vouchers import terms
from bebeli.vouchers.actions.change_voucher import change_voucher
from bebeli.vouchers.actions.end_voucher import end_voucher
from bebeli.vouchers.actions.pause_voucher import pause_voucher, resume_voucher
from bebeli.vouchers.models import Voucher
from tests import world
from tests.vouchers import making

pytestmark = pytest.mark.django_db


def used() -> Voucher:
    made = making.voucher()
    world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    made.refresh_from_db()
    return made


def test_everything_but_the_payer_changes_while_nobody_used_it() -> None:
    made = making.voucher()
    change_voucher(made.pk, replace(terms.of(made), code="BARU1", amount=15_000, payer="platform", max_uses=7))
    made.refresh_from_db()
    assert (made.code, made.amount, made.payer, made.max_uses) == ("BARU1", 15_000, "regency", 7)


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 10_001}, {"budget": 2_000_000}, {"max_uses": 5}, {"per_person": 2}, {"code": "LAINNYA"},
        {"min_purchase": 20_001}, {"categories": ("keripik/",)}, {"is_first_purchase": True}, {"is_automatic": True},
        {"kind": "shipping", "ceiling": 9_000},
    ],
)  # fmt: skip
def test_money_terms_of_one_in_use_stay(fields: dict[str, Any]) -> None:
    made = used()
    with pytest.raises(Refused) as refused:
        change_voucher(made.pk, replace(terms.of(made), **fields))
    assert refused.value.code == "voucher_in_use"
    assert terms.of(Voucher.objects.get(pk=made.pk)) == terms.of(made)


def test_name_listing_and_a_later_end_of_one_in_use_may_change() -> None:
    made = used()
    later = made.ends_at + timedelta(days=1)
    change_voucher(made.pk, replace(terms.of(made), name_id="Nama baru", is_public=False, ends_at=later))
    made.refresh_from_db()
    assert (made.name_id, made.is_public, made.ends_at, made.used) == ("Nama baru", False, later, 1)
    with pytest.raises(Refused):
        change_voucher(made.pk, replace(terms.of(made), ends_at=later - timedelta(minutes=1)))


def test_another_ones_code_is_refused_at_its_field() -> None:
    first, second = making.voucher(), making.voucher()
    with pytest.raises(InvalidInput) as refused:
        change_voucher(second.pk, replace(terms.of(second), code=first.code))
    assert refused.value.field == "code"


def test_a_pause_ends_and_an_end_stays() -> None:
    made = making.voucher()
    assert pause_voucher(made.pk).state == pause_voucher(made.pk).state == "paused"
    assert resume_voucher(made.pk).state == resume_voucher(made.pk).state == "running"
    assert end_voucher(made.pk).state == end_voucher(made.pk).state == "ended"
    for again in (pause_voucher, resume_voucher):
        with pytest.raises(Refused) as refused:
            again(made.pk)
        assert refused.value.code == "voucher_ended"
    with pytest.raises(Refused):
        change_voucher(made.pk, terms.of(made))
