"""How notices of the orders room are put in words, and the questions whether one is still worth saying."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import tanggal_jam
from bebeli.notices.kinds import Message, Payload
from bebeli.orders import way_in
from bebeli.orders.couriers import bank_name
from bebeli.orders.models import BooksRun, Order, PaymentAttempt, Purchase, Refund, TransferProof

Words = Callable[[Payload], Message]
BUYER, SELLER = "orders:order", "orders:desk_order"
FACTS = {
    "code": gettext_lazy("Pesanan"),
    "seller": gettext_lazy("Toko"),
    "courier": gettext_lazy("Kurir"),
    "total": gettext_lazy("Jumlah"),
    "until": gettext_lazy("Jawab sebelum"),
}


def _purchase(payload: Payload) -> Purchase:
    return Purchase.objects.select_related("payment").get(pk=payload["purchase"])


def _order(payload: Payload) -> Order:
    return Order.objects.select_related("seller", "purchase").get(pk=payload["order"])


def _refund(payload: Payload) -> Refund:
    return Refund.objects.select_related("order__purchase", "attempt__payment__purchase").get(pk=payload["refund"])


def placed(payload: Payload) -> Message:
    """How much, until when."""
    purchase = _purchase(payload)
    until = tanggal_jam(purchase.payment.pay_before)
    return Message(
        _("Bayar pesanan %(code)s") % {"code": purchase.code},
        _("Pesanan Anda sudah kami catat. Bayar sebelum %(until)s supaya stoknya tetap untuk Anda.") % {"until": until},
        way_in.to_purchase(purchase),
        (
            (_("Jumlah"), rupiah(purchase.total)),
            (_("Cara bayar"), purchase.payment.get_method_display()),
            *_account(purchase),
            (_("Batas waktu"), until),
        ),
        _("Lihat cara bayar"),
    )


def _account(purchase: Purchase) -> tuple[tuple[str, str], ...]:
    """Where a transfer goes; nothing for any other method."""
    attempt = PaymentAttempt.objects.select_related("receiving").filter(payment=purchase.payment).latest("pk")
    if (account := attempt.receiving) is None:
        return ()
    return ((_("Transfer ke"), f"{bank_name(account.bank_code)} {account.number}"), (_("Atas nama"), account.holder))


def about_proof(subject: str, body: str, action: str) -> Words:
    """Return words about a proof of a transfer."""

    def say(payload: Payload) -> Message:
        proof = TransferProof.objects.select_related("attempt__payment__purchase").get(pk=payload["proof"])
        payment = proof.attempt.payment
        named = {
            "code": payment.purchase.code,
            "amount": rupiah(payment.amount),
            "reason": proof.reason,
            "until": tanggal_jam(payment.pay_before),
        }
        lines = ((_("Pembelian"), named["code"]), (_("Jumlah"), named["amount"]))
        return Message(_(subject) % named, _(body) % named, way_in.to_purchase(payment.purchase), lines, _(action))

    return say


def about_purchase(subject: str, body: str, action: str = "") -> Words:
    """Return words about a whole purchase."""

    def say(payload: Payload) -> Message:
        purchase = _purchase(payload)
        named = {"code": purchase.code, "total": rupiah(purchase.total)}
        lines = ((_("Pembelian"), purchase.code), (_("Jumlah"), named["total"]))
        return Message(_(subject) % named, _(body) % named, way_in.to_purchase(purchase), lines, _(action) if action else "")

    return say


def about_order(subject: str, body: str, page: str, action: str = "", facts: tuple[str, ...] = ()) -> Words:
    """Return words about one order; `page` is the address for buyer or maker, `facts` name lines of a table."""

    def say(payload: Payload) -> Message:
        order = _order(payload)
        named = {
            "code": order.code,
            "seller": order.seller.name,
            "until": tanggal_jam(order.answer_by),
            "reason": _(order.cancel_reason),
            "courier": f"{order.courier_name} {order.waybill}".strip(),
            "total": rupiah(order.total),
        }
        lines = tuple((str(FACTS[fact]), named[fact]) for fact in facts)
        where = way_in.to_order(order) if page == BUYER else reverse(page, args=[order.code])
        return Message(_(subject) % named, _(body) % named, where, lines, _(action) if action else "")

    return say


def about_refund(subject: str, body: str) -> Words:
    """Return words about money going back."""

    def say(payload: Payload) -> Message:
        refund = _refund(payload)
        purchase = refund.attempt.payment.purchase
        code = refund.order.code if refund.order else purchase.code
        named = {"code": code, "amount": rupiah(refund.amount), "reason": _(refund.reason)}
        where = way_in.to_order(refund.order) if refund.order else way_in.to_purchase(purchase)
        lines = ((_("Pesanan"), named["code"]), (_("Jumlah"), named["amount"]))
        return Message(_(subject) % named, _(body) % named, where, lines, _("Lihat"))

    return say


def books_wrong(payload: Payload) -> Message:
    """How many checks failed, and where to look."""
    run = BooksRun.objects.get(pk=payload["run"])
    body = _("Pemeriksaan %(at)s menemukan %(count)d hal yang tidak cocok. Jangan transfer apa pun sebelum jelas sebabnya.")
    named = {"at": tanggal_jam(run.at), "count": len(run.violations)}
    return Message(_("Buku tidak cocok"), body % named, reverse("orders:books"), (), _("Lihat buku"))


def while_books_wrong(_payload: Payload) -> bool:
    """Tell whether the last check still found something."""
    last = BooksRun.objects.first()
    return last is not None and not last.is_right


def while_purchase(*statuses: str) -> Callable[[Payload], bool]:
    """Return a question: is the purchase still in one of these states."""
    return lambda payload: Purchase.objects.filter(pk=payload["purchase"], status__in=statuses).exists()


def while_order(*statuses: str) -> Callable[[Payload], bool]:
    """Return a question: is the order still in one of these states."""
    return lambda payload: Order.objects.filter(pk=payload["order"], status__in=statuses).exists()


def while_proof(*states: str) -> Callable[[Payload], bool]:
    """Return a question: is the proof still in one of these states, and its purchase unpaid."""
    return lambda payload: TransferProof.objects.filter(
        pk=payload["proof"], state__in=states, attempt__payment__purchase__status="awaiting_payment"
    ).exists()


def while_refund(*states: str) -> Callable[[Payload], bool]:
    """Return a question: is the refund still in one of these states."""
    return lambda payload: Refund.objects.filter(pk=payload["refund"], state__in=states).exists()


def always(_payload: Payload) -> bool:
    """Worth saying whenever it is said."""
    return True
