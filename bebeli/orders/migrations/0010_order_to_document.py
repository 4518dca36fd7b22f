"""What the sweeper of documents looks for, indexed without stopping anybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("orders", "0009_documents")]

    operations = [
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('invoiced_at', None), ('paid_at__isnull', False)), fields=['paid_at'], name='orders_order_to_invoice'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('credited_at', None), ('invoiced_at__isnull', False), ('status', 'cancelled')), fields=['closed_at'], name='orders_order_to_credit'),
        ),
    ]
