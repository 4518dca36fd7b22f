"""All products are indexed anew in small transactions, so that nothing waits while a large shelf is read."""

from django.db import migrations

from bebeli.catalog.indexing import index

BATCH = 2000


def walk(apps, schema_editor):
    """Index by ascending id."""
    del schema_editor
    product = apps.get_model("catalog", "Product")
    last = 0
    while ids := list(product.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        index(ids)
        last = ids[-1]


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("catalog", "0004_synonyms"), ("places", "0001_initial"), ("sellers", "0001_initial")]

    operations = [migrations.RunPython(walk, migrations.RunPython.noop)]
