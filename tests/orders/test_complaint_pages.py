"""The pages of a complaint: the buyer's form and conversation, the maker's, the officer's; who sees which picture."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from bebeli.accounts.models import User
from bebeli.kit import clock, codes
from bebeli.kit.errors import Busy
from bebeli.kit.storage import NoRoom, RoomyFileSystemStorage
from bebeli.orders import evidence
from bebeli.orders.actions.take_complaint import take_complaint
from bebeli.orders.models import Complaint, ComplaintMessage, ComplaintPicture, Order, Purchase
from tests import grievances, world

pytestmark = pytest.mark.django_db


def browser(user_id: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


def form(order: Order, **fields: Any) -> dict[str, Any]:
    line = order.lines.get()
    return {f"barang-{line.pk}": "1", "masalah": "broken", "keinginan": "whole", "cerita": "Pecah.", **fields}


def kept_files() -> set[str]:
    folder = Path(settings.PRIVATE_ROOT) / "keluhan"
    return {path.name for path in folder.glob("*")} if folder.exists() else set()


def test_a_buyer_complains_with_pictures_and_follows_it() -> None:
    order = grievances.delivered()
    client = browser(order.purchase.buyer_id or 0)
    where = f"/pesanan/{order.code}/keluhan/"
    assert client.get(where).status_code == 404
    assert f"{where}baru/" in client.get(f"/pesanan/{order.code}/").content.decode()
    shown = client.get(f"{where}baru/").content.decode()
    for words in ('enctype="multipart/form-data"', 'for="foto"', 'for="cerita"', 'name="masalah"'):
        assert words in shown
    photo = world.picture("green", "JPEG")
    answer = client.post(f"{where}baru/", form(order, foto=[photo, world.picture("blue")]))
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    complaint = Complaint.objects.get()
    assert (complaint.asked_amount, complaint.problem) == (50_000, "broken")
    shown = client.get(where).content.decode()
    assert ("Menunggu jawaban toko" in shown, "Minta Dinas memutuskan" in shown) == (True, False)
    pictures = list(ComplaintPicture.objects.all())
    assert len(pictures) == 2
    for picture in pictures:
        seen = client.get(f"/keluhan/foto/{picture.pk}/")
        assert (seen.status_code, seen.headers["Content-Type"], seen.headers["Cache-Control"]) == (
            200, "image/webp", "private, no-store",
        )  # fmt: skip
    assert client.get(f"{where}baru/").headers["Location"] == where
    assert "dikomplain" in client.get(f"/pesanan/{order.code}/").content.decode().lower()


def test_a_crowd_loses_nothing_that_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    order = grievances.delivered()

    def crowded(*_said: object) -> Complaint:
        raise Busy

    monkeypatch.setattr("bebeli.orders.views.complaint.complain", crowded)
    answer = browser(order.purchase.buyer_id or 0).post(f"/pesanan/{order.code}/keluhan/baru/", form(order))
    page = answer.content.decode()
    assert ("Sedang ramai." in page, "Pecah.</textarea>" in page) == (True, True)


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays() -> None:
    order = grievances.delivered()
    client = browser(order.purchase.buyer_id or 0)
    where = f"/pesanan/{order.code}/keluhan/baru/"
    for field, wrong in (
        ("masalah_error", {"masalah": "x"}),
        ("keinginan_error", {"keinginan": ""}),
        ("cerita_error", {"cerita": ""}),
        ("jumlah_error", {"keinginan": "part", "jumlah": "banyak"}),
        ("foto_error", {"foto": SimpleUploadedFile("x.png", b"bukan foto", "image/png")}),
        ("foto_error", {"foto": [world.picture() for _number in range(6)]}),
        ("barang_error", {f"barang-{order.lines.get().pk}": "9"}),
    ):
        answer = client.post(where, form(order, **wrong))
        shown = answer.content.decode()
        assert (answer.status_code, f'id="{field}"' in shown) == (422, True), field
        if field != "cerita_error":
            assert ">Pecah.</textarea>" in shown
        assert ("Pilih fotonya sekali lagi" in shown) is (field == "foto_error")
    assert not Complaint.objects.exists()


def test_a_refused_complaint_leaves_no_file_behind() -> None:
    order = grievances.delivered()
    before = kept_files()
    client = browser(order.purchase.buyer_id or 0)
    client.post(f"/pesanan/{order.code}/keluhan/baru/", form(order, cerita="", foto=[world.picture()]))
    mixed = [world.picture("green"), SimpleUploadedFile("x.png", b"rusak", "image/png")]
    client.post(f"/pesanan/{order.code}/keluhan/baru/", form(order, foto=mixed))
    assert kept_files() == before
    client.post(f"/pesanan/{order.code}/keluhan/baru/", form(order, foto=[world.picture()]))
    assert len(kept_files() - before) == 1


def test_pictures_lose_what_the_camera_wrote() -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "rumah saya"
    Image.new("RGB", (300, 300), "green").save(out, "JPEG", exif=exif)
    kept = evidence.keep([SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")])[0]
    stored = Path(settings.PRIVATE_ROOT) / kept.name
    assert b"rumah saya" in out.getvalue()
    assert b"rumah saya" not in stored.read_bytes()
    with Image.open(stored) as shown:
        assert shown.format == "WEBP"


def test_pictures_that_do_not_all_fit_on_the_disk_leave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before, saved = kept_files(), list[str]()
    save = RoomyFileSystemStorage.save

    def second_fails(self: RoomyFileSystemStorage, name: str, content: Any) -> str:
        if saved:
            raise NoRoom
        saved.append(name)
        return save(self, name, content)

    monkeypatch.setattr(RoomyFileSystemStorage, "save", second_fails)
    with pytest.raises(NoRoom):
        evidence.keep([world.picture(), world.picture("red")])
    assert (kept_files(), len(saved)) == (before, 1)


def test_a_picture_is_read_again_when_its_door_tries_again() -> None:
    upload = world.picture()
    sizes = [evidence.keep([upload])[0].size for _try in range(2)]
    assert sizes[0] == sizes[1] > 0


def test_only_both_sides_and_those_who_decide_see_a_picture() -> None:
    order = grievances.delivered()
    complaint = grievances.about(order, pictures=evidence.keep([world.picture()]))
    picture = ComplaintPicture.objects.get()
    where = f"/keluhan/foto/{picture.pk}/"
    for who in (grievances.buyer(complaint), grievances.maker(complaint), grievances.officer().pk, world.finance().pk):
        assert browser(who).get(where).status_code == 200
    stranger, other = world.user().pk, world.owner(world.seller())
    for who in (stranger, other, world.auditor().pk):
        assert browser(who).get(where).status_code == 404
        assert browser(who).get(f"/pesanan/{order.code}/keluhan/").status_code == 404
        assert browser(who).post(f"/pesanan/{order.code}/keluhan/tarik/").status_code == 404
        assert browser(who).get(f"/penjual/pesanan/{order.code}/keluhan/").status_code == 404
    assert Client().get(where).status_code == 404
    assert Complaint.objects.get().state == "asked"


def test_a_guest_complains_by_the_link_of_the_mail() -> None:
    order = grievances.delivered()
    token = codes.random_token()
    Purchase.objects.filter(pk=order.purchase_id).update(buyer=None, guest_digest=codes.digest(token))
    guest, where = Client(), f"/pesanan/{order.code}/keluhan/"
    assert guest.post(f"{where}baru/", form(order)).status_code == 404
    guest.get(f"/pembelian/{order.purchase.code}/{token}/")
    assert guest.post(f"{where}baru/", form(order, foto=[world.picture()])).headers["Location"] == where
    assert guest.get(f"/keluhan/foto/{ComplaintPicture.objects.get().pk}/").status_code == 200
    link = f"/pembelian/{order.purchase.code}/{token}/?pesanan={order.code}&keluhan=1"
    assert guest.get(link).headers["Location"] == where
    assert Complaint.objects.get().opened_by is None
    assert guest.post(f"{where}tarik/").status_code == 302
    assert Complaint.objects.get().state == "withdrawn"


def test_the_maker_answers_and_wrong_words_stand_at_their_form() -> None:
    complaint = grievances.asked()
    client = browser(grievances.maker(complaint))
    where = f"/penjual/pesanan/{complaint.order.code}/keluhan/"
    assert complaint.order.code in client.get("/penjual/keluhan/").content.decode()
    assert "Giliran Anda" in client.get(where).content.decode()
    assert 'id="tolak_error"' in client.post(f"{where}tolak/", {"teks": ""}).content.decode()
    shown = client.post(f"{where}tawar/", {"jumlah": "0", "teks": "Maaf."}).content.decode()
    assert ('id="jumlah_error"' in shown, shown.count(">Maaf.</textarea>")) == (True, 1)
    assert 'id="minta_error"' in client.post(f"{where}minta-barang/", {"teks": ""}).content.decode()
    assert client.post(f"{where}tawar/", {"jumlah": "Rp20.000", "teks": "Maaf."}).status_code == 302
    buyers = browser(grievances.buyer(complaint))
    page = f"/pesanan/{complaint.order.code}/keluhan/"
    assert "Terima Rp20.000" in buyers.get(page).content.decode()
    assert buyers.post(f"{page}terima/", {"jumlah": "20000"}).status_code == 302
    found = Complaint.objects.get()
    assert (found.state, found.amount) == ("settled", 20_000)
    assert "kedua pihak setuju" in buyers.get(page).content.decode()


def test_goods_go_back_and_come_again_by_the_pages() -> None:
    complaint = grievances.asked()
    maker, buyer = browser(grievances.maker(complaint)), browser(grievances.buyer(complaint))
    desk, page = f"/penjual/pesanan/{complaint.order.code}/keluhan/", f"/pesanan/{complaint.order.code}/keluhan/"
    maker.post(f"{desk}minta-barang/", {"teks": "Kirim ke toko."})
    assert 'id="resi_error"' in buyer.post(f"{page}kirim/", {"kurir": "JNE", "resi": "x"}).content.decode()
    buyer.post(f"{page}kirim/", {"kurir": "JNE", "resi": "BALIK12345"})
    assert 'id="barang_error"' in maker.post(f"{desk}barang-kembali/").content.decode()
    maker.post(f"{desk}barang-kembali/", {"barang": "restocked"})
    assert Complaint.objects.get().state == "settled"


def test_a_replacement_by_the_pages() -> None:
    complaint = grievances.asked(wish="resend")
    maker, buyer = browser(grievances.maker(complaint)), browser(grievances.buyer(complaint))
    desk, page = f"/penjual/pesanan/{complaint.order.code}/keluhan/", f"/pesanan/{complaint.order.code}/keluhan/"
    assert 'id="resi_error"' in maker.post(f"{desk}kirim-ulang/", {"kurir": "JNE"}).content.decode()
    maker.post(f"{desk}kirim-ulang/", {"kurir": "JNE", "resi": "GANTI12345"})
    assert "GANTI12345" in buyer.get(page).content.decode()
    buyer.post(f"{page}sampai/")
    assert Complaint.objects.get().state == "settled"


def test_the_officers_desk_takes_one_decides_it_and_says_why() -> None:
    first, second = grievances.escalated(), grievances.escalated()
    client = browser(grievances.officer().pk)
    shown = client.get("/dinas/keluhan/").content.decode()
    assert shown.index(first.order.code) < shown.index(second.order.code)
    where = f"/dinas/keluhan/{first.pk}/"
    assert 'name="putusan"' not in client.get(where).content.decode()
    assert client.post(f"{where}ambil/").headers["Location"] == where
    assert 'name="putusan"' in client.get(where).content.decode()
    line = first.lines.get().pk
    wrong = client.post(f"{where}putus/", {"putusan": "partial", f"jumlah-{line}": "99999999", "alasan": "Sebagian pecah."})
    assert wrong.status_code == 422
    assert f'id="jumlah-{line}_error"' in wrong.content.decode()
    assert ">Sebagian pecah.</textarea>" in wrong.content.decode()
    assert 'id="alasan_error"' in client.post(f"{where}putus/", {"putusan": "none"}).content.decode()
    client.post(f"{where}pesan/", {"teks": "Mohon foto kemasannya."})
    client.post(f"{where}putus/", {"putusan": "partial", f"jumlah-{line}": "Rp12.345", "alasan": "Sebagian pecah."})
    found = Complaint.objects.get(pk=first.pk)
    assert (found.state, found.amount) == ("decided", 12_345)
    for who, page in (
        (grievances.buyer(first), f"/pesanan/{first.order.code}/keluhan/"),
        (grievances.maker(first), f"/penjual/pesanan/{first.order.code}/keluhan/"),
    ):
        shown = browser(who).get(page).content.decode()
        assert "Sebagian pecah." in shown
        assert "Mohon foto kemasannya." in shown
    assert first.order.code in client.get("/dinas/keluhan/?status=selesai").content.decode()


def test_another_officer_and_finance_only_look() -> None:
    complaint, first = grievances.escalated(), grievances.officer()
    take_complaint(complaint.pk, first.pk)
    where = f"/dinas/keluhan/{complaint.pk}/"
    second, finance = browser(grievances.officer().pk), browser(world.finance().pk)
    assert "Sedang diperiksa oleh" in second.get(where).content.decode()
    assert 'name="putusan"' not in second.get(where).content.decode()
    assert 'name="putusan"' not in finance.get(where).content.decode()
    assert finance.post(f"{where}ambil/").status_code == 404


def test_what_was_said_cannot_be_changed_or_erased() -> None:
    complaint = grievances.asked()
    message = ComplaintMessage.objects.get(complaint=complaint)
    for statement in ("UPDATE orders_complaintmessage SET text = 'lain'", "DELETE FROM orders_complaintmessage"):
        with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:  # noqa: PT012  the cursor is part of it
            cursor.execute("SAVEPOINT said")
            try:
                cursor.execute(statement)
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT said")
    message.refresh_from_db()
    assert message.text == "Toplesnya pecah."


def test_a_refused_complaint_leads_to_a_page_that_is_there() -> None:
    early = grievances.shipped()
    client = browser(early.purchase.buyer_id or 0)
    answer = client.post(f"/pesanan/{early.code}/keluhan/baru/", form(early, masalah="not_arrived", cerita="Belum datang."))
    shown = answer.content.decode()
    assert (answer.status_code, "masih dalam waktu antarnya" in shown, "Belum datang." in shown) == (422, True, True)
    late = grievances.completed(buyer=early.purchase.buyer)
    with clock.moved(timedelta(days=8)):
        answer = client.post(f"/pesanan/{late.code}/keluhan/baru/", form(late), follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"/pesanan/{late.code}/", 302)])
    assert "sudah lewat" in answer.content.decode()
    assert not Complaint.objects.exists()
