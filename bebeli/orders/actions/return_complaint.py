"""Goods go back: the maker asks for them, the buyer sends them, the maker receives them and the money follows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import states, tell, windows
from bebeli.orders.actions import ship
from bebeli.orders.actions.lock_complaint import S, buyer, must_be, pass_on, plain, say, seller, take_case, words_of
from bebeli.orders.actions.resolve_complaint import most_back, resolve
from bebeli.orders.models import Complaint

G = Complaint.Goods


@verb
def ask_return(complaint_id: int, user_id: int, text: str) -> Complaint:
    """Ask for the goods before the money: the text says where to and how. Twice is a quiet success.

    Raises InvalidInput at `text`; Refused: complaint_moved, nothing_to_return.
    """
    words = words_of(text)
    complaint = take_case(complaint_id).complaint
    if complaint.state == S.RETURN_ASKED:
        return complaint
    must_be(complaint, S.ASKED)
    if complaint.problem == Complaint.Problem.NOT_ARRIVED:
        raise Refused("nothing_to_return", _("Pembeli bilang barangnya tidak sampai, jadi tidak ada yang bisa dikirim kembali."))
    pass_on(complaint, S.RETURN_ASKED, windows.complaint_return_by(clock.now()))
    message = say(complaint, seller(user_id), "ask_return", words)
    tell.complaint_to_buyer("orders.complaint_return_asked", complaint, message)
    return complaint


@verb
def send_back(complaint_id: int, user_id: int | None, courier: str, waybill: str) -> Complaint:
    """The buyer sends the goods back. Twice is a quiet success.

    Raises InvalidInput at `courier`, `waybill`; Refused: complaint_moved.
    """
    courier, waybill = courier.strip(), waybill.strip().upper().replace(" ", "")
    ship.check(courier, waybill)
    complaint = take_case(complaint_id).complaint
    if complaint.state == S.RETURNING:
        return complaint
    must_be(complaint, S.RETURN_ASKED)
    complaint.courier, complaint.waybill, complaint.sent_back_at = courier, waybill, clock.now()
    pass_on(complaint, S.RETURNING, windows.complaint_return_by(clock.now()))
    say(complaint, buyer(user_id), "send_back", f"{courier} {waybill}".strip())
    tell.complaint_to_seller("orders.complaint_sent_back", complaint)
    return complaint


@verb
def take_back(complaint_id: int, user_id: int, goods: str, text: str = "") -> Complaint:
    """The goods are here again, to be sold or not; the buyer gets what was asked. Twice is a quiet success.

    Raises InvalidInput at `goods`; Refused: complaint_moved.
    """
    if goods not in G.values:
        raise InvalidInput("goods_needed", _("Pilih apakah barangnya masih bisa dijual."), field="goods")
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.SETTLED:
        return complaint
    must_be(complaint, S.RETURNING)
    came = dict(complaint.lines.values_list("line__variant_id", "quantity"))
    case.taken.locks.rows(Variant, came)
    (stock.take_back if goods == G.RESTOCKED else stock.write_off)(came, complaint.code)
    complaint.goods, complaint.taken_back_at = goods, clock.now()
    amount = min(complaint.asked_amount, most_back(case))
    say(complaint, seller(user_id), "take_back", plain(text), amount=amount)
    resolve(case, S.SETTLED, amount, states.seller(user_id), gettext_noop("Barang sudah kembali ke toko"))
    return complaint
