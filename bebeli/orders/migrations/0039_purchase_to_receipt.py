"""Whose service fee the sweeper of documents looks for, indexed without stopping anybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("orders", "0038_fee_papers")]

    operations = [
        AddIndexConcurrently(
            model_name="purchase",
            index=models.Index(
                condition=models.Q(("fee_receipted_at", None), ("paid_at__isnull", False), ("service_fee__gt", 0)),
                fields=["paid_at"],
                name="orders_purchase_to_receipt",
            ),
        ),
    ]
