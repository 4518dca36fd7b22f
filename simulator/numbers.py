"""Numbers to pay with: virtual accounts, bill keys, and a QRIS string with its checksum."""

from __future__ import annotations

import zlib
from typing import Any


def crc16(text: str) -> str:
    """Return CRC-16/CCITT-FALSE in four hexadecimal digits."""
    value = 0xFFFF
    for byte in text.encode():
        value ^= byte << 8
        for _bit in range(8):
            value = ((value << 1) ^ 0x1021) & 0xFFFF if value & 0x8000 else (value << 1) & 0xFFFF
    return f"{value:04X}"


def _tlv(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def qris(order_id: str, amount: int) -> str:
    """Return a dynamic QRIS string for an amount in rupiah."""
    acquirer = _tlv("00", "COM.GO-JEK.WWW") + _tlv("01", "936009140000000001") + _tlv("02", "G000000001") + _tlv("03", "UMI")
    nation = _tlv("00", "ID.CO.QRIS.WWW") + _tlv("02", "ID1020000000001") + _tlv("03", "UMI")
    body = _tlv("00", "01") + _tlv("01", "12") + _tlv("26", acquirer) + _tlv("51", nation) + _tlv("52", "5399")
    body += _tlv("53", "360") + _tlv("54", str(amount)) + _tlv("58", "ID") + _tlv("59", "BEBELI DEMO")
    body += _tlv("60", "BEKASI") + _tlv("61", "17531") + _tlv("62", _tlv("05", order_id[:25])) + "6304"
    return body + crc16(body)


def given(kind: str, bank: str, order_id: str, amount: int) -> dict[str, Any]:
    """Return what a charge of a kind gives the customer, the same for the same order."""
    serial = f"{zlib.crc32(order_id.encode()):010d}"
    if kind in {"qris", "gopay"}:
        return {"qr_string": qris(order_id, amount)}
    if kind == "echannel":
        return {"bill_key": f"77{serial}", "biller_code": "70012"}
    if kind == "bank_transfer" and bank == "permata":
        return {"permata_va_number": f"877800{serial}"}
    if kind == "bank_transfer":
        prefix = {"bca": "12345", "bni": "98812", "bri": "26215"}.get(bank, "88000")
        return {"va_number": f"{prefix}{serial}"}
    return {}
