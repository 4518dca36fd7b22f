"""Questions about complaints: may one be made, until when, what are its goods worth, of what does its money consist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock, money
from bebeli.kit.errors import Refused
from bebeli.orders import windows
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.models import Complaint, Order
from bebeli.orders.parting import Part, Sold, SoldLine

MOST_TIMES = 3
LONGEST = 1000
S = Order.Status
ENDED_WELL = ("settled", "decided")


@dataclass(frozen=True)
class Grievance:
    """What a buyer says: quantities by order line, what is wrong, what is wished, in words and pictures."""

    lines: Mapping[int, int]
    problem: str
    wish: str
    amount: int = 0
    text: str = ""
    pictures: tuple[KeptPicture, ...] = ()


def until(order: Order) -> datetime | None:
    """Return until when a completed order may be complained about; None for any other."""
    if order.status != S.COMPLETED or order.closed_at is None:
        return None
    return windows.complain_until(order.closed_at, order.complaint_days)


def is_window_open(order: Order) -> bool:
    """Tell whether the order's state and the time allow a complaint."""
    if order.status in {S.SHIPPED, S.DELIVERED}:
        return True
    last = until(order)
    return last is not None and last >= clock.now()


def refuse_window(order: Order) -> None:
    """Refuse an order that cannot be complained about now; raises Refused: wrong_state, too_late."""
    if is_window_open(order):
        return
    if order.status == S.COMPLETED:
        raise Refused("too_late", _("Waktu mengajukan keluhan untuk pesanan ini sudah lewat."))
    raise Refused(
        "wrong_state",
        _("Pesanan %(code)s %(status)s, jadi belum atau tidak bisa dikeluhkan.")
        % {"code": order.code, "status": order.get_status_display()},
        status=order.status,
    )


def may_complain(order: Order, earlier: Iterable[Complaint]) -> bool:
    """Tell whether the order's page offers a complaint: in time, none open, none that ended by agreement or decision."""
    known = list(earlier)
    return is_window_open(order) and not any(one.is_open or one.state in ENDED_WELL for one in known) and len(known) < MOST_TIMES


def worth(sold: Sold, quantities: Mapping[int, int]) -> int:
    """Return what pieces by line are worth to their buyer now, in rupiah: with all of them delivery comes back too."""
    if all(quantities.get(line.pk, 0) >= line.quantity - line.fallen for line in sold.lines):
        return sold.left.total
    return sum(_worth(line, quantities.get(line.pk, 0)) for line in sold.lines)


def _worth(line: SoldLine, pieces: int) -> int:
    return line.worth(min(pieces, line.quantity - line.fallen)) if pieces else 0


def parts_of(sold: Sold, quantities: Mapping[int, int], amount: int) -> tuple[list[Part], int]:
    """Return an amount as parts of an order, and of its delivery: first the pieces complained about, then the rest."""
    most = {line.pk: _worth(line, quantities.get(line.pk, 0)) for line in sold.lines if quantities.get(line.pk)}
    goods = min(amount, sum(most.values()))
    shares = money.split(goods, most)
    parts = [Part(pk, quantities[pk] if share == most[pk] else 0, share) for pk, share in shares.items() if share]
    others = min(amount - goods, sum(line.left for line in sold.lines) - goods)
    if others:
        parts.append(Part(face=others))
    return parts, amount - goods - others
