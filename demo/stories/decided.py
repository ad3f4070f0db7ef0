"""Referrals that are closed without a pathway."""

from typing import Final

from demo import complaints
from demo.stories.lines import ADVICE, Line, acts
from demo.triage_acts import Advise, Claim, Decline, GiveBack, Redirect, SendForAdvice, Withdraw

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
        | acts(Claim(wait=1), Redirect(wait=1)),
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
        | acts(Redirect(wait=2)),
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
        | acts(Claim(wait=1), Redirect(wait=1)),
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
        | acts(Redirect(wait=3)),
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
        | acts(
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
        | acts(
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
        acts(Claim(wait=1), Withdraw(wait=1, why="Patienten er flyttet til Aalborg.")),
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
        | acts(
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
