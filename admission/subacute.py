"""Who is a subacute patient: from a hospital department, in one of the deck's situations."""

from decimal import Decimal

from admission.criteria.facts import Facts, Situation
from admission.rules import Rules


def is_subacute(facts: Facts, rules: Rules) -> bool:
    """Whether the subacute track is for this patient."""
    return facts.from_hospital and bool(situations_holding(facts, rules))


def situations_holding(facts: Facts, rules: Rules) -> tuple[Situation, ...]:
    """The situations that count, in the deck's order; opioids count only with all the deck asks."""
    if not facts.situations:
        return ()
    stated = (situation for situation in Situation if situation in facts.situations)
    return tuple(
        situation
        for situation in stated
        if situation is not Situation.OPIOIDS_AT_DISCHARGE
        or high_opioids_at_discharge(facts, rules)
    )


def high_opioids_at_discharge(facts: Facts, rules: Rules) -> bool:
    """A dose strictly above the limit, in one of the deck's three contexts."""
    return bool(facts.opioid_contexts) and dose_above_limit(facts, rules) is True


def dose_above_limit(facts: Facts, rules: Rules) -> bool | None:
    """Whether the daily dose at discharge is strictly above the limit (deck: "> 60 mg"), if known.

    It is not known when what is told contradicts itself (`contradicts_itself`).
    """
    if contradicts_itself(facts, rules):
        return None
    stated = _stated(facts, rules.discharge_morphine_mg)
    return _listed(facts, rules.discharge_morphine_mg) if stated is None else stated


def limit_in_question(facts: Facts, rules: Rules) -> Decimal | None:
    """The dose in mg that decides: where a hospital tells of opioids at discharge, else None."""
    at_discharge = Situation.OPIOIDS_AT_DISCHARGE in facts.situations
    return rules.discharge_morphine_mg if facts.from_hospital and at_discharge else None


def contradicts_itself(facts: Facts, rules: Rules) -> bool:
    """Whether "no opioids" stands beside opioids, or a stated dose that the list does not bear out.

    A stated dose above the limit is not borne out by a list that surely is not; one that is not
    above it, by a list with more, or that may come to more: no patient is turned away by the lower
    of two doses.
    """
    if facts.takes_opioids is False:
        return opioids_denied(facts)
    limit = rules.discharge_morphine_mg
    if _stated(facts, limit):
        return _listed(facts, limit) is False
    return listed_above_stated(facts) or may_be_above_stated(facts)


def listed_above_stated(facts: Facts) -> bool:
    """Whether what is known of the list, taken regularly, is more than the stated dose."""
    stated, listed = facts.morphine_mg_at_discharge, facts.listed
    return stated is not None and listed is not None and listed.regular > stated


def may_be_above_stated(facts: Facts) -> bool:
    """Whether the list, beside a stated dose, has something that is not in its sum."""
    stated, listed = facts.morphine_mg_at_discharge, facts.listed
    return stated is not None and listed is not None and listed.at_least


def opioids_denied(facts: Facts) -> bool:
    """Whether "no opioids" stands beside opioids."""
    return facts.takes_opioids is False and dose_known(facts)


def dose_known(facts: Facts) -> bool:
    """Whether any opioid is told of: on the medicine list, or as a dose."""
    return bool(facts.morphine_mg_at_discharge or (facts.listed and facts.listed.drugs))


def _stated(facts: Facts, limit: Decimal) -> bool | None:
    dose = facts.morphine_mg_at_discharge
    return None if dose is None else dose > limit


def _listed(facts: Facts, limit: Decimal) -> bool | None:
    """By the list: a part that is above is enough; what is not summed or as needed leaves doubt."""
    listed = facts.listed
    if listed is None or not listed.drugs:
        return None
    if listed.regular > limit:
        return True
    if listed.at_least or listed.regular + listed.as_needed > limit:
        return None
    return False
