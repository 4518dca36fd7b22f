"""One voucher and a crowd; a budget for three; one person with two carts at once. Each with the guard taken off."""

from __future__ import annotations

import html
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError

from bebeli.catalog.models import Variant
from bebeli.kit.errors import Refused
from bebeli.orders import books, promos
from bebeli.orders.actions.place import place
from bebeli.orders.models import Purchase
from bebeli.orders.placing import Quoted, Wish
from bebeli.vouchers import fitting
from bebeli.vouchers.models import Voucher, VoucherUse
from tests import world
from tests.races.crowd import all_at_once, carts, guest, order
from tests.races.guards import unlock, without_constraint
from tests.sizes import size
from tests.vouchers import making

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BUYERS = size("RACE_VOUCHER_BUYERS", 16, 200)
CONNECTIONS = 50
BUSY_TRIES = 5
GONE = ("Voucher ini sudah habis dipakai.", "Anggaran voucher ini tidak cukup lagi untuk belanja ini.")


def rush(shop: str, goods: Variant, code: str, buyers: int) -> Counter[str]:
    """Everybody presses at once with the same code; returns how many pay, and that the others were told why not."""
    slug = goods.product.seller.slug

    def buy(one: tuple[int, str]) -> str:
        number, token = one
        who = {"email": f"tamu{number}@example.com", "phone": f"08123{number:07d}"}
        with guest(shop, token) as client:
            answer = order(client, slug, token, voucher=code, **who)
            for _try in range(BUSY_TRIES):
                if answer.headers.get("Retry-After"):
                    answer = order(client, slug, token, voucher=code, **who)
            if answer.headers.get("Location", "").startswith("/pembelian/"):
                return "pays"
            page = html.unescape(answer.text)
            return "told" if answer.status_code == 422 and any(words in page for words in GONE) else page

    return Counter(all_at_once(buy, list(enumerate(carts(goods, buyers))), CONNECTIONS))


@pytest.mark.parametrize(("limits", "winners"), [({"max_uses": 1}, 1), ({"budget": 30_000}, 3)])
def test_a_crowd_gets_exactly_what_there_is(shop: str, limits: dict[str, int], winners: int) -> None:
    made = making.voucher(**limits)
    goods = world.variant(price=60_000, stock=BUYERS)
    assert rush(shop, goods, made.code, BUYERS) == {"pays": winners, "told": BUYERS - winners}
    assert making.fresh(made) == (winners, winners * 10_000)
    assert (VoucherUse.objects.count(), Purchase.objects.count()) == (winners, winners)
    goods.refresh_from_db()
    assert goods.reserved == winners
    assert books.check() == []


def two_wishes(made: Voucher, emails: Sequence[str]) -> list[tuple[Wish, Quoted]]:
    """Two carts of different goods, so that nothing but the voucher is shared."""
    jobs = []
    for email in emails:
        buyer = world.user()
        wish, quoted = world.wish_for(world.cart_of(buyer, (world.variant(price=60_000), 1)), buyer, voucher=made.code)
        jobs.append((_guests(wish, email), quoted))
    return jobs


def _guests(wish: Wish, email: str) -> Wish:
    phone = f"+62812{len(email):08d}"  # another one for each e-mail here
    return replace(wish, buyer_id=None, email=email, address=replace(wish.address, phone=phone), guest_token="0" * 32)


def both(jobs: Sequence[tuple[Wish, Quoted]]) -> list[str]:
    """Place both at once; returns what came of each."""

    def buy(job: tuple[Wish, Quoted]) -> str:
        try:
            place(*job)
        except Refused as refused:
            return refused.code
        except IntegrityError:
            return "the database"
        return "placed"

    return sorted(all_at_once(buy, jobs, len(jobs)))


def look_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without row locks, let both look before either writes."""
    unlock(monkeypatch)
    gate = threading.Barrier(2)
    struck = fitting.strike

    def strike(*args: Any) -> Any:
        found = struck(*args)
        gate.wait(timeout=20)
        return found

    monkeypatch.setattr(promos, "strike", strike)


def test_one_person_with_two_carts_uses_it_once(shop: str) -> None:
    made = making.voucher(per_person=1)
    assert both(two_wishes(made, ["sama@example.com"] * 2)) == ["placed", "voucher_used"]
    assert making.fresh(made) == (1, 10_000)
    assert books.check() == []


def test_a_first_purchase_is_first_once(shop: str) -> None:
    made = making.voucher(per_person=None, is_first_purchase=True)
    assert both(two_wishes(made, ["sama@example.com"] * 2)) == ["placed", "voucher_first_only"]


def test_without_the_lock_one_person_uses_it_twice(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = making.voucher(per_person=1)
    jobs = two_wishes(made, ["sama@example.com"] * 2)
    look_together(monkeypatch)
    assert both(jobs) == ["placed", "placed"]
    assert "I60" in {violation.code for violation in books.check()}


def test_without_the_lock_the_database_still_holds_the_limit(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = making.voucher(max_uses=1)
    jobs = two_wishes(made, ["satu@example.com", "dua@example.com"])
    look_together(monkeypatch)
    assert both(jobs) == ["placed", "the database"]
    assert making.fresh(made) == (1, 10_000)


@pytest.mark.parametrize(
    ("limits", "constraint"),
    [({"max_uses": 1}, "vouchers_voucher_uses"), ({"budget": 10_000}, "vouchers_voucher_budget")],
)
def test_without_both_guards_everybody_gets_it(
    shop: str, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int], constraint: str
) -> None:
    made = making.voucher(**limits)
    jobs = two_wishes(made, ["satu@example.com", "dua@example.com"])
    look_together(monkeypatch)
    with without_constraint(Voucher, constraint, used=0, spent=0):
        assert both(jobs) == ["placed", "placed"]
        assert making.fresh(made) == (2, 20_000)
        assert "I20" in {violation.code for violation in books.check()}
