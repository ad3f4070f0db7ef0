"""The words of the short notices by SMS and e-mail, in each language. None of them is clinical."""

from collections.abc import Mapping
from typing import Final, NamedTuple

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


# ``when`` is the day and the time, ``where`` the place, ``change`` until when to call.
TEXTS: Final[Mapping[str, Mapping[str, Notice]]] = {
    DA: {
        Kind.APPOINTMENT: Notice("Din tid", "Du har fået en tid {when} {where}. {change}"),
        Kind.APPOINTMENT_MOVED: Notice(
            "Din tid er flyttet", "Din tid er flyttet til {when} {where}. {change}"
        ),
        Kind.APPOINTMENT_CANCELLED: Notice(
            "Din tid er aflyst", "Din tid {when} i {centre} er aflyst."
        ),
        Kind.REMINDER: Notice("Husk din tid", "Husk din tid {when} {where}. {change}"),
    },
    EN: {
        Kind.APPOINTMENT: Notice(
            "Your appointment", "You have an appointment on {when} {where}. {change}"
        ),
        Kind.APPOINTMENT_MOVED: Notice(
            "Your appointment has been moved",
            "Your appointment has been moved to {when} {where}. {change}",
        ),
        Kind.APPOINTMENT_CANCELLED: Notice(
            "Your appointment has been cancelled",
            "Your appointment on {when} at the {centre} has been cancelled.",
        ),
        Kind.REMINDER: Notice(
            "Remember your appointment", "Remember your appointment on {when} {where}. {change}"
        ),
    },
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
    text, name = TEXTS[language][kind], {"centre": letterhead(language).name}
    words = text.body.format(
        when=TIMES[language].format(day=day(facts.day, language), at=facts.local_time),
        where=PLACES[language][facts.form].format(**name),
        change=CHANGES[language](facts),
        **name,
    )
    return Notice(text.subject, f"{words}\n{SIGNED[language].format(**name)}")
