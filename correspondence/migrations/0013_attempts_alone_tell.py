from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0012_what_went_wrong"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="message",
            name="attempts",
        ),
        migrations.RemoveField(
            model_name="message",
            name="last_error",
        ),
    ]
