"""Criteria about the pain: not malignant, and long enough."""

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import (
    ANOTHER_DIAGNOSIS,
    Answer,
    Change,
    met,
    not_met,
    said,
    spelled_out,
    unknown,
)
from admission.criteria.criterion import Criterion
from admission.criteria.elsewhere import CANCER_QUESTION, NEVER_CANCER, which_is_right
from admission.criteria.facts import Cancer, Facts
from admission.criteria.spans import latest_start, months_after, whole_months
from admission.diagnoses import Hint
from admission.rules import CriterionRule

NOT_FROM_CANCER = Change(
    {"diagnosis": ANOTHER_DIAGNOSIS}, _("Opfyldt, hvis smerterne ikke skyldes kræft")
)


def non_malignant(facts: Facts, _rule: CriterionRule) -> Answer:
    """The pain itself is not malignant: by its diagnosis, else by the answer about cancer."""
    diagnosis = facts.diagnosis
    if diagnosis is None:
        return _in_own_words(facts)
    if not diagnosis.malignant:
        return met(diagnosis.text)
    if facts.cancer in (Cancer.NEVER, Cancer.PAST):
        question = which_is_right(facts)
        return unknown(question, NOT_FROM_CANCER, "cancer", "diagnosis", fact=diagnosis.text)
    return not_met(diagnosis.text, NOT_FROM_CANCER)


def _in_own_words(facts: Facts) -> Answer:
    words = facts.diagnosis_text.strip()
    if not words:
        return unknown(_("Hvilken smertetilstand er der tale om?"), NOT_FROM_CANCER, "diagnosis")
    hinted = facts.words_hint_at(Hint.ACTIVE_CANCER)
    if facts.cancer is None:
        change = NOT_FROM_CANCER if hinted else NEVER_CANCER
        return unknown(CANCER_QUESTION, change, "cancer", fact=words)
    if facts.cancer is Cancer.NEVER and hinted:
        return unknown(which_is_right(facts), NOT_FROM_CANCER, "cancer", "diagnosis", fact=words)
    if facts.cancer is Cancer.ACTIVE:
        question = _("Skyldes smerterne kræften?")
        return unknown(question, NOT_FROM_CANCER, "diagnosis", "cancer", fact=words)
    return met(words)


NON_MALIGNANT = Criterion("non_malignant", ("diagnosis", "diagnosis_text", "cancer"), non_malignant)

NO_START = _("Hvornår begyndte smerterne?")
BEGAN_LATER = _("Datoen ligger efter, at henvisningen er modtaget. Hvornår begyndte smerterne?")


def long_enough(facts: Facts, rule: CriterionRule) -> Answer:
    """The pain has lasted the calendar months required on the day the referral is received."""
    since, received, months = facts.pain_since, facts.received_on, rule.limit or 0
    if since is None or since > received:
        latest = latest_start(received, months)
        earlier = Change(_earlier(facts, latest), _begun_by(latest))
        if since is None:
            return unknown(NO_START, earlier, "pain_since")
        return unknown(BEGAN_LATER, earlier, "pain_since", fact=spelled_out(since))
    met_on = months_after(max(since, facts.pain_since_latest or since), months)
    lasted = duration(whole_months(since, received))
    if received >= met_on:
        return met(lasted)
    if received >= months_after(since, months):
        return _month_decides(since, latest_start(received, months))
    return not_met(lasted, Change({"received_on": met_on}, _lasted_from(met_on, rule)))


def _earlier(facts: Facts, day: date) -> dict[str, date | None]:
    """Begun on the day, and not perhaps later."""
    perhaps_later = facts.pain_since_latest is not None and facts.pain_since_latest > day
    return {"pain_since": day} | ({"pain_since_latest": None} if perhaps_later else {})


def _month_decides(since: date, latest: date) -> Answer:
    """Begun early in the year the pain has lasted long enough, begun late it has not."""
    change = Change({"pain_since_latest": latest}, _begun_by(latest))
    return unknown(_("Hvilken måned begyndte smerterne?"), change, "pain_since", fact=_in(since))


@said
def _in(day: date) -> str:
    return gettext("begyndt i %(year)d") % {"year": day.year}


@said
def duration(months: int) -> str:
    """A duration in words: months up to two years, whole years from there."""
    if months < 1:
        return gettext("under 1 måned")
    if months < 24:
        return ngettext("%(count)d måned", "%(count)d måneder", months) % {"count": months}
    return ngettext("%(years)d år", "%(years)d år", months // 12) % {"years": months // 12}


@said
def _lasted_from(day: date, rule: CriterionRule) -> str:
    words = {"date": spelled_out(day), "limit": rule.limit_words}
    return gettext("Opfyldt fra %(date)s, når smerterne har varet %(limit)s") % words


@said
def _begun_by(day: date) -> str:
    return gettext("Opfyldt, hvis smerterne begyndte senest %(date)s") % {"date": spelled_out(day)}


DURATION = Criterion("duration", ("pain_since", "pain_since_latest", "received_on"), long_enough)
