"""The notices about money that a bank took back after its order had ended well, and about every such payment to finance."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.notices.kinds import Message, Payload
from bebeli.orders import taken_back
from bebeli.orders.models import Order, Purchase


def seller_owes(payload: Payload) -> Message:
    """How much a stall owes because of which order, and how it pays."""
    order = Order.objects.select_related("purchase").get(pk=payload["order"])
    named = {"code": order.code, "amount": rupiah(taken_back.debt_of(order))}
    subject = _("Uang pesanan %(code)s ditarik kembali oleh bank") % named
    body = _("Pesanan ini sudah selesai, tetapi bank pembeli menarik pembayarannya. %(amount)s menjadi utang toko.") % named
    body += " " + _("Kami memotongnya dari penjualan berikutnya. Bila uangnya datang lagi, utangnya hapus.")
    return Message(subject, body, reverse("orders:desk_money", args=[order.code]), (), _("Lihat uangnya"))


def seller_owes_no_more(payload: Payload) -> Message:
    """The money came again."""
    order = Order.objects.get(pk=payload["order"])
    subject = _("Uang pesanan %(code)s datang lagi") % {"code": order.code}
    body = _("Bank mengembalikan pembayaran yang ditariknya, jadi utang toko untuk pesanan ini hapus.")
    return Message(subject, body, reverse("orders:desk_money", args=[order.code]), (), _("Lihat uangnya"))


def to_finance(payload: Payload) -> Message:
    """Which payment, how much, and where its orders stand."""
    purchase = Purchase.objects.select_related("payment").get(pk=payload["purchase"])
    orders = list(purchase.orders.order_by("pk"))
    named = {"code": purchase.code, "total": rupiah(purchase.total)}
    subject = _("Bank menarik kembali pembayaran %(code)s") % named
    body = _("%(total)s keluar dari saldo kita di penyedia. Pesanan yang ditahan menunggu keputusan Anda.") % named
    facts = tuple((order.code, str(order.get_status_display())) for order in orders)
    return Message(subject, body, reverse("orders:money", args=[orders[0].code]), facts, _("Periksa"))


def while_taken_back(payload: Payload) -> bool:
    """Tell whether the order's money is with its buyer's bank."""
    return taken_back.is_taken_back(Order.objects.select_related("purchase__payment").get(pk=payload["order"]))


def while_it_came_again(payload: Payload) -> bool:
    """Tell whether the order's money is here."""
    return not while_taken_back(payload)


def while_payment_is_gone(payload: Payload) -> bool:
    """Tell whether the purchase's money is with its buyer's bank."""
    return Purchase.objects.select_related("payment").get(pk=payload["purchase"]).payment.is_taken_back


OF_SELLER = (
    ("orders.taken_back", seller_owes, while_taken_back),
    ("orders.came_again", seller_owes_no_more, while_it_came_again),
)
OF_FINANCE = (("orders.payment_taken_back", to_finance, while_payment_is_gone),)
