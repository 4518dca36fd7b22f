"""Makers are found by any part of their name."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("sellers", "0001_initial")]

    operations = [
        TrigramExtension(),
        AddIndexConcurrently(
            model_name="seller",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper("name"), name="gin_trgm_ops"),
                name="sellers_seller_name_trigrams",
            ),
        ),
    ]
