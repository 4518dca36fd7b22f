"""An order's money in plain words, each reader their own part: from the frozen amounts and what the books hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import persen
from bebeli.orders import taken_back
from bebeli.orders.ledger import rest_of
from bebeli.orders.models import Order, Refund

MONEY_CAME = frozenset({"paid", "processing", "shipped", "delivered", "completed", "disputed", "held", "cancelled", "refunded"})


@dataclass(frozen=True)
class Told:
    """One sentence, and its amount for the column beside it."""

    words: str
    amount: int


def is_paid(order: Order) -> bool:
    """Tell whether there is a story: the money came once."""
    return order.paid_at is not None and order.status in MONEY_CAME


def of_buyer(order: Order) -> list[Told]:
    """What the buyer paid for, and what came back."""
    if not is_paid(order):
        return []
    goods = order.goods_total - order.seller_discount
    told = [Told(_("Anda bayar %(goods)s untuk barangnya.") % {"goods": rupiah(goods)}, goods)]
    if order.seller_discount:
        said = {"full": rupiah(order.goods_total), "off": rupiah(order.seller_discount)}
        told.append(Told(_("Harganya %(full)s, penjualnya memberi potongan %(off)s.") % said, 0))
    if order.shipping_price:
        told.append(Told(_("Anda bayar %(price)s untuk ongkir.") % {"price": rupiah(order.shipping_price)}, order.shipping_price))
    if order.platform_discount:
        said = {"payer": order.get_promo_payer_display(), "promo": rupiah(order.platform_discount)}
        words = _("%(payer)s menanggung %(promo)s, jadi tidak Anda bayar.") % said
        told.append(Told(words, -order.platform_discount))
    told += [Told(_returned(refund), -refund.amount) for refund in order.refunds.standing()]
    if taken_back.is_taken_back(order):
        words = _("Bank Anda menarik kembali %(amount)s untuk pesanan ini.") % {"amount": rupiah(order.paid_by_buyer)}
        told.append(Told(words, -order.paid_by_buyer))
    return told


def _returned(refund: Refund) -> str:
    named = {"amount": rupiah(refund.amount), "fee": rupiah(refund.service_fee)}
    if refund.state == Refund.State.REQUESTED:
        return _("Pengembalian %(amount)s sedang diperiksa petugas kedua.") % named
    if refund.state != Refund.State.CONFIRMED:
        return _("Uang Anda %(amount)s sedang dalam perjalanan kembali.") % named
    if refund.service_fee:
        return _("Uang Anda kembali %(amount)s, termasuk biaya layanan %(fee)s.") % named
    return _("Uang Anda kembali %(amount)s.") % named


def _parts(order: Order) -> QuerySet[Refund]:
    return order.refunds.filter(is_partial=True, origin=None).order_by("pk")


def _taken(refund: Refund) -> str:
    named = {"face": rupiah(refund.face), "why": _(refund.reason), "owed": rupiah(refund.owed)}
    if refund.owed:
        return _("%(face)s kembali ke pembeli (%(why)s). %(owed)s dipotong dari penjualan Anda berikutnya.") % named
    return _("%(face)s kembali ke pembeli: %(why)s.") % named


def _promos(order: Order) -> list[Told]:
    told = []
    if order.platform_discount:
        said = {"payer": order.get_promo_payer_display(), "promo": rupiah(order.platform_discount)}
        told.append(Told(_("Dari nilai itu %(promo)s dibayar %(payer)s, bukan pembeli. Anda tetap menerima utuh.") % said, 0))
    if order.seller_discount:
        told.append(Told(_("Nilai itu sudah dikurangi potongan Anda %(off)s.") % {"off": rupiah(order.seller_discount)}, 0))
    return told


def _debt(order: Order) -> list[Told]:
    """What the seller owes because the buyer's bank took the money back."""
    debt = taken_back.debt_of(order) if taken_back.is_taken_back(order) else 0
    if not debt:
        return []
    if order.status == Order.Status.COMPLETED:
        words = _("Bank pembeli menarik kembali uangnya: %(debt)s menjadi utang toko, dipotong dari penjualan berikutnya.")
    else:
        words = _("Ongkirnya tetap kami bayarkan ke kurir: %(debt)s dipotong dari penjualan Anda berikutnya.")
    return [Told(words % {"debt": rupiah(debt)}, -debt)]


def of_seller(order: Order) -> list[Told]:
    """What the buyer's money became on its way to the maker."""
    if not is_paid(order):
        return []
    money = rest_of(order)
    told = [Told(_("Pesanan ini bernilai %(total)s: barang dan ongkirnya.") % {"total": rupiah(order.total)}, order.total)]
    if order.status in Order.FALLEN:
        told.append(Told(_("Pesanan dibatalkan: uangnya kembali ke pembeli, jadi Anda tidak menerima apa pun."), -order.total))
        if order.status == Order.Status.REFUNDED and money.platform_shipping:
            words = _("Ongkirnya tetap kami bayarkan ke kurir dan dipotong dari penjualan Anda berikutnya.")
            told.append(Told(words, -money.platform_shipping))
        return told
    told += _promos(order)
    told += [Told(_taken(refund), -refund.face) for refund in _parts(order)]
    rated = {"rate": persen(order.commission_bp), "vat": persen(order.vat_bp), "tax": persen(order.income_tax_bp)}
    parts = (
        (money.commission, _("Komisi BEBELI %(rate)s dari harga barang.") % rated),
        (money.commission_vat, _("PPN %(vat)s atas komisi itu.") % rated),
        (money.income_tax, _("PPh 22 %(tax)s yang kami setor atas nama Anda.") % rated),
        (money.platform_shipping, _("Ongkir yang kami bayarkan ke kurir.")),
    )
    told += [Told(words, -amount) for amount, words in parts if amount]
    net = {"net": rupiah(money.net)}
    if order.status == Order.Status.COMPLETED:
        told.append(Told(_("Anda terima %(net)s, karena pembeli sudah menerima barangnya.") % net, money.net))
        return told + _debt(order)
    if order.status == Order.Status.HELD:
        return [*told, Told(_("Uangnya ditarik kembali oleh bank pembeli. Tahan barangnya sampai jelas."), 0), *_debt(order)]
    return [*told, Told(_("Anda akan terima %(net)s setelah pembeli menerima barangnya.") % net, money.net)]
