import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0008_another_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=100, unique=True, verbose_name="sted")),
                (
                    "weeks",
                    models.PositiveSmallIntegerField(
                        help_text="0 betyder under en uge.", verbose_name="ventetid i uger"
                    ),
                ),
                (
                    "known_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="oplyst den"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Hvor tallet står, eller hvem der har oplyst det.",
                        max_length=200,
                        verbose_name="kilde",
                    ),
                ),
            ],
            options={
                "verbose_name": "ventetid et andet sted",
                "verbose_name_plural": "ventetider andre steder",
                "ordering": ("weeks", "place"),
            },
        ),
    ]
