"""The words of letters to the referrer: drafts that the decider may change.

They leave the house in Danish, whatever language the writer works in; they are therefore plain
Danish here and no part of the product's translations.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import ParamSpec

from django.utils import timezone
from django.utils.translation import override

from admission.criteria import Destination, Finding
from admission.judging import in_question, not_met
from letters.content import Facts
from letters.letterhead import letterhead
from letters.models import Letter
from letters.wording import closing, date
from pathways import opening
from pathways.team import Plan
from referrals.addresses import address_of
from referrals.answers import field_label, question_link, written_name
from referrals.models import Referral
from referrals.proposals import findings, latest, routing
from staff.models import User

P = ParamSpec("P")
DA = Letter.Language.DANISH
QUESTION = "Spørgsmål til henvisningen"
# Says nothing of whom the centre knows under the number: that is no business of the referrer's.
WHOSE_NUMBER = (
    "Hører CPR-nummeret og navnet sammen? Har patienten fået et nyt navn, så skriv også det "
    "tidligere. Er nummeret forkert, så træk henvisningen tilbage, og henvis igen med det rigtige."
)
# How every letter that says no says when the referrer may come back.
AGAIN = "I er velkomne til at henvise igen"
ADVICE_NEXT = (
    "Det kan I gøre nu: Er I i tvivl om behandlingen, kan I bede os om råd. Vælg »Kun råd og "
    "vejledning« i en ny henvisning, så svarer en læge skriftligt."
)
# What only the eye reads: »(→ Hovedpinecentre)«. The words around it say where to.
ARROW = re.compile(r" \(→ [^)]*\)")
MET = re.compile(r"^opfyldt,? ", re.I)
RECALLED = "Spørgsmålet til henvisningen er trukket tilbage"


def in_danish(write: Callable[P, str]) -> Callable[P, str]:
    """Names of tracks and places in a letter are Danish too."""

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> str:
        with override("da"):
            return write(*args, **kwargs)

    return written


@in_danish
def accepted(referral: Referral) -> str:
    """To the referrer: the patient is received; `reception` stands above the words."""
    return _paragraphs(
        _thanks(referral),
        f"Vi modtager patienten i {centre()}.",
        "Patienten får brev fra os og derefter en tid. I behøver ikke gøre mere nu. Bliver "
        "patienten væsentligt dårligere i ventetiden, så ring til os i telefontiden.",
    )


@override("da")
def reception(referral: Referral, plan: Plan) -> Facts:
    """To the referrer: on which track, with whom, and by which day, as the patient is told it.

    It is no part of the words that a decider changes: it is true on the day the decision is signed.
    """
    first_visit = date(first_visit_by(referral, plan), DA)
    return Facts(
        (
            ("Spor", str(plan.track.label)),
            ("Behandlingsansvarlig læge", plan.responsible.name),
            ("Første tid", f"senest {first_visit}"),
        )
    )


@in_danish
def redirected(referral: Referral, destination: str) -> str:
    """To the referrer: where the patient belongs, which criterion says so, and what to do."""
    place = Destination(destination)
    return _paragraphs(
        _thanks(referral),
        f"Vi kan ikke modtage patienten i {centre()}.",
        *(_forwarded(referral, place) or _referred(referral, place)),
        _again(referral),
        ADVICE_NEXT if place == Destination.REFERRER else "",
        "Henvisningen hertil er dermed afsluttet.",
    )


@in_danish
def declined(referral: Referral) -> str:
    """To the referrer: why the centre has no offer, and what to do next."""
    return _paragraphs(
        _thanks(referral),
        "Vi kan desværre ikke tilbyde patienten et forløb hos os.",
        *_reasons(_unmet(referral)),
        _again(referral),
        ADVICE_NEXT,
    )


@override("da")
def reasons(referral: Referral, letter: str, reason: str, destination: str = "") -> list[Facts]:
    """To the referrer, above the words of a letter that says no: why.

    The decider's ``reason``; without one the criteria, unless the letter's own words quote one. No
    such letter is without any reason.
    """
    if reason.strip():
        return [Facts((("Begrundelse", reason.strip()),))]
    against = _pointing(referral, destination) if destination else _unmet(referral)
    quoted = [_spoken(str(each.sentence)) for each in against]
    if not quoted or any(each in letter for each in quoted):
        return []
    return [Facts(tuple(("Begrundelse", each) for each in quoted))]


def says_when(letter: str) -> bool:
    """Whether a letter says when the referrer may come back."""
    return AGAIN in letter


@in_danish
def advice(referral: Referral) -> str:
    """To the referrer who asks for advice only: how the physician's answer begins."""
    return f"Tak for jeres spørgsmål om {about_whom(referral)}.\n\nVores råd:\n"


@in_danish
def question(referral: Referral, text: str, asked: Collection[str], answer_by: dt.date) -> str:
    """To the referrer: what is missing, and how to answer. ``asked`` are fields, ``step.field``."""
    fields = "\n".join(f"- {field_label(field)}" for field in asked)
    return _paragraphs(
        _thanks(referral),
        "Vi mangler noget for at kunne visitere patienten:",
        text.strip() or "…",
        f"Disse felter er markeret i henvisningen:\n{fields}" if fields else "",
        _still_open(referral, asked),
        "Åbn henvisningen i portalen, og udfyld det, der mangler. Alt det, I allerede har "
        f"skrevet, står der stadig. Svar gerne senest {date(answer_by, DA)}.",
    )


@in_danish
def question_recalled(referral: Referral) -> str:
    """To the referrer: no answer is needed any more."""
    return _paragraphs(
        f"Vi har trukket vores spørgsmål om {about_whom(referral)} tilbage.",
        "I behøver ikke svare. Vi visiterer henvisningen med det, vi har.",
    )


def signed(letter: str, by: User) -> str:
    """The letter with the name and role of who stands behind it."""
    return _paragraphs(letter.strip(), "\n".join(closing(DA, by)))


def centre() -> str:
    """The centre's name in its letters."""
    return letterhead(DA).name


def notice_subject() -> str:
    """An e-mail says that there is news, and nothing about whom or what."""
    return f"Nyt om en henvisning fra {centre()}"


def notice(referral: Referral) -> str:
    """The e-mail that leads to the portal: a reference number, no personal data."""
    return _paragraphs(
        f"Der er nyt om henvisning {referral.reference}.",
        "Log på portalen for at læse det. E-mailen indeholder med vilje ingen personoplysninger.",
        f"Venlig hilsen\n{centre()}",
    )


def about_whom(referral: Referral) -> str:
    """To the unit: the name that it wrote itself, never the one we know under the number."""
    name = written_name(latest(referral).submission.answers)
    return f"{name} (henvisning {referral.reference})"


def first_visit_by(referral: Referral, plan: Plan) -> dt.date:
    """The last day for the first visit: the opened pathway's, else as if it was opened today."""
    pathway = referral.pathway
    if pathway:
        return pathway.first_visit_by
    return opening.first_visit_by(plan.track, timezone.localdate())


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _thanks(referral: Referral) -> str:
    return f"Tak for henvisningen af {about_whom(referral)}."


def _unmet(referral: Referral) -> tuple[Finding, ...]:
    return not_met(findings(referral))


def _reasons(unmet: Iterable[Finding]) -> list[str]:
    """Each criterion in the centre's own words, what was found, and what follows."""
    return [f"{_quoted(each)}\nHer: {each.fact}. {each.consequence}" for each in unmet]


def _quoted(finding: Finding) -> str:
    return f"»{_spoken(str(finding.sentence))}«"


def _spoken(sentence: str) -> str:
    """A sentence of the rules as it is read aloud, without its arrow."""
    return ARROW.sub("", sentence)


def _forwarded(referral: Referral, place: Destination) -> list[str]:
    """The criteria, and that the referral goes on by itself; empty when the centre sends none."""
    address = address_of(place)
    if address is None:
        return []
    onwards = (
        f"Vi sender henvisningen med det, I har vedlagt, videre til {address.name}. I behøver ikke "
        "henvise igen dertil."
    )
    return [*pointing_to(referral, place), onwards]


def pointing_to(referral: Referral, destination: str) -> list[str]:
    """The criteria that point to a place, in the centre's own words, and what was found."""
    return [f"{_quoted(each)}\nHer: {each.fact}." for each in _pointing(referral, destination)]


def _referred(referral: Referral, place: Destination) -> list[str]:
    """The criteria with what follows from each, else only where to."""
    return _reasons(_pointing(referral, place)) or [_where_to(place)]


def _pointing(referral: Referral, destination: str) -> list[Finding]:
    return [finding for finding in _unmet(referral) if finding.destination == destination]


def _where_to(place: Destination) -> str:
    if place == Destination.REFERRER:
        return "Patienten fortsætter hos egen læge."
    return f"Henvis i stedet patienten til {place.one_such}."


def _again(referral: Referral) -> str:
    """When the referrer may come back, with all that must hold by then: also what is only open.

    Empty when nothing would change the answer.
    """
    found = findings(referral)
    wanted = [when for _name, when in _changes([*not_met(found), *in_question(found)])]
    if len(wanted) == 1:
        return f"{AGAIN}{'' if wanted[0].startswith('fra ') else ','} {wanted[0]}."
    return "\n".join([AGAIN, *_listed(wanted)]) if wanted else ""


def _listed(wanted: Iterable[str]) -> list[str]:
    """All of it, as the end of the sentence that leads to the list."""
    *first, last = wanted
    return [*(f"- {each}," for each in first[:-1]), f"- {first[-1]}, og", f"- {last}."]


def _still_open(referral: Referral, asked: Collection[str]) -> str:
    """What would meet each criterion that waits for an answer not asked for by its field.

    Empty when none decides.
    """
    if routing(referral).advice_only:
        return ""
    waiting = [each for each in in_question(findings(referral)) if not _is_asked(each, asked)]
    lines = [f"- {name}: {when}" for name, when in _changes(waiting)]
    heading = "Til orientering er disse kriterier endnu uafklarede. De er opfyldt:"
    return "\n".join([heading, *lines]) if lines else ""


def _is_asked(finding: Finding, asked: Collection[str]) -> bool:
    links = filter(None, map(question_link, finding.asks))
    return any(f"{step}.{field}" in asked for step, field in links)


def _changes(of: Iterable[Finding]) -> list[tuple[str, str]]:
    """The name of each criterion, and what would meet it: "når misbruget er ophørt"."""
    changes = [(str(each.name), str(each.change.sentence)) for each in of if each.change]
    return [(name, MET.sub("", sentence)) for name, sentence in changes]
