"""Loads the official regions and the demo tariffs."""

from django.db import migrations

from bebeli.places import loading


def load(apps, _schema_editor):
    loading.load_regions(apps.get_model("places", "Region"))
    loading.load_tariffs(apps.get_model("places", "Tariff"))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
