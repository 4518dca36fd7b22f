"""Refunds in parts: what each takes of its order, who decided and who agreed, and what of an order went back."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0006_forget_trigrams'),
        ('orders', '0018_promo_payer'),
        ('sellers', '0002_name_trigrams'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RefundPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(default=0)),
                ('face', models.BigIntegerField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='orders_document_credit_cancels',
        ),
        migrations.RemoveConstraint(
            model_name='refund',
            name='orders_refund_amount',
        ),
        migrations.RemoveConstraint(
            model_name='refund',
            name='orders_refund_once',
        ),
        migrations.RemoveIndex(
            model_name='refund',
            name='orders_refund_open',
        ),
        migrations.AddField(
            model_name='document',
            name='refund',
            field=models.OneToOneField(help_text='the part that a credit note is over', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='note', to='orders.refund'),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded',
            field=models.BigIntegerField(db_default=0, default=0, help_text='promised or paid back to the buyer, without the fee'),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded_commission',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded_face',
            field=models.BigIntegerField(db_default=0, default=0, help_text="of the total, before the platform's discount"),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded_shipping',
            field=models.BigIntegerField(db_default=0, default=0, help_text='part of the refunded face'),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded_tax',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded_vat',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='orderline',
            name='fallen',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='pieces of it that were refunded'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='refunded',
            field=models.BigIntegerField(db_default=0, default=0, help_text='of its subtotal, by partial refunds'),
        ),
        migrations.AddField(
            model_name='refund',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='refund',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='commission',
            field=models.BigIntegerField(db_default=0, default=0, help_text='of the face, given up'),
        ),
        migrations.AddField(
            model_name='refund',
            name='commission_vat',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='refund',
            name='credited_at',
            field=models.DateTimeField(blank=True, help_text='when a part of an order was put on a credit note', null=True),
        ),
        migrations.AddField(
            model_name='refund',
            name='decided_by',
            field=models.ForeignKey(help_text='empty: by rule', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='face',
            field=models.BigIntegerField(db_default=0, default=0, help_text="goods and shipping before the platform's discount"),
        ),
        migrations.AddField(
            model_name='refund',
            name='income_tax',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='refund',
            name='is_earned',
            field=models.BooleanField(db_default=False, default=False, help_text='the seller had earned it already'),
        ),
        migrations.AddField(
            model_name='refund',
            name='is_partial',
            field=models.BooleanField(db_default=False, default=False, help_text='the order went on'),
        ),
        migrations.AddField(
            model_name='refund',
            name='needs_second',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='refund',
            name='origin',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_on_by', to='orders.refund'),
        ),
        migrations.AddField(
            model_name='refund',
            name='owed',
            field=models.BigIntegerField(db_default=0, default=0, help_text="of the seller's part: what the balance did not cover"),
        ),
        migrations.AddField(
            model_name='refund',
            name='proof',
            field=models.CharField(blank=True, db_default='', default='', help_text='of the file in the private storage', max_length=80),
        ),
        migrations.AddField(
            model_name='refund',
            name='shipping',
            field=models.BigIntegerField(db_default=0, default=0, help_text='part of the face'),
        ),
        migrations.AddField(
            model_name='refund',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='refund',
            name='taken_by',
            field=models.ForeignKey(help_text='who of finance is at it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='refund',
            name='state',
            field=models.CharField(choices=[('requested', 'menunggu persetujuan'), ('approved', 'disetujui'), ('sent', 'dikirim'), ('confirmed', 'diterima pembeli'), ('failed', 'gagal')], default='requested', max_length=9),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('state__in', ['approved', 'sent'])), fields=['next_at'], name='orders_refund_to_send'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('state__in', ['requested', 'approved', 'sent'])), fields=['requested_at'], name='orders_refund_open'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('credited_at', None), ('is_partial', True), ('origin', None)), fields=['requested_at'], name='orders_refund_to_credit'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancels__isnull', False), ('kind', 'credit_note'), ('refund', None)), models.Q(('cancels', None), ('kind', 'credit_note'), ('refund__isnull', False)), models.Q(models.Q(('kind', 'credit_note'), _negated=True), ('cancels', None), ('refund', None)), _connector='OR'), name='orders_document_credits'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('refunded__gte', 0), ('refunded__range', (django.db.models.expressions.CombinedExpression(models.F('refunded_face'), '-', models.F('platform_discount')), django.db.models.expressions.CombinedExpression(models.F('total'), '-', models.F('platform_discount')))), ('refunded_face__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('goods_total'), '-', models.F('seller_discount')), '+', models.F('refunded_shipping'))), ('refunded_face__range', (models.F('refunded'), models.F('total'))), ('refunded_shipping__range', (0, models.F('shipping_price')))), name='orders_order_refunded'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_commission__range', (0, models.F('commission'))), ('refunded_tax__range', (0, models.F('income_tax'))), ('refunded_vat__range', (0, models.F('commission_vat')))), name='orders_order_given_up'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('fallen__lte', models.F('quantity')), ('refunded__range', (0, models.F('subtotal')))), name='orders_line_refunded'),
        ),
        migrations.AddField(
            model_name='refundpart',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_parts', to='orders.orderline'),
        ),
        migrations.AddField(
            model_name='refundpart',
            name='refund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='orders.refund'),
        ),
        migrations.AddConstraint(
            model_name='refundpart',
            constraint=models.UniqueConstraint(fields=('refund', 'line'), name='orders_refundpart_once'),
        ),
        migrations.AddConstraint(
            model_name='refundpart',
            constraint=models.CheckConstraint(condition=models.Q(('face__gt', 0), models.Q(('face', 0), ('quantity__gt', 0)), _connector='OR'), name='orders_refundpart_moves'),
        ),
    ]
