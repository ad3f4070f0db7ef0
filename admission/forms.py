"""The forms of a draft: one field for each parameter of the rules, and the day of approval."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.approving import earliest_day
from admission.destinations import Destination
from admission.difference import heading, what
from admission.faults import LONGEST_WHY, RANGES, faults, why_faults
from admission.models import RuleSet
from admission.parameters import (
    CRITERION_WORDS,
    LANGUAGES,
    TRACK_WORDS,
    Place,
    codes,
    content_of,
    parameters,
)
from casework.forms import FieldsHelper
from pathways.tracks import Track

LIMITS: Final[Mapping[str, Any]] = {
    "adult": gettext_lazy("Mindste alder"),
    "duration": gettext_lazy("Smerterne har mindst varet"),
    Track.SUBACUTE: gettext_lazy("Morfinækvivalenter ved udskrivelsen, over"),
}
UNITS: Final[Mapping[str, Any]] = {
    "adult": gettext_lazy("år"),
    "duration": gettext_lazy("måneder"),
    Track.SUBACUTE: gettext_lazy("mg i døgnet"),
}
ROWS: Final = {"name": 1, "sentence": 3, "consequence": 3, "source": 2}


class Limit(NamedTuple):
    """A limit's field with its unit."""

    field: forms.BoundField
    unit: str


class Pair(NamedTuple):
    """A text's two fields."""

    da: forms.BoundField
    en: forms.BoundField


class Texts(NamedTuple):
    """What is written about one criterion or track; open when something is to be put right."""

    heading: str
    pairs: list[Pair]
    is_open: bool


class MatrixRow(NamedTuple):
    """One criterion: a tick for each track that asks it, and where those go who do not meet it."""

    heading: str
    ticks: list[forms.BoundField]
    destination: forms.BoundField


class Wrong(NamedTuple):
    """One thing to be put right: which field, and of what it is a part."""

    field: forms.BoundField
    whose: str
    sentence: str


class RulesForm(forms.Form):
    """All parameters of a draft, and why they are changed. `content` is the rules as typed.

    What may not stand is said by `admission.faults`, at its own field.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor ændres reglerne?"),
        help_text=gettext_lazy(
            "Skal stå her, før kladden kan godkendes. Alle kan læse det, når versionen er godkendt."
        ),
        widget=forms.Textarea({"rows": 3}),
        max_length=LONGEST_WHY,
        required=False,
    )

    def __init__(self, draft: RuleSet, data: Mapping[str, Any] | None = None) -> None:
        self.like: Mapping[str, Any] = draft.content
        self.before = parameters(draft.content)
        self.content: dict[str, Any] = {}
        first = {place.field: value for place, value in self.before.items()}
        first |= {"version": draft.version, "why": draft.why}
        super().__init__(data=data, initial=first, label_suffix="")
        for place in self.before:
            self.fields[place.field] = _field(place, self.label_of(place))
        self.helper = FieldsHelper(mark_required=True)

    def label_of(self, place: Place) -> str:
        if place.what == "limit":
            return str(LIMITS[place.code])
        if place.what == "asks":
            words = {
                "criterion": heading("criteria", place.detail, self.before),
                "track": Track(place.code).label,
            }
            return _("%(criterion)s: spørges i sporet %(track)s") % words
        return capfirst(what(place))

    def clean_why(self) -> str:
        why: str = self.cleaned_data["why"]
        if wrong := why_faults(why):
            raise forms.ValidationError(wrong)
        return why

    def clean(self) -> None:
        self.content = content_of(
            {place: self._typed(place) for place in self.before}, like=self.like
        )
        for place, sentence in faults(self.content, self.like):
            name = place.field if place else None
            if name not in self.errors:
                self.add_error(name, sentence)

    def _typed(self, place: Place) -> Any:
        """What was typed, of the kind that a version keeps; what cannot be read is as before."""
        value = self.cleaned_data.get(place.field)
        if value is None:
            return self.before[place]
        if place.detail in LANGUAGES:
            return re.sub(r"\s+", " ", value).strip()
        return type(self.before[place])(value)

    @property
    def wrong(self) -> list[Wrong]:
        """Everything to be put right, in the page's order; texts say of which criterion or track.

        Each text has the same name for every criterion, so that it stands short at its field.
        """
        whose = {
            place.field: heading(place.part, place.code, self.before)
            for place in self.before
            if place.detail in LANGUAGES
        }
        return [
            Wrong(field, whose.get(field.name, ""), str(sentence))
            for field in self
            for sentence in field.errors
        ]

    @property
    def limits(self) -> list[Limit]:
        places = [place for place in self.before if place.what == "limit"]
        return [Limit(self[place.field], str(UNITS[place.code])) for place in places]

    @property
    def tracks(self) -> list[str]:
        return [str(Track(written["track"]).label) for written in self.like["tracks"]]

    @property
    def matrix(self) -> Iterator[MatrixRow]:
        tracks = [written["track"] for written in self.like["tracks"]]
        for code in codes(self.like):
            ticks = [self[Place("tracks", track, "asks", code).field] for track in tracks]
            destination = self[Place("criteria", code, "destination").field]
            yield MatrixRow(heading("criteria", code, self.before), ticks, destination)

    @property
    def criteria(self) -> list[Texts]:
        return [self._texts("criteria", code, CRITERION_WORDS) for code in codes(self.like)]

    @property
    def track_texts(self) -> list[Texts]:
        tracks = [written["track"] for written in self.like["tracks"]]
        return [self._texts("tracks", track, TRACK_WORDS) for track in tracks]

    def _texts(self, part: str, code: str, words: tuple[str, ...]) -> Texts:
        pairs = [
            Pair(*(self[Place(part, code, word, each).field] for each in LANGUAGES))
            for word in words
        ]
        is_open = any(field.errors for pair in pairs for field in pair)
        return Texts(heading(part, code, self.before), pairs, is_open)


def _field(place: Place, label: str) -> forms.Field:
    if place.what == "asks":
        return forms.BooleanField(label=label, required=False)
    if place.what == "destination":
        choices = Destination.choices
        return forms.ChoiceField(label=label, choices=choices)
    if place.what == "limit":
        return _limit_field(place, label)
    return forms.CharField(
        label=label,
        widget=forms.Textarea({"rows": ROWS[place.what], "lang": place.detail}),
        required=False,  # what is empty is said by the faults
    )


def _limit_field(place: Place, label: str) -> forms.IntegerField:
    lowest, highest = RANGES[place.code]
    attrs = {"class": "input-char-4", "min": lowest, "max": highest}
    return forms.IntegerField(label=label, widget=forms.NumberInput(attrs))


class ApproveForm(forms.Form):
    """From which day the approved version is in force."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_from = forms.DateField(label=gettext_lazy("Gælder fra"))

    def __init__(self, draft: RuleSet, data: Mapping[str, Any] | None = None) -> None:
        first = {"version": draft.version, "valid_from": earliest_day()}
        super().__init__(data=data, initial=first, label_suffix="")
