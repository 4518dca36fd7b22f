"""A transfer to a buyer came back, said by many at once, and while the provider takes the payment back. With the guard off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from bebeli.kit.errors import Busy, Refused
from bebeli.orders import books
from bebeli.orders.actions import bounce_refund as bouncing
from bebeli.orders.actions.bounce_refund import bounce_refund
from bebeli.orders.flows import documents
from bebeli.orders.models import Entry, Refund
from tests import world
from tests.orders.test_bounce_refund import WHY, transferred
from tests.races.crowd import all_at_once
from tests.races.guards import unlock
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ROUNDS = size("RACE_BOUNCES", 3, 100)


def said(call: Callable[[], object]) -> str:
    try:
        call()
    except Refused as refusal:
        return refusal.code
    except Busy:
        return "busy"
    except IntegrityError:
        return "database"
    return "done"


def bounced(refund: Refund) -> int:
    return Entry.objects.filter(kind="refund_bounced", refund=refund).count()


def is_right() -> bool:
    while documents.issue_due():
        pass
    return books.check() == []


def test_many_who_say_it_at_once_owe_the_money_again_once() -> None:
    officers = [world.finance().pk for _each in range(4)]
    for number in range(ROUNDS):
        refund = transferred(officers[0])
        answers = all_at_once(lambda who: said(lambda: bounce_refund(refund.pk, who, WHY)), officers, 4)  # noqa: B023  ended in its round
        assert set(answers) <= {"done", "busy"}, number
        assert (bounced(refund), Refund.objects.filter(origin=refund).count()) == (1, 1)
    assert is_right()


def test_it_comes_back_while_the_provider_takes_the_payment_back() -> None:
    """Whichever is first: the buyer is promised nothing of a payment that is gone."""
    officer = world.finance().pk
    for number in range(ROUNDS):
        refund = transferred(officer)
        jobs: list[Callable[[], object]] = [
            lambda: bounce_refund(refund.pk, officer, WHY),  # noqa: B023  ended in its round
            lambda: world.reversed_by_provider(refund.attempt),  # noqa: B023  ended in its round
        ]
        answers = all_at_once(said, jobs, 2)
        assert answers[1] == "done", number
        assert answers[0] in {"done", "payment_gone", "busy"}
        assert not Refund.objects.filter(origin=refund, state__in=Refund.OPEN).exists()
    assert is_right()


def test_without_the_lock_a_payment_that_is_gone_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider takes it back between our reading and our writing."""
    refund = transferred(world.finance().pk)
    come_back = bouncing._come_back  # noqa: SLF001  the moment between reading and writing
    unlock(monkeypatch)

    def rival_acts(*given: object) -> None:
        all_at_once(lambda _one: world.reversed_by_provider(refund.attempt), [1], 1)
        come_back(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(bouncing, "_come_back", rival_acts)
    bounce_refund(refund.pk, world.finance().pk, WHY)
    assert "I72" in {found.code for found in books.check()}
