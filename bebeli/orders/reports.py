"""Reads the provider's settlement report and the bank's statement: CSV in whatever dialect, clear words for each bad line."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from bebeli.kit import clock

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
MOST = 10**15  # rupiah
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
GATEWAY_HEADS = {
    "transaction_id": {"transactionid", "trxid", "idtransaksi"},
    "order_code": {"orderid", "ordercode", "merchantorderid", "nomorpesanan"},
    "gross": {"gross", "grossamount", "amount", "jumlah", "nominal"},
    "fee": {"fee", "totalfee", "mdr", "biaya", "fees"},
    "day": {"settlementdate", "settlementtime", "settledat", "tanggalsetor", "date", "tanggal"},
}
BANK_HEADS = {
    "day": {"date", "tanggal", "tgl", "transactiondate", "tanggaltransaksi"},
    "words": {"description", "keterangan", "uraian", "berita", "remark"},
    "reference": {"reference", "referensi", "noreferensi", "noref", "ref"},
    "gross": {"amount", "jumlah", "mutasi", "nominal"},
    "debit": {"debit", "debet", "keluar", "db"},
    "credit": {"credit", "kredit", "masuk", "cr"},
}
THOUSANDS = re.compile(r"-?\d{1,3}([.,]\d{3})+|-?\d+", re.ASCII)


@dataclass(frozen=True)
class Row:
    """One line of a report. `gross` is signed: positive came in."""

    number: int
    day: date
    gross: int
    fee: int = 0
    transaction_id: str = ""
    order_code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Read:
    """What was read; with faults nothing of the file counts."""

    rows: tuple[Row, ...]
    faults: tuple[str, ...]


def amount_of(text: str) -> int:
    """Return whole rupiah of `287.000`, `287000.00`, `Rp287.000,00` or `-5`; raises ValueError, also for a broken rupiah."""
    bare = text.replace("Rp", "").replace("IDR", "").replace(" ", "").replace("\u00a0", "")
    bare = re.sub(r"[.,](?:00|0)$", "", bare)
    if not THOUSANDS.fullmatch(bare):
        raise ValueError(text)
    number = int(re.sub(r"[.,]", "", bare))
    if abs(number) > MOST:
        raise ValueError(text)
    return number


def day_of(text: str) -> date:
    """Return the day of a date, with or without a time after it; raises ValueError."""
    bare = text.strip().split("T")[0].split(" ")[0]
    for form in DAYS:
        with suppress(ValueError):
            day = datetime.strptime(bare, form).date()  # noqa: DTZ007  a day has no zone
            if clock.FIRST <= day <= clock.LAST:
                return day
    raise ValueError(text)


def _table(raw: bytes) -> list[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    lines = text.replace("\0", "").splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]


def _columns(head: Sequence[str], names: Mapping[str, set[str]]) -> dict[str, int]:
    bare = [re.sub(r"[^a-z]", "", cell.lower()) for cell in head]
    found = {name: next((at for at, cell in enumerate(bare) if cell in known), -1) for name, known in names.items()}
    return {name: at for name, at in found.items() if at >= 0}


def _read(raw: bytes, heads: Mapping[str, set[str]], needed: Sequence[str], kind: str) -> Read:
    try:
        table = _table(raw)
    except csv.Error:
        return Read((), (_("Berkas ini bukan CSV."),))
    head = next((at for at, row in enumerate(table) if any(row)), -1)
    columns = _columns(table[head], heads) if head >= 0 else {}
    if missing := [name for name in needed if name not in columns]:
        return Read((), (_("Kolom ini tidak ditemukan: %(names)s.") % {"names": ", ".join(missing)},))
    rows: list[Row] = []
    faults: list[str] = []
    body = [(number, cells) for number, cells in enumerate(table[head + 1 :], start=head + 2) if any(cells)]
    if len(body) > MAX_ROWS:
        return Read((), (_("Lebih dari 20.000 baris. Bagi menjadi beberapa berkas."),))
    for number, cells in body:
        said = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        try:
            rows.append(_gateway_row(number, said) if kind == "gateway" else _bank_row(number, said))
        except _BadLineError as bad:
            faults.append(_("Baris %(number)d: %(words)s") % {"number": number, "words": str(bad)})
    if not body:
        faults.append(_("Tidak ada baris di bawah judul kolomnya."))
    return Read(tuple(rows), tuple(faults))


class _BadLineError(Exception):
    """Why one line cannot be read."""


def _amount(text: str) -> int:
    try:
        return amount_of(text)
    except ValueError as error:
        raise _BadLineError(_("jumlah “%(text)s” tidak terbaca.") % {"text": text[:30]}) from error


def _day(text: str) -> date:
    try:
        return day_of(text)
    except ValueError as error:
        raise _BadLineError(_("tanggal “%(text)s” tidak terbaca.") % {"text": text[:30]}) from error


def _gateway_row(number: int, said: Mapping[str, str]) -> Row:
    transaction, code = said.get("transaction_id", "")[:64], said["order_code"][:64]
    if not transaction and not code:
        raise _BadLineError(_("nomor transaksi dan nomor pesanan kosong."))
    fee = _amount(said["fee"] or "0")
    if fee < 0:
        raise _BadLineError(_("biaya tidak boleh minus."))
    return Row(number, _day(said["day"]), _amount(said["gross"]), fee, transaction, code)


def _bank_row(number: int, said: Mapping[str, str]) -> Row:
    words = " ".join(part for part in (said.get("words", ""), said.get("reference", "")) if part)[:200]
    if said.get("gross"):
        gross = _amount(said["gross"])
    else:
        gross = abs(_amount(said.get("credit") or "0")) - abs(_amount(said.get("debit") or "0"))
    if gross == 0:
        raise _BadLineError(_("jumlahnya kosong."))
    return Row(number, _day(said["day"]), gross, words=words)


def read_gateway(raw: bytes) -> Read:
    """Read the provider's report: order id, gross, fee, settlement date; transaction id where it has one."""
    return _read(raw, GATEWAY_HEADS, ("order_code", "gross", "fee", "day"), "gateway")


def read_bank(raw: bytes) -> Read:
    """Read the bank's statement: date, and an amount or its debit and credit; description and reference where it has them."""
    found = _read(raw, BANK_HEADS, ("day", "gross"), "bank")
    return found if found.rows or not found.faults else _read(raw, BANK_HEADS, ("day", "debit", "credit"), "bank")
