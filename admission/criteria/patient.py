"""Criteria about the patient: of age, and able to come."""

from contextlib import suppress
from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import (
    Answer,
    Change,
    Text,
    looked_up,
    met,
    not_met,
    said,
    spelled_out,
    unknown,
)
from admission.criteria.criterion import Criterion
from admission.criteria.facts import Facts, as_in_number
from admission.criteria.spans import birthday, latest_birth
from admission.rules import CriterionRule
from patients.identity import age_on

NO_BIRTH_DATE = _("Oplys CPR-nummer eller fødselsdato")
BORN_LATER = _("Fødselsdatoen ligger efter, at henvisningen er modtaget. Hvad er rigtigt?")


def adult(facts: Facts, rule: CriterionRule) -> Answer:
    """Of age on the day the referral is received."""
    born, received, limit = facts.birth_date, facts.received_on, rule.limit or 0
    if born is None or born > received or facts.number_says_otherwise:
        return _unknown_age(facts, latest_birth(received, limit))
    years = age_on(born, received)
    if years >= limit:
        return met(_years_old(years))
    of_age = birthday(born, limit)
    return not_met(_years_old(years), Change({"received_on": of_age}, _of_age(of_age, rule)))


def _unknown_age(facts: Facts, latest: date) -> Answer:
    """No birth date, one that cannot be, or another than the one a replacement number begins with.

    `latest` is the latest birth date of somebody of age.
    """
    born = facts.birth_date
    if born is None:
        return unknown(NO_BIRTH_DATE, _born_earlier(facts, latest), "birth_date")
    question: Text = BORN_LATER
    if facts.number_says_otherwise:
        question = _which_birth_date(facts.born_by_number, born)
    return unknown(question, _born_earlier(facts, latest), "birth_date", fact=spelled_out(born))


def _born_earlier(facts: Facts, latest: date) -> Change:
    """Born on the latest day or before, where there is a replacement number in agreement with it.

    Whichever of the two can be of somebody of age stays as it is, the birth date first.
    """
    born, number = facts.birth_date, facts.born_by_number
    if not number:
        return Change({"birth_date": latest}, _born_by(latest))
    if born and born <= latest:
        agreeing = as_in_number(born)
        return Change({"born_by_number": agreeing}, _born_by_number(agreeing))
    if of_age := latest_in_number(number, latest):
        return Change({"birth_date": of_age}, _born_as_in_number(of_age))
    both = {"birth_date": latest, "born_by_number": as_in_number(latest)}
    return Change(both, _born_by_also_in_number(latest))


def latest_in_number(number: str, latest: date) -> date | None:
    """The latest day, up to `latest`, that the six digits can mean; None for a day of no year.

    They tell no century.
    """
    day, month, year = (int(number[at : at + 2]) for at in (0, 2, 4))
    in_century = latest.year - (latest.year - year) % 100
    for candidate in (in_century, in_century - 100):
        with suppress(ValueError):
            if (found := date(candidate, month, day)) <= latest:
                return found
    return None


@said
def _years_old(years: int) -> str:
    return ngettext("%(years)d år", "%(years)d år", years) % {"years": years}


@said
def _of_age(day: date, rule: CriterionRule) -> str:
    words = {"date": spelled_out(day), "limit": rule.limit_words}
    return gettext("Opfyldt fra %(date)s, når patienten fylder %(limit)s") % words


@said
def _born_by(day: date) -> str:
    return gettext("Opfyldt, hvis patienten er født senest %(date)s") % {"date": spelled_out(day)}


@said
def _born_by_also_in_number(day: date) -> str:
    words = {"date": spelled_out(day)}
    return (
        gettext("Opfyldt, hvis patienten er født senest %(date)s, også ifølge erstatningsnummeret")
        % words
    )


@said
def _born_as_in_number(day: date) -> str:
    words = {"date": spelled_out(day)}
    return gettext("Opfyldt, hvis patienten er født %(date)s som i erstatningsnummeret") % words


@said
def _born_by_number(number: str) -> str:
    words = {"day": _with_dots(number)}
    return (
        gettext("Opfyldt, hvis patienten også ifølge erstatningsnummeret er født %(day)s") % words
    )


@said
def _which_birth_date(by_number: str, born: date) -> str:
    words = {"day": _with_dots(by_number), "date": spelled_out(born)}
    return (
        gettext(
            "Ifølge erstatningsnummeret er patienten født %(day)s, men fødselsdatoen er %(date)s. "
            "Hvad er rigtigt?"
        )
        % words
    )


def _with_dots(number: str) -> str:
    """DD.MM.YY: the number itself may begin with another day (`Identity.born_by_number`)."""
    return f"{number[:2]}.{number[2:4]}.{number[4:]}"


ADULT = Criterion("adult", ("birth_date", "born_by_number", "received_on"), adult)

ABLE: Text = _("Opfyldt, når patienten kan møde i ambulatoriet")
ATTENDANCE = {
    True: met(_("kan møde frem")),
    False: not_met(_("kan ikke møde frem"), Change({"able_to_attend": True}, ABLE)),
}
ATTENDANCE_UNANSWERED = unknown(
    _("Kan patienten møde i ambulatoriet?"),
    Change({"able_to_attend": True}, _("Opfyldt, hvis patienten kan møde i ambulatoriet")),
    "able_to_attend",
)


def able_to_attend(facts: Facts, _rule: CriterionRule) -> Answer:
    """Able to come to an outpatient clinic."""
    return looked_up(facts.able_to_attend, ATTENDANCE, ATTENDANCE_UNANSWERED)


ABLE_TO_ATTEND = Criterion("able_to_attend", ("able_to_attend",), able_to_attend)
