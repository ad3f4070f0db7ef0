from django.db import migrations

# What went wrong stands with the attempt. Messages from before attempts were kept have none: theirs
# gets the latest time at which it can have been.
BEFORE_ATTEMPTS = """
INSERT INTO correspondence_attempt (message_id, number, began_at, ended_at, outcome, why)
SELECT id, greatest(attempts, 1), latest, latest,
       CASE status WHEN 'uncertain' THEN 'uncertain' WHEN 'queued' THEN 'put_off' ELSE 'failed' END,
       last_error
  FROM (SELECT *, least(next_attempt_at, statement_timestamp()) AS latest
          FROM correspondence_message WHERE last_error <> '') message
 WHERE NOT EXISTS (SELECT FROM correspondence_attempt WHERE message_id = message.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0011_printed_and_put_in_the_post"),
    ]

    operations = [
        migrations.RunSQL(BEFORE_ATTEMPTS, migrations.RunSQL.noop),
    ]
