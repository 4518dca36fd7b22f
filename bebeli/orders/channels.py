"""Which way a payout goes: through the provider where it serves that bank, else as a transfer by finance."""

from __future__ import annotations

from django.conf import settings

from bebeli.orders.models import Payout

# Our three-digit code → the provider's name of the bank.
IRIS_BANKS = {
    "002": "bri",
    "008": "mandiri",
    "009": "bni",
    "011": "danamon",
    "013": "permata",
    "014": "bca",
    "016": "maybank",
    "019": "panin",
    "022": "cimb",
    "028": "ocbc",
    "110": "bjb",
    "200": "btn",
    "426": "mega",
    "451": "bsi",
}


def is_by_provider() -> bool:
    """Tell whether payouts go through the provider at all."""
    return bool(settings.PAYOUT_CHANNEL == Payout.Channel.IRIS)


def channel_of(bank_code: str) -> str:
    """Return how money gets to a bank."""
    return Payout.Channel.IRIS if is_by_provider() and bank_code in IRIS_BANKS else Payout.Channel.BANK_FILE
