from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_closed_wrongly"),
    ]

    operations = [
        migrations.AlterField(
            model_name="referraltransition",
            name="verb",
            field=models.CharField(
                choices=[
                    ("sent", "sendte henvisningen"),
                    ("supplied", "sendte de manglende oplysninger"),
                    ("claimed", "tog henvisningen"),
                    ("released", "lagde henvisningen tilbage"),
                    ("asked", "spurgte henviser"),
                    ("recalled", "trak spørgsmålet tilbage"),
                    ("proposed", "bad om lægens underskrift"),
                    ("returned", "gav henvisningen tilbage til visitationen"),
                    ("sent_for_advice", "bad lægen om råd til henviser"),
                    ("accepted", "modtog patienten i centret"),
                    ("redirected", "omvisiterede henvisningen"),
                    ("declined", "afviste henvisningen"),
                    ("advised", "gav råd til henviser"),
                    ("withdrawn", "trak henvisningen tilbage"),
                    ("recognised", "fastslog, at det er samme person"),
                ],
                max_length=20,
            ),
        ),
    ]
