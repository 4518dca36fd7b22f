"""Where buyers' money rests until it is the seller's: a setting, and the screens say truly which."""

from __future__ import annotations

from django.conf import settings

GATEWAY_ESCROW = "gateway_escrow"  # with the licensed gateway; the shop only says when it is released
SELLER_DIRECT = "seller_direct"  # in each seller's own account at the gateway; the shop only keeps the record
MODES = (GATEWAY_ESCROW, SELLER_DIRECT)


def is_direct() -> bool:
    """Tell whether sellers are paid by the gateway itself, so that the shop has nothing to pay out."""
    return bool(settings.SETTLEMENT_MODE == SELLER_DIRECT)
