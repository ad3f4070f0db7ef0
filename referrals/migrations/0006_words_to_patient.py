from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0005_watched_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="words_to_patient",
            field=models.TextField(blank=True, default="", verbose_name="egne ord til patienten"),
        ),
    ]
