"""What the forms of every room share: how they are drawn, and shown again after a refusal."""

from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest

MOST_DIGITS: Final = 18


class FieldsHelper(FormHelper):
    """Draws the fields alone: the page writes the form's own tag, its token and its buttons.

    ``mark_required`` says which fields must be filled in rather than which may be left out.
    """

    form_tag = False
    disable_csrf = True

    def __init__(self, *, mark_required: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # crispy has no types
        self.mark_required = mark_required  # crispy hands it on to dkfds/layout/optional.html


def renew(form: forms.Form, **values: Any) -> None:
    """Let what was sent stand in a form that is shown again, apart from ``values``.

    A version or a key of now takes the place of the one that was sent: what is sent from there
    comes from somebody who has seen why it was refused.
    """
    form.data = {name: form[name].data for name in form.fields} | values


def number_sent(request: HttpRequest, name: str) -> int:
    """A number that a form of ours carries, such as a version; -1 from one that is none.

    A version of -1 is older than any, so that what is sent with it is refused.
    """
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else -1
