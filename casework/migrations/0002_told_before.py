"""Due dates told of before there were notices, each by a message of its own, are not told again."""

from django.db import migrations

TOLD = r"""
INSERT INTO casework_deadlinenotice (of, clock, case_id, due_on, stage, told_id, at, run)
SELECT split_part(key, ':', 1),
       CASE split_part(key, ':', 3) WHEN 'overdue' THEN 'due' ELSE split_part(key, ':', 3) END,
       split_part(key, ':', 2)::bigint,
       split_part(key, ':', 4)::date,
       CASE split_part(key, ':', 5) WHEN 'owner' THEN 'overdue' ELSE 'escalated' END,
       CASE split_part(key, ':', 5) WHEN 'owner' THEN to_user_id END,
       created_at,
       gen_random_uuid()
  FROM correspondence_message
 WHERE kind = 'waiting'
   AND key ~ '^(referral|pathway):\d+:(overdue|notice|first_visit):\d{4}-\d\d-\d\d:(owner|manager)'
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_deadline_notices"),
        ("correspondence", "0002_initial"),
    ]

    operations = [migrations.RunSQL(TOLD, migrations.RunSQL.noop)]
