"""What is known of a referral when it is judged: the only thing criteria and routing look at.

A fact that nobody has answered is None, an empty text or an empty set; it is never guessed.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from admission.diagnoses import Diagnosis, Hint, hints_in


class Question(TextChoices):
    """What the referrer asks of the centre."""

    TREATMENT = "treatment", _("Vurdering og behandling")
    OPTIMAL = "optimal", _("Er min smertebehandling den optimale?")
    FOLLOW_UP = "follow_up", _("Opfølgning efter indlæggelse, operation eller traume")
    ADVICE = "advice", _("Kun råd og vejledning")


class Cancer(TextChoices):
    """Whether the patient has or has had cancer."""

    NEVER = "never", _("Nej, aldrig")
    PAST = "past", _("Ja, tidligere, men ikke nu")
    ACTIVE = "active", _("Ja, aktiv kræft")


class Headache(TextChoices):
    """What part headache plays."""

    NONE = "none", _("Ingen hovedpine")
    BESIDE = "beside", _("Hovedpine ved siden af en anden smertetilstand")
    MAIN = "main", _("Hovedpine er hovedproblemet")


class Alcohol(TextChoices):
    """How the patient drinks."""

    NONE_OR_MODERATE = "none_or_moderate", _("Intet eller moderat forbrug")
    CONTROLLED = "controlled", _("Stort, men kontrolleret forbrug")
    UNCONTROLLED = "uncontrolled", _("Ukontrollabelt forbrug")


class Situation(TextChoices):
    """The deck's situations after an admission, for which the subacute track exists."""

    HIGH_RISK_SURGERY = (
        "high_risk_surgery",
        _("Kirurgisk indgreb med kendt høj risiko for kroniske smerter"),
    )
    TRAUMA = "trauma", _("Traume med risiko for en kronisk smertetilstand")
    COMPLICATED_POSTOPERATIVE = (
        "complicated_postoperative",
        _("Langvarigt kompliceret postoperativt forløb med smerter"),
    )
    OPIOIDS_AT_DISCHARGE = (
        "opioids_at_discharge",
        _("Udskrives med en høj opioiddosering"),
    )


class OpioidContext(TextChoices):
    """What must hold beside a high opioid dose at discharge; one is enough."""

    NAIVE_BEFORE = "naive_before", _("Ikke tidligere i behandling med opioider")
    KNOWN_RISK = "known_risk", _("Kendt risiko for udvikling af kroniske smerter")
    OBSERVED_MISUSE = "observed_misuse", _("Observeret misbrugsproblem i forløbet")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOpioids:
    """What the opioids on the medicine list come to, in mg of oral morphine equivalents a day.

    `regular` is by the default factor set; `at_least` says that some of them cannot be summed.
    `as_needed` comes on top when all of it is taken. An empty `drugs` is a list without opioids.
    """

    drugs: tuple[str, ...] = ()
    regular: Decimal = Decimal(0)
    as_needed: Decimal = Decimal(0)
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one referral, frozen. Only the day of receipt is always known.

    `pain_since` is the first day on which the pain may have begun: the first of the month when the
    referrer knows no more than the month, so that no patient waits for a day nobody remembers.
    `pain_since_latest` is told when not even the month is known: the last day it may have begun.
    `born_by_number` is the birth date that a replacement number begins with, as DDMMYY.
    `morphine_mg_at_discharge` is milligrams of oral morphine equivalents a day, as the referrer
    states them; `listed` is what the confirmed medicine list comes to.
    """

    received_on: date
    from_hospital: bool = False
    question: Question | None = None
    birth_date: date | None = None
    born_by_number: str = ""
    diagnosis: Diagnosis | None = None
    diagnosis_text: str = ""
    pain_since: date | None = None
    pain_since_latest: date | None = None
    worked_up: bool | None = None
    work_up_missing: str = ""
    fully_treated: bool | None = None
    treatment_missing: str = ""
    cancer: Cancer | None = None
    headache: Headache | None = None
    illegal_drugs: bool | None = None
    alcohol: Alcohol | None = None
    able_to_attend: bool | None = None
    psychological: bool | None = None
    social: bool | None = None
    neurostimulation: bool | None = None
    opioid_dependence: bool | None = None
    cannabinoids: bool | None = None
    situations: frozenset[Situation] = frozenset()
    morphine_mg_at_discharge: Decimal | None = None
    opioid_contexts: frozenset[OpioidContext] = frozenset()
    takes_opioids: bool | None = None
    listed: ListedOpioids | None = None

    @property
    def number_says_otherwise(self) -> bool:
        """Whether a replacement number begins with another birth date than the one that is told."""
        if not self.born_by_number or self.birth_date is None:
            return False
        return self.born_by_number != as_in_number(self.birth_date)

    def as_json(self) -> dict[str, Any]:
        """What is known as plain values, without what nobody has answered."""
        known = ((field.name, getattr(self, field.name), field.default) for field in fields(self))
        return {name: _plain(value) for name, value, default in known if value != default}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Facts":
        """The facts as they were kept.

        Raises KeyError, TypeError or ValueError for what is unknown today, and ArithmeticError
        (`decimal.InvalidOperation`) for a number that is none.
        """
        return cls(**{name: READ[name](value) for name, value in kept.items()})

    def words_hint_at(self, hint: Hint) -> bool:
        """Whether the referrer's own words, without a listed diagnosis, speak for `hint`."""
        return self.diagnosis is None and hint in hints_in(self.diagnosis_text)

    def diagnosis_hints_at(self, hint: Hint) -> bool:
        """Whether the chosen diagnosis speaks for `hint`; no diagnosis speaks for nothing."""
        return self.diagnosis is not None and self.diagnosis.hints_at(hint)


def as_in_number(birth_date: date) -> str:
    """A birth date as personal numbers begin with it: DDMMYY."""
    return f"{birth_date:%d%m%y}"


def _plain(value: Any) -> Any:
    if isinstance(value, Diagnosis | ListedOpioids):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, tuple):
        return list(map(_plain, value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | StrEnum | TextChoices) else value


def _as_kept(value: Any) -> Any:
    return value


def _diagnosis(kept: Mapping[str, Any]) -> Diagnosis:
    return Diagnosis(kept["code"], kept["text"], frozenset(map(Hint, kept["hints"])))


def _listed(kept: Mapping[str, Any]) -> ListedOpioids:
    return ListedOpioids(
        drugs=tuple(kept["drugs"]),
        regular=Decimal(kept["regular"]),
        as_needed=Decimal(kept["as_needed"]),
        at_least=kept["at_least"],
    )


READ: Mapping[str, Callable[[Any], Any]] = defaultdict(
    lambda: _as_kept,
    received_on=date.fromisoformat,
    birth_date=date.fromisoformat,
    pain_since=date.fromisoformat,
    pain_since_latest=date.fromisoformat,
    question=Question,
    diagnosis=_diagnosis,
    cancer=Cancer,
    headache=Headache,
    alcohol=Alcohol,
    situations=lambda kept: frozenset(map(Situation, kept)),
    opioid_contexts=lambda kept: frozenset(map(OpioidContext, kept)),
    morphine_mg_at_discharge=Decimal,
    listed=_listed,
)
