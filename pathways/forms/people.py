"""Choosing a person: the patient's own team first."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import FieldsHelper
from pathways.models import Pathway
from staff.models import User
from staff.permissions import Permission

Choice = tuple[Any, Any]

NO_SUCH_DAY = gettext_lazy("Skriv en dag, der findes, med tal, fx 8.12.2026.")
NO_SUCH_TIME = gettext_lazy("Det klokkeslæt findes ikke. Skriv timer og minutter, fx 10.30.")


class PersonField(forms.ModelChoiceField[User]):
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

    ``mark_required``, as ``FieldsHelper`` has it, is for forms in which what must be filled in
    depends on another answer.
    """

    mark_required = False

    @property
    def helper(self) -> FieldsHelper:
        """How crispy lays the fields out."""
        helper = FieldsHelper(mark_required=self.mark_required)
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        """One field under the other."""
        return Layout(*self.fields)

    def offer_people(self, name: str, pathway: Pathway | None, nobody: str = "") -> None:
        """Fill a field that chooses a person; see ``PersonField.offer``."""
        field = self.fields[name]
        assert isinstance(field, PersonField)
        field.offer(pathway, nobody)


class VersionedForm(ActionForm):
    """A form that changes a case carries the version the case was read at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
