"""Cases of what does not fit, as steps of the verbs that hear a provider."""

from __future__ import annotations

from bebeli.kit import clock
from bebeli.kit.steps import assert_open
from bebeli.orders.gateway.types import Truth
from bebeli.orders.models import PaymentAttempt, Suspicion
from bebeli.orders.models.payment import BY_HAND

S = Suspicion.State


def note(attempt: PaymentAttempt, truth: Truth, merchant_id: str) -> bool:
    """Lay what does not fit before finance; False when finance knows it already, or has decided about just this.

    A transfer to our own account has its proof as the case.
    """
    assert_open()
    if attempt.method in BY_HAND:
        return attempt.error != "suspect"
    last = attempt.suspicions.order_by("-pk").first()
    if last is not None and last.is_open:
        renew(last, truth, merchant_id)
        return False
    case = Suspicion(attempt=attempt, expected=attempt.gross)
    _write(case, truth, merchant_id)
    if last is not None and last.state in Suspicion.BY_PEOPLE and _facts(last) == _facts(case):
        return False
    case.save()
    return True


def renew(case: Suspicion, truth: Truth, merchant_id: str) -> None:
    """Write down what the provider says now."""
    assert_open()
    _write(case, truth, merchant_id)
    case.save()


def clear(attempt: PaymentAttempt) -> None:
    """The attempt's own money came after all: nothing is left to decide. The caller saves the attempt."""
    assert_open()
    if attempt.error == "suspect":
        attempt.error = ""
    attempt.suspicions.filter(state=S.OPEN).update(state=S.CLEARED, decided_at=clock.now(), looked_by=None, looked_until=None)


def _write(case: Suspicion, truth: Truth, merchant_id: str) -> None:
    case.amount = truth.amount
    case.currency = truth.currency[:8]
    case.merchant_id = truth.merchant_id[:64]
    case.is_ours = truth.merchant_id == merchant_id
    case.is_success = truth.is_success
    case.provider_status = truth.status[:24]
    case.transaction_id = truth.transaction_id[:64]
    case.heard_at = clock.now()


def _facts(case: Suspicion) -> tuple[int, str, str, str]:
    return (case.amount, case.currency, case.merchant_id, case.provider_status)
