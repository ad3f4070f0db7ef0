"""The words of letters to the referrer: drafts that the decider may change.

They leave the house in Danish, whatever language the writer works in; they are therefore plain
Danish here and no part of the product's translations.
"""

import datetime as dt
from collections.abc import Callable, Iterable
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
from referrals.answers import field_label, written_name
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
        "Patienten får brev fra os og derefter en tid. Du behøver ikke gøre mere nu. Bliver "
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
        "Det kan du gøre nu: Er du i tvivl om behandlingen, kan du bede os om råd. Vælg »Kun råd "
        "og vejledning« i en ny henvisning, så svarer en læge skriftligt.",
    )


@in_danish
def advice(referral: Referral) -> str:
    """To the referrer who asks for advice only: how the physician's answer begins."""
    return f"Tak for dit spørgsmål om {about_whom(referral)}.\n\nVores råd:\n"


@in_danish
def question(referral: Referral, text: str, asked: Iterable[str], answer_by: dt.date) -> str:
    """To the referrer: what is missing, and how to answer. ``asked`` are fields, ``step.field``."""
    fields = "\n".join(f"- {field_label(field)}" for field in asked)
    return _paragraphs(
        _thanks(referral),
        "Vi mangler noget for at kunne visitere patienten:",
        text.strip() or "…",
        f"Disse felter er markeret i henvisningen:\n{fields}" if fields else "",
        _still_open(referral),
        "Åbn henvisningen her i portalen, og udfyld det, der mangler. Alt det, I allerede har "
        f"skrevet, står der stadig. Svar gerne senest {date(answer_by, DA)}.",
    )


@in_danish
def question_recalled(referral: Referral) -> str:
    """To the referrer: no answer is needed any more."""
    return _paragraphs(
        f"Vi har trukket vores spørgsmål om {about_whom(referral)} tilbage.",
        "Du behøver ikke svare. Vi visiterer henvisningen med det, vi har.",
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
    return [f"»{each.sentence}«\nHer: {each.fact}. {each.consequence}" for each in unmet]


def _forwarded(referral: Referral, place: Destination) -> list[str]:
    """The criteria, and that the referral goes on by itself; empty when the centre sends none."""
    if address_of(place) is None:
        return []
    onwards = (
        f"Vi sender henvisningen videre til {place.label} med det, I har vedlagt. I behøver ikke "
        "henvise igen dertil."
    )
    return [*pointing_to(referral, place), onwards]


def pointing_to(referral: Referral, destination: str) -> list[str]:
    """The criteria that point to a place, in the centre's own words, and what was found."""
    return [f"»{each.sentence}«\nHer: {each.fact}." for each in _pointing(referral, destination)]


def _referred(referral: Referral, place: Destination) -> list[str]:
    """The criteria with what follows from each, else only where to."""
    return _reasons(_pointing(referral, place)) or [_where_to(place)]


def _pointing(referral: Referral, destination: str) -> list[Finding]:
    return [finding for finding in _unmet(referral) if finding.destination == destination]


def _where_to(place: Destination) -> str:
    if place == Destination.REFERRER:
        return "Patienten fortsætter hos dig."
    return f"Send en henvisning til: {place.label}."


def _again(referral: Referral) -> str:
    """When the referrer may come back, with all that must hold by then: also what is only open.

    Empty when nothing would change the answer.
    """
    found = findings(referral)
    lines = _changes([*not_met(found), *in_question(found)])
    return "\n".join(["Du er velkommen til at henvise igen:", *lines]) if lines else ""


def _still_open(referral: Referral) -> str:
    """What would meet each criterion that waits for an answer; empty when none decides."""
    if routing(referral).advice_only:
        return ""
    lines = _changes(in_question(findings(referral)))
    heading = "Til orientering er disse kriterier endnu uafklarede:"
    return "\n".join([heading, *lines]) if lines else ""


def _changes(of: Iterable[Finding]) -> list[str]:
    changes = [(each.name, str(each.change.sentence)) for each in of if each.change]
    return [f"- {name}: {_uncapital(sentence)}" for name, sentence in changes]


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
