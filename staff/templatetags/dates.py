"""Dates as people say them, with the exact day beside."""

import datetime as dt
from typing import Final, NamedTuple

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.moments import day_and_time, with_time
from staff.deadlines import soon_limit
from staff.working_days import weekdays_between

register = template.Library()
register.filter("day_and_time", day_and_time)

MOST_WEEKDAYS: Final = 20
DAYS_OF_WEEK: Final = 7
ICONS: Final = {
    "overdue": "error",
    "soon": "time",
    "met": "check",
    "waiting": "hourglass",
    "later": "",
}


class Due(NamedTuple):
    """What components/due.html shows."""

    words: str
    exact: str
    iso: str
    tone: str
    icon: str
    meaning: str


def due_words(day: dt.date, today: dt.date) -> str:
    """The day as said today: "i dag", "om 3 hverdage", "om 9 uger", "2 dage over"."""
    if day < today:
        over = (today - day).days
        return ngettext("%(n)d dag over", "%(n)d dage over", over) % {"n": over}
    named = {0: _("i dag"), 1: _("i morgen")}
    days = (day - today).days
    return named.get(days) or _days_ahead(weekdays_between(today, day), days)


def _days_ahead(weekdays: int, days: int) -> str:
    if weekdays > MOST_WEEKDAYS:
        weeks = round(days / DAYS_OF_WEEK)
        return ngettext("om %(n)d uge", "om %(n)d uger", weeks) % {"n": weeks}
    if weekdays == 0:
        return ngettext("om %(n)d dag", "om %(n)d dage", days) % {"n": days}
    return ngettext("om %(n)d hverdag", "om %(n)d hverdage", weekdays) % {"n": weekdays}


def exact_day(day: dt.date, today: dt.date) -> str:
    """ "26.11.", with the year when it is not this one."""
    return date_format(day, "j.n." if day.year == today.year else "j.n.Y", use_l10n=False)


def due_tone(day: dt.date, today: dt.date) -> str:
    """What the colour says: overdue (red), soon (amber, `due_soon` before) or later (none)."""
    if day < today:
        return "overdue"
    return "soon" if day <= soon_limit(today) else "later"


@register.inclusion_tag("components/due.html")
def due(
    when: dt.date | None, waiting: bool = False, met_on: dt.date | None = None
) -> dict[str, str]:
    """A deadline in words. `waiting`: others have the turn (grey); `met_on`: done that day (green).

    A time of day, too, is shown when `when` is a datetime; no date gives a dash.
    """
    if met_on is not None:
        return _met(_local_day(met_on))._asdict()
    if when is None:
        return Due("–", "", "", "later", "", _("Ingen frist"))._asdict()
    return _due(when, timezone.localtime(), waiting)._asdict()


def _due(when: dt.date, now: dt.datetime, waiting: bool) -> Due:
    day, today = _local_day(when), now.date()
    passed = isinstance(when, dt.datetime) and when < now
    tone = "overdue" if passed else due_tone(day, today)
    words = due_words(day, today)
    exact = "" if day == today else exact_day(day, today)
    if isinstance(when, dt.datetime):
        said = with_time(exact or words, when)
        words, exact = (words, said) if exact else (said, "")
    if waiting and tone != "overdue":
        return Due(
            words, exact, when.isoformat(), "waiting", ICONS["waiting"], _("Venter på andre:")
        )
    return Due(words, exact, when.isoformat(), tone, ICONS[tone], _meaning(tone))


def _met(day: dt.date) -> Due:
    exact = exact_day(day, timezone.localdate())
    return Due(exact, "", day.isoformat(), "met", ICONS["met"], _("Nået"))


def _meaning(tone: str) -> str:
    return {"overdue": _("Over frist:"), "soon": _("Snart:")}.get(tone, "")


def _local_day(when: dt.date) -> dt.date:
    return timezone.localtime(when).date() if isinstance(when, dt.datetime) else when
