from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the table may be big: built while people buy

    dependencies = [
        ('orders', '0007_guest_token'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='purchase',
            index=models.Index(condition=models.Q(('buyer', None)), fields=['email'], name='orders_purchase_of_guest'),
        ),
    ]
