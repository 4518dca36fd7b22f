"""What the books compare by when it happened, indexed without stopping anybody."""

from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('catalog', '0009_fewer_indexes'),
        ('orders', '0047_found_at_the_bank'),
        ('places', '0003_names_of_models'),
        ('sellers', '0003_names_of_models'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('refunded_face', 0), _negated=True), fields=['id'], name='orders_order_given_back'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('paid_at__isnull', False)), fields=['paid_at'], name='orders_order_paid_when'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['closed_at'], name='orders_order_closed_when'),
        ),
        AddIndexConcurrently(
            model_name='orderline',
            index=models.Index(condition=models.Q(models.Q(('fallen', 0), _negated=True), models.Q(('refunded', 0), _negated=True), _connector='OR'), fields=['id'], name='orders_line_given_back'),
        ),
        AddIndexConcurrently(
            model_name='paymentattempt',
            index=models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at'], name='orders_attempt_settled_when'),
        ),
        AddIndexConcurrently(
            model_name='purchase',
            index=models.Index(condition=models.Q(('paid_at__isnull', False)), fields=['paid_at'], name='orders_purchase_paid_when'),
        ),
    ]
