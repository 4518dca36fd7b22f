"""Every invariant is able to fail: a corruption that it names, and silence before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.ship import ship
from bebeli.orders.flows import documents
from bebeli.orders.flows.settle import ask
from bebeli.orders.invariants import ABSENT, ALL
from bebeli.orders.invariants.sentences import SENTENCES
from bebeli.orders.models import Callback, TransferProof
from tests import payees, world
from tests.conftest import Provider
from tests.orders.corruptions import OF_COMPLAINTS, OF_REFUNDS
from tests.orders.elsewhere import ELSEWHERE

pytestmark = pytest.mark.django_db

GUARDS = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE orders_entry DISABLE TRIGGER USER",
    "ALTER TABLE orders_posting DISABLE TRIGGER USER",
    "ALTER TABLE orders_attemptevent DISABLE TRIGGER USER",
    "ALTER TABLE catalog_stockmovement DISABLE TRIGGER USER",
    "ALTER TABLE orders_document DISABLE TRIGGER USER",
    "ALTER TABLE orders_entryseal DISABLE TRIGGER USER",
    "ALTER TABLE orders_account DROP CONSTRAINT orders_account_floor",
    "ALTER TABLE orders_purchase DROP CONSTRAINT orders_purchase_adds_up",
    "ALTER TABLE orders_callback DROP CONSTRAINT orders_callback_unsigned_without_effect",
    "ALTER TABLE catalog_variant DROP CONSTRAINT catalog_variant_stock",
    "DROP INDEX orders_attempt_one_success",
    "ALTER TABLE orders_refund DROP CONSTRAINT orders_refund_face",
    "ALTER TABLE orders_refund DROP CONSTRAINT orders_refund_second, DROP CONSTRAINT orders_refund_two_people",
    "ALTER TABLE orders_order DROP CONSTRAINT orders_order_refunded",
    "ALTER TABLE orders_order DROP CONSTRAINT orders_order_given_up",
    "ALTER TABLE orders_orderline DROP CONSTRAINT orders_line_refunded",
    "ALTER TABLE orders_payout DROP CONSTRAINT orders_payout_ended_when",
)
ONE_POSTING = "id = (SELECT min(id) FROM orders_posting)"
CORRUPTIONS: dict[str, tuple[str, ...]] = {
    "I01": (f"UPDATE orders_posting SET amount = amount + 1 WHERE {ONE_POSTING}",),
    "I02": (
        f"UPDATE orders_posting SET amount = amount + 1 WHERE {ONE_POSTING}",
        f"UPDATE orders_posting SET currency = 'USD' WHERE {ONE_POSTING}",
    ),
    "I03": ("INSERT INTO orders_entry (kind, idem_key, at) VALUES ('empty', 'empty', now())",),
    "I04": (
        "UPDATE orders_account SET balance = balance - 1 WHERE kind = 'seller_payable'",
        "UPDATE orders_account SET balance = balance - 1 WHERE kind = 'payout_pending'",
    ),
    "I05": (
        "UPDATE orders_account SET balance = 5 WHERE kind = 'seller_payable'",
        "UPDATE orders_account SET balance = 5 WHERE kind = 'payout_pending'",
    ),
    "I06": (
        "UPDATE orders_order SET status = 'paid' WHERE status = 'completed'",
        "UPDATE orders_order SET status = 'awaiting_payment' WHERE status = 'processing'",
    ),
    "I07": ("UPDATE orders_entry SET kind = 'other' WHERE kind = 'settled'",),
    "I08": ("UPDATE orders_paymentattempt SET status = 'dead' WHERE status = 'settled'",),
    "I09": ("UPDATE orders_paymentattempt SET gross = gross + 1 WHERE status = 'settled'",),
    "I10": (
        "UPDATE orders_purchase SET total = total + 1",
        "UPDATE orders_payment SET amount = amount - 1",
        "UPDATE orders_purchase SET service_fee = 5",
    ),
    "I11": (
        "UPDATE orders_paymentattempt SET status = 'settled', payment_id = (SELECT min(payment_id) FROM"
        " orders_paymentattempt WHERE status = 'settled')",
    ),
    "I12": ("UPDATE orders_refund SET amount = amount + 1",),
    "I13": ("UPDATE orders_entry SET kind = 'other' WHERE kind = 'refunded'",),
    "I14": (
        "UPDATE catalog_variant SET on_hand = on_hand + 1",
        "UPDATE catalog_stockmovement SET delta = delta - 1 WHERE kind = 'sale'",
    ),
    "I15": ("UPDATE catalog_variant SET reserved = reserved + 1", "UPDATE catalog_reservation SET state = 'released' WHERE state = 'held'"),
    "I16": ("UPDATE catalog_variant SET reserved = on_hand + 1", "UPDATE catalog_variant SET on_hand = -1"),
    "I17": (
        "UPDATE catalog_reservation SET until = now() - interval '1 hour' WHERE state = 'held'",
        "UPDATE catalog_reservation SET until = now() - interval '1 hour' WHERE state = 'held' AND ref IN (SELECT o.code FROM"
        " orders_order o JOIN orders_payment y USING (purchase_id) WHERE y.method <> 'manual_transfer')",
    ),
    "I18": (
        "DELETE FROM catalog_stockmovement WHERE kind = 'sale'",
        "UPDATE catalog_stockmovement SET delta = delta - 1 WHERE kind = 'sale'",
    ),
    "I19": ("DELETE FROM catalog_stockmovement WHERE kind = 'return'",),
    "I21": (
        "UPDATE orders_order SET commission = commission + 1 WHERE status = 'completed'",
        "UPDATE orders_payout SET amount = amount - 1 WHERE state = 'completed'",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'debt_settled'",
    ),
    "I22": (
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'payout_requested'",
        "UPDATE orders_payout SET amount = amount + 1 WHERE state = 'requested'",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'payout_completed'",
        "UPDATE orders_entry SET kind = 'other' WHERE kind = 'payout_returned'",
        "DELETE FROM orders_payoutapproval",
    ),
    "I23": (
        "UPDATE orders_payout SET state = 'completed', ended_at = now(), sent_at = now(), approved_at = now()"
        " WHERE state = 'requested'",
        "UPDATE orders_account SET balance = balance - 1 WHERE kind = 'payout_pending'",
    ),
    "I24": (
        "UPDATE orders_callback SET received_at = now() - interval '1 hour' WHERE state = 'received'",
        "UPDATE orders_callback SET state = 'failed', next_at = now() - interval '1 hour' WHERE is_signed",
    ),
    "I25": ("UPDATE orders_callback SET state = 'received' WHERE NOT is_signed",),
    "I26": ("UPDATE notices_notice SET next_at = now() - interval '1 hour'",),
    "I27": (
        "UPDATE notices_notice SET kind = 'x' WHERE kind = 'orders.new'",
        "UPDATE notices_notice SET kind = 'x' WHERE kind = 'orders.paid'",
    ),
    "I28": ("UPDATE orders_paymentattempt SET status = 'pending' WHERE status = 'settled'",),
    "I29": ("UPDATE orders_paymentattempt SET rank = 10 WHERE status = 'settled'",),
    "I30": (
        "UPDATE orders_refund SET state = 'failed'",
        "UPDATE orders_refund SET requested_at = now() - interval '30 hours', account_number = 'x'",
        "UPDATE orders_posting SET account_id = (SELECT id FROM orders_account WHERE kind = 'unallocated')"
        " WHERE account_id = (SELECT id FROM orders_account WHERE kind = 'refund_payable')",
    ),
    "I32": (
        "UPDATE orders_transferproof SET state = 'refused' WHERE state = 'accepted'",
        "UPDATE orders_transferproof SET amount_seen = amount_seen - 1 WHERE state = 'accepted'",
        "UPDATE orders_paymentattempt SET status = 'pending' WHERE method = 'manual_transfer' AND status = 'settled'",
    ),
    "I33": (
        "UPDATE orders_transferproof SET uploaded_at = now() - interval '4 days' WHERE state = 'waiting'",
        "UPDATE orders_paymentattempt SET status = 'dead' WHERE method = 'manual_transfer' AND status = 'pending'",
    ),
    "I31": ("UPDATE orders_posting SET amount = amount + 1 WHERE entry_id = (SELECT max(id) FROM orders_entry WHERE reverses_id IS NOT NULL)",),
    "I34": (
        "DELETE FROM orders_document WHERE kind = 'receipt' AND number = 1",
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'invoice' AND number = 1",
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'receipt' AND number = 1",
        "UPDATE orders_order SET invoiced_at = NULL WHERE status = 'processing'",
        "UPDATE orders_order SET credited_at = NULL, closed_at = closed_at - interval '2 hours' WHERE status = 'cancelled'",
        "UPDATE orders_order SET credited_at = now() WHERE status = 'processing'",
        "UPDATE orders_order SET paid_at = now() - interval '2 hours' WHERE status = 'awaiting_payment'",
    ),
    "I35": (
        "UPDATE orders_document SET number = number + 7 WHERE kind = 'invoice' AND number = 1",
        "UPDATE orders_documentcounter SET last = last + 1 WHERE kind = 'statement'",
        "DELETE FROM orders_documentcounter WHERE kind = 'receipt'",
    ),
    "I36": (
        "UPDATE orders_document SET body = replace(body, 'Barang', 'Larangan') WHERE kind = 'invoice'",
        "UPDATE orders_document SET amount = amount + 1 WHERE kind = 'statement'",
        "UPDATE orders_document SET issued_at = issued_at - interval '1 day' WHERE kind = 'receipt'",
    ),
    "I37": (
        "UPDATE orders_posting SET amount = amount - 1 WHERE entry_id = (SELECT min(id) FROM orders_entry WHERE kind = 'completed')"
        " AND account_id IN (SELECT id FROM orders_account WHERE kind = 'seller_payable')",
        "UPDATE orders_document SET month = month - interval '1 month' WHERE kind = 'statement'", "UPDATE orders_entry SET kind = 'other' WHERE kind = 'debt_settled'",
    ),
    "I40": (
        "UPDATE orders_entryseal SET prev = repeat('f', 64) WHERE id = (SELECT max(id) FROM orders_entryseal)",
        "UPDATE orders_entryseal SET hash = repeat('0', 64) WHERE id = (SELECT min(id) FROM orders_entryseal)",
        "DELETE FROM orders_entryseal WHERE id = (SELECT min(id) FROM orders_entryseal)",
        "DELETE FROM orders_entryseal WHERE id = (SELECT min(id) + 2 FROM orders_entryseal)",
    ),
    "I41": (
        "UPDATE orders_posting SET amount = -amount WHERE entry_id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_posting SET amount = amount * 2 WHERE entry_id = (SELECT max(id) FROM orders_entry)",
        "UPDATE orders_posting SET account_id = (SELECT id FROM orders_account WHERE kind = 'unallocated')"
        " WHERE entry_id = (SELECT min(id) FROM orders_entry) AND amount > 0",
        "UPDATE orders_posting SET order_id = NULL WHERE entry_id = (SELECT min(id) FROM orders_entry) AND order_id IS NOT NULL",
        "UPDATE orders_posting SET currency = 'USD' WHERE entry_id = (SELECT min(id) FROM orders_entry)",
        "DELETE FROM orders_posting WHERE entry_id = (SELECT max(id) FROM orders_entry)",
        "UPDATE orders_entry SET kind = 'other' WHERE id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_entry SET idem_key = 'other' WHERE id = (SELECT max(id) FROM orders_entry)",
        "UPDATE orders_entry SET at = at + interval '1 second' WHERE id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_entry SET attempt_id = NULL WHERE id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_entry SET purchase_id = NULL WHERE id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_entry SET order_id = (SELECT min(id) FROM orders_order) WHERE id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_entry SET refund_id = NULL WHERE kind = 'refunded'",
        "UPDATE orders_entry SET reverses_id = NULL WHERE reverses_id IS NOT NULL",
        "INSERT INTO orders_posting (entry_id, account_id, amount, currency)"
        " SELECT entry_id, account_id, amount, currency FROM orders_posting WHERE entry_id = (SELECT min(id) FROM orders_entry)",
        "UPDATE orders_entryseal SET hash = repeat('0', 64) WHERE id = (SELECT max(id) FROM orders_entryseal)",
    ),
    "I42": (
        "UPDATE orders_entryseal SET sealed_at = now() - interval '2 hours';"
        "DELETE FROM orders_entryseal WHERE id = (SELECT min(id) FROM orders_entryseal)",
        "UPDATE orders_entryseal SET sealed_at = now() - interval '2 hours';"
        "DELETE FROM orders_entryseal WHERE id = (SELECT max(id) - 1 FROM orders_entryseal)",
    ),
    "I45": (
        "UPDATE orders_order SET commission = commission + 1",
        "UPDATE orders_order SET commission_vat = commission_vat - 1",
        "UPDATE orders_order SET income_tax = income_tax + 1",
        "UPDATE orders_order SET vat_bp = 1200",
        "UPDATE orders_order SET income_tax_bp = 150",
        "UPDATE orders_orderline SET commission_bp = 600", "UPDATE orders_orderline SET commission_bp = 0",
    ),
}  # fmt: skip


@pytest.fixture
def lived(provider: Provider) -> None:
    """A completed order, an accepted one, a cancelled one with its refund, a reversed one, one that waits, messages, papers."""
    stall = world.seller()
    world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1)
    for life in ("completed", "accepted", "cancelled", "reversed", "waiting"):
        buyer = world.user()
        method = "permata_va" if life == "reversed" else "bca_va"
        purchase = world.charged(buyer, (world.variant(stall, stock=9), 2), method=method)
        if life == "waiting":
            continue
        provider.settle(purchase)
        order, maker = world.orders_of(purchase)[0], world.owner(stall)
        if life in {"completed", "accepted"}:
            accept(order.pk, maker)
        if life == "completed":
            ship(order.pk, maker, "sendiri", "")
            receive(order.pk, buyer.pk)
        if life == "cancelled":
            cancel_order(order.pk, buyer.pk, "")
        if life == "reversed":
            provider.bank.take_back(world.attempt_of(purchase).code, "deny")
            ask(world.attempt_of(purchase))
    world.transferred(world.user(), (world.variant(stall), 1), colour="blue")
    proof = world.transferred(world.user(), (world.variant(stall), 1))
    confirm_transfer(proof.pk, world.finance().pk, proof.attempt.gross)
    payees.lives()
    documents.issue_due()
    with clock.moved(timedelta(days=40)):
        documents.issue_statements_due()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO orders_account (kind) VALUES ('unallocated')")
    Callback.objects.create(sha256="a" * 64, raw=b"{}", is_signed=True)
    Callback.objects.create(sha256="b" * 64, raw=b"{}", is_signed=False, state="rejected")
    world.seal()


@pytest.mark.usefixtures("lived")
def test_a_lived_shop_is_right() -> None:
    assert books.check() == []
    call_command("check_books")


def test_every_invariant_has_a_corruption() -> None:
    assert {rule.code for rule in ALL} == {*CORRUPTIONS, *ELSEWHERE, *OF_REFUNDS, *OF_COMPLAINTS}
    assert {f"I{number:02d}" for number in range(1, 38)} <= set(CORRUPTIONS) | ELSEWHERE | set(ABSENT)
    assert set(SENTENCES) == {rule.code for rule in ALL}


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, statements in CORRUPTIONS.items() for text in statements])
def test_a_corruption_is_named(code: str, statement: str) -> None:
    with connection.cursor() as cursor:
        for guard in GUARDS:
            cursor.execute(guard)
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert code in {violation.code for violation in books.check()}


@pytest.mark.usefixtures("lived")
def test_the_command_says_each_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_notice SET next_at = now() - interval '1 hour'")
    with pytest.raises(SystemExit) as end:
        call_command("check_books")
    assert end.value.code == 1
    assert "I26 " in capsys.readouterr().out


def test_a_waiting_proof_holds_its_stock_past_the_end() -> None:
    world.transferred(world.user(), (world.variant(), 1))
    with clock.moved(timedelta(days=2)):
        assert "I17" not in {found.code for found in books.check()}
        TransferProof.objects.update(state="refused")
        assert "I17" in {found.code for found in books.check()}


def test_future_time_moves_the_checks() -> None:
    world.placed(world.user(), (world.variant(), 1))
    with clock.moved(timedelta(days=3)):
        assert {violation.code for violation in books.check()} == {"I17", "I26"}
