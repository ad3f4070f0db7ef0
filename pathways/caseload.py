"""The patients somebody carries, most urgent first, with what has just happened to them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from casework.paging import Page, keyset_page
from medication.equivalents import CEILING
from medication.models import MedicationList
from medication.showing import Total, total_of
from pathways.interpreters import awaits_interpreter
from pathways.lifecycle import PATHWAY, Status
from pathways.models import Appointment, Contact, Pathway, PathwayQuerySet
from pathways.tracks import Track
from staff.models import User
from staff.permissions import Role

KEYS = ("due_on", "pk")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of a list is shown; ``team`` adds the patients of a physician's other teams.

    ``interpreter`` leaves those with an appointment whose interpreter is still to be booked,
    ``case`` the one pathway with that row number.
    """

    track: str = ""
    status: str = ""
    overdue: bool = False
    interpreter: bool = False
    team: bool = False
    case: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One patient of the caseload."""

    pathway: Pathway
    latest: Contact | None
    medicine: MedicationList | None
    flags: list[dict[str, str]]

    @property
    def opioids(self) -> Total | None:
        """What the newest list of medicine comes to, as medication/short_total.html shows it."""
        return total_of(self.medicine.as_read()) if self.medicine else None


def carried(user: User, team: bool = False) -> "QuerySet[Pathway]":
    """Open pathways: those a physician is responsible for, those of everybody else's teams."""
    mine: PathwayQuerySet = Pathway.objects.still_open()
    if user.role == Role.PHYSICIAN and not team:
        return mine.filter(responsible=user)
    return mine.carried_by(user)


def chosen_of(user: User, chosen: Chosen, today: dt.date) -> "QuerySet[Pathway]":
    """The caseload as filtered."""
    return narrowed(carried(user, chosen.team), chosen, today)


def narrowed(rows: "QuerySet[Pathway]", chosen: Chosen, today: dt.date) -> "QuerySet[Pathway]":
    """The pathways that the filters leave, as far as chosen."""
    if chosen.track in Track.values:
        rows = rows.filter(track=chosen.track)
    if chosen.status in PATHWAY.open_statuses:
        rows = rows.filter(status=chosen.status)
    if chosen.case:
        rows = rows.filter(pk=chosen.case)
    if chosen.interpreter:
        rows = rows.filter(awaits_interpreter())
    return rows.filter(due_on__lt=today) if chosen.overdue else rows


def page(user: User, chosen: Chosen, today: dt.date, mark: str = "") -> tuple[Page, list[Row]]:
    """A page of the caseload in four queries, with the marks to its neighbours."""
    pathways = _with_signs(chosen_of(user, chosen, today))
    found = keyset_page(pathways, KEYS, mark, PAGE_SIZE)
    latest = Contact.objects.select_related("taken_by").in_bulk(
        {pathway.latest_contact for pathway in found if pathway.latest_contact}
    )
    lists = MedicationList.objects.in_bulk(
        {pathway.latest_list for pathway in found if pathway.latest_list}
    )
    return found, [
        _row(one, latest.get(one.latest_contact), lists.get(one.latest_list), today)
        for one in found
    ]


def _row(
    pathway: Any, latest: Contact | None, medicine: MedicationList | None, today: dt.date
) -> Row:
    flags = _flags(pathway, today)
    if medicine and medicine.regular_mg > CEILING:
        label = _("over %(mg)s mg opioid") % {"mg": CEILING}
        flags.append({"label": label, "tone": "soon"})
    return Row(pathway, latest, medicine, flags)


def counts(user: User, chosen: Chosen, today: dt.date) -> dict[str, int]:
    """How many patients: all, overdue, and waiting for a first visit."""
    return counted(carried(user, chosen.team), today)


def counted(rows: "QuerySet[Pathway]", today: dt.date) -> dict[str, int]:
    """How many pathways of a list: all, overdue, and waiting for a first visit."""
    return rows.aggregate(
        all=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        waiting=Count("pk", filter=Q(status=Status.WAITING)),
    )


def questions(user: User) -> "QuerySet[Contact]":
    """What calls left for this person to answer or follow up, the nearest due first."""
    mine: QuerySet[Contact] = Contact.objects.unfinished().filter(follow_up_by=user)
    people = mine.select_related("patient", "pathway", "taken_by", "follow_up_by")
    return people.order_by("follow_up_due_at", "pk")


def _with_signs(pathways: "QuerySet[Pathway]") -> "QuerySet[Any]":
    """With the latest contact, and what the row is to be flagged for."""
    contacts = Contact.objects.filter(patient=OuterRef("patient"))
    unfinished = contacts.unfinished()
    lists = MedicationList.objects.filter(patient=OuterRef("patient"))
    settled = Appointment.objects.filter(
        pathway=OuterRef("pk"), status__in=["attended", "stayed_away"]
    )
    return pathways.select_related("patient", "next_step_by", "responsible").annotate(
        latest_contact=Subquery(contacts.order_by("-at").values("pk")[:1]),
        latest_list=Subquery(lists.order_by("-as_of", "-pk").values("pk")[:1]),
        has_question=Exists(unfinished.filter(follow_up=Contact.FollowUp.ASK_PHYSICIAN)),
        has_call_back=Exists(unfinished.exclude(follow_up=Contact.FollowUp.ASK_PHYSICIAN)),
        latest_visit=Subquery(settled.order_by("-starts_at").values("status")[:1]),
        needs_interpreter=awaits_interpreter(),
    )


def _flags(pathway: Any, today: dt.date) -> list[dict[str, str]]:
    stayed_away = pathway.latest_visit == Appointment.Status.STAYED_AWAY
    is_late = pathway.status == Status.WAITING and pathway.first_visit_by < today
    flags = [
        (is_late, _("første tid er over fristen"), "overdue"),
        (pathway.has_question, _("spørgsmål til lægen"), "soon"),
        (pathway.has_call_back, _("opfølgning lovet"), "plain"),
        (stayed_away, _("udeblev sidst"), "soon"),
        (pathway.needs_interpreter, _("mangler tolk"), "soon"),
    ]
    return [{"label": label, "tone": tone} for is_up, label, tone in flags if is_up]
