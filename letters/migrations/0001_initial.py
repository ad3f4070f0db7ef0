import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("patients", "0001_initial"),
        ("staff", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "besked om modtagelse i centret"),
                            ("appointment", "tid"),
                            ("appointment_moved", "ændret tid"),
                            ("appointment_cancelled", "aflyst tid"),
                            ("reminder", "påmindelse om tid"),
                            ("patient_redirected", "besked om, hvor der hjælpes bedre"),
                            ("patient_discharged", "afslutning, til patienten"),
                            ("receipt", "kvittering"),
                            ("question", "spørgsmål til henviser"),
                            ("accepted", "modtagelse, til henviser"),
                            ("redirected", "omvisitering, til henviser"),
                            ("declined", "afvisning, til henviser"),
                            ("advice", "råd til praksis"),
                            ("discharge", "epikrise"),
                            ("forwarded", "videresendt henvisning"),
                        ],
                        max_length=24,
                        verbose_name="art",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("da", "dansk"), ("en", "engelsk")],
                        default="da",
                        max_length=2,
                        verbose_name="sprog",
                    ),
                ),
                ("recipient", models.CharField(max_length=140, verbose_name="modtager")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                ("content", models.JSONField(verbose_name="indhold")),
                ("about", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="skrevet"
                    ),
                ),
                ("signed_name", models.CharField(blank=True, max_length=120)),
                ("signed_role", models.CharField(blank=True, max_length=60)),
                ("pdf", models.BinaryField(null=True)),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("made_at", models.DateTimeField(editable=False, null=True)),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="patients.patient",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="letters.letter",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_signed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="staff.referringunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "brev",
                "verbose_name_plural": "breve",
                "ordering": ("-written_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("about", ""), _negated=True),
                        fields=["about"],
                        name="letters_about",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("made_at__isnull", True), ("pdf__isnull", True), ("sha256", "")
                            ),
                            models.Q(
                                ("made_at__isnull", False),
                                ("pdf__isnull", False),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                            ),
                            _connector="OR",
                        ),
                        name="letter_made_with_its_fingerprint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_by__isnull", True),
                                ("signed_name", ""),
                                ("signed_role", ""),
                            ),
                            models.Q(
                                ("signed_by__isnull", False),
                                models.Q(("signed_name", ""), _negated=True),
                                models.Q(("signed_role", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_signed_with_name_and_role",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="words_are_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."signed_name" IS DISTINCT FROM (NEW."signed_name") OR OLD."signed_role" IS DISTINCT FROM (NEW."signed_role") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="450d6f09dffc49f6f24f978bca6b380d8254e4cd",
                    operation="UPDATE",
                    pgid="pgtrigger_words_are_frozen_86be5",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="made_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."pdf" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="94fe8ccfe8026c8faf73afdded497ffcc56ae06f",
                    operation="UPDATE",
                    pgid="pgtrigger_made_once_8f20d",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="71a9ab4fc5d6dfc9c4587423f13cd1bb162874e8",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_48dd1",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
    ]
