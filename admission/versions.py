"""Which version of the rules judges a referral: the one in force on the day it was received."""

from datetime import date

from admission.models import RuleSet
from admission.rules import DECK, Rules


def in_force(on: date) -> Rules:
    """The rules that judge a referral received on this day; the deck's before any later version."""
    found: RuleSet | None = RuleSet.objects.in_force(on).first()
    return found.rules if found else DECK
