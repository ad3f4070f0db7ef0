"""What lets a pathway wait: a wish of the patient, a pause, and the day it is taken up again."""

import uuid
from dataclasses import dataclass

from django.utils import timezone

from demo.case import DONE, Act, Case
from demo.treatment_acts import Moments
from pathways.lifecycle import PauseReason
from pathways.pausing import pause, resume
from pathways.tracks import Discipline
from patients.models import Wish
from patients.wishes import Said, record
from staff.working_days import add_weekdays, first_open


@dataclass(frozen=True, kw_only=True)
class Wishes(Act):
    """The patient says something about the day or the place; the secretary writes it down."""

    kind: Wish.Kind
    ahead: int = 0
    words: str = ""

    def happen(self, case: Case) -> Moments:
        day = add_weekdays(timezone.localdate(), self.ahead) if self.ahead else None
        key = uuid.UUID(int=case.rng.getrandbits(128), version=4)
        record(case.secretary, case.pathway.patient, key, Said(self.kind, day, self.words))
        return DONE


@dataclass(frozen=True, kw_only=True)
class Pause(Act):
    """The secretary sets the pathway on pause until so many weekdays from now."""

    reason: PauseReason
    ahead: int
    why: str = ""

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        look_again_on = first_open(add_weekdays(timezone.localdate(), self.ahead))
        pause(case.secretary, pathway.pk, pathway.version, self.reason, look_again_on, self.why)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Resume(Act):
    """Somebody on the team takes the pathway up again."""

    next_step: str
    by: Discipline
    within: int = 10

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        by = case.of_team(pathway, self.by)
        due_on = first_open(add_weekdays(timezone.localdate(), self.within))
        resume(by, pathway.pk, pathway.version, self.next_step, by, due_on)
        return DONE
