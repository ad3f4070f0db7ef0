import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="update_update",
        ),
        migrations.AddField(
            model_name="patient",
            name="letter_language",
            field=models.CharField(
                choices=[("da", "dansk"), ("en", "engelsk")],
                default="da",
                max_length=2,
                verbose_name="sprog i breve",
            ),
        ),
        migrations.AddField(
            model_name="patientevent",
            name="letter_language",
            field=models.CharField(
                choices=[("da", "dansk"), ("en", "engelsk")],
                default="da",
                max_length=2,
                verbose_name="sprog i breve",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_patientevent" ("allergies", "birth_date", "city", "created_at", "email", "family_name", "given_names", "id", "interpreter_language", "letter_language", "number", "number_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "protected_address", "relative_name", "relative_phone", "sex", "street") VALUES (NEW."allergies", NEW."birth_date", NEW."city", NEW."created_at", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."interpreter_language", NEW."letter_language", NEW."number", NEW."number_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_code", NEW."protected_address", NEW."relative_name", NEW."relative_phone", NEW."sex", NEW."street"); RETURN NULL;',
                    hash="6bfbc6f09b724837d92949a8b445682f3746eca1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_62165",
                    table="patients_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "patients_patientevent" ("allergies", "birth_date", "city", "created_at", "email", "family_name", "given_names", "id", "interpreter_language", "letter_language", "number", "number_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "protected_address", "relative_name", "relative_phone", "sex", "street") VALUES (NEW."allergies", NEW."birth_date", NEW."city", NEW."created_at", NEW."email", NEW."family_name", NEW."given_names", NEW."id", NEW."interpreter_language", NEW."letter_language", NEW."number", NEW."number_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_code", NEW."protected_address", NEW."relative_name", NEW."relative_phone", NEW."sex", NEW."street"); RETURN NULL;',
                    hash="b68da39dc3dee0850048d8a74889d11f34b37a1b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_546ce",
                    table="patients_patient",
                    when="AFTER",
                ),
            ),
        ),
    ]
