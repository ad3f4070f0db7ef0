"""Who is a subacute patient: from a hospital department, in one of the deck's situations."""

from admission.criteria.facts import Facts, Situation
from admission.criteria.limits import in_force


def is_subacute(facts: Facts) -> bool:
    """Whether the subacute track is for this patient."""
    return facts.from_hospital and bool(situations_holding(facts))


def situations_holding(facts: Facts) -> tuple[Situation, ...]:
    """The situations that count, in the deck's order; opioids count only with all the deck asks."""
    stated = (situation for situation in Situation if situation in facts.situations)
    return tuple(
        situation
        for situation in stated
        if situation is not Situation.OPIOIDS_AT_DISCHARGE or high_opioids_at_discharge(facts)
    )


def high_opioids_at_discharge(facts: Facts) -> bool:
    """A dose strictly above the limit, in one of the deck's three contexts."""
    return bool(facts.opioid_contexts) and dose_above_limit(facts) is True


def dose_above_limit(facts: Facts) -> bool | None:
    """Whether the dose at discharge is strictly above the limit (deck: "> 60 mg"), if known."""
    dose = facts.morphine_mg_at_discharge
    return None if dose is None else dose > in_force(facts.received_on).discharge_morphine_mg
