"""The ordinary stories: most of what a centre sees, drawn from a few kinds and many people."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from demo import complaints
from demo.case import Act, Story
from demo.complaints import Complaint
from demo.courses import FIRST_SEEN, NURSE, RECEIVED, course
from demo.patients import Person, Strangers
from demo.stories.lines import ADVICE, OPTIMAL
from demo.treatment_acts import Discontinue, NextStep, Outcome
from demo.triage_acts import Advise, Ask, Claim, Decline, Redirect, SendForAdvice
from pathways.lifecycle import Ending
from pathways.tracks import Track

PRACTICE_AT: Final = {
    "2860": ("gerda.lykke", "mikkel.brandt", "louise.ravn"),
    "3300": ("jens.aagaard", "pernille.toft"),
    "3400": ("inge.sand", "ole.damgaard", "sara.bang"),
    "4700": ("ulla.gram",),
    "6200": ("hans.petri",),
    "8000": ("niels.aebeloe", "katrine.holst"),
}
HOSPITAL: Final = ("morten.kjeldsen", "astrid.noergaard")
COMPLEX: Final = (
    *(complaints.DISC, complaints.AFTER_BACK_SURGERY, complaints.FIBROMYALGIA),
    *(complaints.DISC, complaints.OPIOIDS, complaints.NECK, complaints.AFTER_BACK_SURGERY),
    *(complaints.CRPS, complaints.DISC),
)
SIMPLE: Final = (complaints.BACK, complaints.BACK, complaints.NERVE)
IN_DOUBT: Final = (complaints.POLYNEUROPATHY, complaints.BACK, complaints.ARTHROSIS)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """So many stories of one kind, begun between ``first`` and ``last`` weekdays before today."""

    number: int
    first: int
    last: int
    acts: tuple[Act, ...] = ()
    complaints: tuple[Complaint, ...] = complaints.USUAL
    says: Mapping[str, Any] = field(default_factory=dict)
    from_hospital: bool = False
    despite: str = ""
    steps: int | None = None


def _changed(track: Track, outcome: Outcome) -> tuple[Act, ...]:
    """A course that has come to its first appointment, which has another outcome than usual."""
    return (*RECEIVED, replace(FIRST_SEEN[track], outcome=outcome))


COMPLEX_COURSE: Final = course(Track.INTERDISCIPLINARY)
SIMPLE_COURSE: Final = course(Track.SINGLE)
FAST_COURSE: Final = course(Track.FAST)
SUBACUTE_COURSE: Final = course(Track.SUBACUTE)
INTERDISCIPLINARY, SINGLE, FAST = Track.INTERDISCIPLINARY, Track.SINGLE, Track.FAST

KINDS: Final = (
    # finished
    Kind(number=6, first=-330, last=-290, complaints=COMPLEX, acts=COMPLEX_COURSE),
    Kind(number=4, first=-190, last=-110, complaints=SIMPLE, acts=SIMPLE_COURSE),
    Kind(number=3, first=-120, last=-60, complaints=IN_DOUBT, says=OPTIMAL, acts=FAST_COURSE),
    Kind(
        number=2,
        first=-90,
        last=-60,
        complaints=(complaints.SURGERY,),
        from_hospital=True,
        acts=SUBACUTE_COURSE,
    ),
    Kind(
        number=2,
        first=-150,
        last=-110,
        complaints=COMPLEX,
        acts=(
            *course(INTERDISCIPLINARY, visits=3),
            Discontinue(wait=5, ending=Ending.PATIENT, why="Patienten magter ikke mere for tiden."),
        ),
    ),
    Kind(
        number=1,
        first=-70,
        last=-60,
        complaints=SIMPLE,
        acts=(
            *RECEIVED,
            Discontinue(
                wait=12, ending=Ending.PATIENT, why="Patienten har valgt et privathospital."
            ),
        ),
    ),
    # under way: where they stand follows from when they began
    Kind(number=12, first=-215, last=-50, complaints=COMPLEX, acts=COMPLEX_COURSE),
    Kind(number=5, first=-75, last=-38, complaints=SIMPLE, acts=SIMPLE_COURSE),
    Kind(number=3, first=-32, last=-22, complaints=IN_DOUBT, says=OPTIMAL, acts=FAST_COURSE),
    Kind(
        number=3,
        first=-24,
        last=-10,
        complaints=(complaints.TRAUMA, complaints.SURGERY),
        from_hospital=True,
        acts=SUBACUTE_COURSE,
    ),
    Kind(
        number=2,
        first=-66,
        last=-60,
        complaints=COMPLEX,
        acts=(
            *course(INTERDISCIPLINARY, visits=2),
            NextStep(wait=1, next_step="Ring om nedtrapningen", by=NURSE, within=2),
        ),
    ),
    # waiting for the first appointment
    Kind(number=5, first=-36, last=-7, complaints=COMPLEX, acts=COMPLEX_COURSE),
    Kind(number=3, first=-28, last=-6, complaints=SIMPLE, acts=SIMPLE_COURSE),
    Kind(number=2, first=-14, last=-5, complaints=IN_DOUBT, says=OPTIMAL, acts=FAST_COURSE),
    Kind(
        number=1,
        first=-4,
        last=-4,
        complaints=(complaints.TRAUMA,),
        from_hospital=True,
        acts=SUBACUTE_COURSE,
    ),
    Kind(number=2, first=-14, last=-12, complaints=COMPLEX, acts=RECEIVED),  # nobody booked
    Kind(number=2, first=-30, last=-20, acts=_changed(SINGLE, Outcome.MOVED), complaints=SIMPLE),
    Kind(number=1, first=-12, last=-9, acts=_changed(SINGLE, Outcome.CANCELLED), complaints=SIMPLE),
    Kind(
        number=1,
        first=-38,
        last=-37,
        complaints=SIMPLE,
        acts=_changed(SINGLE, Outcome.STAYED_AWAY),
    ),
    # answered without a pathway
    Kind(
        number=2,
        first=-60,
        last=-20,
        complaints=(complaints.ARTHROSIS, complaints.POLYNEUROPATHY),
        says=ADVICE,
        acts=(
            SendForAdvice(wait=1),
            Advise(
                wait=3,
                advice=(
                    "Øg pregabalin til 300 mg to gange dagligt over to uger. Virker det ikke efter "
                    "fire uger, så trap ud igen og prøv nortriptylin. Undgå opioider."
                ),
            ),
        ),
    ),
    Kind(
        number=2,
        first=-90,
        last=-30,
        says={"workup.worked_up": "no", "workup.work_up_missing": "MR og vurdering i rygcenter."},
        despite="Lang ventetid på MR.",
        acts=(
            Claim(wait=1),
            Decline(
                wait=1,
                reason="Er ikke færdigudredt.",
                advice="Henvis til rygcenter, og send henvisningen igen med deres konklusion.",
            ),
        ),
    ),
    Kind(
        number=1,
        first=-80,
        last=-40,
        says={"complicating.headache": "main", "pain.diagnosis": "Hovedpine (DR51)"},
        despite="Er set hos neurolog uden virkning.",
        acts=(Claim(wait=1), Redirect(wait=1)),
    ),
    # with the referrer, with a physician
    Kind(
        number=2,
        first=-4,
        last=-3,
        says={"workup.tried": ""},
        acts=(
            Claim(wait=1),
            Ask(
                wait=0,
                text="Hvilke behandlinger er prøvet, og hvad var virkningen?",
                fields=("workup.tried",),
            ),
        ),
    ),
    Kind(
        number=1,
        first=-3,
        last=-3,
        complaints=(complaints.NECK,),
        acts=(
            Claim(wait=1),
            Redirect(
                wait=1,
                destination="headache",
                reason="Journalen viser, at hovedpinen fylder mest, selv om henviser skriver nej.",
            ),
        ),
    ),
    # new in the queue
    Kind(number=4, first=-3, last=-1),
    Kind(number=2, first=-4, last=-2, acts=(Claim(wait=1),)),
    Kind(number=1, first=-8, last=-8),  # overdue
    # half written
    Kind(number=3, first=-9, last=-1, steps=4),
)


def everyday(rng: random.Random, strangers: Strangers, today: dt.date) -> Iterable[Story]:
    """All the ordinary stories; each patient has one, the first few come back with a second."""
    returning: list[Person] = []
    for kind in KINDS:
        for number in range(kind.number):
            comes_back = kind.steps is None and not kind.acts and returning
            person = returning.pop() if comes_back else strangers.adult(today)
            if kind is KINDS[0] and number < 2:
                returning.append(person)
            yield _drawn(rng, kind, person, number)


def _drawn(rng: random.Random, kind: Kind, person: Person, number: int) -> Story:
    spread = (kind.last - kind.first) * number // max(kind.number - 1, 1)
    referrers = HOSPITAL if kind.from_hospital else PRACTICE_AT[person.postal_code]
    complaint = kind.complaints[number % len(kind.complaints)]
    return Story(
        person=person,
        referrer=rng.choice(referrers),
        complaint=complaint,
        begins=kind.first + spread,
        months=complaint.months + rng.randrange(-1, 36) if not kind.from_hospital else None,
        says=kind.says,
        despite=kind.despite,
        steps=kind.steps,
        acts=kind.acts,
    )
