import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Where a referral would be sent instead, and how often a part was tried in vain."""

    dependencies = [
        ("oversight", "0001_backtests"),
    ]

    operations = [
        migrations.AddField(
            model_name="backtestpart",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="flip",
            name="destinations_after",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("palliative", "Palliativ afdeling"),
                        ("paediatric", "Børneafdeling"),
                        ("referrer", "Egen læge eller henviser"),
                        ("headache", "Hovedpinecenter"),
                        ("misuse", "Misbrugscenter"),
                        ("alcohol", "Alkoholenhed"),
                    ],
                    max_length=20,
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="flip",
            name="destinations_before",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("palliative", "Palliativ afdeling"),
                        ("paediatric", "Børneafdeling"),
                        ("referrer", "Egen læge eller henviser"),
                        ("headache", "Hovedpinecenter"),
                        ("misuse", "Misbrugscenter"),
                        ("alcohol", "Alkoholenhed"),
                    ],
                    max_length=20,
                ),
                default=list,
                size=None,
            ),
        ),
    ]
