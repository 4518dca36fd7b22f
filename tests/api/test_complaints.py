"""Complaints over the API: the buyer's door and the seller's, held to their description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bebeli.accounts.models import User
from bebeli.orders import evidence
from bebeli.orders.models import Complaint, ComplaintPicture, Order
from tests import grievances, world
from tests.api.conftest import Api, hold, problem

pytestmark = pytest.mark.django_db


def body(order: Order, **fields: Any) -> dict[str, Any]:
    lines = [{"sku": line.sku, "quantity": line.quantity} for line in order.lines.all()]
    return {"lines": lines, "problem": "broken", "wish": "whole", "text": "Pecah.", **fields}


def test_a_complaint_from_word_to_money(api: Any) -> None:
    order = grievances.delivered()
    buyer, maker = api(order.purchase.buyer), api(order.seller.members.get().user)
    mine, theirs = f"orders/{order.code}", f"seller/orders/{order.code}/complaint"
    problem(maker.get(f"{theirs}/"), 404, "not_found")
    made = buyer.post(f"{mine}/complaints/", body(order))
    assert made.status_code == 201
    told = made.json()
    assert (told["state"], told["turn"], told["asked_amount"]) == ("asked", "seller", order.total)
    assert buyer.get(f"{mine}/").json()["status"] == "disputed"
    problem(buyer.post(f"{mine}/complaints/", body(order)), 409, "complaint_open")
    (row,) = maker.get("seller/complaints/?state=asked").json()["results"]
    assert row["order"] == order.code
    assert maker.get("seller/complaints/?state=decided").json()["results"] == []
    maker.post(f"{theirs}/messages/", {"text": "Boleh lihat fotonya?"})
    buyer.post(f"{mine}/complaint/messages/", {"text": "Sudah di web."})
    assert maker.post(f"{theirs}/offer/", {"amount": 20_000}).json()["turn"] == "buyer"
    problem(buyer.post(f"{mine}/complaint/accept/", {"amount": 10_000}), 409, "offer_changed")
    ended = buyer.post(f"{mine}/complaint/accept/", {"amount": 20_000}).json()
    assert (ended["state"], ended["amount"], ended["refund"]["amount"]) == ("settled", 20_000, 20_000)
    acts = [message["act"] for message in ended["messages"]]
    assert acts == ["complain", "write", "write", "offer", "accept"]
    (only,) = buyer.get(f"{mine}/complaints/").json()["results"]
    assert only == ended


def test_each_other_answer(api: Any) -> None:
    for step, said, state in (
        ("agree", {}, "settled"),
        ("refuse", {"text": "Utuh."}, "refused"),
        ("ask-return", {"text": "Kirim ke toko."}, "return_asked"),
        ("ask-officer", {}, "officer"),
    ):
        complaint = grievances.asked()
        maker = api(complaint.order.seller.members.get().user)
        answer = maker.post(f"seller/orders/{complaint.order.code}/complaint/{step}/", said)
        assert (answer.status_code, answer.json()["state"]) == (200, state)


def test_goods_back_and_goods_again(api: Any) -> None:
    back, again = grievances.asked(), grievances.asked(wish="resend")
    buyer, maker = api(back.order.purchase.buyer), api(back.order.seller.members.get().user)
    desk, mine = f"seller/orders/{back.order.code}/complaint", f"orders/{back.order.code}/complaint"
    maker.post(f"{desk}/ask-return/", {"text": "Kirim."})
    problem(buyer.post(f"{mine}/send-back/", {"courier": "JNE"}), 422, "waybill_needed")
    assert buyer.post(f"{mine}/send-back/", {"courier": "JNE", "waybill": "BALIK12345"}).json()["state"] == "returning"
    problem(maker.post(f"{desk}/take-back/", {"goods": "lain"}), 422, "invalid")
    assert maker.post(f"{desk}/take-back/", {"goods": "written_off"}).json()["goods"] == "written_off"
    buyer, maker = api(again.order.purchase.buyer), api(again.order.seller.members.get().user)
    sent = maker.post(f"seller/orders/{again.order.code}/complaint/resend/", {"courier": "JNE", "waybill": "GANTI12345"})
    assert sent.json()["replacement"] == {"courier": "JNE", "waybill": "GANTI12345"}
    assert buyer.post(f"orders/{again.order.code}/complaint/received/").json()["state"] == "settled"


def test_the_buyer_asks_the_officer_or_withdraws(api: Any) -> None:
    first, second = grievances.refused(), grievances.refused()
    buyer = api(first.order.purchase.buyer)
    assert buyer.post(f"orders/{first.order.code}/complaint/ask-officer/", {}).json()["turn"] == "officer"
    other = api(second.order.purchase.buyer)
    assert other.post(f"orders/{second.order.code}/complaint/withdraw/", {}).json()["state"] == "withdrawn"
    problem(other.post(f"orders/{second.order.code}/complaint/ask-officer/", {}), 409, "complaint_moved")


def test_wrong_words_are_said_where_they_stand(api: Any) -> None:
    order = grievances.delivered()
    buyer = api(order.purchase.buyer)
    where = f"orders/{order.code}/complaints/"
    problem(buyer.post(where, body(order, problem="x")), 422, "invalid")
    problem(buyer.post(where, body(order, lines=[{"sku": "lain", "quantity": 1}])), 422, "lines_needed")
    problem(buyer.post(where, body(order, wish="part")), 422, "bad_amount")
    problem(buyer.post(where, body(order, text="  ")), 422, "invalid")
    assert not Complaint.objects.exists()


def test_pictures_for_both_sides_and_nobody_else(api: Any) -> None:
    complaint = grievances.asked(pictures=evidence.keep([world.picture()]))
    where = f"complaints/pictures/{ComplaintPicture.objects.get().pk}/"
    for who in (complaint.order.purchase.buyer, complaint.order.seller.members.get().user):
        answer = api(who).client.get(f"/api/v1/{where}", headers={"Authorization": f"Bearer {api(who).token}"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    problem(api(world.user()).get(where), 404, "not_found")
    problem(api(world.user()).get(f"orders/{complaint.order.code}/complaints/"), 404, "not_found")


def form(where: str, person: User | None, **fields: Any) -> Any:
    answer = Client().post(f"/api/v1/{where}", fields, headers={"Authorization": f"Bearer {Api(person).token}"})
    hold("post", f"/api/v1/{where}", answer)
    return answer


def kept_files() -> set[str]:
    return {path.name for path in (Path(settings.PRIVATE_ROOT) / "keluhan").glob("*")}


def test_pictures_come_with_each_word_and_only_pictures(settings: Any) -> None:
    order = grievances.delivered()
    buyer, maker = order.purchase.buyer, order.seller.members.get().user
    said, where = body(order), f"orders/{order.code}/complaints/"
    said["lines"] = json.dumps(said["lines"])
    drawing, before = SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml"), kept_files()
    for wrong, code, field in (
        ({"pictures": [world.picture(), drawing]}, "bad_picture", "pictures"),
        ({"pictures": [world.picture() for _number in range(6)]}, "bad_picture", "pictures"),
        ({"pictures": "teks"}, "invalid", "pictures"),
        ({"lines": "[{"}, "invalid", "lines"),
        ({"lines": '[{"sku": "x", "quantity": 0}]'}, "invalid", "lines"),
    ):
        assert list(problem(form(where, buyer, **{**said, **wrong}), 422, code)["errors"]) == [field]
    assert not Complaint.objects.exists()
    assert kept_files() == before
    made = form(where, buyer, **said, pictures=[world.picture(), world.picture("blue", "JPEG")])
    assert (made.status_code, len(made.json()["messages"][0]["pictures"])) == (201, 2)
    assert made.json()["lines"][0]["quantity"] == order.lines.get().quantity
    talk = f"orders/{order.code}/complaint/messages/"
    assert [len(one["pictures"]) for one in form(talk, buyer, text="Ini.", pictures=world.picture()).json()["messages"]] == [2, 1]
    assert form(talk, buyer, text="Tanpa foto.").status_code == 200
    desk = f"seller/orders/{order.code}/complaint/"
    assert form(f"{desk}messages/", maker, text="Kami lihat.", pictures=world.picture()).status_code == 200
    refused = form(f"{desk}refuse/", maker, text="Utuh.", pictures=[world.picture()]).json()
    assert (refused["state"], [len(one["pictures"]) for one in refused["messages"]]) == ("refused", [2, 1, 0, 1, 1])
    settings.RATE_LIMITS = True
    assert {form(talk, world.user(), text="x").status_code, Api(buyer).post(talk, {"text": "JSON."}).status_code} == {404, 200}
    answers = [form(talk, maker, text="x").status_code for _number in range(11)]
    assert (set(answers[:-1]), answers[-1]) == ({404}, 429)
