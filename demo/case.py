"""One story: who is referred by whom with what, and what happened since."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from demo.agenda import Tale
from demo.complaints import Complaint
from demo.house import House, at
from demo.patients import Person
from medication.reading_list import read_list
from pathways.models import Pathway
from pathways.tracks import Discipline
from referrals import intake
from referrals.forms import FORMS
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays

DONE: Final = ()  # an act that waits for nothing


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that happens, ``wait`` weekdays after what happened before; 0 is an hour later."""

    wait: int = 1

    def happen(self, case: "Case") -> Iterable[dt.datetime]:
        """Do it; yields moments to wait for on the way."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Story:
    """Told from the day the referral is written, ``begins`` weekdays before today.

    ``says`` are answers that differ from the complaint's, by ``step.field``. ``steps`` is how many
    steps of a draft were written before it was left; None for one that was sent.
    """

    person: Person
    referrer: str
    complaint: Complaint
    begins: int
    says: Mapping[str, Any] = field(default_factory=dict)
    months: int | None = None
    despite: str = ""
    steps: int | None = None
    acts: tuple[Act, ...] = ()


class Case:
    """A story while it is being told."""

    def __init__(self, story: Story, house: House, number: int) -> None:
        self.story, self.house, self.number = story, house, number
        self.rng = random.Random(f"{house.rng.random()}")
        self.referral_pk = 0
        minutes = self.rng.randrange(0, 30) * 15
        self._usual = (dt.datetime.combine(dt.date.min, dt.time(8)) + minutes * MINUTE).time()

    @property
    def referral(self) -> Referral:
        """The referral as it stands now."""
        found: Referral = Referral.objects.select_related(
            "judgement__submission", "unit", "patient"
        ).get(pk=self.referral_pk)
        return found

    @property
    def pathway(self) -> Pathway:
        """The pathway as it stands now."""
        found: Pathway = Pathway.objects.select_related("responsible", "patient").get(
            referral=self.referral_pk
        )
        return found

    @property
    def referrer(self) -> User:
        return self.house.person(self.story.referrer)

    @property
    def secretary(self) -> User:
        """The secretary whose turn the case is."""
        return self.house.at_work(Role.SECRETARY, timezone.localdate(), self.number)

    def of_team(self, pathway: Pathway, discipline: Discipline) -> User:
        """The team's person of a discipline; the responsible physician where there is none."""
        if discipline == Discipline.PHYSICIAN:
            return pathway.responsible
        seats = pathway.team.current().filter(discipline=discipline)
        place = seats.select_related("user").first()
        return place.user if place else pathway.responsible

    def after(self, weekdays: int) -> dt.datetime:
        """The case's usual time of day, so many weekdays from now; an hour from now for none."""
        if not weekdays:
            return timezone.now() + HOUR
        return at(add_weekdays(timezone.localdate(), weekdays), self._usual)

    def tell(self) -> Tale:
        """The whole story."""
        yield at(add_weekdays(self.house.today, self.story.begins), self._usual)
        draft_pk = self._write()
        if self.story.steps is not None:
            return
        self.referral_pk = intake.submit(self.referrer, draft_pk, self.story.despite).pk
        for act in self.story.acts:
            yield self.after(act.wait)
            yield from act.happen(self)

    def _write(self) -> int:
        draft = intake.start(self.referrer)
        answers = answers_of(self.story, timezone.localdate())
        for step in list(FORMS)[: self.story.steps]:
            intake.save_step(self.referrer, draft.pk, step, answers[step])
        return draft.pk


MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)


def answers_of(story: Story, day: dt.date) -> dict[str, dict[str, Any]]:
    """What the referrer types on the day, step by step."""
    complaint = story.complaint
    answers = {
        "patient": story.person.typed(),
        "question": {"question": "treatment", "help_wanted": complaint.help_wanted},
        "pain": pain_of(story, day),
        "workup": _workup(complaint),
        "medicine": _medicine(complaint),
        "complicating": _complicating(complaint),
    }
    for name, said in {**complaint.says, **story.says}.items():
        step, _dot, answer = name.partition(".")
        answers[step][answer] = said
    return answers


def began(story: Story, day: dt.date) -> dt.date:
    """The first of the month in which the pain of the story began, for a referral of this day."""
    since = day.year * 12 + day.month - 1 - (story.months or story.complaint.months)
    return dt.date(since // 12, since % 12 + 1, 1)


def pain_of(story: Story, day: dt.date) -> dict[str, Any]:
    """What the referrer types about the pain on the day."""
    complaint = story.complaint
    since = began(story, day)
    average, worst = complaint.nrs
    return {
        "diagnosis": complaint.diagnosis,
        "where": complaint.where,
        "since_month": str(since.month),
        "since_year": str(since.year),
        "nrs_average": str(average),
        "nrs_worst": str(worst),
        "consequences": complaint.consequences,
    }


def _workup(complaint: Complaint) -> dict[str, Any]:
    return {
        "findings": complaint.findings,
        "imaging": complaint.imaging,
        "opinions": complaint.opinions,
        "tried": complaint.tried,
        "worked_up": "yes",
        "fully_treated": "yes",
    }


def _medicine(complaint: Complaint) -> dict[str, Any]:
    """The referrer looks at how the lines are read and says that it is right."""
    lines = list(complaint.medicine)
    return {"line": lines, "confirmed": read_list(lines).mark, "no_allergies": "on"}


def _complicating(complaint: Complaint) -> dict[str, Any]:
    return {
        "psychological": "yes" if complaint.psychological else "no",
        "psychological_words": complaint.psychological,
        "social": "yes" if complaint.social else "no",
        "social_words": complaint.social,
        "compensation": "no",
        "expertise": ["none"],
        "cancer": "never",
        "headache": "none",
        "illegal_drugs": "no",
        "alcohol": "none_or_moderate",
        "able_to_attend": "yes",
    }
