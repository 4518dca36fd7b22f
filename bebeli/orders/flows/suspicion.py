"""Deciding about a suspect payment: the provider is asked before every decision, so that it rests on what is true now."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders.actions.close_suspicion import close_suspicion
from bebeli.orders.actions.hear_suspicion import hear_suspicion
from bebeli.orders.actions.return_suspicion import return_suspicion
from bebeli.orders.flows import charge, reconcile
from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound
from bebeli.orders.models import Suspicion


def ask_again(case_id: int, user_id: int) -> Suspicion:
    """Ask the provider what it says now. Raises Refused: provider_away, and what `hear_suspicion` raises."""
    case = Suspicion.objects.select_related("attempt__payment").get(pk=case_id)
    if not case.is_open:
        return case
    try:
        truth = provider().status(case.transaction_id or case.attempt.transaction_id or case.attempt.code)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        words = _("Penyedia pembayaran tidak menjawab sekarang. Kasusnya tetap di sini, coba lagi sebentar.")
        raise Refused("provider_away", words) from error
    heard = hear_suspicion(case_id, user_id, truth, settings.MIDTRANS_MERCHANT_ID)
    reconcile.end_if_due(case.attempt.payment.purchase_id)
    return heard


def give_back(case_id: int, user_id: int, reason: str) -> Suspicion:
    """Ask once more, then book what came and promise it back; a case that turned out to fit is left as it is."""
    case = ask_again(case_id, user_id)
    if case.state == Suspicion.State.CLEARED:
        return case
    returned = return_suspicion(case_id, user_id, reason)
    purchase_id = returned.attempt.payment.purchase_id
    charge.live_at_provider(purchase_id).update(ask_at=clock.now() + timedelta(minutes=1), asked=0)
    return returned


def close(case_id: int, user_id: int, reason: str) -> Suspicion:
    """Ask once more, then end the case where nothing came; a case that turned out to fit is left as it is."""
    case = ask_again(case_id, user_id)
    if case.state == Suspicion.State.CLEARED:
        return case
    closed = close_suspicion(case_id, user_id, reason)
    reconcile.end_if_due(closed.attempt.payment.purchase_id)
    return closed
