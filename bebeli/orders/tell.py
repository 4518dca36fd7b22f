"""Who hears what: each business event as notices, written in the verb's transaction."""

from __future__ import annotations

from datetime import datetime

from bebeli.accounts import roles
from bebeli.accounts.models import Appointment
from bebeli.notices import outbox
from bebeli.orders.models import (
    BankAccount,
    BooksRun,
    Complaint,
    ComplaintMessage,
    DoubleRefund,
    Order,
    OutsideRefund,
    Payment,
    Payout,
    Purchase,
    Refund,
    RefundWord,
    Remittance,
    TransferProof,
)
from bebeli.sellers.models import Membership


def placed(purchase: Purchase) -> None:
    """Tell the buyer how to pay."""
    _buyer("orders.placed", purchase, purchase.code, {"purchase": purchase.pk})


def paid(purchase: Purchase, orders: list[Order]) -> None:
    """Tell the buyer that the money came, and every maker that there is work."""
    _buyer("orders.paid", purchase, purchase.code, {"purchase": purchase.pk})
    for order in orders:
        to_seller("orders.new", order)


def closed_unpaid(purchase: Purchase, kind: str) -> None:
    """Tell the buyer that the purchase ended without money."""
    _buyer(kind, purchase, purchase.code, {"purchase": purchase.pk})


def to_buyer(kind: str, order: Order) -> None:
    """Tell the buyer something about one order."""
    _buyer(kind, order.purchase, order.code, {"order": order.pk})


def to_seller(kind: str, order: Order) -> None:
    """Tell everybody who acts for the seller something about one order."""
    members = Membership.objects.filter(seller_id=order.seller_id).select_related("user").order_by("pk")
    for member in members:
        outbox.tell(kind, ref=order.code, to_user=member.user, payload={"order": order.pk})


def refund_by_hand(refund: Refund, purchase: Purchase) -> None:
    """Ask the buyer for an account to send the money to."""
    _buyer("orders.refund_account", purchase, refund.key, {"refund": refund.pk})


def short(refund: Refund, purchase: Purchase) -> None:
    """Tell the buyer that a part cannot be delivered and its money goes back."""
    _buyer("orders.short", purchase, refund.key, {"refund": refund.pk})


def refund_confirmed(refund: Refund, purchase: Purchase) -> None:
    """Tell the buyer that the money is back."""
    _buyer("orders.refund_confirmed", purchase, refund.key, {"refund": refund.pk})


def refund_bounced(refund: Refund, purchase: Purchase) -> None:
    """Tell the buyer that the transfer came back, and ask for another account."""
    _buyer("orders.refund_bounced", purchase, refund.key, {"refund": refund.pk})


def refund_to_approve(refund: Refund, word: RefundWord | None = None) -> None:
    """Tell everybody in finance who may agree that much money waits for a second person; `word` is what was answered to a no."""
    ref = f"{refund.key}-w{word.pk}" if word else refund.key
    not_theirs = {refund.decided_by_id, refund.attempt.payment.purchase.buyer_id, *refund.words().answerers()}
    for person in roles.holders(Appointment.Role.FINANCE):
        if person.pk not in not_theirs:
            outbox.tell("orders.refund_to_approve", ref=ref, to_user=person, payload={"refund": refund.pk})


def remittance_to_approve(found: Remittance) -> None:
    """Tell everybody else in finance that money of others waits for a second person."""
    for person in roles.holders(Appointment.Role.FINANCE):
        if person.pk != found.proposed_by_id:
            outbox.tell("orders.remittance_to_approve", ref=found.key, to_user=person, payload={"remittance": found.pk})


def refund_turned_down(word: RefundWord, refund: Refund) -> None:
    """Tell who decided it that a second person said no, and why."""
    if refund.decided_by is not None:
        ref, payload = f"{refund.key}-w{word.pk}", {"refund": refund.pk, "word": word.pk}
        outbox.tell("orders.refund_turned_down", ref=ref, to_user=refund.decided_by, payload=payload)


def late_money(refund: Refund, purchase: Purchase) -> None:
    """Tell the buyer that money came too late or twice and goes back."""
    _buyer("orders.late_money", purchase, refund.key, {"refund": refund.pk})


def suspect(payment: Payment) -> None:
    """Tell the buyer that the payment is being looked at by people."""
    _buyer("orders.suspect", payment.purchase, payment.purchase.code, {"purchase": payment.purchase_id})


def proof_received(proof: TransferProof, purchase: Purchase) -> None:
    """Tell the buyer that the proof is here."""
    _buyer("orders.proof_received", purchase, f"{purchase.code}-b{proof.pk}", {"proof": proof.pk})


def proof_refused(proof: TransferProof, purchase: Purchase) -> None:
    """Tell the buyer why the proof was refused, and until when another may come."""
    _buyer("orders.proof_refused", purchase, f"{purchase.code}-b{proof.pk}", {"proof": proof.pk})


def _buyer(kind: str, purchase: Purchase, ref: str, payload: dict[str, int]) -> None:
    if purchase.buyer is not None:
        outbox.tell(kind, ref=ref, to_user=purchase.buyer, payload=payload)
    else:
        outbox.tell(kind, ref=ref, to_email=purchase.email, language=purchase.language, payload=payload, channels=("email",))


def books_wrong(run: BooksRun) -> None:
    """Tell everybody in finance that the books do not add up."""
    for person in roles.holders(Appointment.Role.FINANCE):
        outbox.tell("orders.books_wrong", ref=f"buku-{run.pk}", to_user=person, payload={"run": run.pk})


def outside_found(outside: OutsideRefund) -> None:
    """Tell everybody in finance that money left a payment at the provider without us."""
    for person in roles.holders(Appointment.Role.FINANCE):
        ref = f"luar-{outside.pk}-{outside.found_at:%d%H%M%S}"
        outbox.tell("orders.outside_found", ref=ref, to_user=person, payload={"outside": outside.pk})


def payment_taken_back(purchase: Purchase) -> None:
    """Tell everybody in finance that a bank took a payment back."""
    for person in roles.holders(Appointment.Role.FINANCE):
        outbox.tell("orders.payment_taken_back", ref=purchase.code, to_user=person, payload={"purchase": purchase.pk})


def debt_to_owners(kind: str, order: Order) -> None:
    """Tell the stall's owners what a reversal of an order that had ended well means for them."""
    _owners(kind, order.seller_id, order.code, {"order": order.pk})


def bank_account_named(account: BankAccount) -> None:
    """Tell the stall's owners, at the addresses known before, where its money shall go from now on."""
    _owners("orders.bank_account_named", account.seller_id, f"rekening-{account.pk}", {"account": account.pk})


def bank_account_refused(account: BankAccount) -> None:
    """Tell the stall's owners that nothing can be paid to the account they named."""
    _owners("orders.bank_account_refused", account.seller_id, f"rekening-{account.pk}", {"account": account.pk})


def payout_ended(payout: Payout) -> None:
    """Tell the stall's owners that the money arrived, or is theirs again and why."""
    kind = "orders.payout_completed" if payout.state == Payout.State.COMPLETED else "orders.payout_returned"
    _owners(kind, payout.seller_id, payout.key, {"payout": payout.pk})


def payout_paid_after(payout: Payout) -> None:
    """Tell everybody in finance who may book it that a payout arrived although it was given back."""
    ref = _moment(payout.key, payout.paid_after_at)
    for person in roles.holders(Appointment.Role.FINANCE):
        if not Payout.objects.made_by(person.pk).filter(pk=payout.pk).exists():
            outbox.tell("orders.payout_paid_after", ref=ref, to_user=person, payload={"payout": payout.pk})


def payout_owed(payout: Payout) -> None:
    """Tell the stall's owners that they have a payout twice, and where it is taken from."""
    _owners("orders.payout_owed", payout.seller_id, _moment(payout.key, payout.owed_at), {"payout": payout.pk})


def payout_unpaid(payout: Payout) -> None:
    """Tell the stall's owners that it came back to us, and that nothing of it is owed any more."""
    _owners("orders.payout_unpaid", payout.seller_id, _moment(payout.key, payout.unpaid_at), {"payout": payout.pk})


def _moment(key: str, at: datetime | None) -> str:
    return f"{key}-{at:%Y%m%d%H%M%S}" if at else key


def double_opened(case: DoubleRefund) -> None:
    """Tell everybody in finance who may decide it that a payer has money twice."""
    _finance("orders.double_opened", case, f"dua-kali-{case.pk}", set())


def double_to_approve(case: DoubleRefund) -> None:
    """Tell the others in finance that one of them wants to write it off."""
    _finance("orders.double_to_approve", case, _moment(f"dua-kali-{case.pk}", case.proposed_at), {case.proposed_by_id})


def _finance(kind: str, case: DoubleRefund, ref: str, not_to: set[int | None]) -> None:
    not_theirs = {*not_to, case.attempt.payment.purchase.buyer_id}
    for person in roles.holders(Appointment.Role.FINANCE):
        if person.pk not in not_theirs:
            outbox.tell(kind, ref=ref, to_user=person, payload={"double": case.pk})


def complaint_to_seller(kind: str, complaint: Complaint) -> None:
    """Tell everybody who acts for the seller what became of a complaint."""
    _members(kind, complaint, complaint.code, {"complaint": complaint.pk})


def complaint_to_buyer(kind: str, complaint: Complaint, message: ComplaintMessage) -> None:
    """Tell the buyer what the seller answered."""
    payload = {"complaint": complaint.pk, "message": message.pk}
    _buyer(kind, complaint.order.purchase, f"{complaint.code}-m{message.pk}", payload)


def complaint_message(message: ComplaintMessage, complaint: Complaint) -> None:
    """Tell the other side what one said; what an officer says, both."""
    ref, payload = f"{complaint.code}-m{message.pk}", {"complaint": complaint.pk, "message": message.pk}
    if message.side != ComplaintMessage.Side.BUYER:
        _buyer("orders.complaint_said_to_buyer", complaint.order.purchase, ref, payload)
    if message.side != ComplaintMessage.Side.SELLER:
        _members("orders.complaint_said_to_seller", complaint, ref, payload)


def complaint_escalated(complaint: Complaint) -> None:
    """Tell both sides that an officer decides, and every officer that there is something to decide."""
    payload = {"complaint": complaint.pk}
    _buyer("orders.complaint_escalated", complaint.order.purchase, complaint.code, payload)
    _members("orders.complaint_escalated_to_seller", complaint, complaint.code, payload)
    for person in roles.holders(Appointment.Role.OFFICER):
        outbox.tell("orders.complaint_to_decide", ref=complaint.code, to_user=person, payload=payload)


def complaint_ended(complaint: Complaint) -> None:
    """Tell both sides how it ended."""
    kind, payload = f"orders.complaint_{complaint.state}", {"complaint": complaint.pk}
    _buyer(kind, complaint.order.purchase, complaint.code, payload)
    _members(f"{kind}_to_seller", complaint, complaint.code, payload)


def _members(kind: str, complaint: Complaint, ref: str, payload: dict[str, int]) -> None:
    members = Membership.objects.filter(seller_id=complaint.order.seller_id).select_related("user").order_by("pk")
    for member in members:
        outbox.tell(kind, ref=ref, to_user=member.user, payload=payload)


def _owners(kind: str, seller_id: int, ref: str, payload: dict[str, int]) -> None:
    owners = Membership.objects.filter(seller_id=seller_id, role=Membership.Role.OWNER).select_related("user").order_by("pk")
    for member in owners:
        outbox.tell(kind, ref=ref, to_user=member.user, payload=payload)
