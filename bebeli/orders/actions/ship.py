"""The maker hands the parcel to a courier, or sets out to deliver it."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders import states, tell, windows
from bebeli.orders.actions.lock_order import take
from bebeli.orders.models import Order
from bebeli.orders.models.order import OWN_DELIVERY

WAYBILL = re.compile(r"^[A-Z0-9-]{6,40}$")


@verb
def ship(order_id: int, user_id: int, courier: str, waybill: str) -> Order:
    """Move an accepted order to shipped with courier and waybill; own delivery (`sendiri`) needs no waybill."""
    courier, waybill = courier.strip(), waybill.strip().upper().replace(" ", "")
    check(courier, waybill)
    order = take(order_id).order
    if states.has_gone(order, "ship") and (order.courier, order.waybill) == (courier, waybill):
        return order
    if order.is_pickup:
        raise Refused("pickup_order", _("Pesanan ini diambil pembeli di toko. Serahkan dengan kode ambil."))
    order.courier, order.waybill = courier, waybill
    order.shipped_at = clock.now()
    order.complete_by = windows.complete_after_shipping(order.shipped_at, order.shipping_max_days)
    order.cancel_asked_at = None
    states.move(
        order,
        "ship",
        states.seller(user_id),
        reason=gettext_noop("Diantar sendiri") if courier == OWN_DELIVERY else f"{courier} {waybill}",
    )
    tell.to_buyer("orders.shipped", order)
    return order


def check(courier: str, waybill: str) -> None:
    """Refuse a parcel nobody could trace."""
    if not courier or len(courier) > 40:  # noqa: PLR2004  the column's length
        raise InvalidInput("courier_needed", _("Pilih kurir yang mengantar."), field="courier")
    if courier != OWN_DELIVERY and not WAYBILL.match(waybill):
        raise InvalidInput("waybill_needed", _("Nomor resi 6 sampai 40 huruf atau angka. Lihat di bukti kirim."), field="waybill")
