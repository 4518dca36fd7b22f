"""Money to sellers through the provider: sent once, looked for when nobody knows, settled by what the provider says."""

from __future__ import annotations

import structlog
from django.utils.timezone import localdate

from bebeli.kit import clock, locks
from bebeli.kit.errors import Busy
from bebeli.kit.sealed import unseal
from bebeli.kit.sweeping import each
from bebeli.orders.actions.plan_payouts import carry_out_plan
from bebeli.orders.actions.send_payout import payout_going, payout_known, payout_refused, payout_unknown
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.channels import IRIS_BANKS
from bebeli.orders.flows.provider import payer
from bebeli.orders.flows.settle import close, put_off
from bebeli.orders.gateway.payouts import PayoutOrder, PayoutTruth
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound
from bebeli.orders.models import Callback, Payout, PayoutPlan

S = Payout.State
MOST_DIGITS = 19  # of a number of ours
ENDS = {"completed", "failed", "rejected"}


def send(payout_id: int) -> str:
    """Send one approved payout; returns its state. One that was begun is never begun again, whatever became of it."""
    if payout_going(payout_id):
        _say(Payout.objects.select_related("account").get(pk=payout_id))
    return Payout.objects.values_list("state", flat=True).get(pk=payout_id)


def _say(payout: Payout) -> None:
    account = payout.account
    order = PayoutOrder(
        payout.key, payout.amount, IRIS_BANKS[account.bank_code], unseal(account.number), unseal(account.holder or account.name)
    )
    try:
        number = payer().create(order)
    except (GatewayRefused, NotFound) as error:
        payout_refused(payout.pk, str(error))
    except GatewayDown as error:
        payout_unknown(payout.pk, str(error))
    else:
        payout_known(payout.pk, number)
        _second_key(payout.pk, number)


def _second_key(payout_id: int, reference_no: str) -> None:
    """Say the second yes; where its answer is lost the payout is still queued when it is asked about."""
    try:
        payer().approve(reference_no)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        payout_unknown(payout_id, f"approve: {error}")


def sweep(limit: int = locks.BATCH) -> int:
    """Send what the bell missed, and ask about what is on its way; returns how many were looked at."""
    due = Payout.objects.filter(channel=Payout.Channel.IRIS, next_at__lte=clock.now())
    rows = locks.claim(due.filter(state__in=[S.APPROVED, *Payout.ON_THE_WIRE]).order_by("next_at"), limit=limit, seconds=60)
    each(rows, _step)
    return len(rows)


def _step(payout: Payout) -> None:
    if payout.state == S.APPROVED:
        send(payout.pk)
    else:
        ask(payout)


def ask(payout: Payout) -> str:
    """Ask what became of one on its way, not before ten minutes have gone; returns its state."""
    try:
        truth = payer().details(payout.reference_no) if payout.reference_no else _find(payout)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        return payout_unknown(payout.pk, f"{type(error).__name__}: {error}").state
    if truth is None:
        return payout_unknown(payout.pk, "the provider shows none with our note").state
    state = settle_payout(payout.pk, truth)
    if truth.is_queued and truth.notes == payout.key:
        _second_key(payout.pk, truth.reference_no)
    return state


def _find(payout: Payout) -> PayoutTruth | None:
    """Look for one whose number was never told, by our note among what the provider did since."""
    since = localdate(payout.sent_at or payout.requested_at)
    numbers = payer().numbers_since(since, clock.today())
    known = set(Payout.objects.filter(reference_no__in=numbers).values_list("reference_no", flat=True))
    for number in numbers:
        if number not in known and (truth := payer().details(number)).notes == payout.key:
            return truth
    return None


def understand(callback_id: int) -> str:
    """Take one message to its end, or put it off; returns its new state."""
    waiting = Callback.objects.filter(pk=callback_id, provider="iris", state__in=["received", "failed"])
    rows = locks.claim(waiting, limit=1, seconds=60)
    return _understand(rows[0]) if rows else "taken"


def sweep_callbacks(limit: int = locks.BATCH) -> int:
    """Pick up what the bell missed; returns how many were looked at."""
    waiting = Callback.objects.filter(provider="iris", state__in=["received", "failed"], next_at__lte=clock.now())
    rows = locks.claim(waiting.order_by("next_at"), limit=limit, seconds=60)
    each(rows, _understand_under_its_request)
    return len(rows)


def _understand_under_its_request(callback: Callback) -> None:
    with structlog.contextvars.bound_contextvars(request_id=callback.headers.get("X-Request-ID", "")):
        _understand(callback)


def _understand(callback: Callback) -> str:
    """A message says that something is known now: only what the provider answers to a question moves money."""
    payout = Payout.objects.filter(reference_no=callback.order_id).first() if callback.order_id else None
    if payout is None and Payout.objects.filter(state=S.UNKNOWN, channel=Payout.Channel.IRIS).exists():
        return put_off(callback, "the provider tells of one whose number was not told yet")
    try:
        payout = payout or _by_note(callback.order_id)
        if payout is None:
            return close(callback, Callback.State.ORPHAN, "no payout of ours")
        truth = payer().details(callback.order_id)
        if callback.claimed_status in ENDS and truth.status not in ENDS:
            return put_off(callback, "the provider does not confirm it yet")
        settle_payout(payout.pk, truth, callback.pk)
    except (GatewayDown, GatewayRefused, NotFound, Busy) as error:
        return put_off(callback, f"{type(error).__name__}: {error}")
    return Callback.State.DONE


def _by_note(reference_no: str) -> Payout | None:
    """Find one that was given back before its number was told, by the note that the provider shows under that number."""
    given_back = Payout.objects.filter(state__in=Payout.GIVEN_BACK, channel=Payout.Channel.IRIS, reference_no="")
    if not reference_no or not given_back.exists():
        return None
    try:
        note = payer().details(reference_no).notes
    except NotFound:
        return None
    own = note.removeprefix("BKL-PO-")
    return given_back.filter(pk=int(own)).first() if own.isascii() and own.isdigit() and len(own) < MOST_DIGITS else None


def carry_out_plans(limit: int = 200) -> int:
    """Request what today's plans ask for; returns how many plans were carried out."""
    today = clock.today()
    due = PayoutPlan.objects.filter(weekday=today.weekday()).exclude(asked_on=today).order_by("pk")
    return each(due.values_list("pk", flat=True)[:limit], carry_out_plan)
