"""Invariants of the chain of seals."""

from bebeli.orders.chain import CONTENT
from bebeli.orders.invariants.types import Invariant, turn

CHAIN = (
    Invariant(
        "I40",
        "the chain of seals is unbroken: each names the one before it",
        """
        SELECT e.idem_key, 'follows ' || coalesce(nullif(left(s.prev, 12), ''), 'nothing') || ', not '
            || coalesce(left(s.before, 12), 'nothing')
        FROM (SELECT entry_id, prev, lag(hash) OVER (ORDER BY id) AS before FROM orders_entryseal) s
        JOIN orders_entry e ON e.id = s.entry_id
        WHERE s.prev <> coalesce(s.before, '')
        """,
    ),
    Invariant(
        "I41",
        "a sealed entry and its postings are what was sealed",
        f"""
        SELECT e.idem_key, 'was changed after it was sealed at ' || s.sealed_at
        FROM orders_entryseal s JOIN orders_entry e ON e.id = s.entry_id
        WHERE {turn("s", "orders_entryseal")}
            AND s.hash <> encode(sha256(convert_to(s.prev || '|' || {CONTENT}, 'UTF8')), 'hex')
        """,
    ),
    Invariant(
        "I42",
        "no entry is left out of the chain while later ones are in it",
        """
        SELECT e.idem_key, 'has no seal' FROM orders_entry e
        WHERE e.id < (SELECT max(entry_id) FROM orders_entryseal WHERE sealed_at < %(now)s - interval '1 hour')
            AND NOT EXISTS (SELECT FROM orders_entryseal s WHERE s.entry_id = e.id)
        """,
    ),
)
