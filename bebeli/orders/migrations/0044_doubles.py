"""Money that went out twice: its cases, also of what stands in UNALLOCATED already, and the account of losses."""

import bebeli.kit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STANDING = """
INSERT INTO orders_doublerefund (attempt_id, refund_id, amount, state, opened_with_id, opened_at, reason, turned_down_because,
    note, reference)
SELECT e.attempt_id, r.id, r.amount, 'open', e.id, e.at, '', '', '', ''
FROM orders_entry e JOIN orders_refund r ON r.attempt_id = e.attempt_id AND r.state = 'confirmed' AND r.amount > 0
    AND r.confirmed_at <= e.at
WHERE e.kind = 'reversed' AND NOT EXISTS (SELECT FROM orders_entry o WHERE o.reverses_id = e.id)
    AND EXISTS (SELECT FROM orders_posting p JOIN orders_account a ON a.id = p.account_id AND a.kind = 'unallocated'
        WHERE p.entry_id = e.id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0043_monthly_slips'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.CharField(choices=[('gateway', 'penyedia pembayaran'), ('bank', 'rekening penampung'), ('escrow', 'titipan pembeli'), ('seller_payable', 'hak penjual'), ('payout_pending', 'pencairan dalam perjalanan'), ('seller_receivable', 'piutang penjual'), ('refund_payable', 'hak pembeli atas pengembalian'), ('unallocated', 'uang tanpa pembelian'), ('shipping_payable', 'hak kurir'), ('commission', 'komisi'), ('service_fee', 'biaya layanan'), ('ppn_output', 'PPN keluaran'), ('ppn_input', 'PPN masukan'), ('pph22_payable', 'PPh 22 dipungut'), ('promo_platform', 'promo BEBELI'), ('promo_regency', 'promo kabupaten'), ('gateway_fee', 'biaya penyedia pembayaran'), ('loss', 'kerugian')], max_length=20),
        ),
        migrations.CreateModel(
            name='DoubleRefund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('state', models.CharField(choices=[('open', 'belum kembali'), ('recovered', 'sudah dibayar kembali'), ('written_off', 'dihapus sebagai kerugian'), ('restored', 'penyedia memberikannya lagi')], default='open', max_length=11)),
                ('opened_at', models.DateTimeField(default=bebeli.kit.clock.now)),
                ('looked_until', models.DateTimeField(blank=True, null=True)),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, help_text='why it shall be written off', max_length=240)),
                ('turned_down_because', models.CharField(blank=True, max_length=240)),
                ('reference', models.CharField(blank=True, help_text='of the bank, under which it was paid back', max_length=60)),
                ('note', models.CharField(blank=True, help_text='how it came again', max_length=240)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(help_text='that it is written off', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doubles', to='orders.paymentattempt')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.entry')),
                ('looked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_with', models.ForeignKey(help_text='with which it went the second time', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.entry')),
                ('proposed_by', models.ForeignKey(help_text='to write it off', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refund', models.ForeignKey(help_text='by which it had gone before', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubles', to='orders.refund')),
                ('turned_down_by', models.ForeignKey(help_text='the last proposal', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'uang yang keluar dua kali',
                'verbose_name_plural': 'uang yang keluar dua kali',
            },
        ),
        migrations.AddField(
            model_name='reportline',
            name='double',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report_lines', to='orders.doublerefund'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.UniqueConstraint(fields=('double',), name='orders_bank_line_one_double'),
        ),
        migrations.AddIndex(
            model_name='doublerefund',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['opened_at', 'id'], name='orders_double_open'),
        ),
        migrations.AddConstraint(
            model_name='doublerefund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='orders_double_amount'),
        ),
        migrations.AddConstraint(
            model_name='doublerefund',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('refund',), name='orders_double_one_open'),
        ),
        migrations.AddConstraint(
            model_name='doublerefund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('ended_with', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('ended_with__isnull', False)), _connector='OR'), name='orders_double_ended_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='doublerefund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_at', None), ('proposed_by', None)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='orders_double_proposed_because'),
        ),
        migrations.AddConstraint(
            model_name='doublerefund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by', None), models.Q(('state', 'written_off'), _negated=True)), models.Q(('approved_by__isnull', False), ('proposed_by__isnull', False), models.Q(('proposed_by', models.F('approved_by')), _negated=True)), _connector='OR'), name='orders_double_two_people'),
        ),
        migrations.AddConstraint(
            model_name='doublerefund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'recovered'), _negated=True), models.Q(('reference', ''), _negated=True), _connector='OR'), name='orders_double_reference'),
        ),
        migrations.RunSQL(STANDING, migrations.RunSQL.noop),
    ]
