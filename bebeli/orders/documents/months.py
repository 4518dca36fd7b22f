"""A seller's papers about a month, laid out: the statement, the slip of fees, the slip of PPh 22; and each as a file's table."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.kit.sheets import Cell
from bebeli.kit.templatetags.bebeli import bulan, persen, tanggal
from bebeli.orders.documents.layout import Body, Sheet, Total, party
from bebeli.orders.models import Document

Table = tuple[list[str], list[list[Cell]]]


def table_of(document: Document) -> Table:
    """Return a paper about a month as a file holds it: the heads, a row for each order, and the sums."""
    tables = {Document.Kind.STATEMENT: _statement_table, Document.Kind.FEE_SLIP: _fee_table, Document.Kind.TAX_SLIP: _tax_table}
    return tables[Document.Kind(document.kind)](document.content)


def _columns(body: Body) -> dict[str, str]:
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


def _statement_table(body: Body) -> Table:
    """Return a statement as a file holds it: the heads, a row for each order, their sums, and what moved money after that."""
    columns = _columns(body)
    rows: list[list[Cell]] = [
        [row["order"], datetime.fromisoformat(row["at"]), *(row[name] for name in columns)] for row in body["orders"]
    ]
    rows.append([_("Jumlah"), "", *(body["totals"][name] for name in columns)])
    rows += [[label, *[""] * len(columns), amount] for label, amount in _afterwards(body)]
    return [_("Pesanan"), _("Selesai"), *columns.values()], rows


def statement(sheet: Sheet, body: Body) -> None:
    """Lay a month's statement out: what each order brought, and from the price to what is the seller's."""
    begin = date.fromisoformat(body["month"])
    sheet.facts.append((_("Bulan"), bulan(begin)))
    columns, sums = _columns(body), body["totals"]
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
    if slips := body.get("slips"):
        sheet.notes.append(_("Biaya dan pajaknya dirinci di %(codes)s.") % {"codes": ", ".join(slips)})


def fee_slip(sheet: Sheet, body: Body) -> None:
    """Lay out what BEBELI charged in a month."""
    _head(sheet, body)
    sheet.columns = [_("Pesanan"), _("Dasar"), _("Komisi"), _("PPN"), _("Jumlah")]
    for row in body["orders"]:
        sheet.rows.append([_event(row), *(rupiah(row[name]) for name in ("base", "commission", "vat", "total"))])
    sums = body["totals"]
    sheet.totals = [
        *_before_and_after(body),
        Total(_("Komisi"), rupiah(sums["commission"])),
        Total(_("PPN atas komisi"), rupiah(sums["vat"])),
        Total(_("Biaya layanan penjual, dengan PPN"), rupiah(sums["total"]), is_last=True),
    ]
    sheet.notes.append(_("Sudah dipotong dari hasil penjualan, jadi tidak ada yang perlu dibayar."))


def tax_slip(sheet: Sheet, body: Body) -> None:
    """Lay out the PPh 22 that was collected in a month."""
    _head(sheet, body)
    sheet.facts.append((_("NPWP / NIK"), body["tax_id"] or _("belum tercatat")))
    sheet.columns = [_("Pesanan"), _("Dibayar"), _("Dasar"), _("Tarif"), _("PPh 22")]
    for row in body["orders"]:
        paid = bulan(date.fromisoformat(row["paid_month"]))
        sheet.rows.append([_event(row), paid, rupiah(row["base"]), persen(row["rate_bp"]), rupiah(row["total"])])
    sums = body["totals"]
    sheet.totals = [
        *_before_and_after(body),
        *_by_month_of_payment(body),
        Total(_("Dasar pengenaan"), rupiah(sums["base"])),
        Total(_("PPh 22 dipungut"), rupiah(sums["total"]), is_last=True),
    ]
    sheet.notes += [
        _("Dasar pengenaan ialah harga barang setelah potongan toko, tanpa PPN dan tanpa ongkir."),
        _("PPh 22 terutang saat pembayaran diterima: bulannya tertulis di setiap pesanan."),
    ]


def _head(sheet: Sheet, body: Body) -> None:
    sheet.facts.append((_("Bulan"), bulan(date.fromisoformat(body["month"]))))
    sheet.parties.insert(0, (_("Penerbit"), party(body["issuer"])))


def _event(row: Body) -> str:
    return f"{row['order']} · {_what(row)} {tanggal(datetime.fromisoformat(row['at']))}"


def _what(row: Body) -> str:
    words = {
        "completed": _("selesai"),
        "refunded": _("kembali ke pembeli"),
        "reversed": _("ditarik bank"),
        "restored": _("masuk lagi"),
    }
    return words[row["why"]]


def _before_and_after(body: Body) -> list[Total]:
    """Tell what the completed orders brought, which is what the statement says, from what moved after completion."""
    completed = sum(row["total"] for row in body["orders"] if row["why"] == "completed")
    if all(row["why"] == "completed" for row in body["orders"]):
        return []
    return [
        Total(_("Dari pesanan yang selesai"), rupiah(completed)),
        Total(_("Sesudah selesai"), rupiah(body["totals"]["total"] - completed)),
    ]


def _by_month_of_payment(body: Body) -> list[Total]:
    months: Counter[str] = Counter()
    for row in body["orders"]:
        months[row["paid_month"]] += row["total"]
    if len(months) < 2:  # noqa: PLR2004  one month is the whole
        return []
    words = _("Dibayar %(month)s")
    return [Total(words % {"month": bulan(date.fromisoformat(month))}, rupiah(months[month])) for month in sorted(months)]


def _fee_table(body: Body) -> Table:
    names = ("base", "commission", "vat", "total")
    rows: list[list[Cell]] = [[*_file_event(row), *(row[name] for name in names)] for row in body["orders"]]
    sums = body["totals"]
    rows.append([_("Jumlah"), "", "", "", sums["commission"], sums["vat"], sums["total"]])
    return [_("Pesanan"), _("Waktu"), _("Kejadian"), _("Dasar"), _("Komisi"), _("PPN"), _("Jumlah")], rows


def _tax_table(body: Body) -> Table:
    rows: list[list[Cell]] = [
        [*_file_event(row), row["paid_month"][:7], row["base"], persen(row["rate_bp"]), row["total"]] for row in body["orders"]
    ]
    rows.append([_("Jumlah"), "", "", "", body["totals"]["base"], "", body["totals"]["total"]])
    return [_("Pesanan"), _("Waktu"), _("Kejadian"), _("Dibayar"), _("Dasar"), _("Tarif"), _("PPh 22")], rows


def _file_event(row: Body) -> list[Cell]:
    return [row["order"], datetime.fromisoformat(row["at"]), _what(row)]
