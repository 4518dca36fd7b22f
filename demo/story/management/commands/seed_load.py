"""`manage.py seed_load`: many products, sellers, buyers and orders for measurements. Refused when DEBUG is off."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from bebeli.kit import clock
from bebeli.kit.locks import alone
from bebeli.orders.flows import standing
from demo.load import orders, people, shelf
from demo.load.plan import SELLER, Plan, last_number, places
from demo.story.shelf import copy_pictures, put_categories

DEFAULTS = {"products": 1000, "sellers": 50, "buyers": 100, "orders": 200, "seed": 1}


class Command(BaseCommand):
    """Writes all in one transaction; a second run goes on behind the numbers of the first."""

    help = "Fill the database with believable bulk data: the same seed gives the same data."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How much of what."""
        for name, usual in DEFAULTS.items():
            parser.add_argument(f"--{name}", type=int, default=usual, help=f"default {usual}")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it, and say how fast."""
        if not settings.DEBUG:
            message = "Bulk data are never written when DEBUG is off."
            raise CommandError(message)
        if wrong := [name for name in DEFAULTS if options[name] < 0]:
            message = f"--{wrong[0]} must not be negative."
            raise CommandError(message)
        begin = time.monotonic()
        if options["products"] and not (Path(settings.MEDIA_ROOT) / "p").exists():
            copy_pictures()
        with transaction.atomic():
            self._take_time()
            if not alone("seed_load"):
                message = "Another seed_load is running; wait until it has ended."
                raise CommandError(message)
            self._fill(self._plan(options))
        self.stdout.write(f"  selesai dalam {time.monotonic() - begin:.1f} dtk")

    def _take_time(self) -> None:
        """Much is thought out between two writings of this one transaction."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")

    def _plan(self, options: dict[str, Any]) -> Plan:
        begin = time.monotonic()

        def say(what: str, many: int) -> None:
            seconds = max(time.monotonic() - begin, 0.001)
            self.stdout.write(f"  {what:<8} {many:>8,}  {seconds:6.1f} dtk".replace(",", "."))

        amounts = {name: options[name] for name in DEFAULTS if name != "seed"}
        return Plan(**amounts, dice=Random(options["seed"]), now=clock.now(), say=say)  # noqa: S311  data, not a secret

    def _fill(self, plan: Plan) -> None:
        villages = places()
        categories = put_categories()
        people.write_buyers(plan, villages)
        people.write_sellers(plan, villages)
        if plan.products:
            if not last_number(SELLER):
                message = f"Products need --sellers ({SELLER}…@example.com)."
                raise CommandError(message)
            shelf.write_products(plan, categories)
        if plan.orders:
            orders.write_orders(plan, villages)
            standing.count()
