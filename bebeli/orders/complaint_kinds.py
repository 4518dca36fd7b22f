"""The notices of complaints: to the buyer, to the maker, to officers of the Dinas."""

from __future__ import annotations

from bebeli.orders.complaint_wording import (
    about_complaint,
    to_buyers_page,
    to_officers_page,
    to_sellers_page,
    while_complaint,
    while_complaint_is_open,
)


def N_(text: str) -> str:  # noqa: N802  gettext's name for "translate later"
    """Mark a sentence for translation when it is said."""
    return text


OF_BUYER = (
    (
        "orders.complaint_offered",
        about_complaint(
            N_("%(seller)s menawarkan %(offered)s kembali"),
            N_("Terima tawarannya, atau minta Dinas memutuskan, sebelum %(until)s. %(words)s"),
            to_buyers_page,
            N_("Jawab tawaran"),
        ),
        while_complaint("offered"),
    ),
    (
        "orders.complaint_refused",
        about_complaint(
            N_("Keluhan %(code)s belum disetujui toko"),
            N_("Jawaban %(seller)s: %(words)s Anda bisa minta Dinas memutuskan. Lewat %(until)s kami teruskan ke petugas."),
            to_buyers_page,
            N_("Lihat jawabannya"),
        ),
        while_complaint("refused"),
    ),
    (
        "orders.complaint_return_asked",
        about_complaint(
            N_("Kirim kembali barang %(code)s"),
            N_("%(seller)s meminta barangnya kembali dulu: %(words)s Kirim dan tulis nomor resinya sebelum %(until)s."),
            to_buyers_page,
            N_("Tulis nomor resi"),
        ),
        while_complaint("return_asked"),
    ),
    (
        "orders.complaint_resent",
        about_complaint(
            N_("Barang pengganti %(code)s dikirim"),
            N_("%(seller)s mengirim penggantinya. Beri tahu kami begitu sampai. %(words)s"),
            to_buyers_page,
            N_("Lihat keluhan"),
        ),
        while_complaint("resent"),
    ),
    (
        "orders.complaint_said_to_buyer",
        about_complaint(N_("Pesan baru di keluhan %(code)s"), N_("Isinya: %(words)s"), to_buyers_page, N_("Balas")),
        while_complaint_is_open,
    ),
    (
        "orders.complaint_escalated",
        about_complaint(
            N_("Keluhan %(code)s diteruskan ke Dinas"),
            N_("Petugas Dinas membaca semuanya dan memutuskan. Anda kami kabari."),
            to_buyers_page,
            N_("Lihat keluhan"),
        ),
        while_complaint("officer"),
    ),
    (
        "orders.complaint_settled",
        about_complaint(
            N_("Keluhan %(code)s selesai"),
            N_("Anda dan %(seller)s sudah sepakat. Uang yang kembali: %(amount)s."),
            to_buyers_page,
            N_("Lihat hasilnya"),
        ),
        while_complaint("settled"),
    ),
    (
        "orders.complaint_decided",
        about_complaint(
            N_("Dinas sudah memutuskan keluhan %(code)s"),
            N_("Uang yang kembali: %(amount)s. Alasannya: %(reason)s"),
            to_buyers_page,
            N_("Lihat putusannya"),
        ),
        while_complaint("decided"),
    ),
)
OF_SELLER = (
    (
        "orders.complaint_new",
        about_complaint(
            N_("Keluhan baru: %(code)s"),
            N_("%(problem)s. Pembeli ingin: %(wish)s. Jawab sebelum %(until)s, lewat dari itu Dinas yang memutuskan."),
            to_sellers_page,
            N_("Jawab keluhan"),
        ),
        while_complaint("asked"),
    ),
    (
        "orders.complaint_sent_back",
        about_complaint(
            N_("Barang %(code)s dikirim kembali"),
            N_("Periksa begitu datang, lalu catat sebelum %(until)s. Setelah itu uang pembeli dikembalikan."),
            to_sellers_page,
            N_("Catat barang kembali"),
        ),
        while_complaint("returning"),
    ),
    (
        "orders.complaint_said_to_seller",
        about_complaint(N_("Pesan baru di keluhan %(code)s"), N_("Isinya: %(words)s"), to_sellers_page, N_("Balas")),
        while_complaint_is_open,
    ),
    (
        "orders.complaint_escalated_to_seller",
        about_complaint(
            N_("Keluhan %(code)s diteruskan ke Dinas"),
            N_("Petugas Dinas membaca semuanya dan memutuskan. Lengkapi penjelasan Anda di sana."),
            to_sellers_page,
            N_("Lihat keluhan"),
        ),
        while_complaint("officer"),
    ),
    (
        "orders.complaint_withdrawn",
        about_complaint(
            N_("Keluhan %(code)s ditarik"),
            N_("Pembeli menarik keluhannya. Pesanannya berjalan lagi seperti semula."),
            to_sellers_page,
            N_("Lihat keluhan"),
        ),
        while_complaint("withdrawn"),
    ),
    (
        "orders.complaint_settled_to_seller",
        about_complaint(
            N_("Keluhan %(code)s selesai"),
            N_("Anda dan pembeli sudah sepakat. Uang yang kembali ke pembeli: %(amount)s."),
            to_sellers_page,
            N_("Lihat hasilnya"),
        ),
        while_complaint("settled"),
    ),
    (
        "orders.complaint_decided_to_seller",
        about_complaint(
            N_("Dinas sudah memutuskan keluhan %(code)s"),
            N_("Uang yang kembali ke pembeli: %(amount)s. Alasannya: %(reason)s"),
            to_sellers_page,
            N_("Lihat putusannya"),
        ),
        while_complaint("decided"),
    ),
)
OF_OFFICER = (
    (
        "orders.complaint_to_decide",
        about_complaint(
            N_("Keluhan %(code)s menunggu putusan"),
            N_("%(problem)s, pembeli ingin: %(wish)s. Baca percakapannya, lalu putuskan dengan alasan."),
            to_officers_page,
            N_("Buka keluhan"),
        ),
        while_complaint("officer"),
    ),
)
