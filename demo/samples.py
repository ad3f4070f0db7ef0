"""What a large centre's referrals say: some hundred distinct ones, judged by the real criteria."""

import datetime as dt
import json
import random
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from admission.criteria import CRITERIA, Facts, Verdict
from admission.judging import counts, destinations, judge, not_met
from admission.kept import finding_as_json
from admission.looked_at import Sources
from admission.routing import propose
from admission.rules import DECK
from admission.teams import team_reasons
from demo.case import Story, answers_of, began, pain_of
from demo.complaints import SURGERY, TRAUMA, USUAL
from demo.everyday import IN_DOUBT
from demo.patients import Person
from demo.stories.lines import ADVICE, OPTIMAL
from pathways.tracks import Discipline, Track
from referrals.answers import facts_of, sources_of
from referrals.forms import FORMS
from staff.models import ReferringUnit

# Of a hundred referrals, how many are of which sort.
SORTS: Final = {
    "plain": 57,
    "early": 5,
    "optimal": 10,
    "advice": 4,
    "hospital": 6,
    "unmet": 12,
    "unclear": 6,
}
# For how many months it has hurt when the referral is sent.
MONTHS: Final = {"early": (1, 5), "hospital": (2, 5)}
CHRONIC: Final = (7, 240)
UNMET: Final[tuple[dict[str, Any], ...]] = (
    {"complicating.cancer": "active"},
    {"complicating.headache": "main"},
    {"complicating.illegal_drugs": "yes"},
    {"complicating.alcohol": "uncontrolled"},
    {"complicating.able_to_attend": "no"},
    {"workup.worked_up": "no", "workup.work_up_missing": "MR af ryggen."},
    {"workup.fully_treated": "no", "workup.treatment_missing": "Genoptræning."},
)
UNCLEAR: Final[tuple[dict[str, Any], ...]] = (
    {"complicating.alcohol": "unknown"},
    {"complicating.illegal_drugs": "unknown"},
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One referral without its patient, and how it is judged."""

    story: Story
    from_hospital: bool
    question: str
    diagnosis: str
    other_steps: str
    facts: Facts
    sources: Sources
    findings: dict[str, str]
    routing: str
    met: int
    unknown: int
    unmet: tuple[str, ...]
    destination: str
    track: Track | None
    advice_only: bool
    reasons: dict[Discipline, str]

    def answers(self, person: Person, day: dt.date) -> str:
        """What was typed about this patient on this day, as JSON."""
        own = {
            "patient": _blank("patient") | person.typed(),
            "pain": _blank("pain") | pain_of(self.story, day),
        }
        return f"{as_json(own)[:-1]}, {self.other_steps[1:]}"

    def facts_about(self, person: Person, day: dt.date) -> Facts:
        """What is known when this patient is referred on this day."""
        since = began(self.story, day)
        return replace(self.facts, received_on=day, birth_date=person.born, pain_since=since)

    def findings_of(self, facts: Facts) -> str:
        """The findings as JSON: those that look at a day are found anew, others stay."""
        own = (kept or _found(code, facts, self.sources) for code, kept in self.findings.items())
        return f"[{', '.join(own)}]"


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _blank(step: str) -> dict[str, Any]:
    """A step in which nothing is typed."""
    return dict(FORMS[step].pick({}))


def _found(code: str, facts: Facts, sources: Sources) -> str:
    """What one criterion finds, as JSON in the centre's language."""
    with override(settings.LANGUAGE_CODE):
        found = CRITERIA[code].find(facts, DECK.criteria[code])
        return as_json(finding_as_json(found, facts, sources))


def _looks_at_a_day(code: str) -> bool:
    return "received_on" in CRITERIA[code].facts


def make_samples(rng: random.Random, number: int, person: Person, today: dt.date) -> list[Sample]:
    """Distinct referrals about one adult, judged; any adult may stand in for that one."""
    practice = ReferringUnit.objects.filter(kind=ReferringUnit.Kind.PRACTICE).earliest("pk")
    department = ReferringUnit.objects.filter(kind=ReferringUnit.Kind.DEPARTMENT).earliest("pk")
    made = []
    for sort in rng.choices(list(SORTS), list(SORTS.values()), k=number):
        unit = department if sort == "hospital" else practice
        made.append(_judged(_story(rng, sort, person), unit, today))
    return made


def _story(rng: random.Random, sort: str, person: Person) -> Story:
    pools = {"hospital": (SURGERY, TRAUMA), "optimal": IN_DOUBT}
    complaint = rng.choice(pools.get(sort, USUAL))
    says = {
        "optimal": OPTIMAL,
        "advice": ADVICE,
        "unmet": rng.choice(UNMET),
        "unclear": rng.choice(UNCLEAR),
    }.get(sort, {})
    average = rng.randint(3, 8)
    return Story(
        person=person,
        referrer="",
        complaint=replace(complaint, nrs=(average, rng.randint(average, 10))),
        begins=0,
        months=rng.randint(*MONTHS.get(sort, CHRONIC)),
        says=says,
    )


def _judged(story: Story, unit: ReferringUnit, today: dt.date) -> Sample:
    answers = answers_of(story, today)
    facts = facts_of(answers, unit, today)
    findings, routing = judge(facts, DECK), propose(facts, DECK)
    sources = sources_of(answers)
    numbers, places = counts(findings), destinations(findings)
    own = ("patient", "pain")
    return Sample(
        story=story,
        from_hospital=unit.is_hospital,
        question=str(facts.question),
        diagnosis=str(facts.diagnosis or facts.diagnosis_text),
        other_steps=as_json({s: f.pick(answers[s]) for s, f in FORMS.items() if s not in own}),
        facts=facts,
        sources=sources,
        findings={
            each.code: "" if _looks_at_a_day(each.code) else _found(each.code, facts, sources)
            for each in findings
        },
        routing=as_json(routing.as_json()),
        met=numbers[Verdict.MET],
        unknown=numbers[Verdict.UNKNOWN],
        unmet=tuple(each.code for each in not_met(findings)),
        destination=str(places[0]) if places else "",
        track=routing.proposal,
        advice_only=routing.advice_only,
        reasons=team_reasons(facts, routing.proposal) if routing.proposal else {},
    )
