import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0002_initial"),
        ("patients", "0001_initial"),
        ("staff", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="pathway",
            name="allowed_moves",
        ),
        migrations.RemoveConstraint(
            model_name="pathway",
            name="pathway_open_has_due_date",
        ),
        migrations.AlterField(
            model_name="pathway",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Venter på første tid"),
                    ("active", "I forløb"),
                    ("paused", "På pause"),
                    ("completed", "Afsluttet"),
                    ("discontinued", "Afbrudt"),
                ],
                default="waiting",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="pathwayevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "Venter på første tid"),
                    ("active", "I forløb"),
                    ("paused", "På pause"),
                    ("completed", "Afsluttet"),
                    ("discontinued", "Afbrudt"),
                ],
                default="waiting",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="pathwaytransition",
            name="verb",
            field=models.CharField(
                choices=[
                    ("opened", "oprettede forløbet"),
                    ("booked", "bookede en tid"),
                    ("moved", "flyttede en tid"),
                    ("cancelled", "aflyste en tid"),
                    ("attended", "noterede fremmøde"),
                    ("stayed_away", "noterede udeblivelse"),
                    ("planned", "satte næste skridt"),
                    ("paused", "satte forløbet på pause"),
                    ("put_off", "satte forløbet på pause efter patientens ønske"),
                    ("resumed", "genoptog forløbet"),
                    ("joined", "ændrede teamet"),
                    ("discharged", "afsluttede forløbet"),
                    ("discontinued", "afbrød forløbet"),
                ],
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pathway",
            trigger=pgtrigger.compiler.Trigger(
                name="allowed_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{waiting:active,waiting:completed,waiting:discontinued,waiting:paused,active:completed,active:discontinued,active:paused,paused:active,paused:completed,paused:discontinued,paused:waiting}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="b5ce307a1a80e57bc4be5516199c59ffb0909193",
                    operation="UPDATE",
                    pgid="pgtrigger_allowed_moves_06687",
                    table="pathways_pathway",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pathway",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("due_on__isnull", False),
                        ("status__in", ["waiting", "active", "paused"]),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("due_on__isnull", True),
                        ("status__in", ["completed", "discontinued"]),
                    ),
                    _connector="OR",
                ),
                name="pathway_open_has_due_date",
            ),
        ),
    ]
