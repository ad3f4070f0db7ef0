"""What is known of a referral when it is judged: the only thing criteria and routing look at.

A fact that nobody has answered is None, an empty text or an empty set; it is never guessed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from admission.diagnoses import Diagnosis, Hint


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
class Facts:
    """The facts of one referral, frozen. Only the day of receipt is always known.

    `pain_since` is the first day on which the pain may have begun: the first of the month when the
    referrer knows no more than the month, so that no patient waits for a day nobody remembers.
    `morphine_mg_at_discharge` is milligrams of oral morphine equivalents a day.
    """

    received_on: date
    from_hospital: bool = False
    question: Question | None = None
    birth_date: date | None = None
    diagnosis: Diagnosis | None = None
    diagnosis_text: str = ""
    pain_since: date | None = None
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

    def diagnosis_hints_at(self, hint: Hint) -> bool:
        """Whether the chosen diagnosis speaks for `hint`; no diagnosis speaks for nothing."""
        return self.diagnosis is not None and self.diagnosis.hints_at(hint)
