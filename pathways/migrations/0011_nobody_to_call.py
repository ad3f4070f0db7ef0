from django.db import migrations

# What was promised to call about somebody who has died, before the end of a pathway closed it: by
# who noted the death, then.
CLOSE = """
UPDATE pathways_contact AS contact
   SET followed_up_at = pathway.closed_at, followed_up_by_id = step.by_id,
       outcome = trim(leading E'\\n' FROM contact.outcome || E'\\nPatienten er død.')
  FROM pathways_pathway AS pathway
  JOIN pathways_pathwaytransition AS step
    ON step.case_id = pathway.id AND step.sequence = pathway.version
 WHERE pathway.patient_id = contact.patient_id AND pathway.ended_because = 'died'
   AND contact.follow_up_due_at IS NOT NULL AND contact.followed_up_at IS NULL
   AND contact.at <= pathway.closed_at AND step.by_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("pathways", "0010_reopened")]

    operations = [migrations.RunSQL(CLOSE, migrations.RunSQL.noop)]
