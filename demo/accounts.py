"""The demo's accounts as the terminal shows them; the story makes them."""

from __future__ import annotations

PASSWORD = "demo-bebeli-2026"  # noqa: S105 - printed on the screen; never made when DEBUG is off
ACCOUNTS = (
    ("pembeli@example.com", "pembeli"),
    ("asn@example.com", "pegawai negeri (ASN)"),
    ("pp@example.com", "pejabat pengadaan"),
    ("ppk@example.com", "pejabat pembuat komitmen"),
    ("bendahara@example.com", "bendahara dinas"),
    ("perusahaan@example.com", "pembeli perusahaan"),
    ("toko01@example.com … toko40@example.com", "pemilik toko"),
    ("dinas@example.com", "petugas dinas"),
    ("keuangan@example.com", "keuangan"),
    ("keuangan2@example.com", "keuangan, orang kedua"),
    ("auditor@example.com", "pemeriksa"),
    ("admin@example.com", "pengelola"),
)


def table() -> str:
    """Return the accounts as lines of text."""
    width = max(len(address) for address, _role in ACCOUNTS)
    rows = [f"  {address:<{width}}  {role}" for address, role in ACCOUNTS]
    return "\n".join([f"  {'Akun demo':<{width}}  kata sandi semua: {PASSWORD}", f"  {'─' * (width + 40)}", *rows])
