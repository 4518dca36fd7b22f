"""The notices of the orders room in plain words, and when each is no longer worth saying."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import tanggal_jam
from bebeli.notices import kinds
from bebeli.notices.kinds import Message, Payload
from bebeli.orders.models import Order, Purchase, Refund

S = Order.Status
Words = Callable[[Payload], Message]


def _purchase(payload: Payload) -> Purchase:
    return Purchase.objects.select_related("payment").get(pk=payload["purchase"])


def _order(payload: Payload) -> Order:
    return Order.objects.select_related("seller", "purchase").get(pk=payload["order"])


def _refund(payload: Payload) -> Refund:
    return Refund.objects.select_related("order", "attempt__payment__purchase").get(pk=payload["refund"])


def _to_purchase(purchase: Purchase) -> str:
    return reverse("orders:purchase", args=[purchase.code])


def placed(payload: Payload) -> Message:
    """How much, until when."""
    purchase = _purchase(payload)
    until = tanggal_jam(purchase.payment.pay_before)
    return Message(
        _("Bayar pesanan %(code)s") % {"code": purchase.code},
        _("Pesanan Anda sudah kami catat. Bayar sebelum %(until)s supaya stoknya tetap untuk Anda.") % {"until": until},
        _to_purchase(purchase),
        (
            (_("Jumlah"), rupiah(purchase.total)),
            (_("Cara bayar"), purchase.payment.get_method_display()),
            (_("Batas waktu"), until),
        ),
        _("Lihat cara bayar"),
    )


def about_purchase(subject: str, body: str, action: str = "") -> Words:
    """Return words about a whole purchase."""

    def say(payload: Payload) -> Message:
        purchase = _purchase(payload)
        named = {"code": purchase.code, "total": rupiah(purchase.total)}
        return Message(_(subject) % named, _(body) % named, _to_purchase(purchase), (), _(action) if action else "")

    return say


def about_order(subject: str, body: str, page: str, action: str = "") -> Words:
    """Return words about one order; `page` is the address for buyer or maker."""

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
        where = reverse(page, args=[order.code])
        return Message(_(subject) % named, _(body) % named, where, (), _(action) if action else "")

    return say


def about_refund(subject: str, body: str) -> Words:
    """Return words about money going back."""

    def say(payload: Payload) -> Message:
        refund = _refund(payload)
        purchase = refund.attempt.payment.purchase
        named = {"code": refund.order.code if refund.order else purchase.code, "amount": rupiah(refund.amount)}
        where = reverse("orders:order", args=[refund.order.code]) if refund.order else _to_purchase(purchase)
        return Message(_(subject) % named, _(body) % named, where, (), _("Lihat"))

    return say


def while_purchase(*statuses: str) -> Callable[[Payload], bool]:
    """Return a question: is the purchase still in one of these states."""
    return lambda payload: Purchase.objects.filter(pk=payload["purchase"], status__in=statuses).exists()


def while_order(*statuses: str) -> Callable[[Payload], bool]:
    """Return a question: is the order still in one of these states."""
    return lambda payload: Order.objects.filter(pk=payload["order"], status__in=statuses).exists()


def while_refund(*states: str) -> Callable[[Payload], bool]:
    """Return a question: is the refund still in one of these states."""
    return lambda payload: Refund.objects.filter(pk=payload["refund"], state__in=states).exists()


def always(_payload: Payload) -> bool:
    """Worth saying whenever it is said."""
    return True


def register() -> None:
    """Fill the table of kinds."""
    for name, words, still in (*OF_PURCHASE, *OF_BUYER, *OF_SELLER, *OF_REFUND):
        kinds.register(name, words, still)


def N_(text: str) -> str:  # noqa: N802  gettext's name for "translate later"
    """Mark a sentence for translation when it is said."""
    return text


BUYER, SELLER = "orders:order", "orders:desk_order"
OF_PURCHASE = (
    ("orders.placed", placed, while_purchase("awaiting_payment")),
    (
        "orders.paid",
        about_purchase(
            N_("Pembayaran %(code)s diterima"),
            N_("Uang %(total)s sudah kami terima dan kami simpan sampai barangnya Anda terima. Pembuatnya sudah kami kabari."),
            N_("Lihat pesanan"),
        ),
        while_purchase("paid"),
    ),
    (
        "orders.purchase_cancelled",
        about_purchase(N_("Pesanan %(code)s dibatalkan"), N_("Pesanan yang belum dibayar ini sudah dibatalkan.")),
        while_purchase("cancelled"),
    ),
    (
        "orders.purchase_expired",
        about_purchase(
            N_("Waktu bayar %(code)s habis"),
            N_("Pesanan ini tidak dibayar sampai batas waktunya, jadi kami tutup. Stoknya kembali ke toko."),
        ),
        while_purchase("expired"),
    ),
    (
        "orders.suspect",
        about_purchase(
            N_("Pembayaran %(code)s kami periksa"),
            N_("Uang yang masuk berbeda dari tagihannya. Petugas kami memeriksa dan akan mengabari Anda."),
        ),
        while_purchase("awaiting_payment"),
    ),
)
OF_BUYER = (
    (
        "orders.accepted",
        about_order(N_("%(seller)s menyiapkan pesanan Anda"), N_("Pesanan %(code)s diterima toko dan sedang disiapkan."), BUYER),
        while_order("processing"),
    ),
    (
        "orders.shipped",
        about_order(
            N_("Pesanan %(code)s dikirim"),
            N_("%(seller)s sudah mengirim pesanan Anda: %(courier)s."),
            BUYER,
            N_("Lacak pesanan"),
        ),
        while_order("shipped"),
    ),
    (
        "orders.delivered",
        about_order(
            N_("Pesanan %(code)s sampai"),
            N_("Periksa barangnya, lalu tekan Terima supaya %(seller)s mendapat uangnya."),
            BUYER,
            N_("Terima barang"),
        ),
        while_order("delivered"),
    ),
    (
        "orders.cancelled",
        about_order(N_("Pesanan %(code)s dibatalkan"), N_("Alasan: %(reason)s. Uang Anda kami kembalikan."), BUYER),
        while_order("cancelled"),
    ),
    (
        "orders.cancel_declined",
        about_order(
            N_("Pesanan %(code)s tetap jalan"),
            N_("%(seller)s sudah telanjur menyiapkan, jadi pesanan diteruskan."),
            BUYER,
        ),
        while_order("processing", "shipped"),
    ),
)
OF_SELLER = (
    (
        "orders.new",
        about_order(
            N_("Pesanan baru %(code)s"),
            N_("Pembeli sudah membayar %(total)s. Terima atau tolak sebelum %(until)s."),
            SELLER,
            N_("Buka pesanan"),
        ),
        while_order("paid"),
    ),
    (
        "orders.cancelled_by_buyer",
        about_order(N_("Pesanan %(code)s dibatalkan pembeli"), N_("Alasan: %(reason)s. Stoknya sudah kembali."), SELLER),
        while_order("cancelled"),
    ),
    (
        "orders.cancel_asked",
        about_order(
            N_("Pembeli minta batal: %(code)s"),
            N_("Alasan: %(reason)s. Setujui atau tolak sebelum mengirim."),
            SELLER,
            N_("Jawab"),
        ),
        while_order("processing"),
    ),
    (
        "orders.timed_out",
        about_order(N_("Pesanan %(code)s batal otomatis"), N_("Pesanan tidak dijawab sampai batas waktunya."), SELLER),
        while_order("cancelled"),
    ),
    (
        "orders.completed",
        about_order(N_("Pesanan %(code)s selesai"), N_("Uangnya sudah masuk saldo toko Anda."), SELLER),
        while_order("completed"),
    ),
    (
        "orders.held",
        about_order(
            N_("Jangan kirim pesanan %(code)s"),
            N_("Bank menarik kembali pembayarannya. Tahan barangnya, kami periksa."),
            SELLER,
        ),
        while_order("held"),
    ),
)
OF_REFUND = (
    (
        "orders.refund_account",
        about_refund(
            N_("Ke mana uang %(code)s kami kirim?"),
            N_("Uang %(amount)s kembali lewat transfer. Isi nomor rekening Anda di halaman pesanan."),
        ),
        while_refund("requested"),
    ),
    (
        "orders.refund_confirmed",
        about_refund(N_("Uang %(code)s sudah kembali"), N_("%(amount)s sudah kami kembalikan kepada Anda.")),
        while_refund("confirmed"),
    ),
    (
        "orders.late_money",
        about_refund(
            N_("Uang terlambat untuk %(code)s"),
            N_("Pembayaran %(amount)s datang terlambat atau dua kali. Uangnya kami kembalikan."),
        ),
        always,
    ),
)
