"""The machine that walks: everything that can happen to orders, payments, stock and money, in any order."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bebeli.kit import clock
from bebeli.notices.models import Notice
from bebeli.orders.actions.cancel_order import cancel_unanswered
from bebeli.orders.actions.close_purchase import cancel_purchase, expire_purchase, give_up_attempt
from bebeli.orders.actions.receive import complete_by_time
from bebeli.orders.actions.record_charge import postpone_charge, record_charge
from bebeli.orders.actions.refund import (
    name_refund_account,
    refund_paid_by_hand,
    refund_postponed,
    refund_refused,
    refund_seen,
    refund_sent,
    refund_waits,
)
from bebeli.orders.actions.renew_attempt import renew_attempt
from bebeli.orders.models import Order, OutsideRefund, PaymentAttempt, Purchase, Refund
from bebeli.orders.windows import minutes
from tests import world
from tests.properties.acts import STEPS, agree
from tests.properties.ground import Ground, channel
from tests.properties.model import LIVE, MAttempt, MPurchase, MRefund

METHODS = ("bca_va", "qris")
MOST_PURCHASES = 4
MOST_ATTEMPTS = 9
PICK = st.integers(0, 3)
FEW = st.integers(0, 2)
TRUTHS = ("pending", "settlement", "settlement", "settlement", "expire", "deny", "chargeback", "refund")


class Shop(Ground):
    """A step moves the real house and the model; both must end alike."""

    # --- the buyer -----------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.model.purchases) < MOST_PURCHASES)
    @rule(wanted=st.tuples(FEW, FEW, FEW).filter(any), method=st.sampled_from(METHODS), ship=st.sampled_from(["local", "pickup"]))
    def place(self, wanted: tuple[int, int, int], method: str, ship: str) -> None:
        """Buy what is there; what is not there is refused."""
        chosen = [(made, count) for made, count in zip(self.goods, wanted, strict=True) if count]
        short = any(self.model.shelves[made.pk].free < count for made, count in chosen)
        with clock.moved(self.passed):
            world.cart_of(self.buyer).lines.all().delete()
            buy = partial(world.placed, self.buyer, *chosen, method=method, ship=ship, key=uuid.uuid4().hex)
            if short:
                agree(buy, "out_of_stock")
                return
            purchase = buy()
        self.remember(purchase, method)

    @precondition(lambda self: self.has_purchases)
    @rule(number=PICK, method=st.sampled_from(METHODS))
    def pay_another_way(self, number: int, method: str) -> None:
        """Change one's mind about how to pay."""
        purchase, now = self.pick(number), self.now
        last, refused = purchase.attempts[-1], purchase.refuses_renewal(now)
        stays = not refused and last.state in {"created", "pending"} and last.channel == channel(method)
        if not refused and not stays and len(purchase.attempts) >= MOST_ATTEMPTS:
            refused = "too_many_attempts"
        row = Purchase.objects.get(code=purchase.code)
        with clock.moved(self.passed):
            agree(partial(renew_attempt, row.pk, method), refused)
        if not refused and not stays:
            shown, provider, _held = minutes(method)
            purchase.pay_before = min(purchase.pay_before, now + timedelta(minutes=shown))
            purchase.provider_until = min(purchase.provider_until, now + timedelta(minutes=provider))
            purchase.payment = "created"
            purchase.attempts.append(MAttempt(f"{purchase.code}-p{len(purchase.attempts) + 1}", channel(method)))

    @precondition(lambda self: self.has_purchases)
    @rule(number=PICK)
    def cancel_unpaid(self, number: int) -> None:
        """Call the whole purchase off."""
        purchase = self.pick(number)
        refused = "" if purchase.status in {"awaiting_payment", "cancelled"} else "purchase_not_open"
        row = Purchase.objects.get(code=purchase.code)
        with clock.moved(self.passed):
            agree(partial(cancel_purchase, row.pk, self.buyer.pk), refused)
        if purchase.status == "awaiting_payment":
            self.model.close(purchase, "cancelled")

    # --- the parties of an order ---------------------------------------------------------------------------------

    @precondition(lambda self: self.has_purchases)
    @rule(number=PICK, which=PICK, step=st.sampled_from(sorted(STEPS)))
    def step(self, number: int, which: int, step: str) -> None:
        """Somebody does something with an order."""
        purchase = self.pick(number)
        order = purchase.orders[which % len(purchase.orders)]
        foresee, act = STEPS[step]
        row = Order.objects.get(code=order.code)
        refused = foresee(self.model, purchase, order, self.now)
        with clock.moved(self.passed):
            agree(act(row, self.buyer.pk, self.maker), refused)

    # --- the provider --------------------------------------------------------------------------------------------

    @precondition(lambda self: self.has_purchases)
    @rule(number=PICK, is_away=st.booleans())
    def charge(self, number: int, *, is_away: bool) -> None:
        """Open the newest charge, or fail to."""
        purchase = self.pick(number)
        attempt = purchase.attempts[-1]
        row = PaymentAttempt.objects.get(code=attempt.code)
        with clock.moved(self.passed):
            if is_away:
                postpone_charge(row.pk, "away")
                return
            record_charge(row.pk, self.charge_of(attempt, purchase))
        attempt.state = "pending" if attempt.state == "created" else attempt.state
        purchase.payment = "pending" if purchase.payment == "created" else purchase.payment

    @precondition(lambda self: self.has_purchases)
    @rule(
        number=PICK,
        which=PICK,
        status=st.sampled_from(TRUTHS),
        confirms=st.booleans(),
    )
    def hear(self, number: int, which: int, status: str, *, confirms: bool) -> None:
        """The provider tells the truth about an attempt, perhaps with refunds its bank has confirmed."""
        purchase = self.pick(number)
        attempt = purchase.attempts[which % len(purchase.attempts)]
        seen = list(self.refunds_of(purchase, attempt)) if confirms else []
        truth = self.truth(attempt, purchase.total, status, seen)
        is_taken_back = attempt.state == "settled" and status in {"deny", "chargeback"}
        if not is_taken_back and attempt.state != "reversed":
            for refund in seen:
                refund.state = "confirmed" if refund.is_open else refund.state
        expected = self.model.hear(purchase, attempt, status, self.now)
        assert self.settle(attempt, truth) == expected

    @precondition(lambda self: self.has_purchases)
    @rule(number=PICK, which=PICK)
    def hear_another_amount(self, number: int, which: int) -> None:
        """The amount is wrong: no goods move."""
        purchase = self.pick(number)
        attempt = purchase.attempts[which % len(purchase.attempts)]
        truth = self.truth(attempt, purchase.total + 1, "settlement", [])
        assert self.settle(attempt, truth) == self.model.doubt(purchase, attempt)

    # --- time ----------------------------------------------------------------------------------------------------

    @rule(by=st.sampled_from([timedelta(minutes=22), timedelta(hours=13), timedelta(hours=50), timedelta(days=15)]))
    def pass_time(self, by: timedelta) -> None:
        """Hours pass; the sweepers end what is overdue, the outbox is emptied."""
        self.passed += by
        self.model.pass_time(self.now)
        with clock.moved(self.passed):
            Notice.objects.filter(state="pending").update(state="sent")
            for order in Order.objects.filter(purchase__buyer=self.buyer).order_by("pk"):
                cancel_unanswered(order.pk)
                complete_by_time(order.pk)
        for purchase in self.model.purchases:
            if purchase.status == "awaiting_payment" and purchase.provider_until <= self.now:
                self.end(purchase)

    @precondition(lambda self: self.has_purchases)
    @rule(number=PICK)
    def end_too_early(self, number: int) -> None:
        """What is not overdue, or may still be paid, is not ended."""
        purchase = self.pick(number)
        is_over = purchase.provider_until <= self.now and not any(one.state in LIVE for one in purchase.attempts)
        with clock.moved(self.passed):
            expire_purchase(Purchase.objects.get(code=purchase.code).pk)
        if purchase.status == "awaiting_payment" and is_over:
            self.model.close(purchase, "expired")

    def end(self, purchase: MPurchase) -> None:
        """The provider says that nothing can come any more, then the purchase ends."""
        with clock.moved(self.passed):
            for attempt in purchase.attempts:
                give_up_attempt(PaymentAttempt.objects.get(code=attempt.code).pk, "not found")
                attempt.state = "dead" if attempt.state in LIVE else attempt.state
            expire_purchase(Purchase.objects.get(code=purchase.code).pk)
        self.model.close(purchase, "expired")

    # --- money going back ----------------------------------------------------------------------------------------

    @precondition(lambda self: any(one.channel == "provider" for one in self.model.refunds))
    @rule(number=PICK, word=st.sampled_from(["sent", "postponed", "waits", "refused", "seen"]))
    def refund_by_provider(self, number: int, word: str) -> None:
        """The provider takes a refund, is away, refuses it, or confirms it."""
        ours = [one for one in self.model.refunds if one.channel == "provider"]
        refund = ours[number % len(ours)]
        pk = Refund.objects.get(key=refund.key).pk
        with clock.moved(self.passed):
            match word:
                case "sent":
                    refund_sent(pk)
                    refund.state = "sent" if refund.state == "approved" else refund.state
                case "postponed":
                    refund_postponed(pk, "away")
                case "waits":
                    refund_waits(pk, self.now + timedelta(hours=6))
                case "refused":
                    refund_refused(pk, "412")
                    self._fall_back(refund)
                case _:
                    refund_seen(pk)
                    refund.state = "confirmed" if refund.is_open else refund.state

    def _went_out(self, pk: int) -> bool:
        """Money of this payment went out at the provider by itself, and finance has not said yet what it was."""
        return OutsideRefund.objects.open().filter(attempt__refunds=pk).exists()

    def _fall_back(self, refund: MRefund) -> None:
        if not refund.is_open:
            return
        refund.state = "failed"
        stem, number = refund.key.rsplit("-r", 1)
        mine = next(one for purchase in self.model.purchases for one in purchase.owed if refund in one)
        mine.append(MRefund(f"{stem}-r{int(number) + 1}", refund.amount, "bank"))

    @precondition(lambda self: any(one.channel == "bank" for one in self.model.refunds))
    @rule(number=PICK, names_account=st.booleans())
    def refund_by_hand(self, number: int, *, names_account: bool) -> None:
        """The buyer names an account, or finance transfers to it."""
        ours = [one for one in self.model.refunds if one.channel == "bank"]
        refund = ours[number % len(ours)]
        pk = Refund.objects.get(key=refund.key).pk
        with clock.moved(self.passed):
            if names_account:
                agree(partial(name_refund_account, pk, "014", "1234567890", "Uji"), "" if refund.is_open else "refund_closed")
                refund.has_account = refund.has_account or refund.is_open
                return
            refused = "no_account" if not refund.has_account else "outside_open" if self._went_out(pk) else ""
            if refund.state == "failed":
                refused = "refund_closed"
            if refund.state == "confirmed":
                refused = ""
            agree(partial(refund_paid_by_hand, pk, world.finance().pk, "REF-12345", world.PROOF), refused)
        refund.state = refund.state if refused else "confirmed"
