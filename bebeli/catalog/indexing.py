"""Makes products findable: their words into the full text index, and new words into the vocabulary.

Weights: A the names, B maker, kecamatan, category and tags, C neighbouring words joined (otakotak), D descriptions.
`catalog_fold`, `catalog_pairs` and `catalog_near` are functions of the database (migration 0003), so that a million
products are indexed without leaving it. OFFSET 0 keeps Postgres from folding a text once for every use of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

INDEX = """
UPDATE {table} p SET search =
    setweight(to_tsvector('simple', t.names), 'A')
    || setweight(to_tsvector('simple', t.around), 'B')
    || setweight(to_tsvector('simple', catalog_pairs(t.names || ' ' || t.maker_and_place)), 'C')
    || setweight(to_tsvector('simple', unaccent(concat_ws(' ', p.description_id, p.description_en))), 'D')
FROM (
    SELECT p.id, catalog_fold(concat_ws(' ', p.name_id, p.name_en)) AS names,
        catalog_fold(concat_ws(' ', s.name, d.name)) AS maker_and_place,
        catalog_fold(concat_ws(' ', s.name, d.name, c.name_id, c.name_en, top.name_id, top.name_en, p.tags::text)) AS around
    FROM {table} p
    JOIN sellers_seller s ON s.id = p.seller_id
    JOIN places_region d ON d.code = s.district_id
    JOIN catalog_category c ON c.id = p.category_id
    LEFT JOIN catalog_category top ON top.id = c.parent_id
    WHERE p.id = ANY(%s) OFFSET 0
) t
WHERE p.id = t.id
"""
# Rows are written in order of the word, so that two makers who bring the same new words wait for each other, not in a ring.
LEARN = """
WITH places AS MATERIALIZED (
    SELECT DISTINCT s.district_id AS code FROM {table} p JOIN sellers_seller s ON s.id = p.seller_id
    WHERE p.id = ANY(%(ids)s) AND p.status = 'published'
), named AS MATERIALIZED (
    SELECT catalog_fold(d.name) AS name FROM places JOIN places_region d ON d.code = places.code
), said AS MATERIALIZED (
    SELECT word, min(written) AS written FROM (
        SELECT lexeme AS word, lexeme AS written
        FROM {table} p, unnest(ts_filter(p.search, '{{a,b}}')) WHERE p.id = ANY(%(ids)s) AND p.status = 'published'
        UNION ALL
        SELECT replace(name, ' ', ''), name FROM named
    ) every
    WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]'
    GROUP BY word
)
INSERT INTO catalog_word (word, written, uses, near)
SELECT word, written, 1, catalog_near(word) FROM said
WHERE NOT EXISTS (SELECT 1 FROM catalog_word w WHERE w.word = said.word)
ORDER BY word
ON CONFLICT (word) DO NOTHING
"""


def index(product_ids: Iterable[int], table: str = "catalog_product") -> None:
    """Make products findable by their present texts; a step of the verb that changed them.

    `table` may be another one with the same columns: bulk data are indexed before they are put on the shelf.
    """
    ids = sorted(set(product_ids))
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(INDEX.format(table=table), [ids])
            cursor.execute(LEARN.format(table=table), {"ids": ids})
