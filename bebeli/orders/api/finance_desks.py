"""What finance can do with refunds, payouts and transfers to our own account: one table, the same verbs as on the pages.

A verb is named by its case and happens once: the same call again answers the same, or is
refused. So no Idempotency-Key is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from bebeli.orders import payout_steps
from bebeli.orders.actions.answer_refund import answer_refund
from bebeli.orders.actions.approve_payout import approve_payout
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.bounce_refund import bounce_refund
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.fail_payout import bounce_payout, fail_payout
from bebeli.orders.actions.find_payout import lose_payout
from bebeli.orders.actions.owe_payout import owe_payout
from bebeli.orders.actions.refuse_transfer import refuse_transfer
from bebeli.orders.actions.reject_payout import reject_payout
from bebeli.orders.actions.return_transfer import return_transfer
from bebeli.orders.actions.take_payout import leave_payout, take_payout
from bebeli.orders.actions.take_refund import leave_refund, take_refund
from bebeli.orders.actions.take_transfer import leave_transfer, take_transfer
from bebeli.orders.actions.turn_down_refund import turn_down_refund
from bebeli.orders.api import case_schemas, cases
from bebeli.orders.api.case_schemas import CaseShape, PaidSerializer, SeenSerializer, WhySerializer
from bebeli.orders.flows.payout_proof import complete_with_proof, find_with_proof
from bebeli.orders.flows.refund_proof import pay_with_proof
from bebeli.orders.models import Payout, Refund, TransferProof
from bebeli.orders.waiting.kind import Reader
from bebeli.orders.waiting.refunds import LOADED as OF_A_REFUND

OF_A_TRANSFER = ("attempt__payment__purchase__buyer", "attempt__receiving", "looked_by", "decided_by")

Said = dict[str, Any]
Act = Callable[[int, int], object]  # the case, the person


@dataclass(frozen=True)
class Verb:
    """A step of a case: its word in the address, what it does, what is sent with it, and whether money moves by it."""

    name: str
    does: str
    call: Callable[[int, int, Said], object]
    body: type[serializers.Serializer[Any]] | None = None
    moves_money: bool = False


@dataclass(frozen=True)
class Desk:
    """One kind of case: how it is found and told, where its proof lies, and its verbs."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    shape: type[CaseShape]
    tell: Callable[[Request, Any, Reader], cases.Case]
    proof: Callable[[Any], str]
    verbs: tuple[Verb, ...]


def plain(name: str, does: str, act: Act, *, moves_money: bool = False) -> Verb:
    """Return a verb that needs no words."""
    return Verb(name, does, lambda case_id, user_id, _said: act(case_id, user_id), None, moves_money)


def why(name: str, does: str, act: Callable[[int, int, str], object], *, moves_money: bool = False) -> Verb:
    """Return a verb that needs a reason."""
    return Verb(name, does, lambda case_id, user_id, said: act(case_id, user_id, said["reason"]), WhySerializer, moves_money)


def paid(name: str, does: str, act: Callable[[int, int, str, Any], object]) -> Verb:
    """Return a verb that ends a transfer by hand."""

    def call(case_id: int, user_id: int, said: Said) -> object:
        return act(case_id, user_id, said["reference"], said["proof"])

    return Verb(name, does, call, PaidSerializer, moves_money=True)


def seen(name: str, does: str, act: Callable[[int, int, int], object]) -> Verb:
    """Return a verb that says how much came."""
    return Verb(
        name, does, lambda case_id, user_id, said: act(case_id, user_id, said["amount"]), SeenSerializer, moves_money=True
    )


REFUNDS = Desk(
    "refund",
    lambda: Refund.objects.select_related(*OF_A_REFUND),
    case_schemas.RefundCase,
    cases.refund_case,
    lambda refund: str(refund.proof),
    (
        plain("approve", "Say yes as the second person; it goes on its way.", approve_refund, moves_money=True),
        why("turn-down", "Say no as the second person; it stays owed, and who decided answers.", turn_down_refund),
        why("answer", "Answer a no; another second person decides again.", answer_refund),
        plain("take", "Take it to transfer; for an hour nobody else may.", take_refund),
        plain("leave", "Let go of it.", leave_refund),
        paid("paid", "Say that it was transferred; the buyer is told.", pay_with_proof),
        why("bounced", "Say that the transfer came back; it is owed again.", bounce_refund, moves_money=True),
    ),
)
PAYOUTS = Desk(
    "payout",
    lambda: Payout.objects.select_related(*payout_steps.LOADED),
    case_schemas.PayoutCase,
    cases.payout_case,
    lambda payout: str(payout.proof),
    (
        plain("approve", "Say yes; with the last that is needed it may be sent.", approve_payout, moves_money=True),
        why("reject", "Say no; the money is the seller's balance again.", reject_payout),
        plain(
            "take",
            "Take it to transfer, to ask the bank, or to book; for an hour nobody else may.",
            take_payout,
            moves_money=True,
        ),
        plain("leave", "Let go of it.", leave_payout),
        paid("complete", "Say that it was transferred, or that the bank has it; the seller is told.", complete_with_proof),
        why("fail", "Say that it never went; the money is the seller's balance again.", fail_payout, moves_money=True),
        why(
            "bounced", "Say that the bank sent it back; the money is the seller's balance again.", bounce_payout, moves_money=True
        ),
        paid("find", "Say that one called failed arrived after all; another officer books it.", find_with_proof),
        why("lose", "Say that what was found is not there, or came back.", lose_payout, moves_money=True),
        plain("owe", "Book one that arrived after it was given back.", owe_payout, moves_money=True),
    ),
)
TRANSFERS = Desk(
    "transfer",
    lambda: TransferProof.objects.select_related(*OF_A_TRANSFER),
    case_schemas.TransferCase,
    cases.transfer_case,
    lambda proof: str(proof.name),
    (
        plain("take", "Take it to look at; for a quarter of an hour nobody else may.", take_transfer),
        plain("leave", "Let go of it.", leave_transfer),
        seen("confirm", "Say how much came: all of it pays the purchase, another amount waits for its rest.", confirm_transfer),
        why("refuse", "Say that no such money is there; the buyer may send another proof.", refuse_transfer),
        plain("return", "Give another amount back, and end the purchase.", return_transfer, moves_money=True),
    ),
)
DESKS = (REFUNDS, PAYOUTS, TRANSFERS)
