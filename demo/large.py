"""A large centre for measuring: rows written straight into the tables, as the verbs leave them."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.translation import override

from admission.rules import DECK
from demo.centre import NotEmpty, is_empty, restart_numbers
from demo.copying import analyze, check_references_at_once, copy, number_on, unwatched
from demo.filed import Filed, due, file_all
from demo.people import employ
from demo.samples import as_json
from demo.treated import (
    Treated,
    appointments,
    contacts,
    pathway_transitions,
    pathways,
    plan_of,
    team_places,
    treat,
)
from pathways.models import Appointment, Contact, Pathway, PathwayTransition, TeamMember
from pathways.rights import Right
from patients.identity import IdentifierKind
from patients.models import Patient
from referrals.lifecycle import Status
from referrals.models import (
    Decision,
    Draft,
    Judgement,
    Question,
    Referral,
    ReferralTransition,
    Submission,
)
from referrals.models.decision import NO_CRITERION
from staff.permissions import Role

Row = Mapping[str, Any]
KINDS: Final = {
    Status.ACCEPTED: Decision.Kind.ACCEPT,
    Status.REDIRECTED: Decision.Kind.REDIRECT,
    Status.DECLINED: Decision.Kind.DECLINE,
    Status.ADVISED: Decision.Kind.ADVISE,
}
LETTERS: Final = {
    Decision.Kind.ACCEPT: "Tak for henvisningen. Vi modtager patienten i centret.",
    Decision.Kind.REDIRECT: "Tak for henvisningen. Patienten hører til et andet sted.",
    Decision.Kind.DECLINE: "Tak for henvisningen. Vi kan desværre ikke tilbyde et forløb.",
    Decision.Kind.ADVISE: "Tak for spørgsmålet. Vi anbefaler at trappe langsomt ned.",
}

WHY: Final = {
    **dict.fromkeys((Status.ACCEPTED, Status.REDIRECTED, Status.DECLINED), "Efter konference"),
    Status.ADVISED: "Rådet er sendt til henviser.",
    Status.WITHDRAWN: "Patienten ønsker det ikke længere.",
}


@transaction.atomic
def make_large_centre(
    today: dt.date, seed: int, size: int, told: Callable[[float], None] = lambda share: None
) -> None:
    """Make a centre of ``size`` referrals with ten years of history.

    ``told`` hears which share is written. Raises NotEmpty before touching a database in use.
    """
    if not is_empty():
        raise NotEmpty
    restart_numbers()
    with override(settings.LANGUAGE_CODE):
        employ(today)
        filed = file_all(random.Random(seed), size, today)
    told(0.2)
    tables = _tables(filed, treat(filed, today))
    with unwatched(Pathway, Referral):
        for place, (model, rows) in enumerate(tables.items(), start=1):
            # Referrals and judgements refer to each other. Wherever it can be, references are
            # checked at once: a history trigger's subtransaction walks through all that are still
            # put off.
            check_references_at_once(model not in REFERRING_TO_EACH_OTHER)
            copy(model, rows)
            told(0.2 + 0.7 * place / len(tables))
    number_on(tables)
    analyze(tables)
    told(1)


REFERRING_TO_EACH_OTHER: Final = (Draft, Referral, Submission, Judgement)


def _tables(filed: list[Filed], treated: list[Treated]) -> dict[type[Model], Iterable[Row]]:
    """The rows of every table, in the order in which they can be written."""
    return {
        Patient: _patients(filed),
        Pathway: pathways(treated),
        PathwayTransition: pathway_transitions(treated),
        TeamMember: team_places(treated),
        Appointment: appointments(treated),
        Contact: contacts(treated),
        Draft: _drafts(filed),
        Referral: _referrals(filed, {one.filed.pk: one.pk for one in treated}),
        Submission: _submissions(filed),
        Judgement: _judgements(filed),
        ReferralTransition: _transitions(filed),
        Question: _questions(filed),
        Decision: _decisions(filed),
    }


def _patients(filed: Iterable[Filed]) -> Iterator[Row]:
    seen = 0
    for one in filed:
        if one.patient_pk > seen:
            seen = one.patient_pk
            yield _patient(one)


def _patient(one: Filed) -> Row:
    person, typed = one.person, one.person.typed()
    return {
        "id": one.patient_pk,
        "number": person.number,
        "number_kind": IdentifierKind.CPR,
        "birth_date": person.born,
        "sex": person.sex,
        "given_names": person.given,
        "family_name": person.family,
        "street": person.street,
        "postal_code": person.postal_code,
        "city": person.city,
        "phone": f"+45{typed['phone'].replace(' ', '')}",
        "email": typed["email"],
        "interpreter_language": person.language,
        "created_at": one.sent_at,
    }


def _drafts(filed: Iterable[Filed]) -> Iterator[Row]:
    for one in filed:
        referrer = one.people[Role.REFERRER]
        yield {
            "id": one.pk,
            "unit_id": referrer.unit_id,
            "author_id": referrer.pk,
            "answers": one.sample.answers(one.person, one.day),
            "created_at": one.sent_at,
            "saved_at": one.sent_at,
            "sent_at": one.sent_at,
        }


def _referrals(filed: Iterable[Filed], pathway_of: Mapping[int, int]) -> Iterator[Row]:
    for one in filed:
        referrer, owner = one.people[Role.REFERRER], one.owner
        yield {
            "id": one.pk,
            "version": len(one.steps),
            "status_since": one.last.at,
            "due_on": one.due_on,
            "closed_at": None if one.is_open else one.last.at,
            "patient_id": one.patient_pk,
            "unit_id": referrer.unit_id,
            "referrer_id": referrer.pk,
            "question": one.sample.question,
            "received_at": one.sent_at,
            "received_on": one.day,
            "notify_by": due("notify_patient", one.day),
            "status": one.status,
            "owner_id": owner.pk if owner else None,
            "judgement_id": one.pk,
            "pathway_id": pathway_of.get(one.pk),
        }


def _submissions(filed: Iterable[Filed]) -> Iterator[Row]:
    for one in filed:
        yield {
            "id": one.pk,
            "referral_id": one.pk,
            "draft_id": one.pk,
            "answers": one.sample.answers(one.person, one.day),
            "despite": "Vi har brug for jeres vurdering." if one.sample.unmet else "",
            "sent_by_id": one.people[Role.REFERRER].pk,
            "sent_at": one.sent_at,
        }


def _judgements(filed: Iterable[Filed]) -> Iterator[Row]:
    for one in filed:
        facts = one.sample.facts_about(one.person, one.day)
        yield {
            "id": one.pk,
            "submission_id": one.pk,
            "judged_at": one.sent_at,
            "rules_number": DECK.number,
            "facts": as_json(facts.as_json()),
            "findings": one.sample.findings_of(facts),
            "routing": one.sample.routing,
            "met": one.sample.met,
            "unknown": one.sample.unknown,
            "not_met": len(one.sample.unmet),
            "proposed_track": one.sample.track or "",
        }


def _transitions(filed: Iterable[Filed]) -> Iterator[Row]:
    for one in filed:
        for sequence, step in enumerate(one.steps, start=1):
            yield {
                "sequence": sequence,
                "at": step.at,
                "by_id": step.by.pk,
                "by_name": step.by.name,
                "by_role": ROLES[Role(step.by.role)],
                "from_status": step.came_from,
                "to_status": step.to,
                "why": WHY.get(step.to, ""),
                "case_id": one.pk,
                "verb": step.verb,
            }


ROLES: Final = {role: str(role.label) for role in Role}


def _questions(filed: Iterable[Filed]) -> Iterator[Row]:
    for one in filed:
        if one.status == Status.AWAITING_REFERRER:
            yield {
                "referral_id": one.pk,
                "text": "Hvilke behandlinger er prøvet, og hvad var virkningen?",
                "fields": ["workup.tried"],
                "asked_by_id": one.last.by.pk,
                "asked_at": one.last.at,
            }


def _decisions(filed: Iterable[Filed]) -> Iterator[Row]:
    for one in filed:
        if kind := _kind(one):
            yield _decision(one, kind)


def _kind(one: Filed) -> Decision.Kind | None:
    """What was decided, or is proposed: a physician signs what goes against the criteria."""
    if one.status == Status.AWAITING_SIGNATURE:
        return Decision.Kind.ACCEPT if one.sample.unmet else Decision.Kind.DECLINE
    return KINDS.get(one.status)


def _against(one: Filed, kind: Decision.Kind) -> list[str]:
    """The criteria a decision goes against, as it would be kept (`referrals.needs`)."""
    if kind == Decision.Kind.DECLINE:
        return [] if one.sample.unmet else [NO_CRITERION]
    return list(one.sample.unmet) if kind == Decision.Kind.ACCEPT else []


def _decision(one: Filed, kind: Decision.Kind) -> Row:
    accepted, last = kind == Decision.Kind.ACCEPT, one.last
    plan = plan_of(one)
    decision = {
        "referral_id": one.pk,
        "kind": kind,
        "track": plan.track if accepted else "",
        "right": Right.TREATMENT if accepted else "",
        "plan": plan.people() if accepted else {},
        "destination": one.sample.destination if kind == Decision.Kind.REDIRECT else "",
        "reason": "" if kind == Decision.Kind.ADVISE else "Efter konference",
        "letter": LETTERS[kind],
        "against": _against(one, kind),
        "proposed_by_id": last.by.pk,
        "proposed_at": last.at,
    }
    signed = {
        "signed_by_id": last.by.pk,
        "signed_role": ROLES[Role(last.by.role)],
        "signed_as": last.by.role,
        "signed_at": last.at,
    }
    return decision if one.is_open else decision | signed
