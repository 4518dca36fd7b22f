"""What finance's list of all that waits looks for, indexed without stopping anybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('orders', '0039_purchase_to_receipt'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='payout',
            index=models.Index(condition=models.Q(('state__in', ['requested', 'approved', 'sent', 'unknown'])), fields=['requested_at', 'id'], name='orders_payout_open'),
        ),
        AddIndexConcurrently(
            model_name='bankaccount',
            index=models.Index(condition=models.Q(('checked_at__isnull', False), ('state', 'unverified')), fields=['named_at', 'id'], name='orders_bankaccount_to_check'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('status', 'held')), fields=['id'], name='orders_order_held'),
        ),
    ]
