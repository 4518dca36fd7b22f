"""The worked example of two makers walked through the real verbs, every account to the rupiah."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import books, ledger, returns, states, story
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.approve_remittance import approve_remittance
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.book_remittance import book_remittance
from bebeli.orders.actions.complete_payout import complete_payout
from bebeli.orders.actions.decide_complaint import Decision, decide_complaint
from bebeli.orders.actions.escalate_complaint import ask_officer
from bebeli.orders.actions.lock_order import take
from bebeli.orders.actions.propose_remittance import propose_remittance
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.record_gateway_fee import record_gateway_fee
from bebeli.orders.actions.record_gateway_settlement import record_gateway_settlement
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.ship import ship
from bebeli.orders.flows import documents
from bebeli.orders.models import Entry, Order, PaymentAttempt, Posting, Purchase, Refund
from bebeli.orders.parting import Part
from bebeli.orders.proofs import KeptProof
from tests import grievances, payees, world
from tests.vouchers import making

pytestmark = pytest.mark.django_db


class Example:
    """A: goods 200,000, voucher 10,000, courier 15,000; B (with a letter): 2 × 50,000, own delivery 10,000; promo 30,000."""

    def __init__(self) -> None:
        self.boss = world.finance()
        a, b = world.seller(), world.seller()
        world.rates_today(commission=500, vat=1100, income_tax=50, pmk37=1, service_fee=2_000)
        world.letter(b, self.boss)
        goods = ((world.variant(a, price=200_000), 1), (world.variant(b, price=50_000), 2))
        own = making.own(a, amount=10_000)
        promo = making.voucher(amount=30_000, payer="platform", min_purchase=50_000)
        self.purchase = world.placed(world.user(), *goods, voucher=promo.code, campaigns=(own.code,))
        self._ship_at_other_prices(a.pk)
        self.a, self.b = world.orders_of(self.purchase)
        self.attempt = world.attempt_of(self.purchase)

    def remit(self, kind: str, amount: int, set_off: int = 0) -> None:
        """Two officers send on what is not ours."""
        found = propose_remittance(kind, clock.today(), amount, set_off, self.boss.pk)
        approve_remittance(found.pk, world.finance().pk)
        book_remittance(found.pk, self.boss.pk, "NTPN 12345", world.PROOF)

    def _ship_at_other_prices(self, a: int) -> None:
        """A courier that the platform pays is in no table yet, so the shipping alone is written by hand."""
        for order in Order.objects.filter(purchase=self.purchase):
            shipping, payer = (15_000, "platform") if order.seller_id == a else (10_000, "seller")
            total = order.goods_total - order.seller_discount + shipping
            Order.objects.filter(pk=order.pk).update(shipping_price=shipping, shipping_paid_by=payer, total=total)
        total = self.purchase.total - self.purchase.shipping_total + 25_000
        assert total == 287_000
        Purchase.objects.filter(pk=self.purchase.pk).update(shipping_total=25_000, total=total)
        self.purchase.payment.amount = total
        self.purchase.payment.save()
        PaymentAttempt.objects.filter(payment=self.purchase.payment).update(gross=total)

    def pay(self) -> None:
        """E1 and E2."""
        assert settle(self.attempt.pk, world.truth(self.attempt), settings.MIDTRANS_MERCHANT_ID) == "settled"
        record_gateway_fee(self.attempt.pk, 4_440, clock.today())

    def complete(self, order: Order) -> None:
        """E4 or E6."""
        maker = world.owner(order.seller)
        accept(order.pk, maker)
        ship(order.pk, maker, "JNE", "RESI12345")
        receive(order.pk, self.purchase.buyer_id)

    def part(self, order: Order, parts: list[Part], shipping: int = 0) -> Refund:
        """E5 or E9, as a rule decides it."""
        with transaction.atomic():
            taken = take(order.pk)
            refund = returns.refund_part(taken.locks, taken.order, parts, shipping=shipping, reason="kurang", who=states.SYSTEM)
        assert refund is not None
        return refund

    def give_back(self, refund: Refund) -> None:
        """E5b."""
        name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")
        refund_paid_by_hand(refund.pk, self.boss.pk, "REF-12345", world.PROOF)

    def payable(self, order: Order) -> int:
        """What the order's maker may have."""
        return ledger.payable_of(order.seller_id)

    def pay_out(self, order: Order) -> None:
        """E7 and E8."""
        payout = payees.approved(payees.payout(order.seller, bank="111"))
        batch_payouts(self.boss.pk)
        complete_payout(payout.pk, self.boss.pk, "REF-778899", KeptProof("bukti/p.webp", 1, "0" * 64))

    def balances(self) -> dict[str, int]:
        """Every account that moved, by kind."""
        rows = Posting.objects.values("account__kind").annotate(total=Sum("amount"))
        return {row["account__kind"]: row["total"] for row in rows if row["total"]}


def test_both_completed() -> None:
    shop = Example()
    shop.pay()
    assert shop.balances() == {
        "gateway": 282_560, "promo_platform": 30_000, "escrow": -315_000, "service_fee": -1_802, "ppn_output": -198,
        "gateway_fee": 4_000, "ppn_input": 440,
    }  # fmt: skip
    shop.complete(shop.a)
    shop.complete(shop.b)
    record_gateway_settlement(shop.attempt.pk, 282_560)
    assert shop.balances() == {
        "bank": 282_560, "promo_platform": 30_000, "gateway_fee": 4_000, "ppn_input": 440,
        "seller_payable": -(178_505 + 104_450), "commission": -14_500, "ppn_output": -(198 + 1_045 + 550),
        "pph22_payable": -950, "shipping_payable": -15_000, "service_fee": -1_802,
    }  # fmt: skip
    assert books.check() == []


def test_b_refunded_whole_and_paid_from_the_bank() -> None:
    shop = Example()
    shop.pay()
    shop.complete(shop.a)
    reject(shop.b.pk, world.owner(shop.b.seller), "habis")
    before = shop.balances()
    assert (before["refund_payable"], before["promo_platform"]) == (-99_655, 19_655)
    record_gateway_settlement(shop.attempt.pk, 282_560)
    refund = shop.b.refunds.get()
    name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")
    refund_paid_by_hand(refund.pk, shop.boss.pk, "REF-12345", world.PROOF)
    assert shop.balances() == {
        "bank": 182_905, "promo_platform": 19_655, "gateway_fee": 4_000, "ppn_input": 440, "seller_payable": -178_505,
        "commission": -9_500, "ppn_output": -1_243, "pph22_payable": -950, "shipping_payable": -15_000, "service_fee": -1_802,
    }  # fmt: skip
    assert books.check() == []


def test_a_refunded_whole_after_it_was_sent_still_pays_the_courier() -> None:
    shop = Example()
    shop.pay()
    accept(shop.a.pk, world.owner(shop.a.seller))
    ship(shop.a.pk, world.owner(shop.a.seller), "JNE", "RESI12345")
    complaint = grievances.about(grievances.fresh(shop.a))
    refuse_complaint(complaint.pk, grievances.maker(complaint), "Kami kirim utuh.")
    ask_officer(complaint.pk, shop.purchase.buyer_id)
    decide_complaint(complaint.pk, grievances.officer().pk, Decision("full", "Pecah semua."))
    found = shop.balances()
    assert found == {
        "gateway": 282_560, "gateway_fee": 4_000, "ppn_input": 440, "service_fee": -1_802, "ppn_output": -198,
        "escrow": -110_000, "refund_payable": -185_345, "promo_platform": 30_000 - 19_655,
        "seller_receivable": 15_000, "shipping_payable": -15_000,
    }  # fmt: skip
    assert [told.amount for told in story.of_seller(grievances.fresh(shop.a))][-2:] == [-205_000, -15_000]
    documents.issue_due()
    assert books.check() == []


def test_reversed_before_anything_went_on() -> None:
    shop = Example()
    shop.pay()
    settle(shop.attempt.pk, world.truth(shop.attempt, "deny", status_code="202"), settings.MIDTRANS_MERCHANT_ID)
    assert shop.balances() == {"gateway": -4_440, "gateway_fee": 4_000, "ppn_input": 440}
    assert books.check() == []


def test_reversed_after_completion_gives_back_the_frozen_amounts() -> None:
    shop = Example()
    shop.pay()
    shop.complete(shop.a)
    world.rate_ahead(shop.boss)
    settle(shop.attempt.pk, world.truth(shop.attempt, "deny", status_code="202"), settings.MIDTRANS_MERCHANT_ID)
    found = shop.balances()
    assert found == {
        "gateway": -4_440, "gateway_fee": 4_000, "ppn_input": 440, "seller_payable": -178_505,
        "seller_receivable": 178_505 + 15_000, "shipping_payable": -15_000,  # the courier carried it all the same
    }  # fmt: skip


def test_a_fee_and_a_settlement_are_posted_once() -> None:
    shop = Example()
    shop.pay()
    assert record_gateway_fee(shop.attempt.pk, 4_440, clock.today()) == Entry.objects.get(kind="gateway_fee")
    with pytest.raises(Refused):
        record_gateway_fee(shop.attempt.pk, 4_441, clock.today())
    record_gateway_settlement(shop.attempt.pk, 282_560)
    record_gateway_settlement(shop.attempt.pk, 282_560)
    with pytest.raises(Refused):
        record_gateway_settlement(shop.attempt.pk, 282_559)
    assert Entry.objects.filter(kind="gateway_settled").count() == 1
    assert record_gateway_fee(shop.attempt.pk, 0, clock.today(), "refund") is None
    assert record_gateway_settlement(shop.attempt.pk, 0, "refund") is None


def test_the_whole_example_with_its_refunds_and_payout() -> None:
    """E1 to E9 by the verbs that exist: B loses one of two pieces, A is paid out, A gives 30,000 of face back."""
    shop = Example()
    shop.pay()
    shop.complete(shop.a)
    assert shop.payable(shop.a) == 178_505
    line = shop.b.lines.get()
    one = shop.part(shop.b, [Part(line.pk, quantity=1)])  # E5
    assert (one.amount, one.promo, one.face) == (44_828, 5_172, 50_000)
    record_gateway_settlement(shop.attempt.pk, 282_560)  # E3
    shop.give_back(one)  # E5b, by transfer: a virtual account cannot be refunded
    shop.complete(shop.b)  # E6
    assert shop.payable(shop.b) == 57_225
    shop.pay_out(shop.a)  # E7 and E8
    late = shop.part(shop.a, [Part(face=30_000)])  # E9, after the payout
    assert (late.amount, late.promo, late.commission, late.commission_vat, late.income_tax, late.owed) == (
        26_897, 3_103, 1_500, 165, 150, 28_185,
    )  # fmt: skip
    found = shop.balances()
    assert sum(found.values()) == 0
    assert found == {
        "bank": 59_227, "refund_payable": -26_897, "seller_payable": -57_225, "seller_receivable": 28_185,
        "promo_platform": 30_000 - 5_172 - 3_103, "gateway_fee": 4_000, "ppn_input": 440, "service_fee": -1_802,
        "commission": -(9_500 + 2_500 - 1_500), "ppn_output": -(198 + 1_045 + 275 - 165), "pph22_payable": -(950 - 150),
        "shipping_payable": -15_000,
    }  # fmt: skip
    documents.issue_due()
    assert books.check() == []
    shop.remit("ppn", 913, set_off=440)  # E12
    shop.remit("pph22", 800)
    shop.remit("couriers", 15_000)
    left = shop.balances()
    assert {"ppn_output", "ppn_input", "pph22_payable", "shipping_payable"} & left.keys() == set()
    assert left["bank"] == 59_227 - 913 - 800 - 15_000
    assert books.check() == []


def test_the_last_piece_takes_the_rest() -> None:
    shop = Example()
    shop.pay()
    line = shop.b.lines.get()
    first, last = (shop.part(shop.b, [Part(line.pk, quantity=1)]) for _each in range(2))
    assert [(refund.key, refund.amount, refund.promo) for refund in (first, last)] == [
        (f"{shop.b.code}-r1", 44_828, 5_172), (f"{shop.b.code}-r2", 44_827, 5_173),
    ]  # fmt: skip
    with pytest.raises(Refused) as refusal:
        shop.part(shop.b, [Part(line.pk, quantity=1)])
    assert refusal.value.code == "too_much"
    assert shop.balances()["escrow"] == -(205_000 + 10_000)
    documents.issue_due()
    assert books.check() == []
