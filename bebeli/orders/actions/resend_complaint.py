"""Goods are sent again: the maker sends a replacement, the buyer says that it came."""

from __future__ import annotations

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.steps import verb
from bebeli.orders import states, tell, windows
from bebeli.orders.actions import ship
from bebeli.orders.actions.lock_complaint import Case, S, Speaker, buyer, must_be, pass_on, plain, say, seller, take_case
from bebeli.orders.actions.resolve_complaint import resolve
from bebeli.orders.models import Complaint


@verb
def resend_complaint(complaint_id: int, user_id: int, courier: str, waybill: str, text: str = "") -> Complaint:
    """Take the replacement from the shelf and send it; the buyer then has until it should be there to speak.

    Raises InvalidInput at `courier`, `waybill`; Refused: complaint_moved, out_of_stock.
    """
    courier, waybill = courier.strip(), waybill.strip().upper().replace(" ", "")
    ship.check(courier, waybill)
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.RESENT:
        return complaint
    must_be(complaint, S.ASKED)
    wanted = dict(complaint.lines.values_list("line__variant_id", "quantity"))
    case.taken.locks.rows(Variant, wanted)
    stock.send_again(wanted, complaint.code)
    complaint.new_courier, complaint.new_waybill = courier, waybill
    pass_on(complaint, S.RESENT, windows.complete_after_shipping(clock.now(), complaint.order.shipping_max_days))
    message = say(complaint, seller(user_id), "resend", plain(text))
    tell.complaint_to_buyer("orders.complaint_resent", complaint, message)
    return complaint


@verb
def take_replacement(complaint_id: int, user_id: int | None) -> Complaint:
    """The buyer has the replacement: the order is completed. Twice is a quiet success. Raises Refused: complaint_moved."""
    case = take_case(complaint_id)
    if case.complaint.state == S.SETTLED:
        return case.complaint
    must_be(case.complaint, S.RESENT)
    got_it(case, buyer(user_id))
    return case.complaint


def got_it(case: Case, who: Speaker) -> None:
    """The replacement counts as received: nobody owes anybody anything."""
    say(case.complaint, who, "got_it")
    resolve(case, S.SETTLED, 0, states.Who(who.side, who.user_id), "")
