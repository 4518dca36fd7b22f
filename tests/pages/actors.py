"""Everybody who may knock, and the things of shopper A and maker A that they knock at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bebeli.accounts.models import Agency, Appointment, CivilServant, Company, CompanyMember, User
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.notices.models import InboxMessage, Notice
from bebeli.orders import evidence, proofs
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.escalate_complaint import ask_officer
from bebeli.orders.actions.export_documents import ask_export
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.refund import name_refund_account
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.return_transfer import return_transfer
from bebeli.orders.actions.verify_bank_account import verify_bank_account
from bebeli.orders.flows import export
from bebeli.orders.flows.payout_proof import complete_with_proof
from bebeli.orders.flows.refund_proof import pay_with_proof
from bebeli.orders.models import CartLine, ComplaintPicture, Difference, Order, Refund, Remittance, TransferProof
from bebeli.sellers.models import Membership, Seller
from tests import grievances, payees, world
from tests.vouchers import making

PICTURE = "p/ab/" + "ab" * 16 + "-480.webp"


@dataclass(frozen=True)
class Things:
    """What the addresses name: all of it is shopper A's or maker A's."""

    slug: str
    category: str
    stall: str
    sku: str
    variant_id: int
    line_id: int
    purchase: str
    order: str
    fallen: str
    refund_id: int
    paid_back_id: int
    moved: str
    proof_id: int
    case_id: int
    outside_id: int
    double_id: int
    account_id: int
    payout_id: int
    paid_out_id: int
    batch: str
    bank_account_id: int
    remittance_id: int
    remitted_id: int
    late: str
    late_refund: int
    rate_id: int
    letter_id: int
    difference_id: int
    address_id: int
    message_id: int
    voucher: str
    own_voucher: str
    document: str
    document_hash: str
    export_id: int
    grieved: str
    complaint_id: int
    evidence_id: int


def _shopper(name: str) -> User:
    return world.user(f"{name}@example.com")


def _civil_servant(name: str) -> User:
    made = world.user(f"{name}@example.com")
    agency = Agency.objects.get_or_create(code=name, defaults={"name": name, "kind": "dinas"})[0]
    CivilServant.objects.create(user=made, agency=agency, verified_at=clock.now())
    return made


def _company_buyer(name: str) -> User:
    made = world.user(f"{name}@example.com")
    CompanyMember.objects.create(user=made, company=Company.objects.create(name=name))
    return made


def _owner(name: str) -> User:
    stall = world.seller(slug=f"toko-{name.replace('_', '-')}")
    member = Membership.objects.get(seller=stall)
    User.objects.filter(pk=member.user_id).update(email=f"{name}@example.com")
    return User.objects.get(pk=member.user_id)


def _appointed(name: str) -> User:
    made = world.user(f"{name}@example.com")
    Appointment.objects.create(user=made, role=name)
    return made


def _admin(name: str) -> User:
    return world.user(f"{name}@example.com", is_staff=True, is_superuser=True)


MAKERS: dict[str, Callable[[str], User]] = {
    "shopper_a": _shopper,
    "shopper_b": _shopper,
    "civil_x": _civil_servant,
    "civil_y": _civil_servant,
    "company_a": _company_buyer,
    "company_b": _company_buyer,
    "owner_a": _owner,
    "owner_b": _owner,
    "officer": _appointed,
    "finance": _appointed,
    "auditor": _appointed,
    "admin": _admin,
}
ACTORS = ("guest", *MAKERS)


def people() -> dict[str, User]:
    """One of each kind who has an account."""
    return {name: make(name) for name, make in MAKERS.items()}


def _on_paper(order: Order, owner: User) -> dict[str, Any]:
    """The invoice of maker A's order, and the file of the month that maker A asked for."""
    invoice = issue_documents(order.pk)[0]
    made = ask_export(order.seller_id, owner.pk, clock.today().replace(day=1))
    export.make(made.pk)
    return {"document": invoice.code, "document_hash": invoice.short_hash, "export_id": made.pk}


def _sent_back(shopper: User, goods: Variant, boss: int) -> TransferProof:
    """A transfer of another amount whose money goes back."""
    late = world.transferred(shopper, (goods, 1), colour="red")
    confirm_transfer(late.pk, boss, 5_000)
    return_transfer(late.pk, boss)
    return late


def _in_the_books(stall: Seller, boss: User) -> dict[str, Any]:
    """A rate ahead, a letter of maker A, a difference nobody has taken."""
    return {
        "rate_id": world.rate_ahead(boss).pk,
        "letter_id": world.letter(stall, boss).pk,
        "difference_id": Difference.objects.create(key="uji", kind="missing", in_books=1).pk,
    }


def things(everybody: dict[str, User]) -> Things:
    """Shopper A bought from maker A: one purchase unpaid, one order paid, one fallen, one transfer that waits for finance."""
    shopper, owner = everybody["shopper_a"], everybody["owner_a"]
    stall = Seller.objects.get(members__user=owner)
    goods = world.variant(stall, stock=50)
    unpaid = world.placed(shopper, (goods, 1))
    paid = world.orders_of(world.paid(shopper, (goods, 1)))[0]
    fallen = world.orders_of(world.paid(shopper, (goods, 1)))[0]
    reject(fallen.pk, owner.pk, "habis")
    proof = world.transferred(shopper, (goods, 1))
    late = _sent_back(shopper, goods, everybody["finance"].pk)
    grieved = _complained(shopper, stall)
    back: dict[str, Any] = {
        "case_id": _doubted(shopper, goods),
        "outside_id": _given_outside(shopper, goods),
        "refund_id": fallen.refunds.get().pk,
        **_gone_back(shopper, goods, everybody["finance"].pk),
    }
    return Things(
        slug=goods.product.slug,
        category=goods.product.category.slug,
        stall=stall.slug,
        sku=goods.sku,
        variant_id=goods.pk,
        line_id=CartLine.objects.get(cart=world.cart_of(shopper, (goods, 1))).pk,
        purchase=unpaid.code,
        order=paid.code,
        fallen=fallen.code,
        **back,
        moved=proof.attempt.payment.purchase.code,
        proof_id=proof.pk,
        account_id=world.receiving().pk,
        **(_payouts(stall, everybody["finance"].pk) | _vouchers(stall) | _remittances(everybody["finance"].pk)),
        **_of_late(late),
        **_in_the_books(stall, everybody["finance"]),
        address_id=world.address(shopper).pk,
        message_id=_message(shopper, paid.code).pk,
        **_on_paper(paid, owner),
        **grieved,
    )


def _doubted(shopper: User, goods: Variant) -> int:
    """A payment of which the provider says another amount."""
    attempt = world.attempt_of(world.placed(shopper, (goods, 1)))
    world.settle_now(attempt, amount=7_000)
    return int(attempt.suspicions.get().pk)


def _given_outside(shopper: User, goods: Variant) -> int:
    """A payment of which somebody gave a part back at the provider."""
    attempt = world.attempt_of(world.paid(shopper, (goods, 1)))
    world.settle_now(attempt, "partial_refund", given_back=5_000)
    return int(attempt.outsides.get().pk)


def _complained(shopper: User, stall: Seller) -> dict[str, Any]:
    """Shopper A complained, with a picture, and asked for an officer."""
    order = grievances.delivered(stall=stall, buyer=shopper)
    kept = evidence.keep([world.picture("green")])
    complaint = grievances.about(order, pictures=kept)
    refuse_complaint(complaint.pk, world.owner(stall), "Kami kirim utuh.")
    ask_officer(complaint.pk, shopper.pk)
    shown = ComplaintPicture.objects.get(message__complaint=complaint)
    return {"grieved": order.code, "complaint_id": complaint.pk, "evidence_id": shown.pk}


def _of_late(late: TransferProof) -> dict[str, Any]:
    payment = late.attempt.payment
    return {"late": payment.purchase.code, "late_refund": Refund.objects.get(attempt__payment=payment).pk}


def _paid_back(shopper: User, goods: Variant, boss: int) -> int:
    """A fallen order whose money finance transferred back."""
    order = world.orders_of(world.paid(shopper, (goods, 1)))[0]
    reject(order.pk, world.owner(order.seller), "habis")
    refund = order.refunds.get()
    name_refund_account(refund.pk, "014", "1234567890", "Shopper A")
    return pay_with_proof(refund.pk, boss, "REF-12345", world.picture()).pk


def _gone_back(shopper: User, goods: Variant, boss: int) -> dict[str, Any]:
    """Money that finance transferred back, and other money that the provider took back, too."""
    refund = Refund.objects.select_related("attempt").get(pk=_paid_back(shopper, goods, boss))
    world.reversed_by_provider(refund.attempt)
    return {"paid_back_id": _paid_back(shopper, goods, boss), "double_id": refund.doubles.get().pk}


def _vouchers(stall: Seller) -> dict[str, Any]:
    """A campaign of the regency, and one of maker A."""
    return {"voucher": making.voucher().code, "own_voucher": making.own(stall).code}


def _message(shopper: User, code: str) -> InboxMessage:
    """Something in the inbox."""
    about = {"ref": code, "payload": {"purchase": 1}}
    notice = Notice.objects.create(dedup_key="uji", kind="orders.paid", channel=Notice.Channel.APP, user=shopper, **about)
    return InboxMessage.objects.create(user=shopper, notice=notice, kind=notice.kind, title="Judul", body="Isi", url="/")


def _payouts(stall: Seller, boss: int) -> dict[str, Any]:
    """Maker A was paid out once by hand, and waits for another; another maker is in the same file; an account to look at."""
    done = payees.approved(payees.payout(payees.earned(stall), bank="111"))
    payees.approved(payees.payout(payees.earned(world.seller()), bank="111"))
    batch = batch_payouts(boss)
    complete_with_proof(done.pk, boss, "REF-123456", world.picture())
    waiting = payees.payout(payees.earned(stall))
    account = name_bank_account(stall.pk, world.owner(stall), "014", "1234567890", "Orang Lain")
    verify_bank_account(account.pk, "Orang Lain")
    return {"payout_id": waiting.pk, "paid_out_id": done.pk, "batch": batch, "bank_account_id": account.pk}


def _remittances(boss: int) -> dict[str, Any]:
    """One remittance that waits for a second officer, one that was booked with a proof."""
    about = {"kind": "pph22", "month": clock.today(), "amount": 10, "proposed_by_id": boss}
    done = {"state": "booked", "approved_by": world.finance(), "approved_at": clock.now(), "ended_by_id": boss}
    kept = proofs.keep(world.picture())
    gone = Remittance.objects.create(**about, **done, ended_at=clock.now(), reference="NTPN 12345", proof=kept.name)
    return {"remittance_id": Remittance.objects.create(**about).pk, "remitted_id": gone.pk}
