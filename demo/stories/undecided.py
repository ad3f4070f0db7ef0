"""Open referrals: at the visitation, the referrer, or a physician; and drafts."""

from typing import Final

from demo import complaints
from demo.stories.lines import A_CHILDS, ADVICE, OPTIMAL, Line, acts
from demo.triage_acts import (
    Accept,
    Answer,
    Ask,
    Claim,
    Decline,
    GiveBack,
    Recall,
    Recognise,
    SendForAdvice,
)

WAITING_FOR_US: Final[tuple[Line, ...]] = (
    ("0201609996", "inge.sand", complaints.FIBROMYALGIA, -7, {}),  # overdue
    ("1502779995", "katrine.holst", complaints.DISC, -5, acts(Claim(wait=2))),  # due today
    ("0504909995", "inge.sand", complaints.BACK, -1, {}),
    ("0506889996", "ole.damgaard", complaints.NECK, -3, acts(Claim(wait=1))),
    ("2103009996", "hans.petri", complaints.CRPS, -2, {}),
    ("0201609995", "morten.kjeldsen", complaints.SURGERY, -2, {}),
    ("1502829995", "sara.bang", complaints.NERVE, -4, {"says": OPTIMAL}),
    (
        "0201919996",  # asked; the answer is overdue
        "inge.sand",
        complaints.DISC,
        -14,
        {"says": {"workup.opinions": ""}}
        | acts(
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
        | acts(
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
        | acts(
            Claim(wait=1),
            Ask(
                wait=1,
                text="Er der lavet MR af nakken, og hvad viste den?",
                fields=("workup.imaging",),
            ),
            Answer(
                wait=4,
                says={
                    "workup.imaging": "MR af nakken for et år siden: normal.",
                    "review.answer": "Røntgenafdelingen har fundet svaret frem. Det stod ikke i "
                    "vores journal.",
                },
            ),
        ),
    ),
    (
        "1310169995",  # a question that was taken back; a child
        "sara.bang",
        complaints.NERVE,
        -5,
        {"despite": A_CHILDS, "months": 14}
        | acts(
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
        | acts(
            Claim(wait=1),
            Accept(wait=1, reason="Tidlig behandling af CRPS er afgørende for udfaldet."),
        ),
    ),
    (
        "1502799995",  # declined although no criterion says so: awaits a signature
        "sara.bang",
        complaints.BACK,
        -6,
        acts(
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
        {"says": ADVICE} | acts(SendForAdvice(wait=1, why="Nedsat nyrefunktion.")),
    ),
    (
        "0211223989",  # the oldest: awaits advice, overdue
        "niels.aebeloe",
        complaints.ARTHROSIS,
        -10,
        {"says": ADVICE} | acts(SendForAdvice(wait=1)),
    ),
    (
        "1007059995",  # given back by the physician
        "mikkel.brandt",
        complaints.OPIOIDS,
        -5,
        {"months": 30}
        | acts(
            SendForAdvice(wait=1, why="Er det råd eller et forløb, der er brug for?"),
            GiveBack(wait=1, words="Et forløb. Patienten er ung og på høj dosis: modtag."),
        ),
    ),
)

# Written and left.
DRAFTS: Final[tuple[Line, ...]] = (
    ("0212159995", "katrine.holst", complaints.NERVE, -2, {"steps": 3}),
    ("0505239996", "gerda.lykke", complaints.BACK, -1, {"steps": 2}),
)

# Known here under another name than the one that the referrer writes: found out, and not yet.
RENAMED: Final[tuple[Line, ...]] = (
    (
        "2911829996",
        "ulla.gram",
        complaints.NECK,
        -3,
        {"says": {"patient.given_names": "Testine", "patient.family_name": "Eksempel"}}
        | acts(Claim(wait=1), Recognise(wait=0)),
    ),
    (
        "0104909989",
        "sara.bang",
        complaints.DISC,
        -2,
        {"says": {"patient.given_names": "Birk", "patient.family_name": "Prøve"}},
    ),
)
