"""Making vouchers: whose money, what may be said, and that the database repeats it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.sellers.models import Seller
from bebeli.vouchers.actions.make_voucher import make_sellers_voucher, make_voucher
from bebeli.vouchers.models import Voucher
from tests import world
from tests.vouchers import making

pytestmark = pytest.mark.django_db


def test_finance_promises_both_purses_and_an_officer_the_regencys() -> None:
    boss, officer = world.finance(), making.officer()
    for payer in ("platform", "regency"):
        assert make_voucher(making.terms(payer=payer), boss.pk).payer == payer
    assert make_voucher(making.terms(payer="regency"), officer.pk).made_by == officer
    for user, payer in ((officer, "platform"), (boss, "seller"), (world.user(), "regency"), (world.auditor(), "regency")):
        with pytest.raises(InvalidInput) as refused:
            make_voucher(making.terms(payer=payer), user.pk)
        assert (refused.value.code, refused.value.field) == ("not_your_money", "payer")
    assert Voucher.objects.count() == 3


def test_a_maker_promises_the_stalls_own_money_only() -> None:
    stall = world.seller()
    asked = making.terms(payer="platform", is_first_purchase=True, districts=("32.16.09",), budget=None)
    made = make_sellers_voucher(asked, stall.pk, world.owner(stall))
    assert (made.payer, made.seller, made.is_first_purchase, len(made.districts)) == ("seller", stall, False, 0)
    with pytest.raises(Seller.DoesNotExist):
        make_sellers_voucher(making.terms(), stall.pk, world.user().pk)


def test_a_code_is_kept_in_capitals_and_once() -> None:
    assert making.voucher(code=" beli bekasi ").code == "BELIBEKASI"
    with pytest.raises(InvalidInput) as refused:
        making.voucher(code="BELIBEKASI")
    assert (refused.value.code, refused.value.field) == ("code_taken", "code")
    assert making.voucher(code="", is_automatic=True).code.startswith("KAMPANYE-")


def test_a_kind_keeps_only_its_own_values() -> None:
    made = making.voucher(kind="percent", percent_bp=1_000, ceiling=5_000, amount=77)
    assert (made.percent_bp, made.ceiling, made.amount) == (1_000, 5_000, 0)
    made = making.voucher(percent_bp=1_000, ceiling=5_000)
    assert (made.percent_bp, made.ceiling, made.amount) == (0, None, 10_000)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("code", {"code": "ABC"}),
        ("code", {"code": "SÉ-1234"}),
        ("name_id", {"name_id": "  "}),
        ("kind", {"kind": "gift"}),
        ("percent", {"kind": "percent", "percent_bp": 9_001, "ceiling": 5}),
        ("percent", {"kind": "percent", "percent_bp": 0, "ceiling": 5}),
        ("ceiling", {"kind": "percent", "percent_bp": 500}),
        ("ceiling", {"kind": "shipping", "ceiling": 0}),
        ("amount", {"amount": 0}),
        ("amount", {"amount": 10**13}),
        ("min_purchase", {"min_purchase": -1}),
        ("min_purchase", {"min_purchase": 10_000}),
        ("budget", {"budget": None}),
        ("budget", {"budget": 0}),
        ("budget", {"budget": 9_999}),
        ("max_uses", {"max_uses": 0}),
        ("per_person", {"per_person": 0}),
        ("ends", {"starts_at": clock.now(), "ends_at": clock.now() - timedelta(days=1)}),
        ("ends", {"starts_at": clock.now() - timedelta(days=9), "ends_at": clock.now() - timedelta(days=1)}),
        ("categories", {"categories": ("tidak-ada/",)}),
        ("districts", {"districts": ("99.99.99",)}),
    ],
)
def test_what_may_not_be_said(field: str, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        making.voucher(**fields)
    assert (refused.value.field, refused.value.status) == (field, 422)
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("vouchers_voucher_uses", {"max_uses": 2, "used": 3}),
        ("vouchers_voucher_budget", {"spent": 1_000_001}),
        ("vouchers_voucher_budget", {"spent": -1}),
        ("vouchers_voucher_days", {"ends_at": clock.now() - timedelta(days=99)}),
        ("vouchers_voucher_payer", {"payer": "seller"}),
        ("vouchers_voucher_payer", {"budget": None}),
        ("vouchers_voucher_value", {"min_purchase": 10_000}),
        ("vouchers_voucher_value", {"kind": "percent"}),
        ("vouchers_voucher_limits", {"per_person": 0}),
        ("vouchers_voucher_limits", {"max_uses": 0, "used": 0}),
    ],
)
def test_the_database_says_so_too(name: str, values: dict[str, Any]) -> None:
    made = making.voucher()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Voucher.objects.filter(pk=made.pk).update(**values)
