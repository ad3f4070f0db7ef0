"""The letters to a referred patient in Danish."""

from letters.content import Block, Content, Facts, Heading, Points, paragraphs, read
from letters.letterhead import letterhead
from letters.models import Letter
from letters.phrases import call_us, dear, guides, interpreter, place
from letters.wording import closing, date
from pathways.rights import Right
from referrals.models import WaitingTime
from referrals.patient_letters.facts import Passing, Reception

DA = Letter.Language.DANISH
RIGHTS = {Right.TREATMENT: "behandling", Right.INVESTIGATION: "udredning"}


def notice(facts: Reception) -> Content:
    """What § 90 demands: when and where, whether in time, free choice, waiting times, help."""
    head = letterhead(DA)
    return Content(
        title=f"Du er velkommen i {head.name}",
        blocks=(
            *paragraphs(
                dear(facts.patient, DA),
                f"{facts.referrer} har henvist dig til os, og vi tilbyder dig et forløb.",
            ),
            Facts(
                (
                    ("Din første tid", f"senest {date(facts.first_visit_by, DA)}"),
                    ("Sted", place(DA)),
                    ("Din behandlingsansvarlige læge", facts.physician),
                )
            ),
            *paragraphs(
                "Du får et nyt brev med dag, klokkeslæt og sted, så snart vi har fundet en tid. Du "
                "behøver ikke gøre noget."
            ),
            *read(facts.added),
            Heading("Lovens frist"),
            *paragraphs(_deadline(facts)),
            Heading("Du kan vælge et andet sted"),
            Points(_choices(facts)),
            *_waits(facts, head.waiting_times),
            *paragraphs(guides(DA)),
            Heading("Tolk og spørgsmål"),
            *paragraphs(
                interpreter(facts.patient, DA),
                f"Kan du ikke komme, eller har du spørgsmål, så ring til os. {call_us(DA)} Bliver "
                "du væsentligt dårligere, mens du venter, så ring til din egen læge.",
            ),
        ),
        closing=closing(DA),
    )


def _deadline(facts: Reception) -> str:
    what = RIGHTS[facts.right]
    right = f"Du har ret til at blive tilbudt {what} senest {date(facts.right_by, DA)}."
    return f"{right} {'Det kan vi nå.' if facts.is_in_time else 'Det kan vi desværre ikke nå.'}"


def _choices(facts: Reception) -> tuple[str, ...]:
    private = "vælge et privat sygehus, som regionerne har aftale med"
    return (
        "Du har altid ret til at vælge et andet offentligt sygehus.",
        f"Får du ikke en tid inden lovens frist, har du ret til at {private}."
        if facts.is_in_time
        else f"Fordi vi ikke kan nå lovens frist, har du nu også ret til at {private}.",
        "Vil du et andet sted hen, så ring til os. Vi sørger for, at du bliver henvist videre.",
        "Du kan også spørge os, hvor mange patienter vi behandler.",
    )


def _waits(facts: Reception, waiting_times: str) -> tuple[Block, ...]:
    """The waiting times elsewhere, where we know any, and where to see more or ask."""
    known = tuple(map(_wait, facts.elsewhere))
    lead = "Så længe venter man andre steder, så vidt vi ved:"
    more = f"Ventetiderne på andre sygehuse kan du se på {waiting_times}, eller du kan spørge os."
    points = (Points(known, lead),) if known else ()
    return (*points, *paragraphs(more))


def _wait(elsewhere: WaitingTime) -> str:
    few = {0: "under en uge", 1: "omkring en uge"}
    weeks = few.get(elsewhere.weeks, f"omkring {elsewhere.weeks} uger")
    return f"{elsewhere.place}: {weeks} (oplyst {date(elsewhere.known_on, DA)})"


def redirected(facts: Passing) -> Content:
    """Where the patient is helped better, in gentle words."""
    return Content(
        title=f"Om din henvisning til {letterhead(DA).name}",
        blocks=(
            *paragraphs(
                dear(facts.patient, DA),
                f"{facts.referrer} har henvist dig til os på grund af dine smerter. Vi har læst "
                "henvisningen grundigt, og vi tager dine smerter alvorligt.",
                _where(facts),
            ),
            Heading("Det sker der nu"),
            *paragraphs(_next(facts)),
            *read(facts.added),
            Heading("Du kan selv vælge sygehus"),
            *paragraphs(
                "Du har ret til at vælge mellem de offentlige sygehuse, der tilbyder den "
                f"behandling, du har brug for. {guides(DA)}",
                f"Har du spørgsmål til brevet, så ring til os. {call_us(DA)}",
            ),
        ),
        closing=closing(DA),
    )


def _where(facts: Passing) -> str:
    if not facts.place:
        return f"Lige nu kan du få den bedste hjælp hos {facts.referrer}, som kender dig."
    return f"Vi mener, at du kan få bedre hjælp et andet sted end hos os: {facts.place}."


def _next(facts: Passing) -> str:
    if facts.is_forwarded:
        return (
            "Vi sender henvisningen videre for dig. Du hører fra dem, når de har læst den. Du "
            "behøver ikke gøre noget."
        )
    if facts.place:
        return (
            f"{facts.referrer} har fået besked og kan henvise dig dertil. Ring til dem, hvis du "
            "ikke hører noget."
        )
    return (
        f"{facts.referrer} har fået et brev fra os om, hvad de kan gøre nu, og hvornår du kan "
        "blive henvist igen. Ring til dem for at tale om det."
    )
