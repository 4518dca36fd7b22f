"""Proofs of a transfer as files and rows, and the account they are about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bebeli.kit import clock
from bebeli.kit.errors import Busy, InvalidInput, Refused
from bebeli.kit.sealed import unseal
from bebeli.orders import attempts, proofs
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.receiving_account import add_receiving_account, retire_receiving_account
from bebeli.orders.actions.take_transfer import take_transfer
from bebeli.orders.actions.upload_proof import MOST_PROOFS, upload_proof
from bebeli.orders.flows import transfer
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.models import Purchase, TransferProof
from tests import world

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24, minutes=6)


@pytest.fixture
def proof() -> TransferProof:
    return world.transferred(world.user(), (world.variant(stock=5), 2))


def purchase_of(proof: TransferProof) -> Purchase:
    return Purchase.objects.get(payment__attempts=proof.attempt_id)


@pytest.mark.parametrize(
    ("bank", "number", "holder", "field"),
    [
        ("999", "123456", "A", "bank"),
        ("110", "12345", "A", "number"),
        ("110", "12a456", "A", "number"),
        ("110", "123456", " ", "name"),
    ],
)
def test_a_wrong_account_is_refused(bank: str, number: str, holder: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_receiving_account(bank, number, holder)
    assert refusal.value.field == field


def test_without_an_account_it_is_not_offered() -> None:
    assert "manual_transfer" not in dict(attempts.offered())
    with pytest.raises(InvalidInput) as refusal:
        world.placed(world.user(), (world.variant(), 1), method="manual_transfer")
    assert refusal.value.code == "method_not_offered"
    assert not Purchase.objects.exists()
    account = add_receiving_account("110", "0099-000.112 233", " BEBELI  Uji ")
    assert (account.number, account.holder) == ("0099000112233", "BEBELI Uji")
    assert "manual_transfer" in dict(attempts.offered())
    retire_receiving_account(account.pk)
    assert "manual_transfer" not in dict(attempts.offered())
    assert add_receiving_account("110", "0099000112233", "BEBELI Uji").pk == account.pk


def kept_files() -> set[str]:
    return set(storages["private"].listdir("bukti")[1]) if storages["private"].exists("bukti") else set()


def test_after_the_deadline_no_proof_is_taken() -> None:
    before = kept_files()
    world.receiving()
    purchase = world.charged(world.user(), (world.variant(), 1), method="manual_transfer")
    with clock.moved(DAY), pytest.raises(Refused) as refusal:
        send_proof(purchase.pk, world.picture(), "")
    assert refusal.value.code == "payment_closed"
    assert kept_files() == before
    assert not TransferProof.objects.exists()


def test_a_proof_is_read_again_when_its_door_tries_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world.receiving()
    buyer = world.user()
    purchase, before, tries = world.charged(buyer, (world.variant(), 1), method="manual_transfer"), kept_files(), []

    def held_once(*said: Any) -> TransferProof:
        tries.append(said)
        if len(tries) == 1:
            raise Busy
        return upload_proof(*said)

    monkeypatch.setattr(transfer, "upload_proof", held_once)
    client.force_login(buyer)
    client.post(f"/pembelian/{purchase.code}/bukti/", {"bukti": world.picture(), "pengirim": "Siti"})
    assert [f"bukti/{name}" for name in kept_files() - before] == [TransferProof.objects.get().name]
    assert len(tries) == 2


def test_the_same_file_twice_is_one_proof_and_another_replaces_it(proof: TransferProof) -> None:
    purchase = purchase_of(proof)
    before = kept_files()
    assert send_proof(purchase.pk, world.picture(), "").pk == proof.pk
    assert kept_files() == before
    other = send_proof(purchase.pk, world.picture("red"), "  Siti   Aminah ")
    assert unseal(other.sender) == "Siti Aminah"
    proof.refresh_from_db()
    assert proof.state == "replaced"
    with pytest.raises(Refused) as refusal:
        confirm_transfer(proof.pk, world.finance().pk, purchase.total)
    assert refusal.value.code == "proof_decided"
    take_transfer(other.pk, world.finance().pk)
    with pytest.raises(Refused) as refusal:
        send_proof(purchase.pk, world.picture("green"), "")
    assert refusal.value.code == "proof_being_checked"


def test_proofs_have_a_quota(proof: TransferProof) -> None:
    purchase = purchase_of(proof)
    for number in range(MOST_PROOFS - 1):
        send_proof(purchase.pk, world.picture(f"#{number}{number}0000"), "")
    with pytest.raises(Refused) as refusal:
        upload_proof(purchase.pk, proofs.KeptProof("bukti/x.webp", 1, "0" * 64), "")
    assert refusal.value.code == "too_many_proofs"


def test_a_picture_is_drawn_anew_and_a_paper_kept(proof: TransferProof) -> None:
    with storages["private"].open(proof.name) as stored:
        assert Image.open(stored).format == "WEBP"
    paper = SimpleUploadedFile("b.pdf", b"%PDF-1.7\nx\n%%EOF\n", "application/pdf")
    kept = proofs.keep(paper)
    assert kept.name.endswith(".pdf")
    assert storages["private"].exists(kept.name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 cut",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 50,
        b"\x89PNG\r\n\x1a\n",
        b"x" * 8_000_001,
    ],
)
def test_what_is_no_proof_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refusal:
        proofs.keep(SimpleUploadedFile("b.png", content, "image/png"))
    assert (refusal.value.code, refusal.value.field) == ("bad_proof", "bukti")
    with pytest.raises(InvalidInput):
        proofs.keep(None)
