"""A criterion, and the finding it leaves when it has judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from admission.criteria.answers import UNANSWERED, Answer, Change, Text, Verdict
from admission.criteria.facts import Facts
from admission.destinations import Destination
from admission.rules import CriterionRule


class LookedAt(NamedTuple):
    """One fact as it was when it was judged, in words, and where it came from."""

    fact: str
    name: str
    value: str
    source: str


class Finding(NamedTuple):
    """What one criterion found. Its texts are put together when read, in the reader's language.

    `consequence` and `destination` say what follows and are empty unless the criterion is not met.
    `question` is what is asked, `asks` the facts to be answered or made clear, and `change` what
    would meet the criterion: None for one that is met. `looked_at` is told once a finding is kept.
    """

    code: str
    name: Text
    verdict: Verdict
    fact: Text
    sentence: Text
    consequence: Text = ""
    destination: Destination | None = None
    question: Text = ""
    asks: tuple[str, ...] = ()
    change: Change | None = None
    looked_at: tuple[LookedAt, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether there was something to look at: not so while its question has no answer."""
        return self.fact != UNANSWERED


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion's logic: the facts it looks at, and how it concludes from them."""

    code: str
    facts: tuple[str, ...]
    judge: Callable[[Facts, CriterionRule], Answer]

    def find(self, facts: Facts, rule: CriterionRule) -> Finding:
        """Judge the facts by the parameters of a version."""
        answer = self.judge(facts, rule)
        refused = answer.verdict is Verdict.NOT_MET
        return Finding(
            self.code,
            rule.name,
            answer.verdict,
            answer.fact,
            rule.sentence,
            rule.consequence if refused else "",
            rule.destination if refused else None,
            answer.question,
            answer.asks,
            answer.change,
        )
