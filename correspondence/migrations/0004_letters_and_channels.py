import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0003_attempts_and_openings"),
        ("letters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="letters.letter",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "portalen"),
                    ("digital_post", "Digital Post"),
                    ("email", "e-mail"),
                    ("sms", "SMS"),
                    ("letter", "brev på papir"),
                ],
                max_length=12,
                verbose_name="kanal",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "i kø"),
                    ("sent", "sendt"),
                    ("uncertain", "måske sendt"),
                    ("failed", "mislykket"),
                    ("withdrawn", "trukket tilbage"),
                ],
                default="queued",
                max_length=10,
                verbose_name="tilstand",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="allowed_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{queued:sent,queued:uncertain,queued:failed,queued:withdrawn,uncertain:sent,uncertain:queued,failed:queued,failed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="1bff837083c57b915d29beca912237f470182adf",
                    operation="UPDATE",
                    pgid="pgtrigger_allowed_moves_2735f",
                    table="correspondence_message",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="words_are_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."letter_id" IS DISTINCT FROM (NEW."letter_id") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="b5af392e2df618bef8120eae18b9404f33c0e175",
                    operation="UPDATE",
                    pgid="pgtrigger_words_are_frozen_7eb63",
                    table="correspondence_message",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tries",
                to="correspondence.message",
            ),
        ),
        migrations.AddField(
            model_name="opening",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="opening",
            name="message",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opening",
                to="correspondence.message",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                fields=("message", "number"), name="one_attempt_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="attempt_ended_with_an_outcome",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attempt",
            trigger=pgtrigger.compiler.Trigger(
                name="begun_as_it_was",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."began_at" IS DISTINCT FROM (NEW."began_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="fdc95d4bead30c95987994bce3c2c16c0fb77675",
                    operation="UPDATE",
                    pgid="pgtrigger_begun_as_it_was_0e3be",
                    table="correspondence_attempt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attempt",
            trigger=pgtrigger.compiler.Trigger(
                name="ended_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ended_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="07a69477bb7d80b3db34ebdf8babc592fba2a15c",
                    operation="UPDATE",
                    pgid="pgtrigger_ended_once_adadf",
                    table="correspondence_attempt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attempt",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="3720d3bf4fdc02314bff1843291b20bd28250916",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_90ec9",
                    table="correspondence_attempt",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="df53efd21e737af4b0f41d588fe8609e1c26c360",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_106be",
                    table="correspondence_opening",
                    when="BEFORE",
                ),
            ),
        ),
    ]
