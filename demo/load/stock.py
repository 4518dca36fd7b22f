"""What the planned purchases took from the shelf, promised of it and brought back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from bebeli.catalog.models import Reservation, StockMovement
from bebeli.catalog.stock import refresh_shelf
from bebeli.orders import windows
from demo.load.copying import copy
from demo.load.goods import Ware
from demo.load.sales import Sale

MOVE = """
UPDATE catalog_variant v SET on_hand = v.on_hand + w.moved, reserved = v.reserved + w.held
FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS w(id, moved, held)
WHERE v.id = w.id
"""


def move(sales: Sequence[Sale]) -> None:
    """Write reservations and movements in the order they happened, and bring the variants to where they lead."""
    held: dict[int, int] = defaultdict(int)
    moves: list[tuple[datetime, str, Ware, int, str]] = []
    promises: list[dict[str, Any]] = []
    for sale in sales:
        until = sale.at["placed"] + timedelta(minutes=windows.minutes(sale.method)[2])
        for number, part in enumerate(sale.parts, start=1):
            ref = f"{sale.code}-{number}"
            for ware, pieces in part.lines:
                promises.append(_promise(sale, ware, pieces, ref, until))
                if not sale.is_paid:
                    held[ware.variant_id] += pieces
                    continue
                moves.append((sale.at["paid"], StockMovement.Kind.SALE, ware, -pieces, ref))
                if sale.fate == "cancelled":
                    moves.append((sale.at["cancelled"], StockMovement.Kind.RETURN, ware, pieces, ref))
    copy(Reservation, promises)
    moved = _journal(moves)
    ids = sorted({*moved, *held})
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [ids, [moved.get(pk, 0) for pk in ids], [held.get(pk, 0) for pk in ids]])
    refresh_shelf({ware.product_id for sale in sales for part in sale.parts for ware, _pieces in part.lines})


def _promise(sale: Sale, ware: Ware, pieces: int, ref: str, until: datetime) -> dict[str, Any]:
    return {
        "variant_id": ware.variant_id,
        "quantity": pieces,
        "ref": ref,
        "state": Reservation.State.CLAIMED if sale.is_paid else Reservation.State.HELD,
        "until": until,
        "at": sale.at["placed"],
    }


def _journal(moves: list[tuple[datetime, str, Ware, int, str]]) -> dict[int, int]:
    """Write the movements, each with what was left after it; return what they sum to by variant."""
    moved: dict[int, int] = defaultdict(int)
    rows = []
    for at, kind, ware, delta, ref in sorted(moves, key=lambda row: (row[0], row[4], row[2].variant_id)):
        moved[ware.variant_id] += delta
        rows.append(
            {
                "variant_id": ware.variant_id,
                "kind": kind,
                "delta": delta,
                "on_hand_after": ware.on_hand + moved[ware.variant_id],
                "ref": ref,
                "idem_key": f"{kind}:{ref}:{ware.variant_id}",
                "at": at,
            }
        )
    copy(StockMovement, rows)
    return moved
