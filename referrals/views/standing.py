"""Where a referral stands and what happened to it, in a referrer's words."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from pathways.lifecycle import Status as PathwayStatus
from referrals.lifecycle import Status, Turn, Verb
from referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands, in a referrer's words."""

    label: str
    tone: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history as components/timeline.html shows it."""

    at: dt.datetime
    icon: str
    title: str
    text: str
    who: str


STANDINGS: Mapping[str, tuple[Any, str, Any]] = {
    Status.RECEIVED: (
        gettext_lazy("Visiteres"),
        "waiting",
        gettext_lazy("Centret har modtaget henvisningen og visiterer den."),
    ),
    Status.AWAITING_REFERRER: (
        gettext_lazy("Centret har spurgt jer"),
        "soon",
        gettext_lazy("Centret mangler noget fra jer for at kunne visitere."),
    ),
    Status.AWAITING_SIGNATURE: (
        gettext_lazy("Hos centrets læge"),
        "waiting",
        gettext_lazy("En af centrets læger ser på henvisningen."),
    ),
    Status.AWAITING_ADVICE: (
        gettext_lazy("Læge skriver råd"),
        "waiting",
        gettext_lazy("En af centrets læger skriver et råd til jer."),
    ),
    Status.ACCEPTED: (
        gettext_lazy("Modtaget i centret"),
        "met",
        gettext_lazy("Centret har modtaget patienten. I behøver ikke gøre mere nu."),
    ),
    Status.REDIRECTED: (
        gettext_lazy("Hører til et andet sted"),
        "plain",
        gettext_lazy("Patienten hører til et andet sted. Se i brevet hvor."),
    ),
    Status.DECLINED: (
        gettext_lazy("Ikke modtaget"),
        "plain",
        gettext_lazy(
            "Centret kan ikke modtage patienten. Se i brevet hvorfor, og hvad I kan gøre."
        ),
    ),
    Status.ADVISED: (
        gettext_lazy("Råd givet"),
        "met",
        gettext_lazy("Centrets læge har svaret med et råd. Det står i brevet."),
    ),
    Status.WITHDRAWN: (
        gettext_lazy("Trukket tilbage"),
        "plain",
        gettext_lazy("I har trukket henvisningen tilbage."),
    ),
}

# An accepted referral whose pathway has ended stands as the pathway ended.
ENDINGS: Mapping[str, tuple[Any, str, Any]] = {
    PathwayStatus.COMPLETED: (
        gettext_lazy("Forløbet er afsluttet"),
        "plain",
        gettext_lazy("Forløbet i centret er afsluttet. Epikrisen står nedenfor."),
    ),
    PathwayStatus.DISCONTINUED: (
        gettext_lazy("Forløbet er afbrudt"),
        "plain",
        gettext_lazy("Forløbet i centret er afbrudt. Se i brevet hvorfor."),
    ),
}

TURNS: Mapping[str, Any] = {
    Turn.TRIAGE: gettext_lazy("centret"),
    Turn.PHYSICIAN: gettext_lazy("centrets læge"),
    Turn.REFERRER: gettext_lazy("jer"),
}

# What happens inside the house (who took it, who gave it back) is not told.
HAPPENED: Mapping[str, tuple[Any, str]] = {
    Verb.SENT: (gettext_lazy("Henvisningen blev sendt"), "email"),
    Verb.SUPPLIED: (gettext_lazy("Svaret på centrets spørgsmål blev sendt"), "email"),
    Verb.ASKED: (gettext_lazy("Centret spurgte"), "help"),
    Verb.RECALLED: (gettext_lazy("Centret trak sit spørgsmål tilbage"), "reply"),
    Verb.PROPOSED: (gettext_lazy("Centrets læge blev bedt om at afgøre henvisningen"), "person"),
    Verb.SENT_FOR_ADVICE: (gettext_lazy("Centrets læge blev bedt om et råd til jer"), "person"),
    Verb.ACCEPTED: (gettext_lazy("Centret modtog patienten"), "check"),
    Verb.REDIRECTED: (gettext_lazy("Centret viste patienten videre"), "arrow-forward"),
    Verb.DECLINED: (gettext_lazy("Centret kunne ikke modtage patienten"), "close"),
    Verb.ADVISED: (gettext_lazy("Centrets læge gav råd"), "check"),
    Verb.WITHDRAWN: (gettext_lazy("Henvisningen blev trukket tilbage"), "reply"),
}
WORDS_ARE_TOLD = (Verb.ASKED, Verb.SUPPLIED, Verb.WITHDRAWN)


def standing(referral: Referral) -> Standing:
    """Where the referral stands, or the pathway that it became."""
    pathway_status = referral.pathway.status if referral.pathway else ""
    label, tone, sentence = ENDINGS.get(pathway_status) or STANDINGS[referral.status]
    return Standing(str(label), tone, str(sentence))


def history(referral: Referral) -> Iterator[Happened]:
    """What happened, in plain words, newest first."""
    for step in referral.transitions.filter(verb__in=list(HAPPENED)).order_by("-sequence"):
        title, icon = HAPPENED[step.verb]
        words = step.why if step.verb in WORDS_ARE_TOLD else ""
        yield Happened(step.at, icon, str(title), words, step.signature)
