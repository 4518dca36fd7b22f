"""Finance's cases as the API tells them, the same story as on their pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from bebeli.accounts import roles
from bebeli.accounts.models import User
from bebeli.kit.api_doors import caller
from bebeli.kit.sealed import unseal
from bebeli.orders import account_numbers, couriers, ledger, payout_steps, refund_steps, story
from bebeli.orders.models import Payout, Refund, RefundWord, TransferProof
from bebeli.orders.waiting.kind import Reader, Words
from bebeli.orders.waiting.payments import TRANSFERS

Case = dict[str, Any]


def reader_of(request: Request) -> Reader:
    """Return who reads, and whether they may act."""
    return Reader(caller(request), roles.is_finance(caller(request)))


def page_of(request: Request, path: str) -> str:
    """Return the whole address of a page for people."""
    return request.build_absolute_uri(path)


def refund_case(request: Request, refund: Refund, reader: Reader) -> Case:
    """Return a refund as its page tells it."""
    words = list(refund.words())
    answerers = [word.by_id for word in words if word.act == RefundWord.Act.ANSWER]
    name = refund_steps.next_step(refund, reader.user_id, answerers)
    order, until = refund.order, refund.taken_at + refund_steps.KEPT if refund.taken_at else None
    return {
        "id": refund.pk,
        "key": refund.key,
        "amount": refund.amount,
        "status": refund.state,
        "channel": refund.channel,
        "reason": _(refund.reason) if refund.reason else "",
        "purchase": refund.attempt.payment.purchase.code,
        "order": order.code if order else None,
        "seller": order.seller.name if order else None,
        "parts": [
            {"name": part.line.name, "quantity": part.quantity, "amount": part.face}
            for part in refund.parts.select_related("line").order_by("pk")
        ],
        "shipping": refund.shipping,
        "promo": refund.promo,
        "service_fee": refund.service_fee,
        "account": _buyers_account(refund, reader),
        "decided_by": _named(refund.decided_by),
        "requested_at": refund.requested_at,
        "approved": _said(refund.approved_by, refund.approved_at),
        "paid_by": _named(refund.paid_by),
        "confirmed_at": refund.confirmed_at,
        "words": [{"act": word.act, "by": _named(word.by), "at": word.at, "text": word.text} for word in words],
        "error": refund.error or None,
        "told": [{"words": one.words, "amount": one.amount} for one in (story.of_buyer(order) if order else [])],
        "holder": _holder(refund.taken_by if refund_steps.is_taken(refund) else None, until),
        "step": _step(name, refund_steps.WORDS, reader),
        **_of_transfer(request, "refund", refund),
    }


def _buyers_account(refund: Refund, reader: Reader) -> Case | None:
    if not refund.account_number:
        return None
    return {
        "bank": couriers.bank_name(refund.bank_code),
        "number": account_numbers.opened(refund.account_number, may_act=reader.may_act),
        "name": unseal(refund.account_name),
    }


def payout_case(request: Request, payout: Payout, reader: Reader) -> Case:
    """Return a payout as its page tells it."""
    [name] = payout_steps.steps_of([payout], reader.user_id)
    account = payout.account
    return {
        "id": payout.pk,
        "key": payout.key,
        "amount": payout.amount,
        "status": payout.state,
        "channel": payout.channel,
        "seller": payout.seller.name,
        "owner": payout.seller.owner_name,
        "account": {
            "bank": couriers.bank_name(account.bank_code),
            "number": account_numbers.opened(account.number, may_act=reader.may_act),
            "name": unseal(account.holder or account.name),
            "reason": account.reason or None,
        },
        "requested_by": _named(payout.requested_by),
        "requested_at": payout.requested_at,
        "approvals_needed": payout.approvals_needed,
        "approvals": [_said(one.by, one.at) for one in payout.approvals.select_related("by").order_by("pk")],
        "bank_file": payout.batch or None,
        "sent_at": payout.sent_at,
        "ended_by": _named(payout.ended_by),
        "ended_at": payout.ended_at,
        "reason": _(payout.reason) if payout.reason else None,
        "arrived": _arrived(payout, payout.paid_after_at) if payout.paid_after_at else None,
        "error": payout.error or None,
        "holder": _holder(payout.taken_by if payout.is_taken else None, payout.taken_until),
        "step": _step(name, payout_steps.WORDS, reader),
        **_of_transfer(request, "payout", payout),
    }


def _arrived(payout: Payout, at: datetime) -> Case:
    return {
        "at": at,
        "found_by": _named(payout.paid_after_by),
        "balance": max(ledger.payable_of(payout.seller_id), 0) if payout.is_ours_to_owe else 0,
        "booked": _said(payout.owed_by, payout.owed_at),
        "retaken": payout.retaken if payout.owed_at else 0,
        "owed": payout.owed,
        "undone_at": payout.unpaid_at,
    }


def transfer_case(request: Request, proof: TransferProof, reader: Reader) -> Case:
    """Return a buyer's proof of a transfer as its page tells it."""
    attempt, purchase = proof.attempt, proof.attempt.payment.purchase
    orders = purchase.orders.select_related("seller").order_by("pk")
    return {
        "id": proof.pk,
        "amount": attempt.gross,
        "status": proof.state,
        "purchase": purchase.code,
        "purchase_status": purchase.status,
        "recipient": purchase.recipient,
        "sender": unseal(proof.sender) or None,
        "account": _our_account(proof),
        "orders": [{"code": order.code, "seller": order.seller.name, "total": order.total} for order in orders],
        "placed_at": purchase.placed_at,
        "uploaded_at": proof.uploaded_at,
        "earlier": [
            {"uploaded_at": old.uploaded_at, "status": old.state, "reason": old.reason or None}
            for old in attempt.proofs.filter(pk__lt=proof.pk).order_by("pk")
        ],
        "decided": _said(proof.decided_by, proof.decided_at),
        "amount_seen": proof.amount_seen,
        "reason": proof.reason or None,
        "holder": _holder(proof.looked_by if proof.is_taken else None, proof.looked_until),
        "step": _transfer_step(proof, reader),
        "reference": None,
        "proof": request.build_absolute_uri(reverse("api:finance_transfer_proof", args=[proof.pk])),
        "url": page_of(request, reverse("orders:transfer", args=[proof.pk])),
    }


def _our_account(proof: TransferProof) -> Case | None:
    account = proof.attempt.receiving
    return {"bank": couriers.bank_name(account.bank_code), "number": account.number, "name": account.holder} if account else None


def _transfer_step(proof: TransferProof, reader: Reader) -> Case:
    if not proof.is_open:
        return {"name": "closed", "words": proof.get_state_display()}
    step = TRANSFERS.told([proof], reader)[0].step
    name = "take" if step.takes else "decide" if step.is_ours else "wait"
    return _step(name, {name: step.words}, reader)


def _step(name: str, words: Mapping[str, Words], reader: Reader) -> Case:
    return {"name": name if reader.may_act or name == "closed" else "read", "words": str(words[name])}


def _of_transfer(request: Request, desk: str, row: Refund | Payout) -> Case:
    """Return what finance wrote down about its transfer, and the case's page."""
    proof = request.build_absolute_uri(reverse(f"api:finance_{desk}_proof", args=[row.pk])) if row.proof else None
    reference = row.reference or getattr(row, "reference_no", "") or None
    return {"reference": reference, "proof": proof, "url": page_of(request, reverse(f"orders:{desk}", args=[row.pk]))}


def _named(person: User | None) -> str | None:
    return person.first_name if person else None


def _said(by: User | None, at: datetime | None) -> Case | None:
    return {"by": by.first_name, "at": at} if by and at else None


def _holder(person: User | None, until: datetime | None) -> Case | None:
    return {"name": person.first_name, "until": until} if person and until else None
