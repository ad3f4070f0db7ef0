from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0007_never_emptied"),
    ]

    operations = [
        migrations.AlterField(
            model_name="verdict",
            name="said",
            field=models.CharField(
                choices=[
                    ("sent", "den er sendt"),
                    ("again", "send den igen"),
                    ("drop", "den skal ikke sendes"),
                ],
                max_length=5,
            ),
        ),
    ]
