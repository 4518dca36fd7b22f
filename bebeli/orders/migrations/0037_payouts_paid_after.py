"""A payout that arrived after it was given back: when, who booked it, what became a debt; a bank line for every time it went."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HEARD = """
UPDATE orders_payout SET paid_after_at = now()
WHERE state IN ('failed', 'rejected', 'bounced') AND error = 'completed at the provider after it was given back'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0036_months_below_zero'),
        ('sellers', '0003_names_of_models'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reportline',
            name='orders_bank_line_one_payout',
        ),
        migrations.RemoveConstraint(
            model_name='reportline',
            name='orders_bank_line_one_return',
        ),
        migrations.AddField(
            model_name='payout',
            name='owed',
            field=models.BigIntegerField(db_default=0, default=0, help_text='of that: what the balance did not hold'),
        ),
        migrations.AddField(
            model_name='payout',
            name='owed_at',
            field=models.DateTimeField(blank=True, help_text='when finance booked that', null=True),
        ),
        migrations.AddField(
            model_name='payout',
            name='owed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payout',
            name='paid_after_at',
            field=models.DateTimeField(blank=True, help_text='when the provider said that it had arrived, after it was given back', null=True),
        ),
        migrations.AddField(
            model_name='payout',
            name='unpaid_at',
            field=models.DateTimeField(blank=True, help_text='when that came back to us, too', null=True),
        ),
        migrations.AddField(
            model_name='reportline',
            name='turn',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text="how often the payout's money had gone this way before"),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(condition=models.Q(('paid_after_at__isnull', False)), fields=['paid_after_at'], name='orders_payout_paid_after'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('paid_after_at', None), ('state__in', ['failed', 'rejected', 'bounced']), _connector='OR'), name='orders_payout_paid_after_given_back'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owed', 0), ('owed_at', None), ('owed_by', None), ('unpaid_at', None)), models.Q(('owed__range', (0, models.F('amount'))), ('owed_at__isnull', False), ('owed_by__isnull', False), ('paid_after_at__isnull', False)), _connector='OR'), name='orders_payout_owed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.UniqueConstraint(condition=models.Q(('gross__lt', 0)), fields=('payout', 'turn'), name='orders_bank_line_one_payout'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.UniqueConstraint(condition=models.Q(('gross__gt', 0)), fields=('payout', 'turn'), name='orders_bank_line_one_return'),
        ),
        migrations.RunSQL(HEARD, migrations.RunSQL.noop),
    ]
