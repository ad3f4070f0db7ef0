"""Backtests as pages: started from a draft, watched while they run, read once they are done."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from admission.models import RuleSet
from casework.refusals import Refused
from oversight import backtests
from oversight.models import Backtest
from oversight.period import PeriodForm
from oversight.views.backtest_flips import flip_row
from oversight.views.backtest_result import shown, summary
from oversight.views.backtest_words import Words
from oversight.views.people import crumb_to_versions, drafters_only, who
from staff.permissions import Permission

MARK = "side"
CODE = "criterion"


@require_POST
@drafters_only
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a backtest of a draft; a period that is none is asked for again on its own page."""
    draft = get_object_or_404(RuleSet, pk=pk)
    form = PeriodForm(request.POST)
    refusal = ""
    if form.is_valid():
        try:
            begun = backtests.start(who(request), draft.pk, form.period)
            return redirect("oversight:backtest", pk=begun.pk)
        except Refused as refused:
            refusal = refused.sentence
    context = {"draft": draft, "form": form, "refusal": refusal, "crumbs": _crumbs(draft)}
    return render(request, "oversight/backtest_start.html", context, status=409 if refusal else 422)


@require_safe
@drafters_only
def backtest(request: HttpRequest, pk: int) -> HttpResponse:
    """One backtest: how far it is, or what it found."""
    return _show(request, _found(pk))


@require_safe
@drafters_only
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone while the backtest runs; then what it found takes the bar's place."""
    found = _found(pk)
    if "HX-Request" not in request.headers:
        return redirect("oversight:backtest", pk=pk)
    if found.is_running:
        context = {"backtest": found, "progress": backtests.progress(found)}
        return render(request, "oversight/backtest_progress.html", context)
    ended = render(request, "oversight/backtest_whole.html", _context(request, found))
    return reswap(retarget(ended, "#backtest"), "outerHTML")


@require_POST
@drafters_only
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a running backtest."""
    found = _found(pk)
    try:
        backtests.stop(who(request), found.pk)
    except Refused as refused:
        return _show(request, _found(pk), refused.sentence, status=409)
    return redirect("oversight:backtest", pk=pk)


def _found(pk: int) -> Backtest:
    joined = ("draft", "started_by", "stopped_by")
    rows = backtests.with_newer(Backtest.objects.select_related(*joined))
    return get_object_or_404(rows, pk=pk)


def _show(
    request: HttpRequest, found: Backtest, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = _context(request, found) | {"refusal": refusal, "crumbs": _crumbs(found.draft)}
    return render(request, "oversight/backtest.html", context, status=status)


def _context(request: HttpRequest, found: Backtest) -> dict[str, Any]:
    context = {
        "backtest": found,
        "facts": summary(found),
        "outdated": backtests.why_outdated(found),
        "progress": None if found.finished_at else backtests.progress(found),
    }
    return context | (_result(request, found) if found.finished_at else {})


def _result(request: HttpRequest, found: Backtest) -> dict[str, Any]:
    """What was found, and one page of the referrals it is about for who may see them."""
    asked = request.GET.get(CODE, "")
    code = asked if asked in found.result["deciding"] else ""
    here, words = reverse("oversight:backtest", args=[found.pk]), Words(found)
    told = shown(found, words) | {"filters": words.filters(here, CODE, code)}
    if not request.user.has_perm(Permission.VIEW_REFERRALS):
        return told
    page = backtests.flips(found, code, request.GET.get(MARK, ""))
    return told | {
        "may_open": True,
        "rows": [flip_row(flip, words) for flip in page],
        "previous_url": _address(here, code, page.earlier),
        "next_url": _address(here, code, page.later),
    }


def _address(here: str, code: str, mark: str) -> str:
    query = {name: value for name, value in ((CODE, code), (MARK, mark)) if value}
    return f"{here}?{urlencode(query)}#flips" if mark else ""


def _crumbs(draft: RuleSet) -> list[dict[str, str]]:
    """A backtest is found again through its draft."""
    own = {"label": str(draft), "url": reverse("oversight:draft", args=[draft.pk])}
    return [crumb_to_versions(), own]
