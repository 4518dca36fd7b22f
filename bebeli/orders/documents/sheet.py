"""A document as it is laid out, in the reader's language: the page on screen and the PDF are drawn from the same sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bebeli.kit.amount_words import in_english, in_indonesian
from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import bulan, tanggal, tanggal_jam
from bebeli.orders.models import Document, Order
from bebeli.orders.models.payment import Method

STAMP_DUTY_ABOVE = 5_000_000  # UU 10/2020: a receipt over more than this carries a stamp of Rp10.000, on paper or electronic

Body = dict[str, Any]


@dataclass(frozen=True)
class Total:
    """One line below the table."""

    label: str
    value: str
    is_last: bool = False


@dataclass
class Sheet:
    """Words only; numbers are written out already. The first column of the table is text, the others are amounts."""

    title: str
    code: str
    stamp: str
    facts: list[tuple[str, str]]
    parties: list[tuple[str, list[str]]]
    words: str
    check_url: str
    sha256: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


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
        parties=[(_("Penerbit") if document.seller_id is None else _("Penjual"), _seller(body["seller"]))],
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
    }[Document.Kind(document.kind)]


def stamp(document: Document) -> str:
    """Say that a document no longer stands, '' while it does."""
    if document.successor is not None:
        return _("Diganti oleh %(code)s") % {"code": document.successor.printed_code}
    if document.canceller is not None:
        return _("Dibatalkan oleh %(code)s") % {"code": document.canceller.printed_code}
    return ""


def _seller(part: Body) -> list[str]:
    nib = _("NIB %(nib)s") % {"nib": part["nib"]} if part["nib"] else ""
    return [line for line in (part["name"], part["owner"], nib, part["street"], part["place"]) if line]


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


def statement_columns(body: Body) -> dict[str, str]:
    """Return a statement's amounts and their heads: the first less those between is the last; what nobody had is left out."""
    sums = body["totals"]
    first = "price" if "price" in sums else "total"  # a statement from before discounts were written down
    names = [first, "discount", "returned", "fee", "tax", "courier", "net"]
    words = {"fee": _("Biaya"), "tax": _("Pajak"), "courier": _("Kurir"), "net": _("Milik Anda")}
    words |= {first: _("Harga"), "discount": _("Potongan"), "returned": _("Dikembalikan")}
    return {name: words[name] for name in names if name not in {"discount", "returned", "courier"} or sums.get(name)}


def _afterwards(body: Body) -> list[tuple[str, int]]:
    """What else moved a seller's money in the month; a statement from before settled debts were told apart has none."""
    lines = [
        (_("Dikembalikan kepada pembeli sesudah selesai"), -body["claims"]),
        (_("Utang yang dilunasi dari saldo"), body.get("settled", 0)),
        (_("Pencairan yang ternyata sudah masuk rekening Anda"), -body.get("twice", 0)),
    ]
    return [(label, amount) for label, amount in lines if amount]


def statement_table(body: Body) -> tuple[list[str], list[list[str | int | datetime]]]:
    """Return a statement as a file holds it: the heads, a row for each order, their sums, and what moved money after that."""
    columns = statement_columns(body)
    rows: list[list[str | int | datetime]] = [
        [row["order"], datetime.fromisoformat(row["at"]), *(row[name] for name in columns)] for row in body["orders"]
    ]
    rows.append([_("Jumlah"), "", *(body["totals"][name] for name in columns)])
    rows += [[label, *[""] * len(columns), amount] for label, amount in _afterwards(body)]
    return [_("Pesanan"), _("Selesai"), *columns.values()], rows


def _statement(sheet: Sheet, body: Body) -> None:
    begin = date.fromisoformat(body["month"])
    sheet.facts.append((_("Bulan"), bulan(begin)))
    columns, sums = statement_columns(body), body["totals"]
    sheet.columns = [_("Pesanan selesai"), *(columns.values())]
    for row in body["orders"]:
        day = tanggal(datetime.fromisoformat(row["at"]))
        sheet.rows.append([f"{row['order']} · {day}", *(rupiah(row[name]) for name in columns)])
    words = {
        "discount": _("Potongan dari toko Anda"),
        "returned": _("Dikembalikan kepada pembeli sebelum selesai"),
        "fee": _("Biaya layanan penjual, dengan PPN"),
        "tax": _("PPh 22 dipungut"),
        "courier": _("Ongkir untuk kurir"),
    }
    first, *taken, last = columns
    sheet.totals = [
        Total(_("Harga dengan ongkir"), rupiah(sums[first])),
        *(Total(words[name], rupiah(-sums[name])) for name in taken),
        Total(_("Milik Anda"), rupiah(sums[last]), is_last=True),
    ]
    sheet.totals += [Total(label, rupiah(amount)) for label, amount in _afterwards(body)]
    if body.get("settled"):
        sheet.notes.append(_("Utang dihitung pada bulan utangnya timbul; melunasinya tidak mengurangi lagi."))


FILL: dict[Document.Kind, Callable[[Sheet, Body], None]] = {
    Document.Kind.INVOICE: _invoice,
    Document.Kind.RECEIPT: _receipt,
    Document.Kind.CREDIT_NOTE: _credit_note,
    Document.Kind.STATEMENT: _statement,
    Document.Kind.FEE_RECEIPT: _fee_receipt,
    Document.Kind.FEE_CREDIT: _fee_credit,
}
