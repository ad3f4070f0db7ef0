import pgtrigger
from django.db import connection, migrations, models

# Who was received before this was kept was told of the right to treatment.
WHAT_WAS_TOLD = """
    UPDATE referrals_decision SET "right" = 'treatment_right' WHERE kind = 'accept'
"""


def keep_what_was_told(apps: object, schema_editor: object) -> None:
    """Also for the decisions that are final."""
    final = ("referrals.Decision:signed_is_final", "referrals.Decision:returned_is_final")
    with pgtrigger.ignore(*final), connection.cursor() as cursor:
        cursor.execute(WHAT_WAS_TOLD)


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0009_waiting_times"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="right",
            field=models.CharField(
                blank=True,
                choices=[
                    ("treatment_right", "Behandling (sundhedsloven § 87)"),
                    ("investigation_right", "Udredning (sundhedsloven § 82 b)"),
                ],
                default="",
                max_length=20,
                verbose_name="patientens ret",
            ),
        ),
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "accept"), _negated=True),
                    ("right__in", ["treatment_right", "investigation_right"]),
                    _connector="OR",
                ),
                name="acceptance_says_which_right_applies",
            ),
        ),
    ]
