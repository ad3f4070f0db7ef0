import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was judged so far was judged by the first version, and its facts were not kept."""

    dependencies = [("referrals", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="rules_number",
            field=models.PositiveIntegerField(default=1, verbose_name="version af reglerne"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="judgement",
            name="facts",
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="decision",
            name="against",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
    ]
