"""Personal numbers that can belong to nobody.

A number whose serial fails modulus 11 has only ever been given to people born on 1 January (cpr.dk,
"Personnumre uden kontrolciffer"). These fail it on every other day of the year.
"""

import datetime as dt
import random
from typing import Final

from stdnum.dk import cpr

from patients.identity import Sex

DAYS_IN_A_YEAR: Final = 365.25
YOUNGEST, OLDEST, TYPICAL = 18, 89, 44  # years; the deck's patients are 40-50 on average


def nobodys_number(rng: random.Random, born: dt.date, sex: Sex) -> str:
    """A CPR number for a birth date from 1900 on, other than 1 January, that is nobody's."""
    # The seventh digit tells the century: 0-3 is 1900-1999, 4-9 with a year up to 36 is 2000-2036.
    centuries = "0123" if born.year < 2000 else "456789"
    while True:
        serial = f"{rng.choice(centuries)}{rng.randrange(100):02d}{rng.randrange(5) * 2}"
        number = f"{born:%d%m%y}{serial}"
        if sex == Sex.MALE:
            number = f"{number[:-1]}{int(number[-1]) + 1}"
        if cpr.checksum(number):
            return number


def birth_date(rng: random.Random, day: dt.date) -> dt.date:
    """The birth date of a patient who is of age on the day, never 1 January."""
    while True:
        age = min(rng.triangular(YOUNGEST + 0.5, OLDEST, TYPICAL), rng.uniform(30, OLDEST))
        born = day - dt.timedelta(days=round(age * DAYS_IN_A_YEAR))
        if (born.month, born.day) != (1, 1):
            return born
