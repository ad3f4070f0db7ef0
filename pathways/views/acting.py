"""How an action's small form is shown, done, refused and left: the same for every action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from casework.forms import renew
from casework.models import Case
from casework.refusals import Refused, Stale
from staff.models import User


@dataclass(frozen=True, slots=True)
class Action:
    """An action as a person meets it: heading, a line on what will happen, button."""

    heading: str | Promise
    button: str | Promise
    done: str | Promise
    lead: str | Promise = ""
    is_end: bool = False


def signed_in(request: HttpRequest) -> User:
    """The person at the desk; the sign-in middleware let nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def act(
    request: HttpRequest,
    action: Action,
    form: forms.Form,
    do: Callable[[], object],
    *,
    case: Case | None,
    back: str,
    context: dict[str, Any],
    then: Callable[[], str] = lambda: "",
) -> HttpResponse:
    """Show the form; when it is sent and holds, ``do`` it and go ``back`` with a sentence.

    ``then`` is what the person is to know besides, once it is done.

    A refusal shows the form again with what was typed and, when the case had moved on, its version
    of now, so that the same words can be sent by somebody who has seen what changed.
    """
    shown = context | {"action": action, "form": form, "back": back}
    if not form.is_valid():
        return render(request, "pathways/action.html", shown, status=422 if form.is_bound else 200)
    try:
        do()
    except Refused as refusal:
        show_refusal(form, refusal, case)
        return render(request, "pathways/action.html", shown, status=409)
    messages.success(request, f"{action.done} {then()}".strip())
    return redirect(back)


def show_refusal(form: forms.Form, refusal: Refused, case: Case | None) -> None:
    """Put the sentence at the field it is about, else on top; the version of now when stale."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    if isinstance(refusal, Stale) and case is not None:
        case.refresh_from_db(fields=["version"])
        renew(form, version=case.version)
