"""The maker agrees to what a complaint asks, or offers another amount; the buyer accepts it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.money import rupiah
from bebeli.kit.steps import verb
from bebeli.orders import states, tell
from bebeli.orders.actions.lock_complaint import Case, S, buyer, must_be, pass_on, plain, say, seller, take_case
from bebeli.orders.actions.resolve_complaint import most_back, resolve
from bebeli.orders.models import Complaint


@verb
def agree_complaint(complaint_id: int, user_id: int, text: str = "") -> Complaint:
    """Give back what was asked, at once. Twice is a quiet success. Raises Refused: complaint_moved, resend_wished."""
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.SETTLED:
        return complaint
    must_be(complaint, S.ASKED)
    if complaint.wish == Complaint.Wish.RESEND:
        raise Refused(
            "resend_wished", _("Pembeli ingin barangnya dikirim ulang. Kirim penggantinya, atau tawarkan uang kembali.")
        )
    amount = min(complaint.asked_amount, most_back(case))
    say(complaint, seller(user_id), "agree", plain(text), amount=amount)
    resolve(case, S.SETTLED, amount, states.seller(user_id), gettext_noop("Toko setuju dengan keluhan pembeli"))
    return complaint


@verb
def offer_complaint(complaint_id: int, user_id: int, amount: int, text: str = "") -> Complaint:
    """Offer an amount; it is the buyer's turn. The same offer twice is a quiet success.

    Raises InvalidInput at `amount`; Refused: complaint_moved.
    """
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.OFFERED and complaint.offered_amount == amount:
        return complaint
    must_be(complaint, S.ASKED, S.OFFERED, S.REFUSED)
    _check(case, amount)
    complaint.offered_amount = amount
    pass_on(complaint, S.OFFERED)
    message = say(complaint, seller(user_id), "offer", plain(text), amount=amount)
    tell.complaint_to_buyer("orders.complaint_offered", complaint, message)
    return complaint


def _check(case: Case, amount: int) -> None:
    most = most_back(case)
    if not 0 < amount <= most:
        raise InvalidInput("bad_amount", _("Tulis jumlah antara Rp1 dan %(most)s.") % {"most": rupiah(most)}, field="amount")


@verb
def accept_offer(complaint_id: int, user_id: int | None, amount: int) -> Complaint:
    """The buyer takes the offer that was seen. Twice is a quiet success. Raises Refused: complaint_moved, offer_changed."""
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.SETTLED:
        return complaint
    must_be(complaint, S.OFFERED)
    offered = complaint.offered_amount or 0
    if offered != amount:
        raise Refused(
            "offer_changed",
            _("Tawarannya sekarang %(amount)s. Lihat dulu, lalu jawab.") % {"amount": rupiah(offered)},
            offered=offered,
        )
    say(complaint, buyer(user_id), "accept", amount=offered)
    resolve(case, S.SETTLED, offered, states.buyer(user_id), gettext_noop("Pembeli menerima tawaran toko"))
    return complaint
