"""A buyer's wish to cancel has a deadline: those that wait get two days from now."""

from django.db import migrations, models

WAITING = """
UPDATE orders_order SET answer_by = now() + interval '48 hours'
WHERE status = 'processing' AND cancel_asked_at IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [('orders', '0033_refund_words')]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('cancel_asked_at__isnull', False), ('status', 'processing')), fields=['answer_by'], name='orders_order_wish_due'),
        ),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
