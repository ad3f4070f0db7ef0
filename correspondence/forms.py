"""The form that replaces a letter: its words as they were sent, to be corrected."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.forms import FieldsHelper
from letters.content import content_of
from letters.correcting import passages
from letters.models import Letter

REDRAWN_BY: Final = "redraw"
PAGES: Final = "#letter-pages"
MOST_ROWS: Final = 12
LINE: Final = 70  # characters of a line in the form, about
WHY_LENGTH: Final = 500


class ReplaceForm(forms.Form):
    """A text for each passage of the letter, and why it is replaced."""

    because = forms.CharField(
        label=_("Hvorfor erstattes brevet?"),
        max_length=WHY_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Står i sagens historik. Modtageren ser det ikke."),
        error_messages={"required": _("Skriv, hvorfor brevet erstattes.")},
    )
    helper = FieldsHelper(mark_required=True)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        letter: Letter,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), label_suffix="")
        address = reverse("correspondence:replace", args=[letter.pk])
        found = passages(content_of(letter.content))
        labels = [passage.heading or _label(number) for number, passage in enumerate(found)]
        self.names = [f"passage_{number}" for number in range(len(found))]
        for name, label, passage in zip(self.names, labels, found, strict=True):
            self.fields[name] = _prose(label, passage.text, address)
        self.order_fields([*self.names, "because"])

    @property
    def texts(self) -> list[str]:
        """The passages as they stand in the form now."""
        return [self._written(name) for name in self.names]

    @property
    def why(self) -> str:
        """The reason as it stands in the form now."""
        return self._written("because")

    def _written(self, name: str) -> str:
        return str(self[name].value() or "")


def _label(number: int) -> Promise:
    return _("Brevets tekst, fortsat") if number else _("Brevets tekst")


def _prose(label: Any, text: str, address: str) -> forms.CharField:
    """The letter's pictures follow what is written here."""
    redraw = {
        "hx-post": address,
        "hx-vals": f'{{"{REDRAWN_BY}": "1"}}',
        "hx-trigger": "input changed delay:700ms",
        "hx-target": PAGES,
        "hx-select": PAGES,
        "hx-swap": "outerHTML",
    }
    widget = forms.Textarea({"rows": _rows(text), **redraw})
    return forms.CharField(label=label, initial=text, required=False, widget=widget)


def _rows(text: str) -> int:
    """As many lines as the words take, within what is seen at a glance."""
    lines = sum(1 + len(line) // LINE for line in text.splitlines())
    return min(max(lines, 2), MOST_ROWS)
