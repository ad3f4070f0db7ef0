"""What a large centre's referrals say: some hundred distinct ones, judged by the real criteria."""

import datetime as dt
import json
import random
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from admission.criteria import Facts, Verdict, counts, destinations, judge
from admission.criteria.patient import ADULT
from admission.routing import propose, team_reasons
from demo.case import Story, answers_of, pain_of
from demo.complaints import SURGERY, TRAUMA, USUAL
from demo.everyday import IN_DOUBT
from demo.patients import Person
from demo.stories import ADVICE, OPTIMAL
from pathways.tracks import Discipline, Track
from referrals.answers import facts_of
from referrals.forms import FORMS
from staff.models import ReferringUnit

# Of a hundred referrals, how many are of which sort.
SORTS: Final = {"plain": 62, "optimal": 10, "advice": 4, "hospital": 6, "unmet": 12, "unclear": 6}
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
    findings: tuple[str, ...]
    routing: str
    met: int
    unknown: int
    unmet: int
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

    def findings_about(self, person: Person, day: dt.date) -> str:
        """The findings as JSON, with the patient's own age among them."""
        age = _found_of_age(person.age_on(day))
        return f"[{', '.join(one or age for one in self.findings)}]"


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _blank(step: str) -> dict[str, Any]:
    """A step in which nothing is typed."""
    return dict(FORMS[step].pick({}))


@cache
def _found_of_age(years: int) -> str:
    """What the criterion of age finds about somebody of so many years."""
    born, day = dt.date(2000, 6, 1), dt.date(2000 + years, 6, 1)
    with override(settings.LANGUAGE_CODE):
        return as_json(ADULT.find(Facts(received_on=day, birth_date=born)).as_json())


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
        months=rng.randint(2, 5) if sort == "hospital" else rng.randint(7, 240),
        says=says,
    )


def _judged(story: Story, unit: ReferringUnit, today: dt.date) -> Sample:
    answers = answers_of(story, today)
    facts = facts_of(answers, unit, today)
    findings, routing = judge(facts), propose(facts)
    numbers, places = counts(findings), destinations(findings)
    own = ("patient", "pain")
    return Sample(
        story=story,
        from_hospital=unit.is_hospital,
        question=str(facts.question),
        diagnosis=str(facts.diagnosis or facts.diagnosis_text),
        other_steps=as_json({s: f.pick(answers[s]) for s, f in FORMS.items() if s not in own}),
        findings=tuple("" if f.code == ADULT.code else as_json(f.as_json()) for f in findings),
        routing=as_json(routing.as_json()),
        met=numbers[Verdict.MET],
        unknown=numbers[Verdict.UNKNOWN],
        unmet=numbers[Verdict.NOT_MET],
        destination=str(places[0]) if places else "",
        track=routing.proposal,
        advice_only=routing.advice_only,
        reasons=team_reasons(facts, routing.proposal) if routing.proposal else {},
    )
