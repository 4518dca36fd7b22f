"""News of a maker's shop made up for tests: true until it is called past."""

from __future__ import annotations

from django.db import transaction

from bebeli.accounts.models import User
from bebeli.notices import kinds, outbox
from bebeli.notices.kinds import Message, Payload
from bebeli.notices.models import MailChoice

past: set[int] = set()
broken: set[int] = set()


def words(payload: Payload) -> Message:
    """Word one piece of news."""
    number = int(payload["number"])
    if number in broken:
        raise ValueError(number)
    return Message(f"Kabar {number}", f"Isi & kabar {number}", f"/kabar/{number}/", (("Nomor", str(number)),), "Lihat")


def still_true(payload: Payload) -> bool:
    """Tell whether nobody called it past."""
    return int(payload["number"]) not in past


def register() -> None:
    """Add a kind to a group that readers decide about, one to another, and one to a fixed group."""
    past.clear()
    broken.clear()
    kinds.register("uji.toko", words, still_true, "shop")
    kinds.register("uji.langkah", words, still_true, "steps")
    kinds.register("uji.pesanan", words, still_true, "orders")


def tell(reader: User, *numbers: int, kind: str = "uji.toko") -> None:
    """Tell a person some news, as a verb would."""
    with transaction.atomic():
        for number in numbers:
            outbox.tell(kind, ref=f"UJI-{number}", to_user=reader, payload={"number": number})


def wants(reader: User, pace: str, group: str = "shop") -> None:
    """Let a person have chosen."""
    MailChoice.objects.update_or_create(user=reader, group=group, defaults={"pace": pace})
