"""Money that a bank had taken back came again: the provider is asked first, so that no order goes on without its money."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.orders.actions.restore_double import restore_double
from bebeli.orders.actions.restore_payment import restore_payment
from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound, Truth
from bebeli.orders.models import DoubleRefund, Order, PaymentAttempt


def restore(order_id: int, user_id: int, reason: str) -> Order:
    """Take a reversal back where the provider says that the whole money is here.

    Raises Refused: provider_away, still_gone, and what `restore_payment` raises.
    """
    gone = PaymentAttempt.objects.filter(
        payment__purchase__orders=order_id, status=PaymentAttempt.Status.REVERSED, is_unallocated=False
    ).first()
    if gone is not None:
        _refuse_gone(gone, _("Penyedia belum mengatakan uangnya datang lagi. Pesanan tetap ditahan."))
    return restore_payment(order_id, user_id, reason)


def restore_twice(case_id: int, user_id: int, reason: str) -> DoubleRefund:
    """Take the reversal back by which money of no order had gone out twice, where the provider says that it is here.

    Raises Refused: provider_away, still_gone, and what `restore_double` raises; DoubleRefund.DoesNotExist.
    """
    gone = PaymentAttempt.objects.get(doubles=case_id)
    if gone.status == PaymentAttempt.Status.REVERSED:
        _refuse_gone(gone, _("Penyedia belum mengatakan uangnya datang lagi. Kasusnya tetap terbuka."))
    return restore_double(case_id, user_id, reason)


def _refuse_gone(attempt: PaymentAttempt, words: Promise) -> None:
    if not is_here(attempt, _ask(attempt)):
        raise Refused("still_gone", words)


def is_here(attempt: PaymentAttempt, truth: Truth) -> bool:
    """Tell whether a truth says that all of an attempt's money stands with us."""
    said = (truth.order_id, truth.amount, truth.currency, truth.merchant_id)
    return truth.is_success and said == (attempt.code, attempt.gross, "IDR", settings.MIDTRANS_MERCHANT_ID)


def _ask(attempt: PaymentAttempt) -> Truth:
    try:
        return provider().status(attempt.transaction_id or attempt.code)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        words = _("Penyedia pembayaran tidak menjawab sekarang. Tidak ada yang berubah, coba lagi sebentar.")
        raise Refused("provider_away", words) from error
