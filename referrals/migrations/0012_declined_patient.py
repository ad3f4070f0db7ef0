from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0011_computed_above_the_words"),
    ]

    operations = [
        # Nobody was written to when their referral was declined before this.
        migrations.AddField(
            model_name="decision",
            name="tells_patient",
            field=models.BooleanField(default=False, verbose_name="brev til patienten"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="tells_patient",
            field=models.BooleanField(default=True, verbose_name="brev til patienten"),
        ),
    ]
