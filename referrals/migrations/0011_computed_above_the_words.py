from django.db import connection, migrations

# Track, physician and first visit stood among the words; they are computed when it is signed.
WITHOUT_WHAT_IS_COMPUTED = r"""
    UPDATE referrals_decision
    SET letter = regexp_replace(
        letter,
        'Spor: [^\n]*\nBehandlingsansvarlig læge: [^\n]*\nFørste tid: senest [^\n]*\n*',
        ''
    )
    WHERE kind = 'accept' AND signed_at IS NULL AND returned_at IS NULL
"""


def leave_the_words(apps: object, schema_editor: object) -> None:
    """In the letters that wait for a signature; those that were sent stay as they were."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_WHAT_IS_COMPUTED)


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0010_which_right"),
    ]

    operations = [
        migrations.RunPython(leave_the_words, migrations.RunPython.noop),
    ]
