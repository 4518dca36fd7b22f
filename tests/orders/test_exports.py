"""Many documents as one file: asked once, made in the background, begun anew after a kill, kept a week, for its owner only."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders.actions.export_documents import KEPT, ask_export, finish_export
from bebeli.orders.documents import pdf
from bebeli.orders.flows import documents, export
from bebeli.orders.models import Document, Export
from bebeli.sellers.models import Membership, Seller
from tests import world

pytestmark = pytest.mark.django_db


def stall_with(orders: int) -> Seller:
    stall = world.seller()
    goods = world.variant(stall, stock=99)
    for _number in range(orders):
        world.paid(world.user(), (goods, 1))
    documents.issue_due()
    return stall


def asked(stall: Seller) -> Export:
    return ask_export(stall.pk, world.owner(stall), clock.today().replace(day=1))


def browser(user_id: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


def test_a_month_becomes_one_file_for_its_owner() -> None:
    stall = stall_with(3)
    client = browser(world.owner(stall))
    month = f"{clock.today():%Y-%m}"
    gone = client.post("/penjual/dokumen/unduh/", {"toko": stall.slug, "bulan": month})
    made = Export.objects.get()
    assert gone.headers["Location"] == f"/penjual/dokumen/unduh/{made.pk}/"
    assert "0 dari 6 dokumen" in client.get(gone.headers["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in client.get(gone.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert client.get(f"/penjual/dokumen/unduh/{made.pk}.pdf").status_code == 404
    assert export.make(made.pk)
    page = client.get(gone.headers["Location"]).content.decode()
    assert "6 dokumen dalam satu PDF" in page
    assert "every 2s" not in page
    answer = client.get(f"/penjual/dokumen/unduh/{made.pk}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "private, no-store" in answer.headers["Cache-Control"]
    assert pages(answer.content) == 6
    colleague = world.user()
    Membership.objects.create(seller=stall, user=colleague)
    for stranger in (colleague.pk, world.owner(world.seller())):
        for address in (f"/penjual/dokumen/unduh/{made.pk}/", f"/penjual/dokumen/unduh/{made.pk}.pdf"):
            assert browser(stranger).get(address).status_code == 404
    Membership.objects.filter(seller=stall, user_id=made.user_id).delete()
    assert client.get(f"/penjual/dokumen/unduh/{made.pk}.pdf").status_code == 404


def test_asking_twice_is_one_file_and_an_empty_month_is_refused() -> None:
    stall = stall_with(1)
    assert asked(stall) == asked(stall)
    with pytest.raises(Refused) as refusal:
        ask_export(stall.pk, world.owner(stall), clock.today().replace(year=2001, day=1))
    assert refusal.value.code == "no_documents"
    assert browser(world.owner(stall)).post("/penjual/dokumen/unduh/", {"toko": "bukan-saya"}).status_code == 404
    assert Export.objects.count() == 1


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bebeli.orders.actions.export_documents.MOST", 1)
    with pytest.raises(Refused) as refusal:
        asked(stall_with(1))
    assert refusal.value.code == "too_many_documents"


def test_a_killed_worker_s_file_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made = asked(stall_with(2))

    def killed(_press: object, _sheet: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(pdf.Press, "add", killed)
        with pytest.raises(SystemExit):
            export.make(made.pk)
    assert Export.objects.get().state == "working"
    assert export.sweep() == 0  # its lease still runs
    Export.objects.update(lease_until="2001-01-01T00:00Z")
    assert export.sweep() == 1
    found = Export.objects.get()
    assert (found.state, found.done, found.tries) == ("ready", 4, 2)


@pytest.mark.parametrize(("tries", "state", "files"), [(0, "ready", 1), (export.MOST_TRIES, "failed", 0)])
def test_a_file_saved_by_a_killed_worker_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, tries: int, state: str, files: int
) -> None:
    made = asked(stall_with(1))
    before = set(storages["private"].listdir("exports")[1]) if storages["private"].exists("exports") else set()

    def killed(*_handed_over: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(export, "finish_export", killed)
        with pytest.raises(SystemExit):
            export.make(made.pk)
    left = Export.objects.get().file
    assert left
    assert storages["private"].exists(left)
    assert browser(made.user_id).get(f"/penjual/dokumen/unduh/{made.pk}.pdf").status_code == 404
    Export.objects.update(lease_until="2001-01-01T00:00Z", **({"tries": tries} if tries else {}))
    assert export.sweep() == 1
    found = Export.objects.get()
    assert (found.state, bool(found.file)) == (state, bool(files))
    assert not storages["private"].exists(left)
    assert len(set(storages["private"].listdir("exports")[1]) - before) == files


def test_a_worker_that_lost_the_row_stops_and_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    made = asked(stall_with(1))
    before = storages["private"].listdir("exports")[1] if storages["private"].exists("exports") else []
    add = pdf.Press.add

    def overtaken(press: pdf.Press, sheet: Any) -> None:
        Export.objects.update(worker="another")
        add(press, sheet)

    monkeypatch.setattr(pdf.Press, "add", overtaken)
    assert not export.make(made.pk)
    assert Export.objects.get().state == "working"
    assert not finish_export(made.pk, "nobody", "x.pdf")
    after = storages["private"].listdir("exports")[1] if storages["private"].exists("exports") else []
    assert after == before


def test_a_file_that_never_succeeds_is_given_up() -> None:
    made = asked(stall_with(1))
    Export.objects.update(tries=export.MOST_TRIES)
    assert export.sweep() == 1
    assert Export.objects.get().state == "failed"
    page = browser(made.user_id).get(f"/penjual/dokumen/unduh/{made.pk}/").content.decode()
    assert "tidak berhasil dibuat" in page
    assert asked(Seller.objects.get(pk=made.seller_id)).pk != made.pk


def test_after_a_week_the_file_is_gone() -> None:
    made = asked(stall_with(1))
    export.make(made.pk)
    name = Export.objects.get().file
    assert storages["private"].exists(name)
    assert export.forget_old() == 0
    with clock.moved(KEPT + timedelta(minutes=1)):
        assert browser(made.user_id).get(f"/penjual/dokumen/unduh/{made.pk}.pdf").status_code == 404
        assert export.forget_old() == 1
        assert export.forget_old() == 0
    assert not storages["private"].exists(name)
    assert Export.objects.get().state == "gone"
    assert Document.objects.count() == 2
