from django.db import migrations, models


class Migration(migrations.Migration):
    """An approved version keeps its answers over a table of cases."""

    dependencies = [
        ("admission", "0002_who_and_when"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruleset",
            name="answers",
            field=models.JSONField(default=list),
        ),
    ]
