"""One history of a patient, gathered from every room that has something to tell."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.models import Message
from letters.models import Letter
from pathways.lifecycle import Verb
from pathways.models import Contact, PathwayTransition
from patients.models import Patient, Wish
from patients.reaching import corrections
from staff.models import User


class Kind(TextChoices):
    """What an entry is about; a filter of the timeline."""

    REFERRAL = "referral", gettext_lazy("Henvisning")
    PATHWAY = "pathway", gettext_lazy("Forløb")
    APPOINTMENT = "appointment", gettext_lazy("Tider")
    CONTACT = "contact", gettext_lazy("Opkald")
    MESSAGE = "message", gettext_lazy("Breve og beskeder")
    WISH = "wish", gettext_lazy("Patientens ønsker")
    DETAILS = "details", gettext_lazy("Kontaktoplysninger")


ICONS: Final = {
    Kind.REFERRAL: "assignment",
    Kind.PATHWAY: "flag",
    Kind.APPOINTMENT: "calendar-month",
    Kind.CONTACT: "headset",
    Kind.MESSAGE: "email",
    Kind.WISH: "forum",
    Kind.DETAILS: "edit",
}
OF_APPOINTMENTS: Final = frozenset(
    {
        *(Verb.BOOKED, Verb.MOVED, Verb.CANCELLED, Verb.ATTENDED, Verb.STAYED_AWAY),
        *(Verb.GOT_INTERPRETER, Verb.LOST_INTERPRETER),
    }
)
FIRST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; ``url`` opens it where there is a page of its own."""

    at: dt.datetime
    kind: str
    title: str
    text: str = ""
    who: str = ""
    url: str = ""

    @property
    def icon(self) -> str:
        return ICONS[Kind(self.kind)]


Source = Callable[[Patient, User], Iterable[Entry]]


def gather(patient: Patient, user: User) -> list[Entry]:
    """Everything that happened to a patient, newest first."""
    entries = [entry for source in sources for entry in source(patient, user)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def pathway_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """Every step of the patient's pathways."""
    steps = PathwayTransition.objects.filter(case__patient=patient).select_related("case")
    for step in steps.order_by("-at"):
        of_appointment = step.verb in OF_APPOINTMENTS
        yield Entry(
            at=step.at,
            kind=Kind.APPOINTMENT if of_appointment else Kind.PATHWAY,
            title=_capital(step.get_verb_display()),
            text=step.why,
            who=step.signature,
        )


def contact_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """Every call about the patient, with advice and answer."""
    for contact in Contact.objects.filter(patient=patient).select_related("taken_by"):
        title = _("Opkald fra %(caller)s om %(reason)s") % {
            "caller": contact.caller_name or contact.get_caller_display(),
            "reason": contact.get_reason_display(),
        }
        who = f"{contact.taken_by.name} ({contact.taken_by.get_role_display()})"
        yield Entry(contact.at, Kind.CONTACT, title, _call_words(contact), who)


def message_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """Every letter and message about the patient, with its state."""
    for message in Message.objects.filter(patient=patient):
        title = _("%(channel)s til %(recipient)s: %(kind)s (%(status)s)") % {
            "kind": message.get_kind_display(),
            "recipient": message.recipient,
            "channel": _capital(message.get_channel_display()),
            "status": message.get_status_display(),
        }
        words = Truncator(message.body).chars(FIRST_WORDS)
        letter = message.letter_id
        url = reverse("correspondence:read", args=[letter]) if letter else ""
        yield Entry(message.created_at, Kind.MESSAGE, title, words, url=url)


def replacement_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """Every letter about the patient that was replaced by a new one: by whom and why."""
    yield from replacements(Letter.objects.filter(patient=patient))


def replacements(letters: "QuerySet[Letter]") -> Iterator[Entry]:
    """Those of the letters that replace another one, the newest first."""
    for letter in letters.filter(replaces__isnull=False).defer("pdf", "content"):
        yield Entry(
            at=letter.written_at,
            kind=Kind.MESSAGE,
            title=_("Et brev blev erstattet af et nyt"),
            text=letter.replaces_because,
            who=letter.signature,
            url=reverse("correspondence:read", args=[letter.pk]),
        )


def wish_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """What the patient has wished for about waiting."""
    for wish in Wish.objects.filter(patient=patient):
        yield Entry(wish.at, Kind.WISH, wish.sentence, wish.words, wish.signature)


def correction_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """What was corrected of how the patient is reached, and what it was before."""
    for each in corrections(patient):
        yield Entry(each.at, Kind.DETAILS, _("Kontaktoplysninger rettet"), each.words, each.by)


def _call_words(contact: Contact) -> str:
    advice = _("Råd: %(advice)s") % {"advice": contact.advice} if contact.advice else ""
    return "\n".join(filter(None, [contact.said, advice, contact.outcome]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Rooms above this one append their own when they start.
sources: list[Source] = [
    *(pathway_entries, contact_entries, message_entries, replacement_entries, wish_entries),
    correction_entries,
]
