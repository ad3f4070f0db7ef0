"""The words of the short notices by SMS and e-mail, in each language. None of them is clinical."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils import timezone

from letters.letterhead import letterhead
from letters.models import Letter
from letters.wording import day, language_of
from pathways.models import Appointment
from pathways.patient_letters import danish, english
from pathways.patient_letters.facts import Meeting

Form, Kind = Appointment.Form, Letter.Kind
DA, EN = Letter.Language.DANISH, Letter.Language.ENGLISH


class Notice(NamedTuple):
    """A notice as it is sent."""

    subject: str
    body: str


# ``when`` is the day and the time, ``was`` the one before, ``where`` the place, ``change`` until
# when to call, ``follows`` that another time follows.
TEXTS: Final[Mapping[str, Mapping[str, Notice]]] = {
    DA: {
        Kind.APPOINTMENT: Notice("Din tid", "Du har fået en tid {when} {where}. {change}"),
        Kind.APPOINTMENT_MOVED: Notice(
            "Din tid er flyttet", "Din tid {was} er flyttet til {when} {where}. {change}"
        ),
        Kind.APPOINTMENT_CANCELLED: Notice(
            "Din tid er aflyst", "Din tid {when} i {centre} er aflyst. {follows}"
        ),
        Kind.REMINDER: Notice("Husk din tid", "Husk din tid {when} {where}. {change}"),
    },
    EN: {
        Kind.APPOINTMENT: Notice(
            "Your appointment", "You have an appointment on {when} {where}. {change}"
        ),
        Kind.APPOINTMENT_MOVED: Notice(
            "Your appointment has been moved",
            "Your appointment on {was} has been moved to {when} {where}. {change}",
        ),
        Kind.APPOINTMENT_CANCELLED: Notice(
            "Your appointment has been cancelled",
            "Your appointment on {when} at the {centre} has been cancelled. {follows}",
        ),
        Kind.REMINDER: Notice(
            "Remember your appointment", "Remember your appointment on {when} {where}. {change}"
        ),
    },
}
# Of one that was moved to another person or form alone.
CHANGED: Final[Mapping[str, Notice]] = {
    DA: Notice("Din tid er ændret", "Din tid er ændret. Du har tid {when} {where}. {change}"),
    EN: Notice(
        "Your appointment has been changed",
        "Your appointment has been changed. You have an appointment on {when} {where}. {change}",
    ),
}
FOLLOWS: Final[Mapping[str, str]] = {
    DA: "Du får et brev med en ny tid.",
    EN: "We will write to you with a new time.",
}
TIMES: Final[Mapping[str, str]] = {DA: "{day} kl. {at:%H.%M}", EN: "{day} at {at:%H:%M}"}
PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    DA: {
        Form.VISIT: "i {centre}",
        Form.VIDEO: "på video med {centre}",
        Form.PHONE: "i telefonen med {centre}. Vi ringer til dig",
    },
    EN: {
        Form.VISIT: "at the {centre}",
        Form.VIDEO: "by video with the {centre}",
        Form.PHONE: "by phone with the {centre}. We will call you",
    },
}
CHANGES: Final = {DA: danish.change, EN: english.change}
SIGNED: Final[Mapping[str, str]] = {DA: "Venlig hilsen {centre}", EN: "Kind regards, {centre}"}


def notice(kind: str, facts: Meeting) -> Notice:
    """What a notice says, in the language that the letter of its kind has."""
    language = language_of(kind, facts.patient.letter_language, TEXTS)
    same_time = kind == Kind.APPOINTMENT_MOVED and facts.was is None
    text = CHANGED[language] if same_time else TEXTS[language][kind]
    name = {"centre": letterhead(language).name}
    words = text.body.format(
        when=_at(facts.starts_at, language),
        was=_at(facts.was, language) if facts.was else "",
        follows=FOLLOWS[language] if facts.new_time_follows else "",
        where=PLACES[language][facts.form].format(**name),
        change=CHANGES[language](facts),
        **name,
    )
    return Notice(text.subject, f"{words.rstrip()}\n{SIGNED[language].format(**name)}")


def _at(starts_at: dt.datetime, language: str) -> str:
    local = timezone.localtime(starts_at)
    return TIMES[language].format(day=day(local.date(), language), at=local)
