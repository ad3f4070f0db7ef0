from django.db import migrations


class Migration(migrations.Migration):
    """What was broken off before anybody asked by whom says that nobody did.

    A migration of its own: a table cannot be altered while its triggers still have rows to see.
    """

    dependencies = [
        ("pathways", "0004_pauses_and_endings"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE pathways_pathway SET ended_because = 'unstated' WHERE status = 'discontinued'",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "UPDATE pathways_pathway SET paused_because = 'other' WHERE status = 'paused'",
            migrations.RunSQL.noop,
        ),
    ]
