"""The letters to a patient in a pathway in Danish."""

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

DA = Letter.Language.DANISH
STOPPED: Final[Mapping[str, str]] = {
    Ending.PATIENT: "Dit forløb hos os er nu stoppet, som du har ønsket.",
    Ending.CENTRE: "Vi har besluttet at stoppe dit forløb hos os.",
    Ending.MOVED: "Dit forløb hos os er nu stoppet, fordi du er flyttet.",
}


def booked(facts: Meeting) -> Content:
    return _appointment(facts, "Din tid hos os", "Du har fået en tid hos os.")


def moved(facts: Meeting) -> Content:
    if facts.was is None:
        words = "Din tid hos os er ændret. Dag og tidspunkt er de samme som før."
        return _appointment(facts, "Din tid er ændret", words)
    words = f"Din tid {_at(facts.was)} er flyttet. Den gælder ikke længere."
    return _appointment(facts, "Din tid er flyttet", words)


def reminded(facts: Meeting) -> Content:
    return _appointment(facts, "Husk din tid", "Du har snart en tid hos os.")


def _appointment(facts: Meeting, title: str, opening: str) -> Content:
    return Content(
        title=title,
        blocks=(
            *paragraphs(dear(facts.patient, DA), opening),
            _when_and_where(facts),
            *paragraphs(
                _joining(facts.form),
                f"{change(facts)} {call_us(DA)}",
                interpreter(facts.patient, DA, facts.interpreter),
            ),
        ),
        closing=closing(DA),
    )


def _when_and_where(facts: Meeting) -> Block:
    return Facts(
        (
            ("Dag", day(facts.day, DA)),
            ("Tidspunkt", clock(facts.starts_at, DA)),
            ("Sted", _where(facts.form)),
            ("Du skal tale med", facts.clinician),
        )
    )


def _where(form: str) -> str:
    if form == Appointment.Form.VIDEO:
        return "på video"
    if form == Appointment.Form.PHONE:
        return "i telefonen, vi ringer til dig"
    return place(DA)


def _joining(form: str) -> str:
    """What the patient does when it is by video; empty when it is not."""
    return letterhead(DA).video if form == Appointment.Form.VIDEO else ""


def change(facts: Meeting) -> str:
    """Until when the patient may call to change the appointment."""
    if facts.change_by is None:
        return "Passer tiden ikke, så ring til os hurtigst muligt."
    return f"Passer tiden ikke, så ring til os senest {day(facts.change_by, DA)}."


def _at(starts_at: dt.datetime) -> str:
    """ "onsdag den 2. december 2026 klokken 8.30"."""
    return f"{day(timezone.localdate(starts_at), DA)} {clock(starts_at, DA)}"


def cancelled(facts: Meeting) -> Content:
    follows = " Du får et nyt brev med en ny tid." if facts.new_time_follows else ""
    return Content(
        title="Din tid er aflyst",
        blocks=paragraphs(
            dear(facts.patient, DA),
            f"Din tid hos os {_at(facts.starts_at)} er aflyst. Du skal ikke møde op.{follows}",
            f"Har du spørgsmål, så ring til os. {call_us(DA)}",
        ),
        closing=closing(DA),
    )


def discharged(facts: Ended) -> Content:
    return Content(
        title=f"Dit forløb i {letterhead(DA).name} er afsluttet",
        blocks=(
            *paragraphs(
                dear(facts.patient, DA),
                "Dit forløb hos os er nu afsluttet. Tak for samarbejdet.",
                _follow_up(facts),
                _cancelled(facts.cancelled),
            ),
            *read(facts.added),
            *paragraphs(
                "Får du brug for os igen, kan din læge henvise dig på ny. "
                f"Har du spørgsmål til brevet, så ring til os. {call_us(DA)}"
            ),
        ),
        closing=closing(DA),
    )


def _cancelled(times: Sequence[dt.datetime]) -> str:
    """The times that end with the pathway; empty when there are none."""
    if not times:
        return ""
    words = "Din tid {} er aflyst." if len(times) == 1 else "Dine tider {} er aflyst."
    said = words.format(" og ".join(_at(each) for each in times))
    return f"{said} Du skal ikke møde op."


def _follow_up(facts: Ended) -> str:
    sent = f"Vi har sendt et brev om forløbet til {facts.referrer}."
    if facts.follow_up_by_gp:
        return f"{sent} Vi har bedt dem om at følge op. Ring til dem, og aftal en tid."
    return f"{sent} Der er ikke brug for, at de følger op, medmindre noget ændrer sig."


def discontinued(facts: Stopped) -> Content:
    return Content(
        title=f"Dit forløb i {letterhead(DA).name} er stoppet",
        blocks=paragraphs(
            dear(facts.patient, DA),
            STOPPED[facts.ending],
            _cancelled(facts.cancelled),
            f"Vi har skrevet til {facts.referrer} om, hvorfor forløbet er stoppet.",
            "Har du stadig brug for hjælp til dine smerter, så tal med din læge. Din læge kan "
            f"henvise dig på ny. Har du spørgsmål til brevet, så ring til os. {call_us(DA)}",
        ),
        closing=closing(DA),
    )
