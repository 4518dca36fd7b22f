"""Rightly signed messages about no payment of ours: finance sees them, and a watchman counts them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bebeli import metrics
from bebeli.kit import clock
from bebeli.orders.flows.settle import understand
from bebeli.orders.models import Callback
from tests import world
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db


def heard(order_id: str, days_ago: int = 0) -> Callback:
    message = Callback.objects.create(
        sha256=f"{order_id:0<64}"[:64],
        raw=b"{}",
        is_signed=True,
        order_id=order_id,
        claimed_status="settlement",
        received_at=clock.now() - timedelta(days=days_ago),
    )
    assert understand(message.pk) == "orphan"
    return message


def test_finance_sees_the_newest_and_the_watchman_counts_them() -> None:
    browser = desk_of(world.finance().pk)
    assert "tanpa pembayaran kita" not in browser.get("/keuangan/rekonsiliasi/").content.decode()
    heard("BB-ASING001-p1")
    heard("BB-ASING002-p1")
    heard("BB-LAMA0001-p1", days_ago=8)
    page = browser.get("/keuangan/rekonsiliasi/").content.decode()
    assert "2 pesan penyedia tanpa pembayaran kita" in page
    assert page.index("BB-ASING002-p1") < page.index("BB-ASING001-p1")
    assert "BB-LAMA0001-p1" not in page
    assert 'bebeli_callbacks_orphan{provider="midtrans"} 2' in metrics.text()
