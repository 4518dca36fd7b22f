"""Papers of BEBELI itself about a purchase: the buyer's service fee. They have no seller and no order."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0037_payouts_paid_after'),
        ('places', '0003_names_of_models'),
        ('sellers', '0003_names_of_models'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_number_once',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_is_about',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_credits',
        ),
        migrations.RemoveConstraint(
            model_name='documentcounter',
            name='orders_counter_once',
        ),
        migrations.AddField(
            model_name='document',
            name='purchase',
            field=models.ForeignKey(db_index=False, help_text='of a fee', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='orders.purchase'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='fee_receipted_at',
            field=models.DateTimeField(blank=True, help_text='when the service fee was put on a receipt', null=True),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('invoice', 'faktur'), ('receipt', 'kuitansi'), ('credit_note', 'nota kredit'), ('statement', 'laporan bulanan'), ('fee_receipt', 'kuitansi biaya layanan'), ('fee_credit', 'nota kredit biaya layanan')], max_length=12),
        ),
        migrations.AlterField(
            model_name='document',
            name='seller',
            field=models.ForeignKey(help_text="empty: BEBELI's own", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='sellers.seller'),
        ),
        migrations.AlterField(
            model_name='documentcounter',
            name='kind',
            field=models.CharField(choices=[('invoice', 'faktur'), ('receipt', 'kuitansi'), ('credit_note', 'nota kredit'), ('statement', 'laporan bulanan'), ('fee_receipt', 'kuitansi biaya layanan'), ('fee_credit', 'nota kredit biaya layanan')], max_length=12),
        ),
        migrations.AlterField(
            model_name='documentcounter',
            name='seller',
            field=models.ForeignKey(help_text='empty: BEBELI', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sellers.seller'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('seller', 'kind', 'year', 'number'), name='orders_document_number_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('purchase__isnull', False)), fields=('purchase', 'kind'), name='orders_document_once_per_purchase'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'statement'), ('month__isnull', False), ('order', None), ('purchase', None), ('seller__isnull', False)), models.Q(('kind__in', ('fee_receipt', 'fee_credit')), ('month', None), ('order', None), ('purchase__isnull', False), ('seller', None)), models.Q(models.Q(('kind__in', ['statement', 'fee_receipt', 'fee_credit']), _negated=True), ('month', None), ('order__isnull', False), ('purchase', None), ('seller__isnull', False)), _connector='OR'), name='orders_document_is_about'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancels__isnull', False), ('kind__in', ['credit_note', 'fee_credit']), ('refund', None)), models.Q(('cancels', None), ('kind', 'credit_note'), ('refund__isnull', False)), models.Q(models.Q(('kind__in', ['credit_note', 'fee_credit']), _negated=True), ('cancels', None), ('refund', None)), _connector='OR'), name='orders_document_credits'),
        ),
        migrations.AddConstraint(
            model_name='documentcounter',
            constraint=models.UniqueConstraint(fields=('seller', 'kind', 'year'), name='orders_counter_once', nulls_distinct=False),
        ),
    ]
