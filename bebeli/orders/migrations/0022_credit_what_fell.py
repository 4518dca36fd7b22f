"""What fell by a refund is looked for like what was cancelled, indexed without stopping anybody."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("orders", "0021_refunds_bounded")]

    operations = [
        RemoveIndexConcurrently(model_name="order", name="orders_order_to_credit"),
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(("credited_at", None), ("invoiced_at__isnull", False), ("status__in", ["cancelled", "refunded"])),
                fields=["closed_at"],
                name="orders_order_to_credit",
            ),
        ),
    ]
