"""A second person's no to much money, and what is answered to it; Postgres too lets nobody edit those words."""

import bebeli.kit.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE TRIGGER orders_refundword_append_only BEFORE UPDATE OR DELETE ON orders_refundword
FOR EACH ROW EXECUTE FUNCTION bebeli_append_only();
"""
REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'bebeli_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON orders_refundword FROM bebeli_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0032_days_of_open_windows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RefundWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('no', 'Ditolak'), ('answer', 'Dijawab')], max_length=6)),
                ('text', models.CharField(max_length=240)),
                ('at', models.DateTimeField(default=bebeli.kit.clock.now)),
            ],
            options={
                'verbose_name': 'kata tentang pengembalian',
                'verbose_name_plural': 'kata tentang pengembalian',
            },
        ),
        migrations.AddField(
            model_name='refund',
            name='turned_down_by',
            field=models.ForeignKey(help_text='until the no is answered', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('turned_down_by', None), models.Q(('needs_second', True), ('state__in', ['requested', 'failed'])), _connector='OR'), name='orders_refund_turned_down'),
        ),
        migrations.AddField(
            model_name='refundword',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refundword',
            name='refund',
            field=models.ForeignKey(help_text='the first of its promise', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.refund'),
        ),
        migrations.RunSQL(GUARD, 'DROP TRIGGER orders_refundword_append_only ON orders_refundword;'),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]
