"""The slips of a month: what BEBELI charged a seller, and the PPh 22 it collected; one of each, and each may be below zero."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0042_outside_refunds'),
        ('sellers', '0003_names_of_models'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_statement_once',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_amounts',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_is_about',
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('invoice', 'faktur'), ('receipt', 'kuitansi'), ('credit_note', 'nota kredit'), ('statement', 'laporan bulanan'), ('fee_receipt', 'kuitansi biaya layanan'), ('fee_credit', 'nota kredit biaya layanan'), ('fee_slip', 'bukti potongan biaya'), ('tax_slip', 'bukti pungut PPh 22')], max_length=12),
        ),
        migrations.AlterField(
            model_name='document',
            name='month',
            field=models.DateField(help_text='the first day of the month it is about', null=True),
        ),
        migrations.AlterField(
            model_name='documentcounter',
            name='kind',
            field=models.CharField(choices=[('invoice', 'faktur'), ('receipt', 'kuitansi'), ('credit_note', 'nota kredit'), ('statement', 'laporan bulanan'), ('fee_receipt', 'kuitansi biaya layanan'), ('fee_credit', 'nota kredit biaya layanan'), ('fee_slip', 'bukti potongan biaya'), ('tax_slip', 'bukti pungut PPh 22')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('month__isnull', False)), fields=('seller', 'month', 'kind'), name='orders_document_once_per_month'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('statement', 'fee_slip', 'tax_slip')), ('month__isnull', False), ('order', None), ('purchase', None), ('seller__isnull', False)), models.Q(('kind__in', ('fee_receipt', 'fee_credit')), ('month', None), ('order', None), ('purchase__isnull', False), ('seller', None)), models.Q(models.Q(('kind__in', ['statement', 'fee_slip', 'tax_slip', 'fee_receipt', 'fee_credit']), _negated=True), ('month', None), ('order__isnull', False), ('purchase', None), ('seller__isnull', False)), _connector='OR'), name='orders_document_is_about'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('amount__gte', 0), ('kind__in', ('statement', 'fee_slip', 'tax_slip')), _connector='OR')), name='orders_document_amounts'),
        ),
    ]
