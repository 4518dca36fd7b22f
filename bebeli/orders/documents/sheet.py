"""A document as it is laid out, in the reader's language: the page on screen and the PDF are drawn from the same sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bebeli.kit.amount_words import in_english, in_indonesian
from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import tanggal, tanggal_jam
from bebeli.orders.documents.layout import Body, Sheet, Total, party
from bebeli.orders.documents.months import fee_slip, statement, tax_slip
from bebeli.orders.models import Document, Order
from bebeli.orders.models.payment import Method

STAMP_DUTY_ABOVE = 5_000_000  # UU 10/2020: a receipt over more than this carries a stamp of Rp10.000, on paper or electronic


def check_url(document: Document) -> str:
    """Return the public address that tells whether a paper is genuine; it is the same in every language."""
    with override("id"):
        return settings.BASE_URL + reverse("orders:check", args=[document.code, document.short_hash])


def sheet_of(document: Document) -> Sheet:
    """Lay a document out; what cancelled and replaced it is loaded."""
    body = document.content
    sheet = Sheet(
        title=_title(document),
        code=document.printed_code,
        stamp=stamp(document),
        facts=[(_("Tanggal"), tanggal(document.issued_at))],
        parties=[(_("Penerbit") if document.seller_id is None else _("Penjual"), party(body["seller"]))],
        words=in_english(document.amount) if get_language() == "en" else in_indonesian(document.amount),
        check_url=check_url(document),
        sha256=document.sha256,
    )
    FILL[Document.Kind(document.kind)](sheet, body)
    if document.kind in {Document.Kind.INVOICE, Document.Kind.RECEIPT} and document.amount > STAMP_DUTY_ABOVE:
        sheet.notes.append(_("Nilainya di atas Rp5.000.000: bubuhkan meterai Rp10.000 atau e-Meterai sebagai bukti."))
    return sheet


def _title(document: Document) -> str:
    return {
        Document.Kind.INVOICE: _("Faktur"),
        Document.Kind.RECEIPT: _("Kuitansi"),
        Document.Kind.CREDIT_NOTE: _("Nota kredit"),
        Document.Kind.STATEMENT: _("Laporan bulanan penjual"),
        Document.Kind.FEE_RECEIPT: _("Kuitansi biaya layanan"),
        Document.Kind.FEE_CREDIT: _("Nota kredit biaya layanan"),
        Document.Kind.FEE_SLIP: _("Bukti potongan biaya"),
        Document.Kind.TAX_SLIP: _("Bukti pungut PPh 22"),
    }[Document.Kind(document.kind)]


def stamp(document: Document) -> str:
    """Say that a document no longer stands, '' while it does."""
    if document.successor is not None:
        return _("Diganti oleh %(code)s") % {"code": document.successor.printed_code}
    if document.canceller is not None:
        return _("Dibatalkan oleh %(code)s") % {"code": document.canceller.printed_code}
    return ""


def _about_order(sheet: Sheet, body: Body) -> None:
    sheet.facts.append((_("Pesanan"), body["order"]))
    _about_buyer(sheet, body)


def _about_buyer(sheet: Sheet, body: Body) -> None:
    buyer = body["buyer"]
    sheet.parties.append((_("Pembeli"), [buyer["name"], buyer["street"], buyer["place"]]))
    if body["paid_at"]:
        method = dict(Method.choices).get(body["method"], body["method"])
        paid = tanggal_jam(datetime.fromisoformat(body["paid_at"]))
        sheet.facts.append((_("Dibayar"), f"{paid} · {method}"))


def _invoice(sheet: Sheet, body: Body) -> None:
    _about_order(sheet, body)
    sheet.columns = [_("Barang"), _("Harga"), _("Jumlah"), _("Subtotal")]
    for line in body["lines"]:
        name = f"{line['name']}, {line['options']}" if line["options"] else line["name"]
        sheet.rows.append([name, rupiah(line["price"]), str(line["quantity"]), rupiah(line["subtotal"])])
    sheet.totals = [Total(_("Harga barang"), rupiah(body["goods"]))]
    if body["seller_discount"]:
        sheet.totals.append(Total(_("Potongan penjual"), rupiah(-body["seller_discount"])))
    label = f"{_('Ongkir')} · {_(body['shipping_label'])}"
    sheet.totals += [Total(label, rupiah(body["shipping"])), Total(_("Total"), rupiah(body["total"]), is_last=True)]
    if body["platform_discount"]:
        sheet.totals += [
            Total(_promo_words(body), rupiah(-body["platform_discount"])),
            Total(_("Dibayar pembeli"), rupiah(body["paid"])),
        ]
    _goods_vat(sheet, body, body["goods"] - body["seller_discount"])
    if body.get("replaces"):
        sheet.notes.append(_("Menggantikan faktur %(code)s.") % {"code": body["replaces"]})


def _goods_vat(sheet: Sheet, body: Body, price: int) -> None:
    """Say how much PPN a PKP's price contains; a document from before that was frozen says nothing."""
    if vat := body.get("goods_vat", 0):
        words = _("Harga barang sudah termasuk PPN: dasar pengenaan %(base)s, PPN %(vat)s.")
        sheet.notes.append(words % {"base": rupiah(price - vat), "vat": rupiah(vat)})


def _promo_words(body: Body) -> str:
    """Name who pays the discount; a document from before promos had payers is the platform's."""
    payer = Order.PromoPayer(body.get("promo_payer", Order.PromoPayer.PLATFORM))
    return _("Potongan %(payer)s") % {"payer": payer.label}


def _receipt(sheet: Sheet, body: Body) -> None:
    _about_order(sheet, body)
    sheet.columns = [_("Untuk pembayaran"), _("Jumlah")]
    sheet.rows = [[_("Pesanan %(code)s, dengan ongkir") % {"code": body["order"]}, rupiah(body["paid"])]]
    sheet.totals = [Total(_("Sudah diterima"), rupiah(body["paid"]), is_last=True)]
    if body.get("platform_discount"):
        sheet.notes.append(f"{_promo_words(body)}: {rupiah(body['platform_discount'])}.")
    sheet.notes.append(_("Uang diterima BEBELI atas nama penjual dan diteruskan setelah pesanan selesai."))


def _credit_note(sheet: Sheet, body: Body) -> None:
    _about_order(sheet, body)
    if "of_invoice" in body:
        _part(sheet, body)
        return
    sheet.columns = [_("Membatalkan"), _("Jumlah")]
    sheet.rows = [[_("Faktur %(code)s") % {"code": body["cancels"]}, rupiah(body["amount"])]]
    sheet.totals = [Total(_("Jumlah yang dibatalkan"), rupiah(body["amount"]), is_last=True)]
    refund = body["refund"]
    if refund is not None:
        sheet.totals.append(Total(_("Dikembalikan kepada pembeli"), rupiah(refund["amount"])))
        if refund["service_fee"]:
            sheet.totals.append(Total(_("Termasuk biaya layanan"), rupiah(refund["service_fee"])))
    if body["reason"]:
        sheet.notes.append(_("Alasan: %(reason)s") % {"reason": _(body["reason"])})


def _fee_receipt(sheet: Sheet, body: Body) -> None:
    _about_fee(sheet, body)
    sheet.columns = [_("Untuk pembayaran"), _("Jumlah")]
    sheet.rows = [[_("Biaya layanan BEBELI, pembelian %(code)s") % {"code": body["purchase"]}, rupiah(body["amount"])]]
    sheet.totals = [Total(_("Sudah diterima"), rupiah(body["amount"]), is_last=True)]
    _fee_vat(sheet, body)


def _fee_credit(sheet: Sheet, body: Body) -> None:
    _about_fee(sheet, body)
    sheet.columns = [_("Membatalkan"), _("Jumlah")]
    sheet.rows = [[_("Kuitansi %(code)s") % {"code": body["cancels"]}, rupiah(body["amount"])]]
    sheet.totals = [Total(_("Jumlah yang dibatalkan"), rupiah(body["amount"]), is_last=True)]
    _fee_vat(sheet, body)
    sheet.notes.append(_("Semua pesanan pembelian ini batal, jadi biaya layanannya tidak ditagih."))


def _about_fee(sheet: Sheet, body: Body) -> None:
    sheet.facts.append((_("Pembelian"), body["purchase"]))
    _about_buyer(sheet, body)


def _fee_vat(sheet: Sheet, body: Body) -> None:
    if body["vat"]:
        words = _("Biaya layanan sudah termasuk PPN: dasar pengenaan %(base)s, PPN %(vat)s.")
        sheet.notes.append(words % {"base": rupiah(body["amount"] - body["vat"]), "vat": rupiah(body["vat"])})


def _part(sheet: Sheet, body: Body) -> None:
    sheet.columns = [_("Bagian yang kembali"), _("Jumlah"), _("Nilai")]
    sheet.rows = [[line["name"], str(line["quantity"] or ""), rupiah(line["face"])] for line in body["lines"]]
    if body["shipping"]:
        sheet.rows.append([_("Ongkir"), "", rupiah(body["shipping"])])
    sheet.totals = [
        Total(_("Mengurangi faktur %(code)s") % {"code": body["of_invoice"]}, rupiah(body["amount"]), is_last=True),
        Total(_("Dikembalikan kepada pembeli"), rupiah(body["refund"]["amount"])),
    ]
    _goods_vat(sheet, body, body["amount"] - body["shipping"])
    if body["reason"]:
        sheet.notes.append(_("Alasan: %(reason)s") % {"reason": _(body["reason"])})


FILL: dict[Document.Kind, Callable[[Sheet, Body], None]] = {
    Document.Kind.INVOICE: _invoice,
    Document.Kind.RECEIPT: _receipt,
    Document.Kind.CREDIT_NOTE: _credit_note,
    Document.Kind.STATEMENT: statement,
    Document.Kind.FEE_RECEIPT: _fee_receipt,
    Document.Kind.FEE_CREDIT: _fee_credit,
    Document.Kind.FEE_SLIP: fee_slip,
    Document.Kind.TAX_SLIP: tax_slip,
}
