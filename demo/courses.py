"""How a pathway usually goes on each track, from the decision to the letter at the end.

The story stops where time stops: a pathway that began lately stands in the middle of its course.
"""

from typing import Final

from demo.case import Act
from demo.treatment_acts import Discharge, Visit
from demo.triage_acts import Accept, Claim
from pathways.models import Appointment
from pathways.tracks import Discipline, Track

PHYSICIAN, NURSE = Discipline.PHYSICIAN, Discipline.NURSE
PHYSIOTHERAPIST, PSYCHOLOGIST = Discipline.PHYSIOTHERAPIST, Discipline.PSYCHOLOGIST
SOCIAL_WORKER = Discipline.SOCIAL_WORKER
PHONE, VIDEO = Appointment.Form.PHONE, Appointment.Form.VIDEO

RECEIVED: Final = (Claim(wait=1), Accept(wait=1))
FIRST_SEEN: Final = {
    Track.INTERDISCIPLINARY: Visit(
        wait=4,
        discipline=PHYSICIAN,
        ahead=38,
        minutes=60,
        next_step="Gennemgå medicinen og læg en plan for ændringer",
        by=NURSE,
    ),
    Track.SINGLE: Visit(
        wait=3,
        discipline=PHYSICIAN,
        ahead=30,
        minutes=60,
        next_step="Følg op på medicinændringen",
        by=NURSE,
    ),
    Track.FAST: Visit(
        wait=2,
        discipline=PHYSICIAN,
        ahead=16,
        minutes=60,
        next_step="Ring og hør om virkningen af den nye dosis",
    ),
    Track.SUBACUTE: Visit(
        wait=1,
        discipline=PHYSICIAN,
        ahead=5,
        minutes=60,
        next_step="Følg nedtrapningen af opioider",
        by=NURSE,
    ),
}
REST: Final[dict[Track, tuple[Act, ...]]] = {
    Track.INTERDISCIPLINARY: (
        Visit(
            wait=1,
            discipline=NURSE,
            ahead=8,
            tapers=True,
            next_step="Første samtale om det at leve med smerter",
            by=PSYCHOLOGIST,
            within=15,
        ),
        Visit(
            wait=2,
            discipline=PSYCHOLOGIST,
            ahead=10,
            minutes=60,
            next_step="Undersøg, hvordan smerterne påvirker krop og hverdag",
            by=PHYSIOTHERAPIST,
            within=15,
        ),
        Visit(
            wait=3,
            discipline=PHYSIOTHERAPIST,
            ahead=9,
            next_step="Gennemgå kommunens plan og rehabiliteringsmødet",
            by=SOCIAL_WORKER,
            within=15,
        ),
        Visit(
            wait=2,
            discipline=SOCIAL_WORKER,
            ahead=8,
            next_step="Status på medicin: fortsæt nedtrapningen?",
            by=PHYSICIAN,
            within=18,
        ),
        Visit(
            wait=4,
            discipline=PHYSICIAN,
            ahead=10,
            tapers=True,
            next_step="Opfølgning på søvn og bivirkninger",
            by=NURSE,
            within=15,
        ),
        Visit(
            wait=2,
            discipline=NURSE,
            ahead=9,
            tapers=True,
            minutes=30,
            form=VIDEO,
            next_step="Anden samtale: mål for hverdagen",
            by=PSYCHOLOGIST,
            within=18,
        ),
        Visit(
            wait=3,
            discipline=PSYCHOLOGIST,
            ahead=10,
            minutes=60,
            next_step="Justér aktivitetsprogrammet",
            by=PHYSIOTHERAPIST,
            within=18,
        ),
        Visit(
            wait=3,
            discipline=PHYSIOTHERAPIST,
            ahead=10,
            next_step="Afsluttende samtale og plan for egen læge",
            by=PHYSICIAN,
            within=20,
        ),
        Visit(
            wait=4,
            discipline=PHYSICIAN,
            ahead=12,
            next_step="Skriv epikrise",
            within=5,
        ),
        Discharge(
            wait=2,
            summary=(
                "Patienten har gennemført et tværfagligt forløb. Morfin er trappet ud, og der er "
                "fundet en rytme mellem aktivitet og hvile. Smerterne er uændrede i styrke "
                "(NRS 6), men fylder mindre; patienten sover bedre og er begyndt i virksomheds"
                "praktik."
            ),
            advice="Fortsæt amitriptylin uændret. Kontrol af søvn og stemning om tre måneder.",
        ),
    ),
    Track.SINGLE: (
        Visit(
            wait=2,
            discipline=NURSE,
            ahead=12,
            tapers=True,
            minutes=30,
            form=PHONE,
            next_step="Kontrol af bivirkninger",
            within=15,
        ),
        Visit(
            wait=3,
            discipline=NURSE,
            ahead=11,
            tapers=True,
            next_step="Vurdér virkningen, og aftal det videre forløb",
            by=PHYSICIAN,
            within=18,
        ),
        Visit(
            wait=2,
            discipline=PHYSICIAN,
            ahead=14,
            next_step="Skriv epikrise",
            within=5,
        ),
        Discharge(
            wait=2,
            summary=(
                "Tramadol er afløst af paracetamol og øvelser. Smerterne er lettet fra NRS 6 til "
                "4, og patienten passer sit arbejde. Der er ikke bivirkninger af behandlingen."
            ),
        ),
    ),
    Track.FAST: (
        Visit(
            wait=2,
            discipline=PHYSICIAN,
            ahead=8,
            minutes=20,
            form=PHONE,
            next_step="Skriv epikrise",
            within=6,
        ),
        Discharge(
            wait=3,
            summary=(
                "Behandlingen var næsten den optimale. Pregabalin er øget, og duloxetin "
                "fortsættes. Opioider anbefales ikke ved denne tilstand."
            ),
            advice="Fortsæt uændret; reducér pregabalin efter et halvt år, hvis muligt.",
        ),
    ),
    Track.SUBACUTE: (
        Visit(
            wait=1,
            discipline=NURSE,
            ahead=6,
            tapers=True,
            minutes=20,
            form=PHONE,
            next_step="Vurdér nervesmerter og den videre nedtrapning",
            by=PHYSICIAN,
        ),
        Visit(
            wait=2,
            discipline=PHYSICIAN,
            ahead=8,
            next_step="Skriv epikrise",
            within=5,
            tapers=True,
        ),
        Discharge(
            wait=1,
            summary=(
                "Morfin er trappet ud over seks uger. Gabapentin fortsættes. Patienten er henvist "
                "til genoptræning i kommunen."
            ),
            advice="Trap gabapentin ned, når smerterne har været i ro i tre måneder.",
        ),
    ),
}


def course(track: Track, *, visits: int | None = None) -> tuple[Act, ...]:
    """The usual course of a track, or its decision and the first few visits only."""
    usual = (*RECEIVED, FIRST_SEEN[track], *REST[track])
    return usual if visits is None else usual[: len(RECEIVED) + visits]
