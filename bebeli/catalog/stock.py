"""Stock as steps of somebody's transaction. The caller has locked the variants; every statement is guarded again.

`ref` is the order's code: one reservation per ref and variant. Each step is one statement per table, however many lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Reservation, StockMovement, Variant
from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.steps import assert_open

HELD, CLAIMED, RELEASED = Reservation.State.HELD, Reservation.State.CLAIMED, Reservation.State.RELEASED

RESERVE = """
UPDATE catalog_variant v SET reserved = v.reserved + w.quantity
FROM unnest(%s::bigint[], %s::int[]) AS w(id, quantity)
WHERE v.id = w.id AND v.is_active AND v.on_hand - v.reserved >= w.quantity
RETURNING v.id, v.product_id, v.on_hand - v.reserved
"""
TAKE = """
UPDATE catalog_variant v SET on_hand = v.on_hand - w.quantity, reserved = v.reserved - w.quantity
FROM unnest(%s::bigint[], %s::int[]) AS w(id, quantity)
WHERE v.id = w.id
RETURNING v.id, v.on_hand
"""
FREE = """
UPDATE catalog_variant v SET reserved = v.reserved - w.quantity
FROM unnest(%s::bigint[], %s::int[]) AS w(id, quantity)
WHERE v.id = w.id
RETURNING v.id, v.product_id, v.on_hand - v.reserved
"""
SEND = """
UPDATE catalog_variant v SET on_hand = v.on_hand - w.quantity
FROM unnest(%s::bigint[], %s::int[]) AS w(id, quantity)
WHERE v.id = w.id AND v.on_hand - v.reserved >= w.quantity
RETURNING v.id, v.product_id, v.on_hand, v.on_hand - v.reserved
"""
PUT_BACK = """
UPDATE catalog_variant v SET on_hand = v.on_hand + w.quantity
FROM unnest(%s::bigint[], %s::int[]) AS w(id, quantity)
WHERE v.id = w.id
RETURNING v.id, v.product_id, v.on_hand, v.on_hand - v.reserved
"""


def _run(statement: str, wants: Mapping[int, int]) -> list[tuple[int, ...]]:
    ids = sorted(wants)
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids, [wants[pk] for pk in ids]])
        return list(cursor.fetchall())


def hold(wants: Mapping[int, int], ref: str, until: datetime) -> None:
    """Promise quantities by variant id to a ref until a moment; all or none.

    Raises Refused `out_of_stock` with every short SKU and how many there are.
    """
    assert_open()
    done = _run(RESERVE, wants)
    if len(done) < len(wants):
        _refuse_short(set(wants) - {row[0] for row in done})
    now = clock.now()
    Reservation.objects.bulk_create(
        [Reservation(variant_id=pk, quantity=wants[pk], ref=ref, state=HELD, until=until, at=now) for pk in sorted(wants)]
    )
    refresh_shelf(row[1] for row in done if row[2] == 0)


def _refuse_short(ids: Iterable[int]) -> None:
    short = Variant.objects.filter(pk__in=ids).select_related("product").order_by("pk")
    raise Refused(
        "out_of_stock",
        _("Stok tidak cukup: %(names)s.") % {"names": ", ".join(variant.product.name for variant in short)},
        skus=[{"sku": variant.sku, "available": max(variant.available, 0)} for variant in short],
    )


def _turn(ref: str, state: str) -> dict[int, int]:
    """Turn a ref's held reservations into another state, once; return what they held by variant id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_reservation SET state = %s WHERE ref = %s AND state = 'held' RETURNING variant_id, quantity",
            [state, ref],
        )
        return dict(cursor.fetchall())


def claim(ref: str) -> None:
    """The promise is kept: what a ref held leaves the shelf, one sale movement each. A second call moves nothing."""
    assert_open()
    held = _turn(ref, CLAIMED)
    if not held:
        return
    left = {row[0]: row[1] for row in _run(TAKE, held)}
    _write_down(StockMovement.Kind.SALE, {pk: -quantity for pk, quantity in held.items()}, left, ref)


def hold_longer(ref: str, until: datetime) -> None:
    """What a ref holds is promised until a later moment; never until an earlier one."""
    assert_open()
    Reservation.objects.filter(ref=ref, state=HELD, until__lt=until).update(until=until)


def release(ref: str) -> None:
    """The promise ends: what a ref held is free again. A second call frees nothing."""
    assert_open()
    held = _turn(ref, RELEASED)
    if held:
        done = _run(FREE, held)
        refresh_shelf(row[1] for row in done if row[2] == held[row[0]])


def give_back(ref: str) -> None:
    """A paid order fell: what was sold under a ref goes back on the shelf, one return movement each, once."""
    assert_open()
    moves = StockMovement.objects.filter(ref=ref).order_by("variant_id")
    sold: dict[int, int] = {}
    for move in moves:
        sold[move.variant_id] = sold.get(move.variant_id, 0) - move.delta
    take_back({pk: quantity for pk, quantity in sold.items() if quantity > 0}, ref)


def take_back(back: Mapping[int, int], ref: str) -> None:
    """Quantities by variant id go back on the shelf, one return movement each, once per ref."""
    assert_open()
    if not back:
        return
    done = {row[0]: row for row in _run(PUT_BACK, back)}
    _write_down(StockMovement.Kind.RETURN, back, {pk: row[2] for pk, row in done.items()}, ref)
    refresh_shelf(row[1] for row in done.values() if row[3] == back[row[0]])


def write_off(lost: Mapping[int, int], ref: str) -> None:
    """Quantities came back that nobody can buy again: in by a return, out by a write-off, so that the journal knows."""
    assert_open()
    there = dict(Variant.objects.filter(pk__in=lost).values_list("pk", "on_hand"))
    _write_down(StockMovement.Kind.RETURN, lost, {pk: there[pk] + quantity for pk, quantity in lost.items()}, ref)
    _write_down(StockMovement.Kind.WRITE_OFF, {pk: -quantity for pk, quantity in lost.items()}, there, ref)


def send_again(wants: Mapping[int, int], ref: str) -> None:
    """Quantities leave the shelf once more for a buyer who got the wrong ones; raises Refused `out_of_stock`."""
    assert_open()
    done = _run(SEND, wants)
    if len(done) < len(wants):
        _refuse_short(set(wants) - {row[0] for row in done})
    gone = {pk: -quantity for pk, quantity in wants.items()}
    _write_down(StockMovement.Kind.REPLACEMENT, gone, {row[0]: row[2] for row in done}, ref)
    refresh_shelf(row[1] for row in done if row[3] == 0)


def _write_down(kind: str, deltas: Mapping[int, int], after: Mapping[int, int], ref: str) -> None:
    now = clock.now()
    StockMovement.objects.bulk_create(
        [
            StockMovement(
                variant_id=pk,
                kind=kind,
                delta=deltas[pk],
                on_hand_after=after[pk],
                ref=ref,
                idem_key=f"{kind}:{ref}:{pk}",
                at=now,
            )
            for pk in sorted(deltas)
        ]
    )


def give_back_part(ref: str, variant_id: int, quantity: int, key: str) -> None:
    """So many of what was sold under a ref go back on the shelf; `key` names the event, so that it happens once."""
    assert_open()
    row = _run(PUT_BACK, {variant_id: quantity})[0]
    StockMovement.objects.create(
        variant_id=variant_id,
        kind=StockMovement.Kind.RETURN,
        delta=quantity,
        on_hand_after=row[2],
        ref=ref,
        idem_key=f"return:{ref}:{variant_id}:{key}",
        at=clock.now(),
    )
    refresh_shelf([row[1]])


def lose(variant_id: int, quantity: int, key: str, user_id: int | None) -> None:
    """So many that are on the shelf are broken or gone; fewer where others are promised already."""
    assert_open()
    variant = Variant.objects.get(pk=variant_id)
    gone = min(quantity, variant.available)
    if gone < 1:
        return
    Variant.objects.filter(pk=variant_id).update(on_hand=F("on_hand") - gone)
    StockMovement.objects.create(
        variant_id=variant_id,
        kind=StockMovement.Kind.WRITE_OFF,
        delta=-gone,
        on_hand_after=variant.on_hand - gone,
        idem_key=f"lost:{key}:{variant_id}",
        by_id=user_id,
        at=clock.now(),
    )
    refresh_shelf([variant.product_id])


def refresh_shelf(product_ids: Iterable[int]) -> None:
    """Set `in_stock` and `price_from` of products from their variants, by ascending id, after the variants."""
    ids = sorted(set(product_ids))
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH shelf AS (
                SELECT p.id, bool_or(v.on_hand > v.reserved) AS some, min(v.price) AS cheapest
                FROM catalog_product p LEFT JOIN catalog_variant v ON v.product_id = p.id AND v.is_active
                WHERE p.id = ANY(%s) GROUP BY p.id ORDER BY p.id
            )
            UPDATE catalog_product p SET in_stock = coalesce(shelf.some, false),
                price_from = coalesce(shelf.cheapest, p.price_from)
            FROM shelf WHERE p.id = shelf.id
                AND (p.in_stock, p.price_from) IS DISTINCT FROM
                    (coalesce(shelf.some, false), coalesce(shelf.cheapest, p.price_from))
            """,
            [ids],
        )
