"""The notices of the orders room, and when each is no longer worth saying."""

from __future__ import annotations

from bebeli.notices import kinds
from bebeli.orders import (
    complaint_kinds,
    double_kinds,
    groups,
    outside_kinds,
    payout_kinds,
    refund_kinds,
    remittance_kinds,
    reversal_kinds,
)
from bebeli.orders.wording import (
    BUYER,
    SELLER,
    about_order,
    about_proof,
    about_purchase,
    about_refund,
    always,
    books_wrong,
    placed,
    while_books_wrong,
    while_order,
    while_proof,
    while_purchase,
    while_refund,
)


def register() -> None:
    """Fill the tables of groups and of kinds."""
    for group in groups.ALL:
        kinds.register_group(group)
    for name, words, still in (*OF_PURCHASE, *OF_PROOF, *OF_BUYER, *OF_REFUND):
        kinds.register(name, words, still, STEPS.get(name, groups.ORDERS).name)
    for name, words, still in OF_SELLER:
        kinds.register(name, words, still, ALARMS.get(name, groups.SHOP).name)
    kinds.register("orders.books_wrong", books_wrong, while_books_wrong, groups.BOOKS.name)
    for told, group in (
        (complaint_kinds.OF_BUYER, groups.ORDERS),
        (complaint_kinds.OF_SELLER, groups.SHOP),
        (complaint_kinds.OF_OFFICER, groups.COMPLAINTS),
        (refund_kinds.OF_TWO, groups.TWO_PEOPLE),
        (payout_kinds.OF_OWNER, groups.SHOP_MONEY),
        (payout_kinds.OF_FINANCE, groups.BOOKS),
        (remittance_kinds.OF_TWO, groups.TWO_PEOPLE),
        (outside_kinds.OF_FINANCE, groups.BOOKS),
        (reversal_kinds.OF_SELLER, groups.SHOP_MONEY),
        (reversal_kinds.OF_FINANCE, groups.BOOKS),
        (double_kinds.OF_FINANCE, groups.BOOKS),
    ):
        for name, words, still in told:
            kinds.register(name, words, still, group.name)


def N_(text: str) -> str:  # noqa: N802  gettext's name for "translate later"
    """Mark a sentence for translation when it is said."""
    return text


STEPS = {"orders.accepted": groups.STEPS}
ALARMS = {"orders.held": groups.SHOP_ALARM}
OF_PURCHASE = (
    ("orders.placed", placed, while_purchase("awaiting_payment")),
    (
        "orders.paid",
        about_purchase(
            N_("Pembayaran %(code)s diterima"),
            N_("Uang %(total)s sudah kami terima dan kami simpan sampai barangnya Anda terima. Pembuatnya sudah kami kabari."),
            N_("Lihat pesanan"),
        ),
        while_purchase("paid"),
    ),
    (
        "orders.purchase_cancelled",
        about_purchase(N_("Pesanan %(code)s dibatalkan"), N_("Pesanan yang belum dibayar ini sudah dibatalkan.")),
        while_purchase("cancelled"),
    ),
    (
        "orders.purchase_expired",
        about_purchase(
            N_("Waktu bayar %(code)s habis"),
            N_("Pesanan ini tidak dibayar sampai batas waktunya, jadi kami tutup. Stoknya kembali ke toko."),
        ),
        while_purchase("expired"),
    ),
    (
        "orders.suspect",
        about_purchase(
            N_("Pembayaran %(code)s kami periksa"),
            N_("Uang yang masuk berbeda dari tagihannya. Petugas kami memeriksa dan akan mengabari Anda."),
        ),
        while_purchase("awaiting_payment"),
    ),
)
OF_PROOF = (
    (
        "orders.proof_received",
        about_proof(
            N_("Bukti transfer %(code)s kami terima"),
            N_("Keuangan mencocokkan %(amount)s dengan rekening kami. Barangnya ditahan untuk Anda sampai selesai diperiksa."),
            N_("Lihat pembelian"),
        ),
        while_proof("waiting"),
    ),
    (
        "orders.proof_refused",
        about_proof(
            N_("Bukti transfer %(code)s belum cocok"),
            N_("Alasannya: %(reason)s. Unggah bukti yang benar sebelum %(until)s."),
            N_("Unggah bukti"),
        ),
        while_proof("refused"),
    ),
)
OF_BUYER = (
    (
        "orders.accepted",
        about_order(N_("Pesanan %(code)s disiapkan"), N_("%(seller)s menerima pesanan Anda dan sedang menyiapkannya."), BUYER),
        while_order("processing"),
    ),
    (
        "orders.shipped",
        about_order(
            N_("Pesanan %(code)s dikirim"),
            N_("%(seller)s sudah mengirim pesanan Anda: %(courier)s."),
            BUYER,
            N_("Lacak pesanan"),
            ("seller", "courier"),
        ),
        while_order("shipped"),
    ),
    (
        "orders.delivered",
        about_order(
            N_("Pesanan %(code)s sampai"),
            N_("Periksa barangnya, lalu tekan Terima supaya %(seller)s mendapat uangnya."),
            BUYER,
            N_("Terima barang"),
        ),
        while_order("delivered"),
    ),
    (
        "orders.cancelled",
        about_order(N_("Pesanan %(code)s dibatalkan"), N_("Alasan: %(reason)s. Uang Anda kami kembalikan."), BUYER),
        while_order("cancelled"),
    ),
    (
        "orders.held_cancelled",
        about_order(
            N_("Pesanan %(code)s dibatalkan"),
            N_("Alasan: %(reason)s. Uangnya sudah ditarik kembali oleh bank Anda, jadi kami tidak mengirimnya lagi."),
            BUYER,
        ),
        while_order("cancelled"),
    ),
    (
        "orders.cancel_declined",
        about_order(
            N_("Pesanan %(code)s tetap jalan"),
            N_("%(seller)s sudah telanjur menyiapkan, jadi pesanan diteruskan."),
            BUYER,
        ),
        while_order("processing", "shipped"),
    ),
)
OF_SELLER = (
    (
        "orders.new",
        about_order(
            N_("Pesanan baru %(code)s"),
            N_("Pembeli sudah membayar %(total)s. Terima atau tolak sebelum %(until)s."),
            SELLER,
            N_("Buka pesanan"),
            ("code", "total", "until"),
        ),
        while_order("paid"),
    ),
    (
        "orders.cancelled_by_buyer",
        about_order(N_("Pesanan %(code)s dibatalkan pembeli"), N_("Alasan: %(reason)s. Stoknya sudah kembali."), SELLER),
        while_order("cancelled"),
    ),
    (
        "orders.cancel_asked",
        about_order(
            N_("Pembeli minta batal: %(code)s"),
            N_("Alasan: %(reason)s. Jawab sebelum %(until)s; lewat dari itu pesanan batal otomatis."),
            SELLER,
            N_("Jawab"),
        ),
        while_order("processing"),
    ),
    (
        "orders.timed_out",
        about_order(N_("Pesanan %(code)s batal otomatis"), N_("Pesanan tidak dijawab sampai batas waktunya."), SELLER),
        while_order("cancelled"),
    ),
    (
        "orders.completed",
        about_order(N_("Pesanan %(code)s selesai"), N_("Uangnya sudah masuk saldo toko Anda."), SELLER),
        while_order("completed"),
    ),
    (
        "orders.called_off",
        about_order(N_("Pesanan %(code)s dibatalkan petugas"), N_("Alasan: %(reason)s. Jangan kirim barangnya."), SELLER),
        while_order("cancelled"),
    ),
    (
        "orders.released",
        about_order(N_("Pesanan %(code)s boleh jalan lagi"), N_("Uangnya sudah datang lagi. Lanjutkan seperti biasa."), SELLER),
        while_order("paid", "processing", "shipped", "delivered"),
    ),
    (
        "orders.held",
        about_order(
            N_("Jangan kirim pesanan %(code)s"),
            N_("Bank menarik kembali pembayarannya. Tahan barangnya, kami periksa."),
            SELLER,
        ),
        while_order("held"),
    ),
)
OF_REFUND = (
    (
        "orders.refund_account",
        about_refund(
            N_("Ke mana uang %(code)s kami kirim?"),
            N_("Uang %(amount)s kembali lewat transfer. Isi nomor rekening Anda di halaman pesanan."),
        ),
        while_refund("requested", "approved"),
    ),
    (
        "orders.refund_bounced",
        about_refund(
            N_("Transfer %(code)s kembali ke kami"),
            N_("Uang %(amount)s tidak sampai di rekening Anda. Isi rekening lain di halaman pesanan, kami kirim lagi."),
        ),
        while_refund("requested", "approved"),
    ),
    (
        "orders.short",
        about_refund(
            N_("Sebagian pesanan %(code)s tidak ada"),
            N_("%(reason)s. Uang %(amount)s kami kembalikan, sisanya tetap dikirim."),
        ),
        always,
    ),
    (
        "orders.refund_confirmed",
        about_refund(N_("Uang %(code)s sudah kembali"), N_("%(amount)s sudah kami kembalikan kepada Anda.")),
        while_refund("confirmed"),
    ),
    (
        "orders.late_money",
        about_refund(
            N_("Uang kembali untuk %(code)s"),
            N_("Pembayaran %(amount)s datang terlambat, dua kali, atau jumlahnya berbeda dari tagihan. Uangnya kami kembalikan."),
        ),
        always,
    ),
)
