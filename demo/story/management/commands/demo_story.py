"""`manage.py demo_story`: people, makers, goods and a month of orders, once. Refused when DEBUG is off."""

from __future__ import annotations

from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from bebeli.accounts.models import User
from bebeli.kit.locks import alone
from bebeli.notices.flows import send
from bebeli.notices.models import Notice, State
from bebeli.orders.flows import bookkeeping, documents, standing
from demo.story import payouts, people, plot, shelf, transfers
from demo.story.month import Tale, real_now


class Command(BaseCommand):
    """Tells the story."""

    help = "Fill an empty demo with its story: people, makers, goods, a month of orders."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell it once; a database that knows it already is left alone."""
        if not settings.DEBUG:
            message = "The demo's story is never told when DEBUG is off."
            raise CommandError(message)
        if User.objects.filter(email="pembeli@example.com").exists():
            return
        shelf.copy_pictures()
        with transaction.atomic():
            if not alone("demo_story"):
                return
            everybody = people.arrive()
            shelf.put_up()
        transfers.open_account()
        tale = plot.tell(everybody)
        paid_out = payouts.told(tale, real_now())
        with transaction.atomic():
            standing.count()
        settle_notices()
        put_on_paper()
        tell_provider(tale, paid_out)
        prove_books()


def put_on_paper() -> None:
    """Credit notes of what fell, and the statements of months that have ended."""
    while documents.issue_due() or documents.issue_statements_due():
        pass


def prove_books() -> None:
    """Seal the month's entries and check the books, so that finance's page is true from the first visit."""
    while bookkeeping.seal():
        pass
    bookkeeping.check_now()


def settle_notices() -> None:
    """What was mailed in the story's past is in nobody's mailbox; the inboxes are filled."""
    pending = Notice.objects.filter(state=State.PENDING)
    pending.filter(channel=Notice.Channel.EMAIL).update(state=State.SENT, sent_at=F("created_at"))
    while send.send_due():
        pass


def tell_provider(tale: Tale, paid_out: list[dict[str, Any]]) -> None:
    """Let the provider's stand-in know the transactions and the payouts of the month."""
    url = f"{settings.MIDTRANS_BASE_URL}/ctl"
    try:
        httpx.post(f"{url}/import/", json={"transactions": list(tale.known.values())}, timeout=30).raise_for_status()
        httpx.post(f"{url}/payouts/import/", json={"payouts": paid_out}, timeout=30).raise_for_status()
    except httpx.HTTPError as error:
        message = f"The payment simulator does not answer at {settings.MIDTRANS_BASE_URL}: {error}"
        raise CommandError(message) from error
