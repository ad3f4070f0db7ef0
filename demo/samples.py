"""What a large centre's referrals say: some hundred distinct ones, judged by the real criteria."""

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import Any, Final

from demo.case import Story, answers_of
from demo.complaints import SURGERY, TRAUMA, USUAL
from demo.everyday import IN_DOUBT
from demo.patients import Person
from demo.stories import ADVICE, OPTIMAL
from pathways.tracks import Discipline, Track
from referrals.answers import facts_of
from referrals.criteria import Facts, Finding, Verdict, counts, destinations, judge
from referrals.criteria.patient import ADULT
from referrals.forms import FORMS
from referrals.routing import propose, team_reasons
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
    findings: tuple[Finding, ...]
    routing: dict[str, Any]
    met: int
    unknown: int
    unmet: int
    destination: str
    track: Track | None
    advice_only: bool
    reasons: dict[Discipline, str]

    def answers(self, person: Person, day: dt.date) -> dict[str, Any]:
        """What was typed about this patient on this day."""
        answers = answers_of(replace(self.story, person=person), day)
        return {step: form.pick(answers[step]) for step, form in FORMS.items()}

    def findings_about(self, person: Person, day: dt.date) -> list[dict[str, Any]]:
        """The findings, with the patient's own age among them."""
        age = ADULT.find(Facts(received_on=day, birth_date=person.born))
        return [(age if one.code == ADULT.code else one).as_json() for one in self.findings]


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
    facts = facts_of(answers_of(story, today), unit, today)
    findings, routing = judge(facts), propose(facts)
    numbers, places = counts(findings), destinations(findings)
    track = routing.proposal
    return Sample(
        story=story,
        from_hospital=unit.is_hospital,
        question=str(facts.question),
        diagnosis=str(facts.diagnosis or facts.diagnosis_text),
        findings=findings,
        routing=routing.as_json(),
        met=numbers[Verdict.MET],
        unknown=numbers[Verdict.UNKNOWN],
        unmet=numbers[Verdict.NOT_MET],
        destination=str(places[0]) if places else "",
        track=track,
        advice_only=routing.advice_only,
        reasons=team_reasons(facts, track) if track else {},
    )
