"""Pathways with something of their own; the ordinary ones are told elsewhere."""

from typing import Final

from demo import complaints
from demo.courses import NURSE, PHYSICIAN, PSYCHOLOGIST, course
from demo.pauses import Pause, Resume, Wishes
from demo.stories.lines import OPTIMAL, Line, acts
from demo.treatment_acts import Discontinue, Join, NextStep, Outcome, Reopen, Visit
from demo.triage_acts import Accept, Claim, Sign
from pathways.lifecycle import Ending, PauseReason
from pathways.tracks import Track
from patients.models import Wish

IN_TREATMENT: Final[tuple[Line, ...]] = (
    (
        "1502799995",  # ill for a month, then taken up again
        "sara.bang",
        complaints.BACK,
        -200,
        acts(
            *course(Track.SINGLE, visits=1),
            Pause(wait=2, reason=PauseReason.ILLNESS, ahead=20, why="Indlagt med lungebetændelse."),
            Resume(wait=18, next_step="Følg op på medicinændringen", by=NURSE),
            *course(Track.SINGLE)[3:],
        ),
    ),
    (
        "0108629996",  # taken although not met, with a physician's signature
        "inge.sand",
        complaints.CRPS,
        -70,
        {"months": 4, "despite": "Hurtigt tiltagende CRPS."}
        | acts(
            Claim(wait=1),
            Accept(wait=1, reason="Tidlig behandling af CRPS er afgørende for udfaldet."),
            Sign(wait=1),
            *course(Track.INTERDISCIPLINARY, visits=1)[2:],
            Wishes(
                wait=2,
                kind=Wish.Kind.DECLINED,
                ahead=8,
                words="Er på ferie de næste uger og vil begynde derefter.",
            ),
            Pause(wait=0, reason=PauseReason.WISH, ahead=40, why="Rejser til familien i Norge."),
        ),
    ),
    (
        "0201919990",  # broken off by mistake and opened again; a nurse joins on the fast track
        "ole.damgaard",
        complaints.POLYNEUROPATHY,
        -45,
        {"says": OPTIMAL}
        | acts(
            *course(Track.FAST, visits=1),
            Discontinue(wait=1, ending=Ending.MOVED, why="Flytter til Fyn."),
            Reopen(
                wait=1,
                why="Patienten bliver boende og vil gerne fortsætte.",
                next_step="Ring om bivirkninger",
            ),
            Join(wait=1, discipline=NURSE, why="Tæt opfølgning på bivirkninger"),
            NextStep(wait=1, next_step="Ring om bivirkninger", by=NURSE, within=40),
        ),
    ),
    (
        "0504909989",  # next step overdue
        "sara.bang",
        complaints.BACK,
        -46,
        acts(
            *course(Track.SINGLE, visits=1),
            NextStep(wait=2, next_step="Send recept på duloxetin", by=PHYSICIAN, within=3),
        ),
    ),
    (
        "1509819996",  # stayed away, given a new time
        "gerda.lykke",
        complaints.FIBROMYALGIA,
        -80,
        acts(
            *course(Track.INTERDISCIPLINARY, visits=1),
            Visit(
                wait=2,
                discipline=PSYCHOLOGIST,
                ahead=10,
                next_step="",
                outcome=Outcome.STAYED_AWAY,
            ),
            Visit(
                wait=2,
                discipline=PSYCHOLOGIST,
                ahead=18,
                next_step="Anden samtale: mål for hverdagen",
            ),
        ),
    ),
)
