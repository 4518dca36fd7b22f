"""Complaints in the story: one that its maker must answer, one that an officer must decide, one settled with money back."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from bebeli.catalog.models import Variant
from bebeli.kit import clock
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.complain import complain
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.escalate_complaint import ask_officer
from bebeli.orders.actions.lock_complaint import buyer
from bebeli.orders.actions.offer_complaint import accept_offer, offer_complaint
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.complaints import Grievance
from bebeli.orders.flows.complaint import with_pictures
from bebeli.orders.models import Complaint, Order
from bebeli.orders.models.order import OWN_DELIVERY
from demo.story import lives
from demo.story.month import Tale, buy, owner_of

HOUR = timedelta(hours=1)
SIZE = (960, 720)
TABLE, JAR, LID, CRACK, INK = "#efe6d8", "#f6d58a", "#8a4b2d", "#5b2a1a", "#4a4a4a"


def told(tale: Tale, first: list[Variant], others: list[Variant], now: datetime) -> None:
    """Tell them: the first maker has one to answer, the Dinas one to decide."""
    _to_answer(tale, first, now)
    _to_decide(tale, first, now)
    _settled(tale, others, now)


def _arrived(tale: Tale, goods: list[Variant], pieces: int, at: datetime) -> Order | None:
    """The demo's shopper bought something that was delivered twenty hours later."""
    purchase = buy(tale, tale.people["pembeli"], [(tale.dice.choice(goods), pieces)], at, "qris", "local")
    if purchase is None:
        return None
    lives.paid(tale, purchase, at)
    order = lives.each(purchase)[0]
    owner = owner_of(order)
    with clock.standing_at(at + 2 * HOUR):
        accept(order.pk, owner)
    with clock.standing_at(at + 5 * HOUR):
        ship(order.pk, owner, OWN_DELIVERY, "")
    with clock.standing_at(at + 20 * HOUR):
        deliver(order.pk, owner)
    return order


def _complained(order: Order, at: datetime, problem: str, text: str, *shifts: int, pieces: int = 1) -> Complaint:
    line = order.lines.get()
    with clock.standing_at(at):
        return with_pictures(
            [picture(f"toples-{number}.png", shift=shift) for number, shift in enumerate(shifts)],
            lambda kept: complain(
                order.pk, order.purchase.buyer_id, Grievance({line.pk: pieces}, problem, "whole", 0, text, kept)
            ),
        )


def _to_answer(tale: Tale, goods: list[Variant], now: datetime) -> None:
    if (order := _arrived(tale, goods, 1, now - 30 * HOUR)) is not None:
        text = "Kemasannya pecah waktu dibuka dan isinya tumpah di kardus. Fotonya saya lampirkan."
        _complained(order, now - 6 * HOUR, "broken", text, 0, 140)


def _to_decide(tale: Tale, goods: list[Variant], now: datetime) -> None:
    order = _arrived(tale, goods, 2, now - 80 * HOUR)
    if order is None:
        return
    shopper, maker = order.purchase.buyer_id, owner_of(order)
    text = "Rasanya bukan yang dipesan, dan segelnya terbuka."
    made = _complained(order, now - 55 * HOUR, "not_as_described", text, 60, pieces=2)
    with clock.standing_at(now - 41 * HOUR):
        refuse = "Barang kami kemas dan segel di depan kurir. Varian yang dikirim sesuai pesanan, lihat foto kemasan kami."
        with_pictures([picture("kemasan.png", shift=-900)], lambda kept: refuse_complaint(made.pk, maker, refuse, kept))
    with clock.standing_at(now - 32 * HOUR):
        write_complaint(made.pk, buyer(shopper), "Segelnya memang ada, tetapi sudah terbuka waktu sampai.")
    with clock.standing_at(now - 31 * HOUR):
        ask_officer(made.pk, shopper, "Mohon Dinas yang memutuskan.")


def _settled(tale: Tale, goods: list[Variant], now: datetime) -> None:
    order = _arrived(tale, goods, 2, now - 150 * HOUR)
    if order is None:
        return
    shopper, maker = order.purchase.buyer_id, owner_of(order)
    with clock.standing_at(now - 128 * HOUR):
        receive(order.pk, shopper)
    made = _complained(order, now - 120 * HOUR, "too_few", "Yang datang hanya satu, padahal saya pesan dua.")
    offered = made.asked_amount * 3 // 4
    with clock.standing_at(now - 110 * HOUR):
        offer_complaint(made.pk, maker, offered, "Maaf, satu tertinggal. Kami kembalikan sebagian, sisanya kami ganti lain kali.")
    with clock.standing_at(now - 105 * HOUR):
        accept_offer(made.pk, shopper, offered)
    lives.given_back(tale, order, now - 105 * HOUR, tale.people["keuangan"].pk)


def picture(name: str, *, shift: int) -> SimpleUploadedFile:
    """Draw a jar on a table, cracked where `shift` says; the crack of a whole one lies outside the picture."""
    drawn = Image.new("RGB", SIZE, TABLE)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 560, SIZE[0], SIZE[1]), fill="#d9c7ab")
    pen.rounded_rectangle((330, 170, 630, 600), 46, fill=JAR, outline=LID, width=6)
    pen.rounded_rectangle((310, 110, 650, 190), 20, fill=LID)
    pen.rectangle((360, 300, 600, 430), fill="white")
    pen.text((384, 346), "Contoh demo", font=ImageFont.load_default(34), fill=INK)
    crack = [(420, 220), (470, 300), (440, 380), (520, 450), (480, 580)]
    pen.line([(x + shift, y) for x, y in crack], fill=CRACK, width=9)
    pen.text((24, 676), "Gambar contoh untuk demo", font=ImageFont.load_default(24), fill=INK)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
