import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Without this, every answer ever sent would be a practice to phone on the day of the upgrade.
SENT_BEFORE = """
INSERT INTO correspondence_opening (message_id, how, at, note)
SELECT id, 'before', statement_timestamp(), '' FROM correspondence_message
WHERE channel = 'portal' AND kind IN ('question', 'decision', 'advice', 'discharge')
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0004_letters_and_channels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="opening",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="opening",
            name="how",
            field=models.CharField(
                choices=[
                    ("opened", "åbnet"),
                    ("phoned", "ringet op"),
                    ("before", "sendt, før åbninger blev noteret"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(how="opened", by__isnull=False)
                | (models.Q(how="phoned", by__isnull=False) & ~models.Q(note=""))
                | models.Q(how="before", by__isnull=True),
                name="opening_by_somebody_or_before",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    channel="portal", kind__in=("question", "decision", "advice", "discharge")
                ),
                fields=["created_at", "id"],
                name="messages_answers",
            ),
        ),
        # Last: a table with new rows is not altered in the same transaction.
        migrations.RunSQL(SENT_BEFORE, migrations.RunSQL.noop),
    ]
