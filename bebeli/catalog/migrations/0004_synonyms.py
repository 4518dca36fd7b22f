"""The first synonyms, spellings and English names; from here on operators keep the table."""

from pathlib import Path

from django.db import migrations

LIST = Path(__file__).resolve().parent.parent / "data" / "synonyms.txt"


def load(apps, schema_editor):
    """Write the list into an empty table."""
    del schema_editor
    synonym = apps.get_model("catalog", "Synonym")
    lines = [line.strip() for line in LIST.read_text().splitlines() if line.strip() and not line.startswith("#")]
    synonym.objects.bulk_create([synonym(words=line) for line in lines])


class Migration(migrations.Migration):

    dependencies = [("catalog", "0003_words")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
