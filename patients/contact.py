"""Telephone numbers: stored in the international form (E.164), shown as people write them."""

import re
from typing import Final

import phonenumbers
from django.utils.translation import gettext
from phonenumbers import NumberParseException, PhoneNumberFormat

REGION: Final = "DK"
COUNTRY_CODE: Final = "+45"
# Letters are refused: an extension would be lost, and "ring til kontoret" is no number.
ALLOWED: Final = re.compile(r"\(?\+?[0-9\s\-./()]+")


def read_phone(text: str) -> str:
    """Normalise to E.164 ("+4512345678"): eight digits are Danish, others start with + or 00.

    Only the length is checked, as number ranges change. Raises ValueError with a sentence for the
    person who typed.
    """
    typed = text.strip()
    if not typed:
        raise ValueError(gettext("Skriv et telefonnummer."))
    if not ALLOWED.fullmatch(typed):
        raise ValueError(gettext("Telefonnummeret må kun indeholde cifre, mellemrum og et plus."))
    try:
        number = phonenumbers.parse(typed, REGION)
    except NumberParseException:
        raise _wrong_length() from None
    if not phonenumbers.is_possible_number(number):
        raise _wrong_length()
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _wrong_length() -> ValueError:
    return ValueError(
        gettext("Et telefonnummer har 8 cifre eller begynder med plus og landekode, fx +46.")
    )


def display_phone(number: str) -> str:
    """Show a stored number: "12 34 56 78" for Danish ones, with country code for others."""
    if number.startswith(COUNTRY_CODE):
        digits = number.removeprefix(COUNTRY_CODE)
        return " ".join(re.findall("..?", digits))
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
