"""Who recorded a list is not always who confirmed it; of lists from before it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("medication", "0001_initial")]

    operations = [
        migrations.RenameField("medicationlist", "confirmed_by", "recorded_by"),
        migrations.AddField(
            "medicationlist",
            "is_confirmed",
            models.BooleanField(default=False, editable=False, verbose_name="bekræftet"),
        ),
    ]
