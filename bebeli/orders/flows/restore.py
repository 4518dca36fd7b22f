"""Money that a bank had taken back came again: the provider is asked first, so that no order goes on without its money."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound, Truth
from bebeli.orders.models import Order, PaymentAttempt


def restore(order_id: int, user_id: int, reason: str) -> Order:
    """Take a reversal back where the provider says that the whole money is here.

    Raises Refused: provider_away, still_gone, and what `restore_payment` raises.
    """
    gone = PaymentAttempt.objects.filter(
        payment__purchase__orders=order_id, status=PaymentAttempt.Status.REVERSED, is_unallocated=False
    ).first()
    if gone is not None and not is_here(gone, _ask(gone)):
        raise Refused("still_gone", _("Penyedia belum mengatakan uangnya datang lagi. Pesanan tetap ditahan."))
    return restore_payment(order_id, user_id, reason)


def is_here(attempt: PaymentAttempt, truth: Truth) -> bool:
    """Tell whether a truth says that all of an attempt's money stands with us."""
    said = (truth.order_id, truth.amount, truth.currency, truth.merchant_id)
    return truth.is_success and said == (attempt.code, attempt.gross, "IDR", settings.MIDTRANS_MERCHANT_ID)


def _ask(attempt: PaymentAttempt) -> Truth:
    try:
        return provider().status(attempt.transaction_id or attempt.code)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        words = _("Penyedia pembayaran tidak menjawab sekarang. Pesanan tetap ditahan, coba lagi sebentar.")
        raise Refused("provider_away", words) from error
