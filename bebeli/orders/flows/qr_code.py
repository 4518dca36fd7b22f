"""The QR of an attempt as a picture: drawn here from its text, or fetched where the provider draws it."""

from __future__ import annotations

import io

import segno

from bebeli.orders.flows.provider import provider
from bebeli.orders.gateway.types import GatewayDown, NotFound
from bebeli.orders.models import PaymentAttempt


def png_of(attempt: PaymentAttempt) -> bytes | None:
    """Return the PNG, None when there is none or the provider is away."""
    if attempt.qr_string:
        out = io.BytesIO()
        segno.make(attempt.qr_string, error="m").save(out, kind="png", scale=8, border=3)
        return out.getvalue()
    if not attempt.has_qr:
        return None
    try:
        return provider().qr_png(attempt.method, attempt.transaction_id)
    except (GatewayDown, NotFound):
        return None
