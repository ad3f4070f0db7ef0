import pgtrigger
from django.db import connection, migrations, models

# What was not met when the acceptance was signed, or proposed: the judgement of the newest sending
# before that.
NOT_MET = """
    UPDATE referrals_decision AS decision
    SET against = found.codes
    FROM (
        SELECT taken.id, array_agg(finding ->> 'code' ORDER BY place) AS codes
        FROM referrals_decision AS taken
        CROSS JOIN LATERAL (
            SELECT judgement.findings
            FROM referrals_judgement AS judgement
            JOIN referrals_submission AS submission ON submission.id = judgement.submission_id
            WHERE submission.referral_id = taken.referral_id
              AND judgement.judged_at <= coalesce(taken.signed_at, taken.proposed_at)
            ORDER BY judgement.judged_at DESC, judgement.id DESC
            LIMIT 1
        ) AS latest
        CROSS JOIN LATERAL
            jsonb_array_elements(latest.findings) WITH ORDINALITY AS each (finding, place)
        WHERE taken.kind = 'accept'
          AND taken.against = '{}'
          AND finding ->> 'verdict' = 'not_met'
        GROUP BY taken.id
    ) AS found
    WHERE decision.id = found.id
"""


def tell_what_was_not_met(apps: object, schema_editor: object) -> None:
    """Acceptances from before this was kept, also the signed ones, which are final."""
    with pgtrigger.ignore("referrals.Decision:signed_is_final"), connection.cursor() as cursor:
        cursor.execute(NOT_MET)


class Migration(migrations.Migration):
    """Acceptances from before say what they went against; a signature keeps the role's code."""

    dependencies = [("referrals", "0002_judged_by_a_version")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="signed_as",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.RunPython(tell_what_was_not_met, migrations.RunPython.noop),
    ]
