"""Count quickly what somebody was mailed just now."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("notices", "0003_digests")]

    operations = [
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                fields=["user", "sent_at"],
                condition=models.Q(channel="email", state="sent"),
                name="notices_notice_mailed",
            ),
        ),
    ]
