"""A statement may be over less than nothing; every other paper stays at zero or more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0035_payouts_taken"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="orders_document_amounts"),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gte", 1), models.Q(("amount__gte", 0), ("kind", "statement"), _connector="OR")
                ),
                name="orders_document_amounts",
            ),
        ),
    ]
