"""What the small forms of the triage desk share: the version that was read, a letter, a signature.

A form's ``words()`` are the arguments of the function that does it. A letter that nobody has
touched follows the other answers; one that somebody has changed is left alone.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import FieldsHelper
from letters.previews import Preview
from pathways.team import Load
from referrals import proposals
from referrals.models import Decision, Referral
from referrals.previews import previews
from staff.models import User
from staff.permissions import Permission

AFTER_SIGNATURE = gettext_lazy(
    "Lægen får afgørelsen til underskrift. Der sendes først brev, når lægen har skrevet under."
)
Choices = list[tuple[str, str]]
REDRAWN_BY = "redraw"
PREVIEWED = "#letter-pages"


def long_text(label: Any, *, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


class CaseForm(forms.Form):
    """A form about one referral, carrying the version that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    redrawn_part: ClassVar[str] = "#decision"
    redrawn_on: ClassVar[str] = "change"
    # What is written in these stands in letters, whose pictures follow.
    in_letters: ClassVar[tuple[str, ...]] = ("letter", "words_to_patient")

    def __init__(
        self,
        referral: Referral,
        user: User,
        address: str = "",
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.referral, self.user = referral, user
        first = {"version": referral.version} | dict(initial or {})
        super().__init__(data=data, initial=first, label_suffix="")
        self.fit()
        self._redraw_on_change(address)
        self.helper = FieldsHelper()

    def fit(self) -> None:
        """Fit fields and first values to the referral."""

    def redrawing(self) -> Collection[str]:
        """The fields whose change draws the form anew."""
        return ()

    def effect(self) -> str:
        """What will happen, in a sentence or two beside the form."""
        return ""

    def out_of_date(self) -> str:
        """Why the form must be drawn anew before it can be sent; empty when it need not."""
        return ""

    def asks_for_signature(self) -> bool:
        """Whether sending the form asks a physician to sign instead of deciding."""
        return False

    def demand(self, name: str, wanted: str) -> None:
        """Make a field required, with the sentence that says why, or optional when it is empty."""
        field = self.fields[name]
        field.required = bool(wanted)
        if wanted:
            field.help_text = field.error_messages["required"] = wanted

    def previews(self) -> Iterable[Preview]:
        """The letters that sending the form would send, as they stand in it now."""
        return ()

    def words(self) -> dict[str, Any]:
        """The arguments of the function that does what the form is for."""
        return dict(self.cleaned_data)

    @classmethod
    def redrawn(cls, referral: Referral, user: User, address: str, data: QueryDict) -> Self:
        """The form with what was typed so far, fitted anew after an answer that others follow."""
        return cls(referral, user, address, initial=cls.typed(data))

    @classmethod
    def typed(cls, data: QueryDict) -> dict[str, Any]:
        """What was typed, as first values for a new drawing."""
        sent = cls.base_fields
        return {
            name: data.getlist(name) if _is_several(sent.get(name)) else data[name]
            for name in data
            if name in cls.all_names()
        }

    @classmethod
    def all_names(cls) -> set[str]:
        return set(cls.base_fields)

    def given(self, name: str) -> Any:
        """What stands in a field now: what was sent, else its first value."""
        return self.data.get(name, "") if self.is_bound else self.initial.get(name, "")

    def _redraw_on_change(self, address: str) -> None:
        for name in self.redrawing():
            self._redraw(name, address, self.redrawn_on, self.redrawn_part)
        for name in self.in_letters:
            self._redraw(name, address, "input changed delay:700ms", PREVIEWED)

    def _redraw(self, name: str, address: str, on: str, part: str) -> None:
        """Draw a part of the form anew when a field of it is changed."""
        if name in self.fields:
            self.fields[name].widget.attrs.update(
                {
                    "hx-post": address,
                    "hx-vals": f'{{"{REDRAWN_BY}": "1"}}',
                    "hx-trigger": on,
                    "hx-target": part,
                    "hx-select": part,
                    "hx-swap": "outerHTML",
                }
            )

    @property
    def beside(self) -> list[forms.BoundField]:
        """The visible fields that stand beside the letter."""
        return [field for field in self.visible_fields() if field.name != "letter"]


class LetterForm(CaseForm):
    """A form that sends a letter. ``drafted`` is the letter as it was last drafted, unchanged."""

    letter = long_text(
        gettext_lazy("Brev til henviser"),
        rows=16,
        help_text=gettext_lazy("Ret frit. Navn og rolle sættes under brevet af sig selv."),
        error_messages={"required": gettext_lazy("Skriv brevet til henviser.")},
    )
    drafted = forms.CharField(widget=forms.HiddenInput, required=False)

    def draft(self) -> str:
        """The letter that fits what is chosen now."""
        raise NotImplementedError

    def decision(self) -> Decision | None:
        """The decision as it stands in the form, letter aside; None while something is missing."""
        raise NotImplementedError

    def previews(self) -> Iterable[Preview]:
        decision = self.decision()
        if decision is None:
            return ()
        decision.letter = str(self["letter"].value() or "")
        return previews(decision, None if self.asks_for_signature() else self.user)

    def fit(self) -> None:
        if not self.is_bound:
            draft = self.draft()
            if _plain(self.given("letter")) == _plain(self.given("drafted")):
                self.initial["letter"] = draft
            self.initial["drafted"] = draft

    def clean(self) -> dict[str, Any]:
        """A letter that nobody has touched is drafted anew for what was chosen."""
        answers = self.cleaned_data
        if _plain(answers.get("letter")) == _plain(answers.get("drafted")) and not self.errors:
            answers["letter"] = self.draft()
        return answers

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "drafted"}


class TellsPatient(CaseForm):
    """The decider's own words in the patient's letter; what must be said is there by itself."""

    words_to_patient = long_text(
        gettext_lazy("Egne ord i patientens brev"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Sættes ind i brevet til patienten. Skriv, så patienten forstår det."
        ),
    )


class SignedLater(CaseForm):
    """Which physician is asked to sign, for those who cannot sign themselves."""

    physician = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Læge, der skal skrive under"),
        empty_label=None,
    )

    def asks_for_signature(self) -> bool:
        return "physician" in self.fields

    def offer_physicians(self, hint: str, required: bool) -> None:
        """Fill the field, the lightest load first; see ``physician_field``."""
        self.fields["physician"] = physician_field(self.fields["physician"].label, hint, required)


def physician_field(label: Any, hint: str, required: bool = True) -> "forms.ModelChoiceField[User]":
    """A choice among the physicians, those at work first, the lightest load first."""
    loads = proposals.physicians()
    field = forms.ModelChoiceField(
        queryset=User.objects.who_may(Permission.SIGN),
        label=label,
        help_text=hint,
        required=required,
        empty_label=None,
    )
    field.choices = person_choices(loads)
    field.initial = loads[0].user.pk if loads else None
    return field


def person_choices(loads: list[Load]) -> Choices:
    """People with their load, as they stand in a choice."""
    return [(str(load.user.pk), _person(load)) for load in loads]


def _person(load: Load) -> str:
    words = {"name": load.user.name, "load": load.open_pathways}
    if load.away:
        return _("%(name)s (fraværende i dag)") % words
    return _("%(name)s (%(load)s i forløb)") % words


def _is_several(field: forms.Field | None) -> bool:
    return isinstance(field, forms.MultipleChoiceField)


def _plain(text: Any) -> str:
    """A text as compared: browsers send line ends of their own."""
    return "\n".join(str(text or "").split())
