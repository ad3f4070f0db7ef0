"""The page of decisions against the criteria: by criterion, and one by one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from admission.criteria import CRITERIA
from casework.paging import keyset_page
from oversight.against import Line, against, last_year, names, overview
from oversight.period import Period, PeriodForm
from referrals.models import Decision
from referrals.models.decision import NO_CRITERION
from staff.models import User
from staff.permissions import Permission

PAGE = 50
MARK, CODE = "side", "criterion"


class DecidedForm(PeriodForm):
    """From when to when the decisions were taken; the last year unless said otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = last_year()._asdict()
        self.fields["first"].label = _("Afgjort fra")
        self.fields["last"].label = _("Afgjort til og med")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Counts for who looks after the rules; the decisions only for who may see referrals."""
    user = request.user
    assert isinstance(user, User)
    if not (user.has_perm(Permission.VIEW_OVERVIEW) or user.has_perm(Permission.DRAFT_RULES)):
        raise PermissionDenied
    form = DecidedForm(request.GET if "first" in request.GET else None)
    period = form.period if form.is_bound and form.is_valid() else last_year()
    called = names()
    context = {**_numbers(period, called), "form": form, "period": period}
    if user.has_perm(Permission.VIEW_REFERRALS):
        context |= _one_by_one(period, _code(request.GET), request.GET.get(MARK, ""), called)
    return render(request, "oversight/against.html", context)


def _one_by_one(period: Period, code: str, mark: str, called: Mapping[str, str]) -> dict[str, Any]:
    """One page of the decisions themselves; why is read on the referral, which notes who does."""
    found = against(period, code)
    page = keyset_page(found, ("signed_at", "pk"), mark, PAGE, newest_first=True)
    return {
        "may_see_referrals": True,
        "rows": [_row(decision, called) for decision in page],
        "only": called.get(code, ""),
        "all_url": _address(period),
        "previous_url": _page_address(period, code, page.earlier),
        "next_url": _page_address(period, code, page.later),
    }


def _code(asked: QueryDict) -> str:
    """The criterion in the address; what is none of ours narrows nothing."""
    code = asked.get(CODE, "")
    return code if code in CRITERIA or code == NO_CRITERION else ""


def _numbers(period: Period, called: Mapping[str, str]) -> dict[str, Any]:
    numbers = overview(period, called)
    most = max((line.count for line in numbers.lines), default=1)
    return {"overview": numbers, "lines": [_line(line, most, period) for line in numbers.lines]}


def _line(line: Line, most: int, period: Period) -> dict[str, Any]:
    """A line with the length of its bar, in percent of the longest."""
    url = _address(period, **{CODE: line.code})
    return {"line": line, "url": url, "length": round(100 * line.count / most)}


def _row(decision: Decision, called: Mapping[str, str]) -> dict[str, Any]:
    return {"decision": decision, "criteria": [called[code] for code in decision.against]}


def _page_address(period: Period, code: str, mark: str) -> str:
    narrowed = {CODE: code} if code else {}
    return _address(period, **narrowed, **{MARK: mark}) if mark else ""


def _address(period: Period, **more: str) -> str:
    days = {name: day.isoformat() for name, day in period._asdict().items()}
    return f"{reverse('oversight:against')}?{urlencode({**days, **more})}"
