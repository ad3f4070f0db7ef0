"""What is kept is never changed, deleted nor emptied: not by a model, a queryset or SQL."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pgtrigger
import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from casework.guards import APPEND_ONLY, NEVER_DELETED, NEVER_EMPTIED
from correspondence.models import CallInVain, Message, Opening
from letters.models import Letter
from medication.models import MedicationList
from patients import access
from patients.models import Access, Recognition
from patients.recognition import Checked, recognise
from referrals import signing, triage
from referrals.models import Decision, Judgement, Question, Referral
from staff.models import User
from staff.permissions import Role
from tests.admission.versions import an_approved
from tests.lifecycles.ways import WAYS, execute, refusal
from tests.referrals.cases import accepted_by, answered, declined, sent, the_centre

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kept:
    """A row that is kept, and what somebody would write over it."""

    row: Model
    change: Mapping[str, Any]


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Kept]]:
    """One of each, made by the real functions; nothing that a test asks for is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        rows = build()
        connection.check_constraints()  # a table with checks put off cannot be emptied anyway
        yield rows
        transaction.set_rollback(True)


def build() -> dict[str, Kept]:
    people = the_centre()
    secretary, physician = people[Role.SECRETARY], people[Role.PHYSICIAN]
    referral = asked_and_answered(secretary)
    declined(secretary, referral, physician)
    signing.give_back(physician, referral.pk, 4, "Spørg onkologen")
    referral.refresh_from_db()
    accepted_by(secretary, referral)
    referral.refresh_from_db()
    returned, signed = referral.decisions.order_by("pk")
    message = Message.objects.get(kind=Message.Kind.DECISION, channel=Message.Channel.PORTAL)
    opened = Opening.objects.create(message=message, how="opened", by=referral.referrer)
    in_vain = CallInVain.objects.create(message=message, by=secretary)
    rows: list[tuple[str, Any, dict[str, Any]]] = [
        ("referral's step", referral.transitions.first(), {"why": "Noget andet"}),
        ("pathway's step", referral.pathway.transitions.first(), {"by_name": "En anden"}),
        ("submission", referral.judgement.submission, {"despite": "Noget andet"}),
        ("finding", referral.judgement, {"met": 9}),
        ("signed decision", signed, {"reason": "Noget andet"}),
        ("returned decision", returned, {"reason": "Noget andet"}),
        ("question", referral.questions.get(), {"text": "Noget andet"}),
        ("message", message, {"body": "Noget andet"}),
        ("opening", opened, {"note": "Noget andet"}),
        ("call in vain", in_vain, {"note": "Noget andet"}),
        ("signed letter", a_letter(physician), {"signed_name": "En anden"}),
        ("access", an_access(physician, referral), {"what": "Noget andet"}),
        ("recognition", a_recognition(physician, referral), {"written": "En anden"}),
        ("medicine", MedicationList.objects.first(), {"regular_mg": 1}),
        ("rules", an_approved(by=physician), {"why": "Noget andet"}),
    ]
    return {name: Kept(row, change) for name, row, change in rows}


def asked_and_answered(secretary: User) -> Referral:
    referral = sent()
    triage.ask(secretary, referral.pk, 1, "Hvad mangler?", [])
    return answered(referral)


def a_letter(physician: User) -> Letter:
    letter: Letter = Letter.objects.create(
        key="a letter",
        kind=Letter.Kind.NOTICE,
        recipient="Lonni Test",
        content={"title": "Dit forløb"},
        signed_by=physician,
        signed_name=physician.name,
        signed_role="læge",
        written_at=timezone.now(),
    )
    return letter


def an_access(physician: User, referral: Referral) -> Access:
    return access.record(physician, referral.patient, Access.Purpose.TRIAGE, "henvisningen")


def a_recognition(physician: User, referral: Referral) -> Recognition:
    checked = Checked("Ida", "Friis", Recognition.How.REGISTER)
    return recognise(physician, referral.patient_id, "Ida Friis", checked)


KEPT = [
    *("referral's step", "pathway's step", "submission", "finding", "signed decision"),
    *("returned decision", "question", "message", "opening", "call in vain"),
    *("signed letter", "access", "recognition", "medicine", "rules"),
]
# Every table that says of itself that it is never emptied, also those without a row above.
GUARDS: dict[str, set[str]] = defaultdict(set)
for model, trigger in pgtrigger.registered():
    GUARDS[model._meta.db_table].add(str(trigger.name))
TABLES = sorted(table for table, names in GUARDS.items() if NEVER_EMPTIED.name in names)
DELETE: dict[str, Callable[[Model], object]] = {
    "queryset": lambda row: type(row)._base_manager.filter(pk=row.pk)._raw_delete("default"),
    "sql": lambda row: execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk),
}


def test_the_list_is_whole(kept: dict[str, Kept]) -> None:
    assert list(kept) == KEPT


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", KEPT)
def test_it_is_not_changed(kept: dict[str, Kept], name: str, way: str) -> None:
    row = kept[name].row
    assert "pgtrigger: Cannot update" in refusal(lambda: WAYS[way](row, **kept[name].change))


@pytest.mark.parametrize("way", DELETE)
@pytest.mark.parametrize("name", KEPT)
def test_it_is_not_deleted(kept: dict[str, Kept], name: str, way: str) -> None:
    words = refusal(lambda: DELETE[way](kept[name].row))
    assert re.search("pgtrigger: Cannot (update or )?delete", words)


@pytest.mark.parametrize("table", TABLES)
def test_its_table_is_not_emptied(kept: dict[str, Kept], table: str) -> None:
    assert "pgtrigger: Cannot truncate" in refusal(lambda: execute(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("table", ["referrals_referral", "pathways_pathway"])
def test_cases_are_not_deleted_nor_emptied(kept: dict[str, Kept], table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        assert "pgtrigger: Cannot" in refusal(lambda statement=statement: execute(statement))  # type: ignore[misc]


def test_a_message_may_still_be_sent_and_a_letter_typeset(kept: dict[str, Kept]) -> None:
    message, letter = kept["message"].row, kept["signed letter"].row
    with transaction.atomic():
        sent_now = {"status": Message.Status.SENT, "sent_at": timezone.now()}
        Message.objects.filter(pk=message.pk).update(**sent_now)
        made = {"pdf": b"%PDF", "sha256": "0" * 64, "made_at": timezone.now()}
        Letter.objects.filter(pk=letter.pk).update(**made)
        again = Letter.objects.filter(pk=letter.pk)
        assert "Cannot update" in refusal(lambda: again.update(pdf=b"%PDF-2"))
        transaction.set_rollback(True)


def test_what_is_never_emptied_is_never_deleted_either() -> None:
    against_deletion = {NEVER_DELETED.name, APPEND_ONLY.name}
    assert [table for table in TABLES if not GUARDS[table] & against_deletion] == []


def test_every_kept_row_is_in_such_a_table(kept: dict[str, Kept]) -> None:
    assert {each.row._meta.db_table for each in kept.values()} <= set(TABLES)


def test_every_kind_of_kept_row_is_one_of_ours(kept: dict[str, Kept]) -> None:
    kinds = {type(each.row) for each in kept.values()}
    assert {Decision, Judgement, Question, Message, Letter, Access, MedicationList} <= kinds
