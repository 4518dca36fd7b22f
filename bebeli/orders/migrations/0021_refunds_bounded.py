"""What must never be false of a refund, now that all of them say what they took."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0020_fill_refunds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('order', None)), models.Q(('amount__gte', 0), ('face__gt', 0), ('order__isnull', False)), _connector='OR'), name='orders_refund_amount'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('face__gte', django.db.models.expressions.CombinedExpression(models.F('amount'), '-', models.F('service_fee'))), ('shipping__range', (0, models.F('face')))), ('order', None), _connector='OR'), name='orders_refund_face'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('commission__gte', 0), ('commission_vat__gte', 0), ('income_tax__gte', 0), ('owed__gte', 0), ('service_fee__gte', 0)), name='orders_refund_parts'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('needs_second', False), ('approved_by__isnull', False), ('state__in', ['requested', 'failed']), _connector='OR'), name='orders_refund_second'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('needs_second', False), models.Q(('approved_by', models.F('decided_by')), models.Q(('approved_by', models.F('paid_by')), ('paid_by__isnull', False)), _connector='OR', _negated=True), _connector='OR'), name='orders_refund_two_people'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(condition=models.Q(('order', None), ('origin', None)), fields=('attempt',), name='orders_refund_unallocated_once'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', None), ('service_fee__gt', 0)), fields=('attempt',), name='orders_refund_fee_once'),
        ),
    ]
