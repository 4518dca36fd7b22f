"""A buyer complains about an order: its timers stand still, and its maker must answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.money import rupiah
from bebeli.kit.steps import verb
from bebeli.kit.templatetags.bebeli import tanggal
from bebeli.orders import returns, states, tell, windows
from bebeli.orders.actions.lock_complaint import buyer, say, words_of
from bebeli.orders.actions.lock_order import Taken, take
from bebeli.orders.complaints import ENDED_WELL, MOST_TIMES, Grievance, refuse_window, worth
from bebeli.orders.models import Complaint, ComplaintLine, Order, OrderLine

P, W = Complaint.Problem, Complaint.Wish


@verb
def complain(order_id: int, user_id: int | None, said: Grievance) -> Complaint:
    """Open a complaint about a shipped, delivered or lately completed order and freeze what would happen by itself.

    Raises InvalidInput at `problem`, `wish`, `lines`, `amount`, `text`; Refused: complaint_open, complaint_closed,
    too_many_complaints, too_late, too_early, wrong_state.
    """
    _check(said)
    taken = take(order_id)
    order = taken.order
    earlier = list(Complaint.objects.filter(order=order).order_by("number"))
    _refuse_earlier(earlier)
    refuse_window(order)
    every = list(OrderLine.objects.filter(order=order).order_by("pk"))
    chosen = _chosen(every, said.lines)
    if said.problem == P.NOT_ARRIVED:
        _refuse_early(order)
    complaint = Complaint(
        order=order,
        number=len(earlier) + 1,
        problem=said.problem,
        wish=said.wish,
        asked_amount=_asked(said, worth(returns.sold_of(order), {line.pk: quantity for line, quantity in chosen.items()})),
        opened_at=clock.now(),
        opened_by_id=user_id,
        answer_by=windows.complaint_answer_by(clock.now()),
    )
    _freeze(taken, complaint, user_id)
    complaint.save()
    ComplaintLine.objects.bulk_create(
        [ComplaintLine(complaint=complaint, line=line, quantity=quantity) for line, quantity in chosen.items()]
    )
    say(complaint, buyer(user_id), "complain", words_of(said.text), pictures=said.pictures)
    tell.complaint_to_seller("orders.complaint_new", complaint)
    return complaint


def _check(said: Grievance) -> None:
    if said.problem not in P.values:
        raise InvalidInput("problem_needed", _("Pilih apa yang tidak beres."), field="problem")
    if said.wish not in W.values:
        raise InvalidInput("wish_needed", _("Pilih penyelesaian yang Anda inginkan."), field="wish")
    words_of(said.text)


def _refuse_earlier(earlier: Sequence[Complaint]) -> None:
    if any(one.is_open for one in earlier):
        raise Refused("complaint_open", _("Pesanan ini sudah punya keluhan yang berjalan. Lanjutkan di sana."))
    if any(one.state in ENDED_WELL for one in earlier):
        raise Refused("complaint_closed", _("Keluhan untuk pesanan ini sudah selesai, jadi tidak bisa diajukan lagi."))
    if len(earlier) >= MOST_TIMES:
        raise Refused(
            "too_many_complaints", _("Keluhan untuk pesanan ini sudah tiga kali ditarik, jadi tidak bisa diajukan lagi.")
        )


def _chosen(every: Sequence[OrderLine], wanted: Mapping[int, int]) -> dict[OrderLine, int]:
    known = {line.pk: line for line in every}
    chosen = {known[pk]: quantity for pk, quantity in wanted.items() if pk in known and quantity}
    if not chosen or len(chosen) < sum(1 for quantity in wanted.values() if quantity):
        raise InvalidInput("lines_needed", _("Pilih barang yang bermasalah dan berapa jumlahnya."), field="lines")
    for line, quantity in chosen.items():
        most = line.quantity - line.fallen
        if not 0 < quantity <= most:
            raise InvalidInput(
                "too_many_pieces",
                _("%(name)s: isi jumlah yang bermasalah, paling banyak %(count)s.") % {"count": most, "name": line.name},
                field="lines",
            )
    return chosen


def _refuse_early(order: Order) -> None:
    if order.status != Order.Status.SHIPPED or order.shipped_at is None:
        return
    day = windows.arrive_by(order.shipped_at, order.shipping_max_days)
    if day > clock.now():
        raise Refused(
            "too_early",
            _("Kiriman ini masih dalam waktu antarnya, paling lambat %(day)s. Bila lewat dari itu, ajukan lagi.")
            % {"day": tanggal(day)},
            field="problem",
        )


def _asked(said: Grievance, whole: int) -> int:
    if said.wish != W.PART:
        return whole
    if not 0 < said.amount <= whole:
        raise InvalidInput(
            "bad_amount",
            _("Tulis jumlah uang yang Anda minta kembali, paling banyak %(most)s.") % {"most": rupiah(whole)},
            field="amount",
        )
    return said.amount


def _freeze(taken: Taken, complaint: Complaint, user_id: int | None) -> None:
    """Who complains of goods has them; then nothing completes by itself until the complaint has ended."""
    order, now = taken.order, clock.now()
    if order.status == Order.Status.SHIPPED and complaint.problem != P.NOT_ARRIVED:
        order.delivered_at = now
        order.complete_by = windows.complete_after_delivery(now)
        states.move(order, "deliver", states.buyer(user_id))
    complaint.order_was = order.status
    if order.status != Order.Status.COMPLETED:
        complaint.time_left = max(order.complete_by - now, clock.DAY * 0) if order.complete_by else clock.DAY
        order.complete_by = None
    states.move(order, "dispute", states.buyer(user_id))
