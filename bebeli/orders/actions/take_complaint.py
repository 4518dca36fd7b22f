"""An officer takes a complaint, so that nobody else decides it meanwhile."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb
from bebeli.orders import looking
from bebeli.orders.actions.lock_complaint import Case, S, must_be, take_case
from bebeli.orders.models import Complaint
from bebeli.sellers.models import Membership

LOOK_MINUTES = 30


@verb
def take_complaint(complaint_id: int, user_id: int) -> Complaint:
    """Take it for half an hour; taking it again begins anew. Raises Refused: complaint_moved, taken, own_complaint."""
    case = take_case(complaint_id)
    must_be(case.complaint, S.OFFICER)
    refuse_other_eyes(case, user_id)
    looking.take(case.complaint, user_id, LOOK_MINUTES)
    return case.complaint


@verb
def leave_complaint(complaint_id: int, user_id: int) -> Complaint:
    """Let others decide; leaving what one does not hold changes nothing."""
    complaint = take_case(complaint_id).complaint
    looking.leave(complaint, user_id)
    return complaint


def refuse_other_eyes(case: Case, user_id: int) -> None:
    """Refuse while somebody else is looking, and to whoever stands on one of the two sides."""
    order, complaint = case.taken.order, case.complaint
    is_sellers = Membership.objects.filter(seller_id=order.seller_id, user_id=user_id).exists()
    if user_id in {order.purchase.buyer_id, complaint.opened_by_id} or is_sellers:
        raise Refused("own_complaint", _("Anda salah satu pihak di keluhan ini. Petugas lain yang harus memutuskannya."))
    looking.refuse_other_eyes(complaint, user_id)
