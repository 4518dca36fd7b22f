"""The chain of seals over the books: each seal digests one entry, its postings, and the seal before it."""

from __future__ import annotations

import hashlib

from django.db import connection

from bebeli.kit import clock
from bebeli.kit.steps import assert_open
from bebeli.orders.models import EntrySeal

# What is sealed of an entry and its postings, as one text; nothing of it may ever change.
CONTENT = """
concat_ws('|', e.id, e.kind, e.idem_key, coalesce(e.purchase_id, 0), coalesce(e.order_id, 0), coalesce(e.attempt_id, 0),
    coalesce(e.refund_id, 0), coalesce(e.reverses_id, 0), (extract(epoch FROM e.at) * 1000000)::bigint,
    (SELECT string_agg(concat_ws(':', p.id, p.account_id, coalesce(p.order_id, 0), p.amount, p.currency), ',' ORDER BY p.id)
     FROM orders_posting p WHERE p.entry_id = e.id))
"""
# An entry is ready once no transaction runs that could still write one before it: only then is its place in the chain final.
READY = f"""
SELECT e.id, {CONTENT} FROM orders_entry e
WHERE NOT EXISTS (SELECT FROM orders_entryseal s WHERE s.entry_id = e.id)
    AND age(e.xmin) > age((pg_snapshot_xmin(pg_current_snapshot()))::xid)
ORDER BY e.id LIMIT %s
"""


def digest(prev: str, content: str) -> str:
    """Return the seal of a content after `prev`."""
    return hashlib.sha256(f"{prev}|{content}".encode()).hexdigest()


def head() -> str:
    """Return the last seal, '' before the first."""
    return EntrySeal.objects.order_by("-pk").values_list("hash", flat=True).first() or ""


def ready(limit: int) -> list[tuple[int, str]]:
    """Return the next entries to seal with their contents."""
    with connection.cursor() as cursor:
        cursor.execute(READY, [limit])
        return [(int(pk), str(content)) for pk, content in cursor.fetchall()]


def append(contents: list[tuple[int, str]]) -> str:
    """Seal entries in this order after the head; the caller is alone. Returns the new head."""
    assert_open()
    last = head()
    seals = []
    for entry_id, content in contents:
        seal = digest(last, content)
        seals.append(EntrySeal(entry_id=entry_id, prev=last, hash=seal, sealed_at=clock.now()))
        last = seal
    EntrySeal.objects.bulk_create(seals)
    return last
