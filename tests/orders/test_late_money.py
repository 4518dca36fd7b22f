"""Much money that paid for nothing goes out by two people, however it came; each decision shows the second factor first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.notices.models import Notice
from bebeli.orders import books, returns
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.close_purchase import cancel_purchase, expire_purchase, give_up_attempt
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.refund import name_refund_account, refund_paid_by_hand, refund_refused
from bebeli.orders.actions.return_transfer import return_transfer
from bebeli.orders.actions.take_refund import take_refund
from bebeli.orders.flows import suspicion
from bebeli.orders.models import Order, Refund
from bebeli.orders.refund_kinds import to_approve
from tests import world
from tests.conftest import Provider
from tests.orders.test_payout_pages import desk_of
from tests.orders.test_suspicion import WHY, doubted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limit(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 7_000


def refused(refund: Refund, user_id: int) -> list[str]:
    """Why somebody may neither take nor pay it."""
    with pytest.raises(Refused) as take:
        take_refund(refund.pk, user_id)
    with pytest.raises(Refused) as pay:
        refund_paid_by_hand(refund.pk, user_id, "REF-12345", world.PROOF)
    return [take.value.code, pay.value.code]


def by_two(refund: Refund, payer_id: int) -> None:
    """A second person says yes and cannot pay; another pays."""
    second = world.finance().pk
    name_refund_account(refund.pk, "014", "1234567890", "Pembeli Uji")
    assert refused(refund, payer_id) == ["refund_moved", "not_approved"]
    approve_refund(refund.pk, second)
    assert refused(refund, second) == ["own_approval", "own_approval"]
    take_refund(refund.pk, payer_id)
    assert refund_paid_by_hand(refund.pk, payer_id, "REF-12345", world.PROOF).state == "confirmed"
    assert books.check() == []


@pytest.mark.parametrize("way", ["another amount", "a cancelled purchase"])
def test_a_transfer_that_one_officer_gives_back_waits_for_a_second(way: str) -> None:
    proof, officer = world.transferred(world.user(), (world.variant(stock=5), 2)), world.finance().pk
    purchase = proof.attempt.payment.purchase
    if way == "another amount":
        confirm_transfer(proof.pk, officer, 7_000)
        return_transfer(proof.pk, officer)
    else:
        cancel_purchase(purchase.pk, purchase.buyer_id)
        confirm_transfer(proof.pk, officer, purchase.total)
    refund = Refund.objects.get()
    assert (refund.state, refund.needs_second, refund.decided_by_id) == ("requested", True, officer)
    with pytest.raises(Refused) as refusal:
        approve_refund(refund.pk, officer)
    assert refusal.value.code == "own_decision"
    by_two(refund, officer)


def test_a_suspect_payment_that_one_officer_gives_back_waits_for_a_second(provider: Provider) -> None:
    officer = world.finance().pk
    suspicion.give_back(doubted(provider).pk, officer, WHY)
    refund = Refund.objects.get()
    assert (refund.state, refund.needs_second, refund.decided_by_id) == ("requested", True, officer)
    assert books.check() == []


@pytest.mark.parametrize("method", ["bca_va", "qris"])
def test_what_a_provider_told_of_waits_for_a_second_once_a_person_must_send_it(method: str) -> None:
    officer, purchase = world.finance().pk, world.placed(world.user(), (world.variant(stock=2), 2), method=method)
    give_up_attempt(world.attempt_of(purchase).pk, "not found")
    with clock.moved(timedelta(hours=25)):
        expire_purchase(purchase.pk)
    world.paid(world.user(), (world.orders_of(purchase)[0].lines.get().variant, 1))
    assert world.settle_now(world.attempt_of(purchase)) == "unallocated"
    refund = Refund.objects.get()
    if method == "qris":
        assert (refund.state, refund.needs_second) == ("approved", False)  # the provider gives it back by itself
        refund = refund_refused(refund.pk, "414")
    assert (refund.state, refund.needs_second, refund.decided_by_id) == ("requested", True, None)
    assert "kembali menurut aturan" in to_approve({"refund": refund.pk}).body
    assert Notice.objects.filter(kind="orders.refund_to_approve", ref=refund.key).count() == 2  # mail and inbox
    by_two(refund, officer)


def test_whoever_said_that_a_transfer_came_does_not_pay_its_refund() -> None:
    proof, officer = world.transferred(world.user(), (world.variant(), 2)), world.finance().pk
    confirm_transfer(proof.pk, officer, proof.attempt.gross)
    order = Order.objects.get()
    cancel_order(order.pk, order.purchase.buyer_id, "")
    refund = name_refund_account(Refund.objects.get().pk, "014", "1234567890", "Pembeli Uji")
    assert (refund.needs_second, refused(refund, officer)) == (False, ["own_word", "own_word"])
    assert "Petugas lain yang mentransfernya" in desk_of(officer).get(f"/keuangan/pengembalian/{refund.pk}/").content.decode()
    assert refund_paid_by_hand(refund.pk, world.finance().pk, "REF-12345", world.PROOF).state == "confirmed"
    assert books.check() == []


def test_nothing_at_all_needs_nobody(settings: Any) -> None:
    settings.REFUND_TWO_PEOPLE_FROM = 0
    assert (returns.is_much(0), returns.is_much(1)) == (False, True)


def test_decisions_show_the_second_factor_first(provider: Provider) -> None:
    officer = world.finance().pk
    stale, case = desk_of(officer, "password"), doubted(provider)
    proof = world.transferred(world.user(), (world.variant(), 1))
    for where, verbs, said in (
        (f"/keuangan/transfer/{proof.pk}/", ("terima", "kembalikan"), {"jumlah": str(proof.attempt.gross)}),
        (f"/keuangan/diperiksa/{case.pk}/", ("kembalikan", "tutup"), {"alasan": WHY}),
    ):
        link = f"/akun/kode/lagi/?next={where.replace('/', '%2F')}"
        stale.post(f"{where}ambil/")
        assert link in stale.get(where).content.decode()  # asked before anything is typed
        assert link not in desk_of(officer, "mfa").get(where).content.decode()
        for verb in verbs:
            assert stale.post(f"{where}{verb}/", said).headers["Location"] == link
    proof.refresh_from_db()
    case.refresh_from_db()
    assert (proof.state, case.state, Refund.objects.exists()) == ("waiting", "open", False)
