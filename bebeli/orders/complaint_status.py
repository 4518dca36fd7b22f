"""Where a complaint stands, for whoever reads: one line, whose turn it is, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Message
from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import tanggal_jam
from bebeli.orders.models import Complaint
from bebeli.orders.models.complaint import BUYER, OFFICER, SELLER


@dataclass(frozen=True)
class Standing:
    """A title, what comes next, an icon, and whether the reader is the one to act."""

    title: str
    text: str
    icon: str
    is_yours: bool


ICONS = {
    "asked": "clock",
    "offered": "hand-coins",
    "refused": "x",
    "return_asked": "undo-2",
    "returning": "truck",
    "resent": "truck",
    "officer": "scale",
    "settled": "circle-check",
    "decided": "scale",
    "withdrawn": "undo-2",
    "ended": "landmark",
}
TITLES: dict[str, Message] = {
    "asked": _("Menunggu jawaban toko"),
    "offered": _("Toko menawarkan %(offered)s"),
    "refused": _("Toko menolak keluhan ini"),
    "return_asked": _("Barang diminta kembali dulu"),
    "returning": _("Barang dalam perjalanan ke toko"),
    "resent": _("Barang pengganti dalam perjalanan"),
    "officer": _("Petugas Dinas akan memutuskan"),
    "settled": _("Selesai: kedua pihak setuju"),
    "decided": _("Selesai: Dinas sudah memutuskan"),
    "withdrawn": _("Keluhan ditarik"),
    "ended": _("Keluhan ditutup"),
}
NEXT: dict[tuple[str, str], Message] = {
    ("asked", SELLER): _("Jawab sebelum %(until)s. Lewat dari itu petugas Dinas yang memutuskan."),
    ("asked", BUYER): _("Toko menjawab paling lambat %(until)s. Lewat dari itu petugas Dinas yang memutuskan."),
    ("offered", BUYER): _("Terima, atau minta Dinas memutuskan, sebelum %(until)s."),
    ("offered", SELLER): _("Pembeli menjawab paling lambat %(until)s. Lewat dari itu petugas Dinas yang memutuskan."),
    ("refused", BUYER): _("Tidak setuju? Minta Dinas memutuskan. Lewat %(until)s kami teruskan ke petugas."),
    ("refused", SELLER): _("Pembeli bisa minta Dinas memutuskan. Lewat %(until)s kami teruskan ke petugas."),
    ("return_asked", BUYER): _("Kirim barangnya dan tulis nomor resinya sebelum %(until)s."),
    ("return_asked", SELLER): _("Pembeli mengirim barangnya paling lambat %(until)s."),
    ("returning", SELLER): _("Periksa begitu datang, lalu catat sebelum %(until)s. Uang pembeli kembali setelah itu."),
    ("returning", BUYER): _("Uang Anda kembali begitu toko mencatat barangnya, paling lambat %(until)s."),
    ("resent", BUYER): _("Beri tahu begitu barangnya sampai. Tanpa kabar sampai %(until)s, keluhan ini selesai."),
    ("resent", SELLER): _("Pembeli memberi tahu begitu sampai. Tanpa kabar sampai %(until)s, keluhan ini selesai."),
    ("officer", BUYER): _("Petugas membaca percakapan ini. Lengkapi penjelasan Anda di bawah, putusannya kami kabarkan."),
    ("officer", SELLER): _("Petugas membaca percakapan ini. Lengkapi penjelasan Anda di bawah, putusannya kami kabarkan."),
    ("officer", OFFICER): _("Baca percakapannya, lalu putuskan dengan alasan yang dibaca kedua pihak."),
}
ENDS: dict[str, Message] = {
    "settled": _("Uang yang kembali ke pembeli: %(amount)s."),
    "decided": _("Uang yang kembali ke pembeli: %(amount)s."),
    "withdrawn": _("Pesanan berjalan lagi seperti semula."),
    "ended": _("Bank pembeli sudah menarik kembali pembayarannya."),
}


def standing(complaint: Complaint, reader: str) -> Standing:
    """Return where a complaint stands for one of its sides."""
    named = {
        "until": tanggal_jam(complaint.answer_by),
        "offered": rupiah(complaint.offered_amount or 0),
        "amount": rupiah(complaint.amount or 0),
    }
    words = ENDS.get(complaint.state) or NEXT.get((complaint.state, reader)) or NEXT[(complaint.state, SELLER)]
    return Standing(str(TITLES[complaint.state]) % named, str(words) % named, ICONS[complaint.state], complaint.turn == reader)
