"""The demo tariffs' zones in official codes: what the table's prose says, province by province."""

from __future__ import annotations

GREATER_JAKARTA = "jabodetabek"

# Kabupaten Bekasi itself, Kota Bekasi, the cities of Jakarta, Bogor (city and regency), Depok, Tangerang (three)
GREATER_JAKARTA_PREFIXES = ("32.16", "32.75", "31.", "32.01", "32.71", "32.76", "36.03", "36.71", "36.74")

ZONE_OF_PROVINCE = {
    "31": GREATER_JAKARTA,
    "32": "jabar-banten",
    "36": "jabar-banten",
    "33": "jateng-diy",
    "34": "jateng-diy",
    "35": "jatim-bali",
    "51": "jatim-bali",
    **dict.fromkeys(("11", "12", "13", "14", "15", "16", "17", "18", "19", "21"), "sumatera"),
    **dict.fromkeys(("61", "62", "63", "64", "65"), "kalimantan"),
    **dict.fromkeys(("52", "53", "71", "72", "73", "74", "75", "76"), "sulawesi-nusa-tenggara"),
    **dict.fromkeys(("81", "82"), "maluku"),
    **dict.fromkeys(("91", "92", "93", "94", "95", "96"), "papua"),
}

# zone → service → (first kg, next kg, shortest, longest days)
NATIONAL = {
    GREATER_JAKARTA: {"REG": (11000, 11000, 1, 2), "YES": (20000, 20000, 1, 1), "OKE": (9000, 9000, 1, 2)},
    "jabar-banten": {"REG": (14000, 14000, 1, 3), "YES": (25000, 25000, 1, 1), "OKE": (11000, 11000, 1, 3)},
    "jateng-diy": {"REG": (19000, 19000, 2, 3), "YES": (32000, 32000, 1, 1), "OKE": (16000, 16000, 2, 3)},
    "jatim-bali": {"REG": (24000, 24000, 2, 4), "YES": (38000, 38000, 1, 1), "OKE": (20000, 20000, 2, 4)},
    "sumatera": {"REG": (33000, 33000, 3, 5), "YES": (55000, 55000, 1, 1), "OKE": (27000, 27000, 3, 5)},
    "kalimantan": {"REG": (42000, 42000, 3, 6), "YES": (68000, 68000, 1, 1), "OKE": (36000, 36000, 3, 6)},
    "sulawesi-nusa-tenggara": {"REG": (48000, 48000, 3, 7), "YES": (75000, 75000, 1, 1), "OKE": (41000, 41000, 3, 7)},
    "maluku": {"REG": (72000, 72000, 5, 9), "OKE": (62000, 62000, 5, 9)},
    "papua": {"REG": (98000, 98000, 6, 12), "OKE": (86000, 86000, 6, 12)},
}

# (from, to) → (first kg, next kg); one or two days
LOCAL = {
    ("A", "A"): (8000, 3000),
    ("A", "B"): (10000, 3500),
    ("A", "C"): (15000, 4000),
    ("B", "A"): (10000, 3500),
    ("B", "B"): (11000, 3500),
    ("B", "C"): (14000, 4000),
    ("C", "A"): (15000, 4000),
    ("C", "B"): (14000, 4000),
    ("C", "C"): (12000, 4000),
}

SERVICE_NAMES = {"REG": "Reguler", "YES": "Yakin Esok Sampai", "OKE": "Ongkos Kirim Ekonomis"}


def zone_of(code: str) -> str:
    """Return the national tariff zone of a province's or regency's code; '' when unknown."""
    if code.startswith(GREATER_JAKARTA_PREFIXES):
        return GREATER_JAKARTA
    return ZONE_OF_PROVINCE.get(code[:2], "")
