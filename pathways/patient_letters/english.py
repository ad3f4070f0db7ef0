"""The letters to a patient in a pathway in English."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils import timezone

from letters.content import Block, Content, Facts, paragraphs, read
from letters.letterhead import letterhead
from letters.models import Letter
from letters.phrases import call_us, dear, interpreter, place
from letters.wording import clock, closing, day
from pathways.lifecycle import Ending
from pathways.models import Appointment
from pathways.patient_letters.facts import Ended, Meeting, Stopped

EN = Letter.Language.ENGLISH
STOPPED: Final[Mapping[str, str]] = {
    Ending.PATIENT: "Your treatment with us has now stopped, as you wished.",
    Ending.CENTRE: "We have decided to stop your treatment with us.",
    Ending.MOVED: "Your treatment with us has now stopped because you have moved.",
}


def booked(facts: Meeting) -> Content:
    return _appointment(facts, "Your appointment with us", "You have an appointment with us.")


def moved(facts: Meeting) -> Content:
    if facts.was is None:
        words = "Your appointment with us has been changed. Day and time are the same as before."
        return _appointment(facts, "Your appointment has been changed", words)
    words = f"Your appointment {_at(facts.was)} has been moved. It no longer applies."
    return _appointment(facts, "Your appointment has been moved", words)


def reminded(facts: Meeting) -> Content:
    words = "You have an appointment with us soon."
    return _appointment(facts, "Remember your appointment", words)


def _appointment(facts: Meeting, title: str, opening: str) -> Content:
    return Content(
        title=title,
        blocks=(
            *paragraphs(dear(facts.patient, EN), opening),
            _when_and_where(facts),
            *paragraphs(
                _joining(facts.form),
                f"{change(facts)} {call_us(EN)}",
                interpreter(facts.patient, EN, facts.interpreter),
            ),
        ),
        closing=closing(EN),
    )


def _when_and_where(facts: Meeting) -> Block:
    return Facts(
        (
            ("Day", day(facts.day, EN)),
            ("Time", clock(facts.starts_at, EN)),
            ("Place", _where(facts.form)),
            ("You will talk to", facts.clinician),
        )
    )


def _where(form: str) -> str:
    if form == Appointment.Form.VIDEO:
        return "by video"
    if form == Appointment.Form.PHONE:
        return "by phone, we will call you"
    return place(EN)


def _joining(form: str) -> str:
    """What the patient does when it is by video; empty when it is not."""
    return letterhead(EN).video if form == Appointment.Form.VIDEO else ""


def change(facts: Meeting) -> str:
    """Until when the patient may call to change the appointment."""
    if facts.change_by is None:
        return "If the time does not suit you, call us as soon as possible."
    return f"If the time does not suit you, call us no later than {day(facts.change_by, EN)}."


def _at(starts_at: dt.datetime) -> str:
    """ "on Wednesday 2 December 2026 at 8:30"."""
    return f"on {day(timezone.localdate(starts_at), EN)} at {clock(starts_at, EN)}"


def cancelled(facts: Meeting) -> Content:
    when = _at(facts.starts_at)
    follows = " We will write to you with a new time." if facts.new_time_follows else ""
    return Content(
        title="Your appointment has been cancelled",
        blocks=paragraphs(
            dear(facts.patient, EN),
            f"Your appointment with us {when} has been cancelled. Please do not come.{follows}",
            f"If you have questions, please call us. {call_us(EN)}",
        ),
        closing=closing(EN),
    )


def discharged(facts: Ended) -> Content:
    return Content(
        title=f"Your treatment at the {letterhead(EN).name} has ended",
        blocks=(
            *paragraphs(
                dear(facts.patient, EN),
                "Your treatment with us has now ended. Thank you for working with us.",
                _follow_up(facts),
                _cancelled(facts.cancelled),
            ),
            *read(facts.added),
            *paragraphs(
                "If you need us again, your doctor can refer you once more. "
                f"If you have questions about this letter, please call us. {call_us(EN)}"
            ),
        ),
        closing=closing(EN),
    )


def _cancelled(times: Sequence[dt.datetime]) -> str:
    """The times that end with the pathway; empty when there are none."""
    if not times:
        return ""
    one = len(times) == 1
    words = "Your appointment {} has" if one else "Your appointments {} have"
    said = words.format(" and ".join(_at(each) for each in times))
    return f"{said} been cancelled. Please do not come."


def _follow_up(facts: Ended) -> str:
    sent = f"We have sent a letter about your treatment to {facts.referrer}."
    if facts.follow_up_by_gp:
        return f"{sent} We have asked them to follow up. Call them to make an appointment."
    return f"{sent} They do not need to follow up unless something changes."


def discontinued(facts: Stopped) -> Content:
    return Content(
        title=f"Your treatment at the {letterhead(EN).name} has stopped",
        blocks=paragraphs(
            dear(facts.patient, EN),
            STOPPED[facts.ending],
            _cancelled(facts.cancelled),
            f"We have written to {facts.referrer} about why your treatment has stopped.",
            "If you still need help with your pain, talk to your doctor, who can refer you once "
            f"more. If you have questions about this letter, please call us. {call_us(EN)}",
        ),
        closing=closing(EN),
    )
