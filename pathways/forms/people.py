"""Choosing a person: the patient's own team first."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.models import Pathway
from staff.models import User
from staff.permissions import Permission

if TYPE_CHECKING:
    UserChoiceField = forms.ModelChoiceField[User]
else:
    UserChoiceField = forms.ModelChoiceField

Choice = tuple[Any, Any]

NO_SUCH_DAY = gettext_lazy("Den dag findes ikke. Skriv dag, måned og år, fx 8.12.2026.")
NO_SUCH_TIME = gettext_lazy("Det klokkeslæt findes ikke. Skriv timer og minutter, fx 10.30.")


class PersonField(UserChoiceField):
    """A select of the people whose role carries a permission."""

    def __init__(self, permission: Permission, label: Any, **options: Any) -> None:
        super().__init__(queryset=User.objects.none(), label=label, **options)
        self.permission = permission

    def offer(self, pathway: Pathway | None, nobody: str = "") -> None:
        """Offer the pathway's team first, then the others; ``nobody`` names the empty choice."""
        self.queryset = User.objects.who_may(self.permission)
        on_team = set(pathway.team.current().values_list("user", flat=True)) if pathway else set()
        self.choices = [("", nobody or _("Vælg")), *team_first(self.queryset, on_team)]


def team_first(people: Iterable[User], on_team: set[int]) -> list[Choice]:
    """Choices in two groups, each by name."""
    team: list[Choice] = []
    others: list[Choice] = []
    for person in people:
        group = team if person.pk in on_team else others
        group.append((person.pk, person_label(person)))
    groups = [(_("Patientens team"), team), (_("Andre"), others)]
    return [(label, them) for label, them in groups if them]


def person_label(person: User) -> str:
    """ "Anne Holm (læge)"."""
    return f"{person.name} ({person.get_role_display()})"


class ActionForm(forms.Form):
    """The fields of an action's small form, laid out as the subclass says.

    ``mark_required`` says which must be filled in rather than which may be left out: for forms in
    which that depends on another answer.
    """

    mark_required = False

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the fields out; the page writes the form's own tag and buttons."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.mark_required = self.mark_required  # type: ignore[attr-defined]  # read by our pack
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        """One field under the other."""
        return Layout(*self.fields)


class VersionedForm(ActionForm):
    """A form that changes a case carries the version the case was read at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
