import django.utils.timezone
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "afleveret"),
                            ("put_off", "udsat"),
                            ("failed", "mislykket"),
                            ("uncertain", "uvist"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("opened", "åbnet"), ("phoned", "ringet op")], max_length=6
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="notat")),
            ],
            options={
                "verbose_name": "åbning",
                "verbose_name_plural": "åbninger",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="allowed_moves",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="words_are_frozen",
        ),
    ]
