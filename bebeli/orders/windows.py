"""How long a buyer may pay, by method."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from bebeli.orders.models.payment import BY_HAND, WALLETS, Method


def minutes(method: str) -> tuple[int, int, int]:
    """Return minutes shown to the buyer, open at the provider (for a proof: the last moment to send it), and stock held."""
    shown, provider, held = settings.PAY_MINUTES[_family(method)]
    return shown, provider, held


def _family(method: str) -> str:
    if method in WALLETS:
        return "wallet"
    if method in BY_HAND:
        return "transfer"
    return "qris" if method == Method.QRIS else "va"


def answer_by(paid_at: datetime) -> datetime:
    """Return until when the maker must accept or reject."""
    return paid_at + timedelta(hours=settings.ANSWER_HOURS)


def complete_after_shipping(shipped_at: datetime, max_days: int) -> datetime:
    """Return when a shipped order that nobody reports on counts as received."""
    return shipped_at + timedelta(days=max_days + settings.ARRIVE_DAYS)


def complete_after_delivery(delivered_at: datetime) -> datetime:
    """Return when a delivered order completes by itself."""
    return delivered_at + timedelta(hours=settings.RECEIVE_HOURS)


def complain_until(completed_at: datetime, days: int | None) -> datetime:
    """Return until when a completed order may be complained about, by the days that were kept when it arrived."""
    return completed_at + timedelta(days=settings.COMPLAINT_DAYS if days is None else days)


def arrive_by(shipped_at: datetime, max_days: int) -> datetime:
    """Return when a parcel should have come at the latest."""
    return shipped_at + timedelta(days=max_days)


def complaint_answer_by(asked_at: datetime) -> datetime:
    """Return until when whoever's turn it is in a complaint must answer."""
    return asked_at + timedelta(hours=settings.COMPLAINT_ANSWER_HOURS)


def complaint_return_by(asked_at: datetime) -> datetime:
    """Return until when goods must be sent back, or be received back."""
    return asked_at + timedelta(days=settings.COMPLAINT_RETURN_DAYS)
