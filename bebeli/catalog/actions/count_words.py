"""The vocabulary is counted anew: words nobody uses any more are forgotten, the others know how often they are used."""

from __future__ import annotations

from django.db import connection

from bebeli.kit.steps import verb

COUNT = """
CREATE TEMPORARY TABLE counted_words ON COMMIT DROP AS
SELECT word, ndoc FROM ts_stat(
    'SELECT ts_filter(p.search, ''{a,b}'') FROM catalog_product p JOIN sellers_seller s ON s.id = p.seller_id '
    'WHERE p.status = ''published'' AND s.status = ''open'''
)
WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]'
"""
PLACES = """
INSERT INTO counted_words
SELECT replace(catalog_fold(d.name), ' ', ''), count(*)
FROM catalog_product p JOIN sellers_seller s ON s.id = p.seller_id JOIN places_region d ON d.code = s.district_id
WHERE p.status = 'published' AND s.status = 'open' AND catalog_fold(d.name) LIKE '% %'
GROUP BY 1
"""
LEARN = """
INSERT INTO catalog_word (word, written, uses, near)
SELECT word, word, max(ndoc), catalog_near(word) FROM counted_words c
WHERE NOT EXISTS (SELECT 1 FROM catalog_word w WHERE w.word = c.word) GROUP BY word ORDER BY word
ON CONFLICT (word) DO NOTHING
"""
RECOUNT = """
UPDATE catalog_word w SET uses = c.uses FROM (SELECT word, max(ndoc) AS uses FROM counted_words GROUP BY word) c
WHERE c.word = w.word AND w.uses <> c.uses
"""
FORGET = "DELETE FROM catalog_word w WHERE NOT EXISTS (SELECT 1 FROM counted_words c WHERE c.word = w.word)"


@verb
def count_words() -> None:
    """Count the words of all products on sale; search goes on meanwhile."""
    with connection.cursor() as cursor:
        for statement in (COUNT, PLACES, LEARN, RECOUNT, FORGET):
            cursor.execute(statement)
