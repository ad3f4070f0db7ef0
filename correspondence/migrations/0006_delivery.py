import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0005_answers_are_opened"),
        ("letters", "0001_initial"),
        ("patients", "0003_digital_post_exempt"),
        ("staff", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="dag")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("letters", models.PositiveIntegerField(verbose_name="breve")),
                ("pages", models.PositiveIntegerField(verbose_name="sider")),
                ("pdf", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "dagens breve på papir",
                "verbose_name_plural": "dagenes breve på papir",
                "ordering": ("-day",),
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("after", models.PositiveIntegerField()),
                (
                    "said",
                    models.CharField(
                        choices=[("sent", "den er sendt"), ("again", "send den igen")], max_length=5
                    ),
                ),
                ("by_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("after",),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="printrun",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="155247b2a4a63f3c66f75b0990b5c40abd59366c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_41659",
                    table="correspondence_printrun",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="print_run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="correspondence.printrun",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("status", "uncertain")),
                fields=["-created_at", "-id"],
                name="messages_uncertain",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel__in", ("sms", "email")), _negated=True),
                    models.Q(
                        ("kind__in", ("appointment", "reminder", "waiting", "notice")),
                        ("letter__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="message_in_the_open_is_a_notice",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verdicts",
                to="correspondence.message",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                fields=("message", "after"), name="one_verdict_per_attempt"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="967bd2ab83f7047c916fda052b7d00d080d68add",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_54c2d",
                    table="correspondence_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="printed_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."print_run_id" IS NOT NULL AND OLD."print_run_id" IS DISTINCT FROM (NEW."print_run_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="682aa4fb1c8326b16311acf61dfe6c15fe030962",
                    operation="UPDATE",
                    pgid="pgtrigger_printed_once_86a23",
                    table="correspondence_message",
                    when="BEFORE",
                ),
            ),
        ),
    ]
