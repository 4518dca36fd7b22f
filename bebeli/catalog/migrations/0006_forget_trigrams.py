"""Slips are mended by the vocabulary: trigrams of whole texts are not needed.

The column stays in the table one release longer, empty, because the previous release still writes it.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("catalog", "0005_index_anew")]

    operations = [
        RemoveIndexConcurrently(model_name="product", name="catalog_product_trigrams"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE catalog_product ALTER COLUMN search_text SET DEFAULT '', ALTER COLUMN search_text DROP NOT NULL",
                    "ALTER TABLE catalog_product ALTER COLUMN search_text DROP DEFAULT, ALTER COLUMN search_text SET NOT NULL",
                ),
            ],
            state_operations=[migrations.RemoveField(model_name="product", name="search_text")],
        ),
    ]
