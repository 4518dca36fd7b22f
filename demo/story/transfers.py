"""Transfers by hand in the story: an invented account, a drawn receipt, finance's answer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from bebeli.kit import clock
from bebeli.kit.money import rupiah
from bebeli.kit.sealed import unseal
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.receiving_account import add_receiving_account
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.models import Purchase, Refund, TransferProof
from demo.story.month import Tale, stamp

METHOD = "manual_transfer"
BANK, NUMBER, HOLDER = "110", "0099000112233", "BEBELI DEMO (REKENING CONTOH)"
SIZE = (720, 1080)
INK, FAINT, BAND = "#1f2333", "#6b7080", "#1b5fa8"


def open_account() -> None:
    """The shop's account, invented."""
    add_receiving_account(BANK, NUMBER, HOLDER)


def sent(tale: Tale, purchase: Purchase, at: datetime) -> TransferProof:
    """The buyer transfers and sends a picture of the receipt."""
    with clock.standing_at(at + timedelta(minutes=tale.dice.randint(4, 90))):
        lines = (("Ke", f"bank bjb {NUMBER}"), ("Nama", HOLDER), ("Dari", purchase.recipient), ("Berita", purchase.code))
        upload = SimpleUploadedFile("bukti.png", receipt(purchase.total, lines), "image/png")
        return send_proof(purchase.pk, upload, purchase.recipient)


def paid(tale: Tale, purchase: Purchase, at: datetime) -> datetime:
    """Finance finds the money some hours later; returns when."""
    proof = sent(tale, purchase, at)
    moment = proof.uploaded_at + timedelta(minutes=tale.dice.randint(20, 300))
    with clock.standing_at(moment):
        confirm_transfer(proof.pk, tale.people["keuangan"].pk, purchase.total)
    return moment


def given_back(refund: Refund) -> SimpleUploadedFile:
    """What finance sees at the bank after a refund by transfer."""
    name = unseal(refund.account_name)
    lines = (("Dari", HOLDER), ("Ke", f"bank {refund.bank_code}"), ("Nama", name), ("Berita", refund.key))
    return SimpleUploadedFile("bukti.png", receipt(refund.amount, lines), "image/png")


def receipt(amount: int, told: Sequence[tuple[str, str]]) -> bytes:
    """Draw what a bank's app shows after a transfer, with invented names only."""
    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, SIZE[0], 150), fill=BAND)
    pen.text((48, 52), "Bank Contoh", font=ImageFont.load_default(44), fill="white")
    pen.text((48, 210), "Transfer berhasil", font=ImageFont.load_default(40), fill=INK)
    pen.text((48, 280), rupiah(amount), font=ImageFont.load_default(64), fill=INK)
    for number, (label, words) in enumerate((*told, ("Waktu", stamp(clock.now())))):
        top = 430 + number * 110
        pen.text((48, top), label, font=ImageFont.load_default(24), fill=FAINT)
        pen.text((48, top + 34), words, font=ImageFont.load_default(32), fill=INK)
        pen.line((48, top + 92, SIZE[0] - 48, top + 92), fill="#e3e5ea", width=2)
    pen.text((48, 1010), "Gambar contoh untuk demo", font=ImageFont.load_default(22), fill=FAINT)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
