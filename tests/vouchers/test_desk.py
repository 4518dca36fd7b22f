"""The desks of vouchers: make, see, change, pause, end, and the file of uses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.sellers.models import Membership
from bebeli.vouchers.models import Voucher
from tests import world
from tests.vouchers import making

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def form(**fields: str) -> dict[str, str]:
    """A form filled in: Rp10.000 off from Rp50.000 on."""
    said = {
        "name_id": "Hemat bulan ini", "code": "hemat-1", "payer": "regency", "kind": "amount", "amount": "10000",
        "min_purchase": "50000", "budget": "1000000", "per_person": "1", "starts": TODAY.isoformat(),
        "ends": (TODAY + timedelta(days=6)).isoformat(), "is_public": "on",
    }  # fmt: skip
    return {**said, **fields}


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_finance_makes_one_and_sees_it() -> None:
    browser = signed_in(world.finance())
    answer = browser.post("/keuangan/voucher/baru/", form(districts="32.16.09"), follow=True)
    assert answer.redirect_chain == [("/keuangan/voucher/HEMAT-1/", 302)]
    page = answer.content.decode()
    for words in (
        "Potongan Rp10.000",
        "Belanja paling sedikit Rp50.000.",
        "Dibayar oleh Kabupaten Bekasi.",
        "Rp0 dari Rp1.000.000",
    ):
        assert words in page
    made = Voucher.objects.get()
    assert (made.last_day, made.districts, made.made_by.pk) == (
        TODAY + timedelta(days=6),
        ["32.16.09"],
        int(browser.session["_auth_user_id"]),
    )
    assert "Hemat bulan ini" in browser.get("/keuangan/voucher/").content.decode()


def test_whose_money_it_is_for_is_chosen_and_said() -> None:
    browser = signed_in(world.finance())
    page = browser.post("/keuangan/voucher/baru/", form(purse="agency"), follow=True).content.decode()
    assert "Hanya untuk belanja dengan uang instansi." in page
    assert Voucher.objects.get().purse == "agency"
    assert "Hemat bulan ini" not in Client().get("/").content.decode()
    browser.post("/keuangan/voucher/HEMAT-1/ubah/", form(purse="personal"))
    assert Voucher.objects.get().purse == "personal"
    assert browser.post("/keuangan/voucher/baru/", form(code="lain", purse="siapa")).status_code == 422


def test_an_officer_is_offered_the_regencys_money_only() -> None:
    browser = signed_in(making.officer())
    page = browser.get("/keuangan/voucher/baru/").content.decode()
    assert ('value="regency"' in page, 'value="platform"' in page) == (True, False)
    answer = browser.post("/keuangan/voucher/baru/", form(payer="platform"))
    assert (answer.status_code, Voucher.objects.count()) == (422, 0)


def test_a_mistake_is_said_at_its_field() -> None:
    browser = signed_in(world.finance())
    answer = browser.post("/keuangan/voucher/baru/", form(min_purchase="10000"))
    assert answer.status_code == 422
    assert 'id="id_min_purchase_error"' in answer.content.decode()
    for field, day in (("starts", "0001-01-01"), ("ends", "9999-12-31")):
        assert f'id="id_{field}_error"' in browser.post("/keuangan/voucher/baru/", form(**{field: day})).content.decode()
    making.voucher(code="HEMAT-1")
    page = browser.post("/keuangan/voucher/baru/", form()).content.decode()
    assert "Kode itu sudah dipakai voucher lain." in page
    assert Voucher.objects.count() == 1


def test_uses_are_seen_and_filed_without_names() -> None:
    made = making.voucher()
    purchase = world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    browser = signed_in(world.auditor())
    page = browser.get(f"/keuangan/voucher/{made.code}/").content.decode()
    assert (purchase.code in page, "Ya, akhiri" in page, "Rp10.000 dari Rp1.000.000" in page) == (True, False, True)
    file = browser.get(f"/keuangan/voucher/{made.code}.csv")
    assert file.headers["Content-Type"].startswith("text/csv")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Pembelian,Waktu,Keadaan,Potongan (Rp),Kembali (Rp),Biaya (Rp)"
    assert (lines[1].split(",")[0], lines[1].split(",")[2:]) == (purchase.code, ["dipakai", "10000", "0", "10000"])


def test_one_in_use_keeps_its_money_and_is_told_so() -> None:
    made = making.voucher(code="HEMAT-1")
    world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    browser = signed_in(world.finance())
    assert "hanya nama, daftar, dan hari terakhir" in browser.get("/keuangan/voucher/HEMAT-1/ubah/").content.decode()
    answer = browser.post("/keuangan/voucher/HEMAT-1/ubah/", form(amount="20000"))
    assert (answer.status_code, "Akhiri lalu buat yang baru." in answer.content.decode()) == (422, True)
    made.refresh_from_db()
    assert made.amount == 10_000


def test_a_rename_keeps_the_hour_it_was_made() -> None:
    made = making.voucher(code="HEMAT-1", amount=10_000, min_purchase=20_000)
    world.placed(world.user(), (world.variant(), 1), voucher=made.code)
    said = form(
        name_id="Nama baru",
        min_purchase="20000",
        starts=timezone.localdate(made.starts_at).isoformat(),
        ends=(made.last_day + timedelta(days=1)).isoformat(),
    )
    answer = signed_in(world.finance()).post("/keuangan/voucher/HEMAT-1/ubah/", said)
    assert answer.status_code == 302
    before = made.starts_at
    made.refresh_from_db()
    assert (made.name_id, made.starts_at) == ("Nama baru", before)


def test_steps_say_what_came_of_them() -> None:
    made = making.voucher()
    browser = signed_in(making.officer())
    for verb, words in (
        ("jeda", "dihentikan sementara"),
        ("lanjut", "berjalan lagi"),
        ("akhiri", "diakhiri"),
        ("lanjut", "sudah diakhiri"),
    ):
        page = browser.post(f"/keuangan/voucher/{made.code}/{verb}/", follow=True).content.decode()
        assert words in page
    made.refresh_from_db()
    assert made.state == "ended"


def test_a_maker_makes_own_ones_and_reaches_no_others() -> None:
    stall, other = world.seller(), world.seller()
    browser = signed_in(User.objects.get(pk=world.owner(stall)))
    page = browser.get("/penjual/voucher/baru/").content.decode()
    assert ('name="payer"' in page, 'name="districts"' in page) == (False, False)
    answer = browser.post("/penjual/voucher/baru/", form(budget=""), follow=True)
    assert answer.redirect_chain == [("/penjual/voucher/HEMAT-1/", 302)]
    made = Voucher.objects.get()
    assert (made.payer, made.seller) == ("seller", stall)
    theirs = making.own(other)
    for path in (f"/penjual/voucher/{theirs.code}/", f"/penjual/voucher/{theirs.code}.csv", f"/keuangan/voucher/{made.code}/"):
        assert browser.get(path).status_code == 404
    answer = browser.post("/penjual/voucher/HEMAT-1/ubah/", form(budget="", amount="12000"))
    assert answer.status_code == 302
    browser.post("/penjual/voucher/HEMAT-1/akhiri/")
    made.refresh_from_db()
    assert (made.amount, made.state) == (12_000, "ended")
    assert "Hemat bulan ini" in browser.get("/penjual/voucher/").content.decode()
    assert browser.get("/penjual/voucher/HEMAT-1.csv").status_code == 200


def test_an_officer_looks_at_the_platforms_but_leaves_it_alone() -> None:
    made = making.voucher(payer="platform", code="HEMAT-1")
    browser = signed_in(making.officer())
    page = browser.get("/keuangan/voucher/HEMAT-1/").content.decode()
    assert (made.name_id in page, "Ya, akhiri" in page, "/HEMAT-1/ubah/" in page) == (True, False, False)
    assert browser.get("/keuangan/voucher/HEMAT-1/ubah/").status_code == 404
    assert browser.post("/keuangan/voucher/HEMAT-1/ubah/", form(budget="9000000")).status_code == 404
    assert browser.post("/keuangan/voucher/HEMAT-1/akhiri/").status_code == 404
    made.refresh_from_db()
    assert (made.budget, made.state) == (1_000_000, "running")


def test_who_runs_two_stalls_says_whose_money_it_is() -> None:
    first, second, other = world.seller(), world.seller(), world.seller()
    person = User.objects.get(pk=world.owner(first))
    Membership.objects.create(seller=second, user=person)
    browser = signed_in(person)
    assert f'href="?toko={second.slug}"' in browser.get("/penjual/voucher/baru/").content.decode()
    assert browser.post(f"/penjual/voucher/baru/?toko={other.slug}", form(budget="")).status_code == 404
    assert browser.post(f"/penjual/voucher/baru/?toko={second.slug}", form(budget="")).status_code == 302
    assert Voucher.objects.get().seller == second
