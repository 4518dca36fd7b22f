"""Pages that mix many rooms, and the shell around every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from bebeli.accounts import roles
from bebeli.accounts.models import Appointment
from bebeli.catalog import front, structured
from bebeli.kit import language
from bebeli.kit.access import public, signed_in
from bebeli.kit.errors import Message
from bebeli.kit.page_cache import for_everybody
from bebeli.kit.refusals import or_away
from bebeli.notices.models import InboxMessage
from bebeli.orders import settlement
from bebeli.orders.cart_cookie import count_of
from bebeli.sellers.models import Membership

HOME_CARDS = 10
COMING: dict[str, tuple[str, Message, Message, tuple[Message, ...]]] = {
    "instansi": (
        "landmark",
        _("Meja instansi"),
        _("Belanja untuk kantor dengan anggarannya sendiri, terpisah dari dompet pribadi."),
        (
            _("Kumpulkan kebutuhan, mintakan persetujuan, lalu pesan ke banyak toko sekaligus."),
            _("Surat pesanan, berita acara, kuitansi, dan faktur tersusun dari pesanannya."),
            _("Sisa pagu terlihat sebelum memesan."),
        ),
    ),
    "perusahaan": (
        "building-2",
        _("Meja perusahaan"),
        _("Memasok pabrik dan kantor Anda dari pembuat di sekitarnya."),
        (
            _("Minta penawaran ke beberapa pembuat dengan satu permintaan."),
            _("Kiriman berkala dengan jadwal dan harga yang disepakati."),
            _("Tagihan bulanan dengan rincian tiap pesanan."),
        ),
    ),
    "dinas": (
        "users",
        _("Meja dinas"),
        _("Mendampingi pembuat supaya naik kelas."),
        (
            _("Memeriksa berkas toko yang mendaftar, dengan alasan yang tercatat."),
            _("Melihat siapa yang belum pernah menjual, lalu memberi mereka tempat di depan."),
            _("Kurasi produk siap ekspor dan ritel modern."),
        ),
    ),
    "terbuka": (
        "chart-column",
        _("Angka terbuka"),
        _("Setiap rupiah yang lewat BEBELI, dihitung dari buku besar."),
        (
            _("Penjualan tiap kecamatan dan golongan usaha, tiap bulan."),
            _("Berapa yang sudah diterima pembuat, berapa yang masih dititipkan."),
            _("Data mentahnya dapat diunduh dan dihitung ulang siapa pun."),
        ),
    ),
    "ekspor": (
        "ship",
        _("Siap ekspor"),
        _("Produk yang sudah siap menyeberang, dengan berkas dan kode HS-nya."),
        (
            _("Katalog berbahasa Inggris dengan jumlah pesanan terkecil."),
            _("Permintaan penawaran langsung ke pembuatnya."),
            _("Daftar berkas ekspor untuk tiap barang."),
        ),
    ),
}


@dataclass(frozen=True)
class Offer:
    """A language that may suit the reader better, and how it says so itself."""

    language: str
    path: str
    words: str


class Shell:
    """What the header and the footer need, asked only when it is drawn."""

    demo = settings.DEMO
    base_url = settings.BASE_URL

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._user = getattr(request, "user", None)

    @cached_property
    def _user_id(self) -> int:
        """The person's id, 0 for a visitor."""
        return (self._user.pk or 0) if self._user is not None else 0

    @cached_property
    def cart_count(self) -> int:
        """Pieces in the cart."""
        return count_of(self._request)

    @cached_property
    def unread(self) -> int:
        """Unread messages, up to 99."""
        return InboxMessage.objects.unread_count(self._user_id)

    @cached_property
    def user_name(self) -> str:
        """How to greet."""
        return getattr(self._user, "first_name", "")

    @cached_property
    def is_seller(self) -> bool:
        """Whether the person acts for a stall."""
        return bool(self._user_id) and Membership.objects.filter(user_id=self._user_id).exists()

    @cached_property
    def _offices(self) -> frozenset[str]:
        """What the person is appointed to, asked once for all desks of the menu."""
        return roles.offices_of(self._user_id) if self._user_id else frozenset()

    @property
    def reads_books(self) -> bool:
        """Whether the person may see the shop's money."""
        return bool(self._offices & roles.BOOKS)

    @property
    def sees_complaints(self) -> bool:
        """Whether the person may see buyers' complaints."""
        return bool(self._offices & roles.COMPLAINTS)

    @property
    def makes_campaigns(self) -> bool:
        """Whether the menu leads to vouchers; finance finds them among its tabs."""
        return Appointment.Role.OFFICER in self._offices

    @property
    def path(self) -> str:
        """This page, query and all."""
        return self._request.get_full_path()

    @property
    def path_id(self) -> str:
        """The address that stands for this page in Indonesian."""
        return language.in_language(self._request.path, "id")

    @property
    def path_en(self) -> str:
        """The address that stands for this page in English."""
        return language.in_language(self._request.path, "en")

    @cached_property
    def offer(self) -> Offer | None:
        """The page in the language its reader has chosen, when this is not it. Offered, never forced."""
        wanted = getattr(self._user, "language", "") or language.chosen(self._request)
        if wanted in {"", language.now()}:
            return None
        with override(wanted):
            return Offer(wanted, language.in_language(self.path, wanted), gettext("Baca halaman ini dalam bahasa Indonesia"))


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates the shell."""
    return {"shell": Shell(request)}


@public
@for_everybody
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what sells, who has never sold, and the map of 23 kecamatan."""
    return render(request, "home.html", {"front": front.of_today(HOME_CARDS), "data": structured.shop()})


@signed_in
@require_GET
def coming(request: HttpRequest, desk: str) -> HttpResponse:
    """A desk that opens later says what people will find there."""
    icon, title, text, features = COMING[desk]
    return render(request, "coming.html", {"icon": icon, "title": title, "text": text, "features": features})


@public
@for_everybody
@require_GET
def words(request: HttpRequest, page: str) -> HttpResponse:
    """A page of plain words: help, or what happens with personal data."""
    return render(request, f"pages/{page}.html", {"mail": settings.DEFAULT_FROM_EMAIL, "is_direct": settlement.is_direct()})


@public
@for_everybody
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    return render(request, "robots.txt", content_type="text/plain")


@public
@require_GET
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The worker that answers while there is no connection; it must lie at the root to see every page."""
    script = (settings.ROOT / "static" / "js" / "sw.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@public
def nowhere(request: HttpRequest) -> HttpResponse:
    """Any other address: the same friendly page, also while DEBUG is on."""
    return render(request, "404.html", status=404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page does not exist."""
    del exception
    return or_away(lambda: render(request, "404.html", status=404))


def forbidden(request: HttpRequest, reason: str = "", exception: Exception | None = None) -> HttpResponse:
    """A form without its token, or a place that is not for this person."""
    del reason, exception
    return or_away(lambda: render(request, "403.html", status=403))
