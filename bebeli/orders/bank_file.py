"""Payouts as a table for the bank's own page, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from bebeli.kit.sealed import unseal
from bebeli.orders.couriers import bank_name
from bebeli.orders.models import Payout

HEAD = ("berita", "kode_bank", "bank", "nomor_rekening", "nama", "jumlah")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class Line(NamedTuple):
    """One transfer: the note to copy, where to, whose, whole rupiah."""

    note: str
    bank_code: str
    bank: str
    number: str
    name: str
    amount: int


def line(payout: Payout) -> Line:
    """Return what is transferred for a payout, whose account is loaded."""
    account = payout.account
    name = unseal(account.holder or account.name)
    return Line(payout.key, account.bank_code, bank_name(account.bank_code), unseal(account.number), name, payout.amount)


def table(payouts: Iterable[Payout]) -> str:
    """Return the CSV of some payouts, whose accounts are loaded."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEAD)
    for payout in payouts:
        rows.writerow(harmless(str(cell)) for cell in line(payout))
    return out.getvalue()
