"""Our admission criteria, for everybody: made from a version of the rules and nothing else."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from admission.criteria.answers import spelled_out
from admission.difference import Difference, between
from admission.rules import CriterionRule, Rules, TrackRule
from admission.versions import Version, applying, coming, every
from pathways.tracks import Track


@require_safe
@login_not_required
def criteria(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The version in force today, or the one with a number; 404 where there is none."""
    versions, today = every(), timezone.localdate()
    now = applying(versions, today)
    shown = now if number is None else next((v for v in versions if v.number == number), None)
    if shown is None:
        raise Http404
    context = {
        "version": shown,
        "is_now": shown is now,
        "period": period(versions, shown),
        "criteria": [_criterion(rule, shown.rules) for rule in shown.rules.criteria.values()],
        "tracks": [_track(rule, shown.rules) for rule in shown.rules.tracks.values()],
        "changes": changes(versions, shown),
        "announced": [_announced(each, versions) for each in coming(versions, today)],
        "versions": [_listed(each, versions, shown) for each in reversed(versions)],
    }
    return render(request, "admission/criteria.html", context)


def _criterion(rule: CriterionRule, rules: Rules) -> dict[str, Any]:
    """One criterion as it is read, and the tracks that do not ask it."""
    spared_by = [track.label for track in Track if rule.code in rules.tracks[track].spares]
    return {
        "rule": rule,
        "not_asked": spared_by if len(spared_by) < len(rules.tracks) else [],
        "never_asked": len(spared_by) == len(rules.tracks),
    }


def _track(rule: TrackRule, rules: Rules) -> dict[str, Any]:
    spared = [each.name for code, each in rules.criteria.items() if code in rule.spares]
    return {"rule": rule, "spared": spared}


def changes(versions: list[Version], shown: Version) -> list[Difference]:
    """What the version says otherwise than the one before it; nothing for the first."""
    before = [each for each in versions if each.number < shown.number]
    return between(before[-1].content, shown.content) if before else []


def _announced(version: Version, versions: list[Version]) -> dict[str, Any]:
    assert version.valid_from is not None  # it comes on a day
    words = {"day": spelled_out(version.valid_from), "number": version.number}
    return {
        "sentence": _("Fra %(day)s gælder version %(number)s:") % words,
        "changes": changes(versions, version),
        "url": _address(version),
        "number": version.number,
    }


def _listed(version: Version, versions: list[Version], shown: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "period": period(versions, version),
        "url": _address(version),
        "is_shown": version is shown,
    }


def _address(version: Version) -> str:
    return reverse("admission:criteria_version", args=[version.number])


def period(versions: list[Version], shown: Version) -> str:
    """From when until when the version is in force, in words."""
    first, last = shown.valid_from, _last_day(versions, shown)
    words = {"first": first and spelled_out(first), "last": last and spelled_out(last)}
    if first and last and last < first:
        return _("Afløst, før den blev gyldig")
    if first and last:
        return _("Gyldig %(first)s – %(last)s") % words
    if first:
        return _("Gyldig fra %(first)s") % words
    return _("Gyldig til %(last)s") % words if last else _("Gyldig indtil videre")


def _last_day(versions: list[Version], shown: Version) -> date | None:
    """The day before the next version's; None while none follows."""
    later = [v.valid_from for v in versions if v.number > shown.number and v.valid_from]
    return min(later) - timedelta(days=1) if later else None
