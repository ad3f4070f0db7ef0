"""The letters to a referred patient in Danish."""

from letters.content import Block, Content, Facts, Heading, Points, paragraphs, read
from letters.letterhead import letterhead
from letters.models import Letter
from letters.phrases import Reader, call_us, dear, guides, interpreter, place, reader_of
from letters.wording import closing, date
from pathways.rights import Right
from referrals.models import WaitingTime
from referrals.patient_letters.facts import Passing, Reception, Refusing

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
    reader = reader_of(facts.patient, DA)
    return _told(facts, reader, _where(facts, reader), _next(facts, reader))


def declined(facts: Refusing) -> Content:
    """That the centre has no offer, who knows why, and what happens next, in gentle words."""
    reader = reader_of(facts.patient, DA)
    answer = f"Vi kan desværre ikke tilbyde {reader.whom} et forløb hos os."
    return _told(facts, reader, answer, _referrer_knows(facts, reader))


def _told(facts: Refusing, reader: Reader, answer: str, next_step: str) -> Content:
    return Content(
        title=f"Om henvisningen til {letterhead(DA).name}",
        blocks=(
            *paragraphs(
                dear(facts.patient, DA),
                f"{facts.referrer} har henvist {reader.whom} til os på grund af smerter. Vi har "
                f"læst henvisningen grundigt, og vi tager {reader.whose} smerter alvorligt.",
                answer,
            ),
            Heading("Det sker der nu"),
            *paragraphs(next_step),
            *read(facts.added),
            Heading(f"{reader.at_first} kan selv vælge sygehus"),
            *paragraphs(
                f"{reader.at_first} har ret til at vælge mellem de offentlige sygehuse, der "
                f"tilbyder den behandling, {reader.who} har brug for. {guides(DA, reader)}",
                f"Har {reader.you} spørgsmål til brevet, så ring til os. {call_us(DA, reader)}",
            ),
        ),
        closing=closing(DA),
    )


def _where(facts: Passing, reader: Reader) -> str:
    if not facts.place:
        return (
            f"Lige nu kan {reader.who} få den bedste hjælp hos {facts.referrer}, som kender "
            f"{reader.whom}."
        )
    return f"Vi mener, at {reader.who} kan få bedre hjælp på {facts.place} end hos os."


def _next(facts: Passing, reader: Reader) -> str:
    if facts.forwarded_to:
        return (
            f"Vi sender henvisningen videre for {reader.to_you} til {facts.forwarded_to}. "
            f"{reader.at_first} hører fra dem, når de har læst den. {reader.at_first} behøver ikke "
            "gøre noget."
        )
    if facts.place:
        return (
            f"{facts.referrer} har fået besked og kan henvise {reader.whom} dertil. Ring til dem, "
            f"hvis {reader.you} ikke hører noget."
        )
    return _referrer_knows(facts, reader)


def _referrer_knows(facts: Refusing, reader: Reader) -> str:
    """Only what stands in the referrer's letter."""
    told = ["hvorfor vi svarer sådan", "hvad de kan gøre nu"]
    if facts.says_when:
        told.append(f"hvornår {reader.who} kan blive henvist igen")
    return (
        f"{facts.referrer} har fået et brev fra os. Der står, {', '.join(told[:-1])}, og "
        f"{told[-1]}. Ring til dem for at tale om det."
    )
