"""The versions of the rules and the drafts of new ones: written by one person, approved by another.

What a draft would have done to past referrals is shown on its page (`oversight.backtests`).
"""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from admission import approving, drafting
from admission.criteria.answers import spelled_out
from admission.difference import Difference, between
from admission.forms import ApproveForm, RulesForm
from admission.models import RuleSet
from admission.versions import applying, every, newest, numbered
from casework.forms import number_sent, renew
from casework.refusals import Refused, Stale
from oversight import backtests
from oversight.views.people import crumb_to_versions, drafters_only, who
from staff.models import User
from staff.permissions import Permission

approvers_only = permission_required(Permission.APPROVE_RULES, raise_exception=True)
S = RuleSet.Status


def a_draft(pk: int) -> RuleSet:
    """A draft with the people who have had to do with it, else 404; also one that is settled."""
    people = RuleSet.objects.select_related("drafted_by", "approved_by", "discarded_by")
    found: RuleSet = get_object_or_404(people, pk=pk)
    return found


@require_safe
@drafters_only
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, the newest first, and the drafts in work."""
    all_of_them, today = every(), timezone.localdate()
    now = applying(all_of_them, today)
    rows = [
        {
            "version": each,
            "is_now": each is now,
            "is_coming": bool(each.valid_from and each.valid_from > today),
        }
        for each in reversed(all_of_them)
    ]
    drafts = RuleSet.objects.drafts().select_related("drafted_by").order_by("-changed_at")
    return render(request, "oversight/versions.html", {"rows": rows, "drafts": drafts})


@require_POST
@drafters_only
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft, and go on to its limits and words."""
    return redirect("oversight:draft_edit", drafting.begin(who(request)).pk)


@require_safe
@drafters_only
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft changes, what it would have done, and its approval."""
    return draft_page(request, a_draft(pk))


def draft_page(
    request: HttpRequest,
    shown: RuleSet,
    refused: str = "",
    form: ApproveForm | None = None,
) -> HttpResponse:
    """The draft's page, with the sentence when something was refused, and the form as typed."""
    base, user = numbered(shown.based_on), who(request)
    assert base is not None  # a draft is only ever begun from a version
    tested = backtests.of_draft(shown)
    context = {
        "crumbs": [crumb_to_versions()],
        "draft": shown,
        "is_draft": shown.status == S.DRAFT,
        "settled": "" if shown.status == S.DRAFT else drafting.settled_sentence(shown),
        "differences": between(base.content, shown.content),
        "newest": newest(),
        "backtests": tested,
        "untested": untested(tested),
        "may_change": not _why_not(drafting.check_can_change, user, shown),
        "may_discard": not _why_not(drafting.check_can_discard, user, shown),
        "why_not_approve": approving.refusal(user, shown),
        "form": form or ApproveForm(shown),
        "refusal": refused,
    }
    status = 409 if refused else 422 if form and form.errors else 200
    return render(request, "oversight/draft.html", context, status=status)


def untested(tested: backtests.OfDraft) -> str:
    """What to know about the last finished backtest before approving; empty when all is well."""
    finished = [each for each in tested.tested if each.backtest.finished_at]
    if not finished:
        return _("Kladden er ikke afprøvet på tidligere henvisninger.")
    if not finished[0].outdated:
        return ""
    return _("Den seneste afprøvning svarer ikke til i dag: %(why)s") % {
        "why": " ".join(finished[0].outdated)
    }


def _why_not(check: Callable[[User, RuleSet], None], user: User, shown: RuleSet) -> str:
    try:
        check(user, shown)
    except Refused as refused:
        return refused.sentence
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@drafters_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the draft: its limits, what each track asks, where to, and the words."""
    found = a_draft(pk)
    if why_not := _why_not(drafting.check_can_change, who(request), found):
        return draft_page(request, found, why_not)
    if request.method != "POST":
        return _editing(request, found, RulesForm(found))
    return _changed(request, found, RulesForm(found, request.POST))


def _changed(request: HttpRequest, found: RuleSet, form: RulesForm) -> HttpResponse:
    if not form.is_valid():
        return _editing(request, found, form)
    words = form.cleaned_data
    try:
        drafting.change(who(request), found.pk, words["version"], form.content, words["why"])
    except Refused as refused:
        overwritten: list[Difference] = []
        if isinstance(refused, Stale):
            saved = a_draft(found.pk)
            renew(form, version=saved.version)
            overwritten = between(saved.content, form.content)
        return _editing(request, found, form, refused.sentence, overwritten)
    messages.success(request, _("Kladden er gemt."))
    return redirect("oversight:draft", found.pk)


def _editing(
    request: HttpRequest,
    found: RuleSet,
    form: RulesForm,
    refused: str = "",
    overwritten: Sequence[Difference] = (),
) -> HttpResponse:
    """The page to edit on; ``overwritten`` is what saving it now would change in what is saved."""
    here = {"label": str(found), "url": reverse("oversight:draft", args=[found.pk])}
    context = {
        "crumbs": [crumb_to_versions(), here],
        "draft": found,
        "form": form,
        "refusal": refused,
        "overwritten": overwritten,
    }
    return render(request, "oversight/draft_edit.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@drafters_only
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the draft is to be put away, and do it."""
    found = a_draft(pk)
    if why_not := _why_not(drafting.check_can_discard, who(request), found):
        return draft_page(request, found, why_not)
    if request.method != "POST":
        return render(request, "oversight/draft_discard.html", {"draft": found})
    try:
        drafting.discard(who(request), pk, number_sent(request, "version"))
    except Refused as refused:
        return draft_page(request, a_draft(pk), refused.sentence)
    messages.success(request, _("Kladden er kasseret."))
    return redirect("oversight:versions")


@require_POST
@drafters_only
def rebase(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry the draft's changes over to the newest version."""
    a_draft(pk)
    try:
        moved = drafting.rebase(who(request), pk, number_sent(request, "version"))
    except Refused as refused:
        return draft_page(request, a_draft(pk), refused.sentence)
    words = {"number": moved.based_on}
    messages.success(request, _("Kladden bygger nu på version %(number)s.") % words)
    return redirect("oversight:draft", pk)


@require_POST
@approvers_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft the next version, in force from a day."""
    found = a_draft(pk)
    form = ApproveForm(found, request.POST)
    if not form.is_valid():
        return draft_page(request, found, form=form)
    try:
        approved = approving.approve(who(request), pk, **form.cleaned_data)
    except Refused as refused:
        fresh = a_draft(pk)
        renew(form, version=fresh.version)
        return draft_page(request, fresh, refused.sentence, form)
    words = {"number": approved.number, "day": spelled_out(form.cleaned_data["valid_from"])}
    messages.success(request, _("Version %(number)s er godkendt og gælder fra %(day)s.") % words)
    return redirect("oversight:versions")
