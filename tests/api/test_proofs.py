"""Sending a proof of a transfer through the API: the same verb as on the page, a bounded form, nobody else's purchase."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from bebeli.kit.sealed import unseal
from bebeli.orders.models import Purchase, TransferProof
from tests import world
from tests.api.conftest import hold, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def purchase() -> Purchase:
    world.receiving()
    return world.charged(world.user(), (world.variant(), 1), method="manual_transfer")


def where(purchase: Purchase) -> str:
    return f"/api/v1/purchases/{purchase.code}/proofs/"


def known(person: User | None) -> dict[str, str]:
    assert person is not None
    return {"Authorization": f"Bearer {tokens.issue(person)[0]}"}


def send(purchase: Purchase, person: User | None = None, **fields: Any) -> Any:
    answer = Client().post(where(purchase), fields, headers=known(person or purchase.buyer))
    hold("post", where(purchase), answer)
    return answer


def test_a_picture_is_laid_before_finance_and_read_back(purchase: Purchase) -> None:
    said = send(purchase, proof=world.picture(kind="JPEG"), sender="Siti Contoh")
    assert said.status_code == 201
    proof = TransferProof.objects.get()
    body = said.json()
    assert (body["id"], body["state"], body["size"], body["reason"]) == (proof.pk, "waiting", proof.size, "")
    assert unseal(proof.sender) == "Siti Contoh"
    assert send(purchase, proof=world.picture(kind="JPEG")).json()["id"] == proof.pk
    assert TransferProof.objects.count() == 1
    seen = Client().get(where(purchase), headers=known(purchase.buyer)).json()
    assert [(row["id"], row["state"]) for row in seen["results"]] == [(proof.pk, "waiting")]


def test_what_is_no_proof_is_said_at_its_field(purchase: Purchase) -> None:
    drawing = SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml")
    assert list(problem(send(purchase, proof=drawing), 422, "bad_proof")["errors"]) == ["proof"]
    assert list(problem(send(purchase, sender="Siti"), 422, "invalid")["errors"]) == ["proof"]
    assert not TransferProof.objects.exists()


def test_other_bodies_and_large_ones_are_refused_unread(purchase: Purchase) -> None:
    headers = known(purchase.buyer)
    json = Client().post(where(purchase), "{}", content_type="application/json", headers=headers)
    problem(json, 415, "unsupported_media_type")
    torn = Client().post(where(purchase), b"--x", content_type="multipart/form-data", headers=headers)
    problem(torn, 400, "parse_error")
    large = SimpleUploadedFile("x.jpg", b"\xff" * 8_600_000, "image/jpeg")
    problem(send(purchase, proof=large), 413, "too_large")
    many = {f"field{number}": "x" for number in range(1_100)}
    problem(send(purchase, None, **many), 400, "parse_error")


def test_a_stranger_finds_nothing_and_a_closed_purchase_takes_none(purchase: Purchase) -> None:
    problem(send(purchase, world.user(), proof=world.picture()), 404, "not_found")
    by_account = world.charged(world.user(), (world.variant(), 1))
    problem(send(by_account, proof=world.picture()), 409, "payment_closed")
    assert not TransferProof.objects.exists()


def test_more_than_ten_files_a_minute_are_too_many(purchase: Purchase, settings: Any) -> None:
    settings.RATE_LIMITS = True
    answers = [send(purchase, sender="x").status_code for _number in range(11)]
    assert (set(answers[:-1]), answers[-1]) == ({422}, 429)
    assert Client().get(where(purchase), headers=known(purchase.buyer)).status_code == 200
