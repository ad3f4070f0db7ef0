"""A criterion, and the finding it leaves when it has judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Answer, Text, Verdict
from admission.criteria.facts import Facts


class Destination(TextChoices):
    """Where a patient belongs whom the centre cannot receive; the deck's arrows."""

    PALLIATIVE = "palliative", _("Palliativ afdeling")
    PAEDIATRIC = "paediatric", _("Børneafdeling")
    REFERRER = "referrer", _("Egen læge eller henviser")
    HEADACHE = "headache", _("Hovedpinecenter")
    MISUSE = "misuse", _("Misbrugscenter")
    ALCOHOL = "alcohol", _("Alkoholenhed")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion found, in plain words of the language it was judged in.

    `consequence` and `destination` say what follows and are empty unless the criterion is not met.
    `remedy` is what would change the answer; `asks` names the facts to be answered or made clear.
    """

    code: str
    name: str
    verdict: Verdict
    fact: str
    sentence: str
    consequence: str = ""
    destination: Destination | None = None
    remedy: str = ""
    asks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The finding as plain strings, to be frozen with the referral."""
        return {
            "code": self.code,
            "name": self.name,
            "verdict": self.verdict.value,
            "fact": self.fact,
            "sentence": self.sentence,
            "consequence": self.consequence,
            "destination": self.destination.value if self.destination else None,
            "remedy": self.remedy,
            "asks": list(self.asks),
        }

    @classmethod
    def from_json(cls, frozen: Mapping[str, Any]) -> "Finding":
        """The finding as frozen; raises ValueError for a verdict or destination unknown today."""
        destination = frozen["destination"]
        return cls(
            **{
                **frozen,
                "verdict": Verdict(frozen["verdict"]),
                "destination": None if destination is None else Destination(destination),
                "asks": tuple(frozen["asks"]),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion: the deck's sentence, the facts it needs and what follows without it."""

    code: str
    name: Text
    sentence: Text
    facts: tuple[str, ...]
    destination: Destination
    consequence: Text
    judge: Callable[[Facts], Answer]

    def find(self, facts: Facts) -> Finding:
        """Judge the facts, in the active language."""
        answer = self.judge(facts)
        refused = answer.verdict is Verdict.NOT_MET
        return Finding(
            code=self.code,
            name=str(self.name),
            verdict=answer.verdict,
            fact=str(answer.fact),
            sentence=str(self.sentence),
            consequence=str(self.consequence) if refused else "",
            destination=self.destination if refused else None,
            remedy=str(answer.remedy),
            asks=answer.asks,
        )
