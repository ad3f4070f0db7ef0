"""The stories that are told by hand: every status, and what is out of the ordinary."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from demo import complaints
from demo.case import Act, Story
from demo.courses import NURSE, PHYSICIAN, PSYCHOLOGIST, course
from demo.patients import Person
from demo.pauses import Pause, Resume, Wishes
from demo.treatment_acts import Join, NextStep, Outcome, Visit
from demo.triage_acts import (
    Accept,
    Advise,
    Answer,
    Ask,
    Claim,
    Decline,
    GiveBack,
    Recall,
    Redirect,
    SendForAdvice,
    Sign,
    Withdraw,
)
from pathways.lifecycle import PauseReason
from pathways.tracks import Track
from patients.models import Wish

OPTIMAL: Final = {"question.question": "optimal"}
ADVICE: Final = {"question.question": "advice"}
A_CHILDS: Final = "Barnet har haft smerter i over et år, og vi har brug for jeres vurdering."


# Number, referrer, complaint, weekdays before today, and what more a Story takes.
Line = tuple[str, str, complaints.Complaint, int, dict[str, Any]]


def _acts(*acts: Act) -> dict[str, Any]:
    return {"acts": acts}


# Open referrals: at the visitation, the referrer, or a physician.
WAITING_FOR_US: Final[tuple[Line, ...]] = (
    ("0201609996", "inge.sand", complaints.FIBROMYALGIA, -7, {}),  # overdue
    ("1502779995", "katrine.holst", complaints.DISC, -5, _acts(Claim(wait=2))),  # due today
    ("0504909995", "inge.sand", complaints.BACK, -1, {}),
    ("0506889996", "ole.damgaard", complaints.NECK, -3, _acts(Claim(wait=1))),
    ("2103009996", "hans.petri", complaints.CRPS, -2, {}),
    ("0201609995", "morten.kjeldsen", complaints.SURGERY, -2, {}),
    ("1502829995", "sara.bang", complaints.NERVE, -4, {"says": OPTIMAL}),
    (
        "0201919996",  # asked; the answer is overdue
        "inge.sand",
        complaints.DISC,
        -14,
        {"says": {"workup.opinions": ""}}
        | _acts(
            Claim(wait=1),
            Ask(
                wait=1,
                text="Vi mangler rygkirurgernes konklusion. Er patienten afsluttet der?",
                fields=("workup.opinions", "workup.worked_up"),
            ),
        ),
    ),
    (
        "0104909995",  # asked; the answer is half written
        "ole.damgaard",
        complaints.AFTER_BACK_SURGERY,
        -6,
        {"says": {"complicating.alcohol": "unknown"}}
        | _acts(
            Claim(wait=1),
            Ask(
                wait=1,
                text="Hvordan drikker patienten? Det afgør, om vi kan tilbyde et forløb nu.",
                fields=("complicating.alcohol",),
            ),
            Answer(wait=2, says={"complicating.alcohol": "controlled"}, sent=False),
        ),
    ),
    (
        "0201919995",  # answered, back at the visitation
        "ole.damgaard",
        complaints.NECK,
        -9,
        {"says": {"workup.imaging": ""}}
        | _acts(
            Claim(wait=1),
            Ask(
                wait=1,
                text="Er der lavet MR af nakken, og hvad viste den?",
                fields=("workup.imaging",),
            ),
            Answer(wait=4, says={"workup.imaging": "MR af nakken for et år siden: normal."}),
        ),
    ),
    (
        "1310169995",  # a question that was taken back; a child
        "sara.bang",
        complaints.NERVE,
        -5,
        {"despite": A_CHILDS, "months": 14}
        | _acts(
            Ask(wait=1, text="Er barnet set i Børneafdelingen?", fields=("workup.opinions",)),
            Recall(wait=1),
        ),
    ),
    (
        "3001749995",  # received although it has not lasted six months: awaits a signature
        "jens.aagaard",
        complaints.CRPS,
        -4,
        {"months": 4, "despite": "Svær CRPS i rivende udvikling. Bør ikke vente."}
        | _acts(
            Claim(wait=1),
            Accept(wait=1, reason="Tidlig behandling af CRPS er afgørende for udfaldet."),
        ),
    ),
    (
        "1502799995",  # declined although no criterion says so: awaits a signature
        "sara.bang",
        complaints.BACK,
        -6,
        _acts(
            Claim(wait=1),
            Decline(
                wait=2,
                reason="Afsluttede et forløb her for et halvt år siden; intet nyt siden.",
                advice="Fortsæt med de øvelser og den medicin, der står i epikrisen.",
            ),
        ),
    ),
    (
        "0107729995",  # awaits advice
        "hans.petri",
        complaints.ARTHROSIS,
        -3,
        {"says": ADVICE} | _acts(SendForAdvice(wait=1, why="Nedsat nyrefunktion.")),
    ),
    (
        "0211223989",  # the oldest: awaits advice, overdue
        "niels.aebeloe",
        complaints.ARTHROSIS,
        -10,
        {"says": ADVICE} | _acts(SendForAdvice(wait=1)),
    ),
    (
        "1007059995",  # given back by the physician
        "mikkel.brandt",
        complaints.OPIOIDS,
        -5,
        {"months": 30}
        | _acts(
            SendForAdvice(wait=1, why="Er det råd eller et forløb, der er brug for?"),
            GiveBack(wait=1, words="Et forløb. Patienten er ung og på høj dosis: modtag."),
        ),
    ),
)

# Closed without a pathway.
DECIDED: Final[tuple[Line, ...]] = (
    (
        "2509479989",
        "gerda.lykke",
        complaints.BACK,
        -34,
        {
            "says": {
                "pain.diagnosis": "Maligne smerter (DR521)",
                "complicating.cancer": "active",
            },
            "despite": "Smerterne er ikke lindret, og palliativt team har ventetid.",
        }
        | _acts(Claim(wait=1), Redirect(wait=1)),
    ),
    (
        "2911829996",
        "ulla.gram",
        complaints.NECK,
        -27,
        {
            "says": {
                "pain.diagnosis": "Migræne (DG43)",
                "complicating.headache": "main",
            },
            "despite": "Neurologerne har afsluttet patienten.",
        }
        | _acts(Redirect(wait=2)),
    ),
    (
        "0104909989",
        "sara.bang",
        complaints.DISC,
        -48,
        {
            "says": {"complicating.illegal_drugs": "yes"},
            "despite": "Patienten ønsker hjælp til begge dele.",
        }
        | _acts(Claim(wait=1), Redirect(wait=1)),
    ),
    (
        "0108589995",
        "inge.sand",
        complaints.OPIOIDS,
        -61,
        {
            "says": {"complicating.alcohol": "uncontrolled"},
            "despite": "Har sagt nej til Alkoholenheden to gange.",
        }
        | _acts(Redirect(wait=3)),
    ),
    (
        "2311143995",  # cannot attend
        "niels.aebeloe",
        complaints.ARTHROSIS,
        -40,
        {
            "says": {"complicating.able_to_attend": "no"},
            "despite": "Bor på plejehjem. Kan I komme ud?",
        }
        | _acts(
            Decline(
                wait=2,
                reason="Kan ikke møde i ambulatoriet.",
                advice="Bed os om råd: vi svarer skriftligt inden for en uge.",
            )
        ),
    ),
    (
        "2512489996",
        "gerda.lykke",
        complaints.ARTHROSIS,
        -22,
        {"says": ADVICE}
        | _acts(
            SendForAdvice(wait=1),
            Advise(
                wait=3,
                advice=(
                    "Buprenorphinplaster er et godt valg ved nedsat nyrefunktion. Begynd med "
                    "5 mikrogram/time, og vurdér efter to uger. Undgå NSAID og morfin."
                ),
            ),
        ),
    ),
    (
        "0505059996",
        "jens.aagaard",
        complaints.ENDOMETRIOSIS,
        -18,
        _acts(Claim(wait=1), Withdraw(wait=1, why="Patienten er flyttet til Aalborg.")),
    ),
    (
        "3103979995",  # shown the wrong way, given back by the physician, and declined
        "ulla.gram",
        complaints.BACK,
        -55,
        {
            "says": {
                "workup.fully_treated": "no",
                "workup.treatment_missing": "Genoptræning er ikke afsluttet.",
            },
            "despite": "Patienten presser på.",
        }
        | _acts(
            Claim(wait=1),
            Redirect(
                wait=1,
                destination="palliative",
                reason="Ønsker en samtale med Palliativ afdeling.",
            ),
            GiveBack(wait=1, words="Nej: der er ingen kræft. Afvis, og bed om genoptræning."),
            Decline(
                wait=1,
                reason="Er ikke færdigbehandlet.",
                advice="Afslut genoptræningen, og henvis igen, hvis smerterne varer ved.",
            ),
        ),
    ),
)

# Pathways with something of their own; the ordinary ones are told elsewhere.
IN_TREATMENT: Final[tuple[Line, ...]] = (
    (
        "1502799995",  # ill for a month, then taken up again
        "sara.bang",
        complaints.BACK,
        -200,
        _acts(
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
        | _acts(
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
        "0201919990",  # a nurse joins on the fast track
        "ole.damgaard",
        complaints.POLYNEUROPATHY,
        -45,
        {"says": OPTIMAL}
        | _acts(
            *course(Track.FAST, visits=1),
            Join(wait=1, discipline=NURSE, why="Tæt opfølgning på bivirkninger"),
            NextStep(wait=1, next_step="Ring om bivirkninger", by=NURSE, within=40),
        ),
    ),
    (
        "0504909989",  # next step overdue
        "sara.bang",
        complaints.BACK,
        -46,
        _acts(
            *course(Track.SINGLE, visits=1),
            NextStep(wait=2, next_step="Send recept på duloxetin", by=PHYSICIAN, within=3),
        ),
    ),
    (
        "1509819996",  # stayed away, given a new time
        "gerda.lykke",
        complaints.FIBROMYALGIA,
        -80,
        _acts(
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

# Written and left.
DRAFTS: Final[tuple[Line, ...]] = (
    ("0212159995", "katrine.holst", complaints.NERVE, -2, {"steps": 3}),
    ("0505239996", "gerda.lykke", complaints.BACK, -1, {"steps": 2}),
)


def hand_told(official: Mapping[str, Person], today: dt.date) -> list[Story]:
    """One story for each of Denmark's official test persons."""
    adults = (*WAITING_FOR_US, *DECIDED, *IN_TREATMENT, *DRAFTS)
    told = [_story(official, *line) for line in adults]
    children = [person for person in official.values() if person.age_on(today) < 18]
    return [*told, *_children(children)]


def _story(
    official: Mapping[str, Person],
    number: str,
    referrer: str,
    complaint: complaints.Complaint,
    begins: int,
    more: dict[str, Any],
) -> Story:
    person = official[number]
    return Story(person=person, referrer=referrer, complaint=complaint, begins=begins, **more)


def _children(children: list[Person]) -> list[Story]:
    """Those below the age who are left: sent all the same, and shown the way to paediatrics."""
    told = {"0212159995", "0505239996", "1310169995"}
    fates: tuple[tuple[Act, ...], ...] = (
        (Claim(wait=1), Redirect(wait=1)),
        (),
        (Withdraw(wait=1, why="Er henvist til Børneafdelingen i stedet."),),
        (Redirect(wait=2),),
        (Claim(wait=1),),
    )
    left = [child for child in children if child.number not in told]
    return [
        Story(
            person=child,
            referrer="gerda.lykke" if child.postal_code == "3400" else "jens.aagaard",
            complaint=complaints.NERVE,
            begins=(-31, -3, -12, -44, -4)[place % 5] - place // 5,
            months=15,
            despite=A_CHILDS,
            acts=fates[place % 5],
        )
        for place, child in enumerate(left)
    ]
