"""Referrals as referrers send them, and brought to each status by the real functions."""

from collections.abc import Mapping
from typing import Any

from admission.criteria import Destination
from pathways.tracks import Track
from referrals import intake, signing, triage
from referrals.lifecycle import Status
from referrals.models import Draft, Referral
from referrals.proposals import plan_on, proposed_plan
from staff.models import User
from staff.permissions import Role
from tests.staff.factories import person

# A simple, finished, chronic condition: every criterion met, the track single.
SIMPLE: Mapping[str, Mapping[str, Any]] = {
    "patient": {
        "number": "0201609996",
        "given_names": "Lonni Test",
        "family_name": "Lauridsen",
        "street": "Testgrusgraven 3, 3.th",
        "postal_code": "3400",
        "city": "Hillerød",
        "interpreter": "no",
    },
    "question": {"question": "treatment", "help_wanted": "Hvordan kommer hun videre?"},
    "pain": {
        "diagnosis": "Lænderygsmerter",
        "where": "Lænd og venstre ben",
        "since_month": "3",
        "since_year": "2024",
        "nrs_average": "6",
        "nrs_worst": "9",
    },
    "workup": {"worked_up": "yes", "fully_treated": "yes", "tried": "Fysioterapi og blokade"},
    "medicine": {"line": ["Morfin 10 mg 3 gange dagligt"]},
    "complicating": {
        "psychological": "no",
        "social": "no",
        "expertise": ["none"],
        "cancer": "never",
        "headache": "none",
        "illegal_drugs": "no",
        "alcohol": "none_or_moderate",
        "able_to_attend": "yes",
    },
}
COMPLEX = {"complicating": {"psychological": "yes", "social": "yes"}}
CANCER = {"complicating": {"cancer": "active"}}
RENAMED = {"patient": {"given_names": "Ida", "family_name": "Friis"}}
UNCLEAR = {"complicating": {"illegal_drugs": "unknown"}}
ADVICE = {"question": {"question": "advice"}}
INTERPRETER = {"patient": {"interpreter": "yes", "interpreter_language": "arabisk"}}
PEOPLE = ("0201609996", "0504909989", "0504909995", "0201609995")


def answers(*changes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The simple referral's answers with some of them changed."""
    written = {step: dict(typed) for step, typed in SIMPLE.items()}
    for change in changes:
        for step, typed in change.items():
            written[step] |= typed
    return written


def written(author: User, *changes: Mapping[str, Mapping[str, Any]]) -> Draft:
    """A draft with everything answered that decides."""
    assert author.unit is not None
    draft: Draft = Draft.objects.create(unit=author.unit, author=author, answers=answers(*changes))
    return draft


def sent(
    *changes: Mapping[str, Mapping[str, Any]], referrer: User | None = None, number: str = ""
) -> Referral:
    """A referral received today."""
    author = referrer or person(Role.REFERRER)
    known = {"patient": {"number": number}} if number else {}
    draft = written(author, *changes, known)
    referral = intake.submit(author, draft.pk, despite="Vi ser ingen anden vej.")
    return Referral.objects.get(pk=referral.pk)


def answered(referral: Referral, words: str = "Siden august sidste år.") -> Referral:
    """The referrer answers the centre's question in words."""
    draft = intake.begin_answer(referral.referrer, referral.pk)
    return intake.submit(referral.referrer, draft.pk, typed={"answer": words})


def the_centre() -> dict[Role, User]:
    """One person of each role of the centre."""
    roles = [role for role in Role if role != Role.REFERRER]
    return {role: person(role) for role in roles}


def accepted_by(user: User, referral: Referral, **more: Any) -> Any:
    """Accept as proposed, or with the team of the widest track when nothing is proposed."""
    plan = proposed_plan(referral) or plan_on(referral, Track.INTERDISCIPLINARY)
    words = {"reason": "", "letter": "Patienten er modtaget."} | more
    return triage.accept(user, referral.pk, referral.version, plan, **words)


def at(status: Status, people: Mapping[Role, User]) -> Referral:
    """A referral that stands at a status, having walked there."""
    referral = sent()
    secretary, physician = people[Role.SECRETARY], people[Role.PHYSICIAN]
    pk = referral.pk
    walks = {
        Status.RECEIVED: lambda: None,
        Status.AWAITING_REFERRER: lambda: triage.ask(secretary, pk, 1, "Hvad mangler?", []),
        Status.AWAITING_SIGNATURE: lambda: declined(secretary, referral, physician),
        Status.AWAITING_ADVICE: lambda: triage.send_for_advice(
            secretary, pk, 1, physician, "Se på medicinen"
        ),
        Status.ACCEPTED: lambda: accepted_by(secretary, referral),
        Status.REDIRECTED: lambda: triage.redirect(
            physician, pk, 1, Destination.PALLIATIVE, "Send til dem.", "De kan bedre"
        ),
        Status.DECLINED: lambda: declined(physician, referral),
        Status.ADVISED: lambda: advised(secretary, physician, pk),
        Status.WITHDRAWN: lambda: intake.withdraw(referral.referrer, pk, 1, "Flyttet"),
    }
    walks[status]()
    return Referral.objects.get(pk=pk)


def declined(user: User, referral: Referral, physician: User | None = None) -> Any:
    return triage.decline(
        user, referral.pk, referral.version, "Intet tilbud", "Vi kan ikke hjælpe.", physician
    )


def advised(secretary: User, physician: User, pk: int) -> Any:
    triage.send_for_advice(secretary, pk, 1, physician, "")
    return signing.advise(physician, pk, 2, "Trap langsomt ned.")
