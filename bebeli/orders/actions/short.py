"""The maker is short of something after accepting an order."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import returns, states, tell
from bebeli.orders.actions.lock_order import Taken, call_off, take
from bebeli.orders.models import Order, OrderLine
from bebeli.orders.parting import Part

BACK, LOST = "kembali", "hilang"
GOODS = ((BACK, _("Kembali ke stok")), (LOST, _("Rusak atau hilang, keluarkan dari stok")))


@dataclass(frozen=True)
class Missing:
    """So many pieces of a line, of so many that the maker still saw; what becomes of their stock, and why."""

    line_id: int
    quantity: int
    left: int
    goods: str
    reason: str


@verb
def short(order_id: int, user_id: int, missing: Missing) -> Order:
    """Give back what cannot be delivered and go on with the rest; when nothing would be left the order falls whole.

    The same answer twice is a quiet success. Raises InvalidInput at `jumlah`, `alasan` or `barang`, Refused: wrong_state,
    line_changed.
    """
    _check(missing)
    taken = take(order_id)
    order = taken.order
    line = OrderLine.objects.filter(order=order, pk=missing.line_id).first()
    if line is None:
        raise InvalidInput("not_a_line", _("Pilih barang dari pesanan ini."), field="barang")
    left = line.left
    if _was_said(order, left, missing):
        return order
    if not states.may(order, "short"):
        raise states.refuse(order, "short")
    if left != missing.left:
        raise Refused("line_changed", _("Jumlahnya baru saja berubah. Muat ulang, lalu coba lagi."), left=left)
    if missing.quantity > left:
        raise InvalidInput("bad_quantity", _("Tulis jumlah dari 1 sampai %(most)s.") % {"most": left}, field="jumlah")
    _fall(taken, line, missing, user_id)
    return order


def _was_said(order: Order, left: int, missing: Missing) -> bool:
    if order.status == Order.Status.CANCELLED:
        return left == missing.left == missing.quantity  # it was the last that was left, and took the order with it
    return order.status == Order.Status.PROCESSING and left == missing.left - missing.quantity


def _check(missing: Missing) -> None:
    if missing.quantity < 1:
        raise InvalidInput("bad_quantity", _("Tulis berapa yang kurang, paling sedikit 1."), field="jumlah")
    if missing.goods not in {BACK, LOST}:
        raise InvalidInput("bad_goods", _("Pilih apa yang terjadi dengan stoknya."), field="stok")
    if not missing.reason.strip():
        raise InvalidInput("reason_needed", _("Tulis alasannya. Pembeli akan membacanya."), field="alasan")


def _fall(taken: Taken, line: OrderLine, missing: Missing, user_id: int) -> None:
    order, reason = taken.order, " ".join(missing.reason.split())[:200]
    lines = list(OrderLine.objects.filter(order=order))
    if not any(one.left for one in lines if one.pk != line.pk) and missing.quantity == line.left:
        call_off(taken, "reject", states.seller(user_id), reason)
    else:
        taken.locks.rows(Variant, [line.variant_id])
        stock.give_back_part(order.code, line.variant_id, missing.quantity, f"{line.fallen + missing.quantity}")
        words = f"{missing.quantity} × {line.name}: {reason}"
        states.move(order, "short", states.seller(user_id), reason=words)
        part = Part(line.pk, quantity=missing.quantity)
        refund = returns.refund_part(taken.locks, order, [part], reason=reason, who=states.seller(user_id))
        if refund is not None:
            tell.short(refund, order.purchase)
    if missing.goods == LOST:
        stock.lose(line.variant_id, missing.quantity, f"{order.code}:{line.fallen + missing.quantity}", user_id)
