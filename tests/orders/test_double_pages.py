"""The desk of money that went out twice: who sees what, the second factor, two people, and the provider's word."""

from __future__ import annotations

from typing import Any

import pytest

from bebeli.orders import books
from bebeli.orders.flows import restore
from bebeli.orders.models import DoubleRefund
from tests import world
from tests.conftest import Provider
from tests.doubling import WHY, for_nothing, of_an_order
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db


def state_of(case: DoubleRefund) -> str:
    return DoubleRefund.objects.get(pk=case.pk).state


def test_a_case_tells_its_story_and_the_auditor_presses_nothing() -> None:
    case, order_case = for_nothing(), of_an_order()
    boss, auditor = desk_of(world.finance().pk), desk_of(world.auditor().pk)
    assert case.attempt.code in boss.get("/keuangan/dua-kali/").content.decode()
    page = boss.get(f"/keuangan/dua-kali/{case.pk}/").content.decode()
    assert "Periksa kasus ini" in page
    assert case.refund is not None
    assert case.refund.key in page
    assert "1234567890" in page
    page = auditor.get(f"/keuangan/dua-kali/{case.pk}/").content.decode()
    assert "Menunggu keputusan keuangan" in page
    assert "1234567890" not in page
    assert "/ambil/" not in page
    assert order_case.refund is not None
    assert order_case.refund.order is not None
    assert order_case.refund.order.code in auditor.get(f"/keuangan/dua-kali/{order_case.pk}/").content.decode()


def test_what_moves_money_asks_for_the_second_factor() -> None:
    case, officer = for_nothing(), world.finance()
    where = f"/keuangan/dua-kali/{case.pk}"
    stale, fresh = desk_of(officer.pk, "password"), desk_of(officer.pk, "mfa")
    stale.post(f"{where}/ambil/")
    said: dict[str, Any] = {"referensi": "FT-2026-77", "alasan": WHY, "sebab": WHY}
    for verb in ("masuk", "usul", "setuju", "tolak", "lagi"):
        assert stale.post(f"{where}/{verb}/", said)["Location"].startswith("/akun/kode/lagi/")
    assert state_of(case) == "open"
    wrong = fresh.post(f"{where}/masuk/", {"referensi": "1"})
    assert (wrong.status_code, 'aria-describedby="referensi_error"' in wrong.content.decode()) == (422, True)
    assert fresh.post(f"{where}/masuk/", said).status_code == 302
    assert state_of(case) == "recovered"
    assert "FT-2026-77" in fresh.get(f"{where}/").content.decode()


def test_two_officers_write_it_off_at_their_desks() -> None:
    case = for_nothing()
    where = f"/keuangan/dua-kali/{case.pk}"
    first, second = (desk_of(world.finance().pk, "mfa") for _number in range(2))
    first.post(f"{where}/ambil/")
    assert "sedang diperiksa" in second.get("/keuangan/dua-kali/").content.decode()
    assert first.post(f"{where}/usul/", {"alasan": ""}).status_code == 422
    first.post(f"{where}/usul/", {"alasan": WHY})
    first.post(f"{where}/setuju/")
    assert state_of(case) == "open"
    second.post(f"{where}/ambil/")
    assert "Setujui penghapusan" in second.get(f"{where}/").content.decode()
    second.post(f"{where}/setuju/")
    assert state_of(case) == "written_off"
    assert books.check() == []


def test_it_came_again_only_by_the_providers_word(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    case = for_nothing()
    where = f"/keuangan/dua-kali/{case.pk}"
    desk = desk_of(world.finance().pk, "mfa")
    desk.post(f"{where}/ambil/")
    wrong = desk.post(f"{where}/lagi/", {"sebab": WHY})
    assert (wrong.status_code, state_of(case)) == (302, "open")  # the provider knows nothing of it
    for status, state in (("deny", "open"), ("settlement", "restored")):
        monkeypatch.setattr(restore, "_ask", lambda gone, status=status: world.truth(gone, status))
        empty = desk.post(f"{where}/lagi/", {"sebab": ""})
        assert ('aria-describedby="sebab_error"' in empty.content.decode()) is (state == "restored")
        desk.post(f"{where}/lagi/", {"sebab": WHY})
        assert state_of(case) == state
    assert provider.url
    assert books.check() == []


def test_a_payment_of_orders_comes_again_with_all_of_them(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    case = of_an_order()
    where = f"/keuangan/dua-kali/{case.pk}"
    desk = desk_of(world.finance().pk, "mfa")
    desk.post(f"{where}/ambil/")
    monkeypatch.setattr(restore, "_ask", lambda gone: world.truth(gone, "chargeback"))
    desk.post(f"{where}/lagi/", {"sebab": WHY})
    assert state_of(case) == "open"
    monkeypatch.setattr(restore, "_ask", lambda gone: world.truth(gone, "settlement"))
    desk.post(f"{where}/lagi/", {"sebab": WHY})
    assert state_of(case) == "restored"
    assert provider.url
