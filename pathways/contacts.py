"""The phone hour: calls are logged once, and what was promised is followed up."""

import datetime as dt
from dataclasses import dataclass, fields
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moments import day_and_time
from casework.refusals import Refused
from pathways.models import Contact, Pathway
from pathways.planning import coordinator
from pathways.reading import visible_patients
from pathways.times import check_open
from patients.models import Patient
from staff import deadlines
from staff.models import User
from staff.permissions import Permission
from staff.working_days import first_open

NOON = dt.time(12)
ABOUT_THEMSELVES = frozenset({Contact.Caller.PATIENT, Contact.Caller.RELATIVE})


@dataclass(frozen=True, slots=True)
class Call:
    """What was said in a call and what happens next; an owner or a time left out is filled in."""

    caller: str
    reason: str
    said: str
    caller_name: str = ""
    identity_checked: bool = False
    advice: str = ""
    follow_up: str = Contact.FollowUp.NOTHING
    follow_up_by: User | None = None
    follow_up_due_at: dt.datetime | None = None


def check_can_log(user: User) -> None:
    """Raises Refused when the person does not take calls."""
    if not user.has_perm(Permission.LOG_CONTACT):
        raise Refused(_("Din rolle tager ikke imod opkald i telefontiden."))


def check_call(call: Call) -> None:
    """Raises Refused when the call cannot be recorded as it stands.

    Nobody is advised about a patient before it is known who is calling.
    """
    if not call.said.strip():
        raise Refused(_("Skriv, hvad der blev sagt."), "said")
    if call.caller != Contact.Caller.PATIENT and not call.caller_name.strip():
        raise Refused(_("Skriv navnet på den, der ringer."), "caller_name")
    if call.caller in ABOUT_THEMSELVES and call.advice.strip() and not call.identity_checked:
        raise Refused(
            _("Bekræft identiteten, før du giver råd: spørg om navn og CPR-nummer."),
            "identity_checked",
        )
    if call.follow_up_due_at:
        _check_due(call.follow_up_due_at)


def _check_due(at: dt.datetime) -> None:
    """Nobody calls back at a time that has gone, nor on a day that is closed."""
    if at <= timezone.now():
        gone = "due_day" if timezone.localdate(at) < timezone.localdate() else "due_at"
        raise Refused(_("Tidspunktet for opfølgningen er allerede gået."), gone)
    check_open(timezone.localdate(at), "due_day")


@transaction.atomic
def log(user: User, patient_pk: int, key: UUID, call: Call) -> Contact:
    """Record a call once: the same key gives the same contact, however often it is sent.

    Raises Patient.DoesNotExist for others' patients, and Refused.
    """
    check_can_log(user)
    patient = visible_patients(user).get(pk=patient_pk)
    if known := Contact.objects.filter(key=key, taken_by=user).first():
        return known
    check_call(call)
    pathway = Pathway.objects.still_open().filter(patient=patient).first()
    contact, _created = Contact.objects.get_or_create(
        key=key,
        defaults={field.name: getattr(call, field.name) for field in fields(call)}
        | _follow_up_of(call, pathway, user)
        | {"patient": patient, "pathway": pathway, "taken_by": user},
    )
    return contact


def _follow_up_of(call: Call, pathway: Pathway | None, user: User) -> dict[str, object]:
    """Who follows up and by when; nobody and never when nothing is promised."""
    if call.follow_up == Contact.FollowUp.NOTHING:
        return {"follow_up_by": None, "follow_up_due_at": None}
    return {
        "follow_up_by": call.follow_up_by or owner_of(call.follow_up, pathway, user),
        "follow_up_due_at": call.follow_up_due_at or default_due_at(),
    }


def owner_of(follow_up: str, pathway: Pathway | None, user: User) -> User:
    """Who follows up when nobody is chosen: the one who took the call, calls back."""
    if follow_up == Contact.FollowUp.CALL_BACK:
        return user
    if follow_up == Contact.FollowUp.BOOK:
        return coordinator(pathway) if pathway else user
    if pathway is None:
        raise Refused(_("Patienten har ingen behandlingsansvarlig læge. Vælg, hvem du vil spørge."))
    return pathway.responsible


def default_due_at() -> dt.datetime:
    """Noon of the weekday after today, or of the next day that is open."""
    day = first_open(deadlines.due("call_back", timezone.localdate()))
    return timezone.make_aware(dt.datetime.combine(day, NOON))


def check_can_follow_up(user: User, contact: Contact) -> None:
    """Raises Refused when it is done, or the person neither owns it nor covers for the owner."""
    if contact.follow_up_due_at is None or contact.followed_up_at is not None:
        raise Refused(_already_followed_up(contact))
    covers = Permission.SIGN if contact.is_question else Permission.LOG_CONTACT
    owner = contact.follow_up_by
    if user != owner and not user.has_perm(covers):
        words = {"name": owner}
        raise Refused(_("Det er %(name)s, der skal følge op.") % words)


@transaction.atomic
def follow_up(user: User, contact_pk: int, outcome: str, *, call_back: bool = False) -> Contact:
    """Close what a call left open, with the outcome.

    A physician's answer with ``call_back`` goes to the one who took the call, to be given to the
    patient by the next weekday. Raises Contact.DoesNotExist for others' patients, and Refused.
    """
    locked = Contact.objects.visible_to(user).select_for_update(of=("self",), no_key=True)
    contact: Contact = locked.get(pk=contact_pk)
    check_can_follow_up(user, contact)
    if not outcome.strip():
        raise Refused(_("Skriv, hvad der kom ud af det."))
    said = f"{user.name} ({user.get_role_display()}): {outcome.strip()}"
    contact.outcome = "\n".join(filter(None, [contact.outcome, said]))
    if call_back:
        contact.follow_up, contact.follow_up_by = Contact.FollowUp.CALL_BACK, contact.taken_by
        contact.follow_up_due_at = default_due_at()
    else:
        contact.followed_up_by, contact.followed_up_at = user, timezone.now()
    contact.save()
    return contact


@override("da")  # what is recorded is Danish, whoever records it
def nobody_to_call(user: User, patient: Patient, why: str | Promise, at: dt.datetime) -> None:
    """Close what was promised about a patient: from a moment on there is nobody to call."""
    owed = Contact.objects.unfinished().filter(patient=patient).select_for_update(of=("self",))
    for contact in owed:
        said = f"{why}."
        contact.outcome = "\n".join(filter(None, [contact.outcome, said]))
        contact.followed_up_by, contact.followed_up_at = user, at
        contact.save()


def call_after_all(patient: Patient, at: dt.datetime) -> None:
    """Owe again what was closed at a moment because there was nobody to call."""
    closed = Contact.objects.filter(patient=patient, followed_up_at=at)
    closed.update(followed_up_at=None, followed_up_by=None)


def _already_followed_up(contact: Contact) -> str:
    if contact.followed_up_by is None or contact.followed_up_at is None:
        return _("Opkaldet skal ikke følges op.")
    words = {"name": contact.followed_up_by.name, "when": day_and_time(contact.followed_up_at)}
    return _("%(name)s har allerede fulgt op den %(when)s.") % words


def calls_of(patient: Patient) -> list[Contact]:
    """The latest calls about a patient, newest first."""
    latest = Contact.objects.filter(patient=patient).select_related("taken_by", "follow_up_by")
    return list(latest.order_by("-at")[:5])


def promises(user: User) -> "QuerySet[Contact]":
    """Follow-ups that somebody still owes, the nearest due first."""
    unfinished: QuerySet[Contact] = Contact.objects.visible_to(user).unfinished()
    people = unfinished.select_related("patient", "taken_by", "follow_up_by", "pathway")
    return people.order_by("follow_up_due_at", "pk")


def calls_on(user: User, day: dt.date) -> "QuerySet[Contact]":
    """The day's calls, newest first."""
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    calls: QuerySet[Contact] = Contact.objects.visible_to(user).filter(
        at__gte=midnight, at__lt=midnight + dt.timedelta(days=1)
    )
    return calls.select_related("patient", "taken_by", "follow_up_by").order_by("-at", "pk")
