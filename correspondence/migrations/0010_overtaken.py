import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0009_unseen_answers"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="allowed_moves",
        ),
        migrations.AddField(
            model_name="message",
            name="is_overtaken",
            field=models.BooleanField(default=False, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="allowed_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{queued:sent,queued:uncertain,queued:failed,queued:withdrawn,uncertain:sent,uncertain:queued,uncertain:withdrawn,failed:queued,failed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="10c0bdf402e6e63d856fa520c4d4b920fbb96fa0",
                    operation="UPDATE",
                    pgid="pgtrigger_allowed_moves_2735f",
                    table="correspondence_message",
                    when="BEFORE",
                ),
            ),
        ),
    ]
