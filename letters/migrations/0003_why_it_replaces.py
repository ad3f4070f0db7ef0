import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_never_emptied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="letter",
            name="words_are_frozen",
        ),
        migrations.AddField(
            model_name="letter",
            name="replaces_because",
            field=models.TextField(blank=True, verbose_name="begrundelse"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="words_are_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."signed_name" IS DISTINCT FROM (NEW."signed_name") OR OLD."signed_role" IS DISTINCT FROM (NEW."signed_role") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."replaces_because" IS DISTINCT FROM (NEW."replaces_because"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="97686e2be3436f6bf4edd4a38624ffd3e9f6f440",
                    operation="UPDATE",
                    pgid="pgtrigger_words_are_frozen_86be5",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", False), ("replaces_because", ""), _connector="OR"
                ),
                name="letter_says_why_only_when_it_replaces",
            ),
        ),
    ]
