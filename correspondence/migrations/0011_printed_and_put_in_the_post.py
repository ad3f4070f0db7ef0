import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0010_overtaken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "afsendelse",
                "verbose_name_plural": "afsendelser",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="allowed_moves",
        ),
        migrations.AlterField(
            model_name="attempt",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("sent", "afleveret"),
                    ("printed", "printet"),
                    ("put_off", "udsat"),
                    ("failed", "mislykket"),
                    ("uncertain", "uvist"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "i kø"),
                    ("printed", "printet"),
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
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("status", "printed")),
                fields=["print_run"],
                name="messages_printed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="allowed_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{queued:sent,queued:printed,queued:uncertain,queued:failed,queued:withdrawn,printed:sent,printed:withdrawn,uncertain:sent,uncertain:queued,uncertain:withdrawn,failed:queued,failed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="59e3a0086a2ba699ac4a8dd6479784fea337ce06",
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
                name="overtaken_for_good",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT NEW."is_overtaken" AND OLD."is_overtaken")',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2df3078554d98581963ea097b1bbc632a335552f",
                    operation="UPDATE",
                    pgid="pgtrigger_overtaken_for_good_a6ef3",
                    table="correspondence_message",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "printed"), _negated=True),
                    ("print_run__isnull", False),
                    _connector="OR",
                ),
                name="message_printed_in_a_run",
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="run",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispatch",
                to="correspondence.printrun",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatch",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3fadb22dd7330ec778a4301b87aa5816dd393d5f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_336e2",
                    table="correspondence_dispatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatch",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
                    hash="a72fe78f2b5226a1b7a7fe0e43a6efe21c0dfc71",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_6a0d8",
                    table="correspondence_dispatch",
                    when="BEFORE",
                ),
            ),
        ),
    ]
