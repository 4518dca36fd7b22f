"""Who complained, who is complained about and who decides read one complaint in three lists, each leading to its conversation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.orders.actions.withdraw_complaint import withdraw_complaint
from bebeli.orders.models import Complaint
from tests import grievances, world
from tests.api.conftest import Api

pytestmark = pytest.mark.django_db


def read(person: User, path: str) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def leads(page: str) -> list[str]:
    return re.findall(r'href="([^"]*/keluhan/(?:\?nomor=\d+|\d+/))"', page)


def test_each_side_finds_the_same_complaint_with_its_own_turn(settings: Any) -> None:
    settings.WHITENOISE_AUTOREFRESH = True
    buyer, stall = world.user(), world.seller()
    orders = [grievances.delivered(buyer=buyer, stall=stall) for _number in range(2)]
    gone = grievances.about(orders[0])
    withdraw_complaint(gone.pk, buyer.pk)
    again = grievances.about(orders[0], wish="part", amount=12_345)
    refused = grievances.about(orders[1])
    Complaint.objects.filter(pk=refused.pk).update(state="refused")
    mine = read(buyer, "/akun/keluhan/")
    where = [f"/pesanan/{one.order.code}/keluhan/?nomor={one.number}" for one in (refused, again, gone)]
    assert leads(mine) == where
    for words in ("Toko menolak keluhan ini", "Menunggu jawaban toko", "Rp12.345", "Keluhan ditarik", "Tanpa uang kembali"):
        assert words in mine
    assert leads(read(buyer, "/akun/keluhan/?status=giliran")) == where[:1]
    assert leads(read(buyer, "/akun/keluhan/?status=jalan")) == where[:2]
    assert leads(read(buyer, "/akun/keluhan/?status=selesai")) == where[2:]
    assert "Keluhan ditarik" in read(buyer, where[2])
    assert "Menunggu jawaban toko" in read(buyer, where[1])
    maker = User.objects.get(pk=world.owner(stall))
    assert leads(read(maker, "/penjual/keluhan/")) == [f"/penjual/pesanan/{orders[0].code}/keluhan/?nomor=2"]
    (ended,) = leads(read(maker, "/penjual/keluhan/?status=selesai"))
    assert "Keluhan ditarik" in read(maker, ended)
    assert leads(read(grievances.officer(), "/dinas/keluhan/?status=selesai")) == [f"/dinas/keluhan/{gone.pk}/"]
    told = Api(buyer).get("complaints/").json()["results"]
    assert [(row["order"], row["number"], row["turn"]) for row in told] == [
        (orders[1].code, 1, "buyer"),
        (orders[0].code, 2, "seller"),
        (orders[0].code, 1, None),
    ]
    assert [row["state"] for row in Api(buyer).get("complaints/?state=withdrawn").json()["results"]] == ["withdrawn"]
    first = Api(buyer).get("complaints/?page_size=2").json()
    assert [row["number"] for row in Api(buyer).get(first["next"].removeprefix("http://testserver")).json()["results"]] == [1]
    Complaint.objects.filter(pk=gone.pk).update(opened_at=clock.now())
    assert leads(read(buyer, "/akun/keluhan/"))[0] == where[2]
    stranger = world.user()
    assert "Belum ada keluhan" in read(stranger, "/akun/keluhan/")
    assert Api(stranger).get("complaints/").json() == {"results": [], "next": None, "previous": None}
