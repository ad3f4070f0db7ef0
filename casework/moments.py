"""When something is or was, as people say it in the language of the page."""

import datetime as dt
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

DAY: Final = "j.n.Y"


def plain_day(day: dt.date) -> str:
    """A day in figures, the same in every language: "3.12.2026"."""
    return date_format(day, DAY, use_l10n=False)


def day_and_time(at: dt.datetime, day: str = DAY) -> str:
    """A local day and its time: "3.12.2026 kl. 10.30", "3.12.2026 at 10.30".

    ``day`` is how the day is written, in Django's letters.
    """
    return with_time(date_format(localtime(at), day, use_l10n=False), at)


def with_time(day: str, at: dt.datetime) -> str:
    """A day in words with the local time of day after it: "i morgen kl. 10.30"."""
    return _("%(day)s kl. %(time)s") % {"day": day, "time": time_of_day(at)}


def time_of_day(at: dt.datetime) -> str:
    """The local time of day, the Danish way in every language: "10.30"."""
    return f"{localtime(at):%H.%M}"
