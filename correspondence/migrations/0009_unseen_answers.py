import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

OPENED_ALREADY = """
UPDATE correspondence_message SET is_seen = TRUE
WHERE id IN (SELECT message_id FROM correspondence_opening)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0008_failed_and_put_away"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="message",
            name="messages_answers",
        ),
        migrations.AddField(
            model_name="message",
            name="is_seen",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    ("channel", "portal"),
                    ("kind__in", ("question", "decision", "advice", "discharge")),
                    ("is_seen", False),
                ),
                fields=["created_at", "id"],
                name="messages_unseen",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="seen_by_an_opening",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF NEW.is_seen <> EXISTS (SELECT FROM correspondence_opening WHERE message_id = NEW.id) THEN RAISE EXCEPTION 'is_seen says otherwise than the openings'; END IF; RETURN NEW;",
                    hash="094f798d2cd13cc69ad23e5960141c71979c3d38",
                    operation='INSERT OR UPDATE OF "is_seen"',
                    pgid="pgtrigger_seen_by_an_opening_32755",
                    table="correspondence_message",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_as_seen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="UPDATE correspondence_message SET is_seen = TRUE WHERE id = NEW.message_id; RETURN NULL;",
                    hash="5737d0b5c11ba27a8950cd7f3d6e20ab35c11f61",
                    operation="INSERT",
                    pgid="pgtrigger_marks_as_seen_20215",
                    table="correspondence_opening",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(OPENED_ALREADY, migrations.RunSQL.noop),
    ]
