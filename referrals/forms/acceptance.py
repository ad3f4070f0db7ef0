"""The form that receives a patient: track, responsible physician and team, filled as proposed."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.refusals import Refused
from pathways.rights import Right
from pathways.team import Plan, Seat, loads
from pathways.tracks import TEAMS, Discipline, Track
from referrals import letters, proposals
from referrals.forms.case import (
    AFTER_SIGNATURE,
    LetterForm,
    SignedLater,
    TellsPatient,
    long_text,
    person_choices,
)
from referrals.models import Decision
from referrals.needs import needs_reason, needs_signature
from staff.models import User
from staff.permissions import Permission, Role

ON_TOP = gettext_lazy(
    "Ret frit. Spor, læge og første tid sættes over brevet og navn og rolle under det af sig selv."
)
SEAT = "seat_"
ORDER = ("version", "drafted", "shown", "drawn_for", "track", "responsible")
AFTER_TEAM = ("reason", "right", "words_to_patient", "physician", "letter")


class AcceptForm(TellsPatient, SignedLater, LetterForm):
    """``shown`` is the sealed proposal the person had before them, ``drawn_for`` the track whose
    team the form shows.
    """

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    drawn_for = forms.CharField(widget=forms.HiddenInput, required=False)
    track = forms.ChoiceField(
        label=gettext_lazy("Spor"),
        choices=Track.choices,
        error_messages={"required": gettext_lazy("Vælg et spor.")},
    )
    right = forms.ChoiceField(
        label=gettext_lazy("Patientens ret"),
        choices=Right.choices,
        help_text=gettext_lazy(
            "Den, der er færdigudredt, har ret til behandling. Fristen og patientens brev følger "
            "den ret, du vælger."
        ),
        error_messages={"required": gettext_lazy("Vælg, hvilken ret patienten har.")},
    )
    responsible = forms.ModelChoiceField(
        label=gettext_lazy("Behandlingsansvarlig læge"),
        queryset=User.objects.filter(role=Role.PHYSICIAN),
        empty_label=None,
    )
    reason = long_text(
        gettext_lazy("Begrundelse"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Kun nødvendig, når du ændrer noget i forslaget."),
    )

    @classmethod
    def all_names(cls) -> set[str]:
        seats = {f"{SEAT}{discipline}" for discipline in Discipline}
        return super().all_names() | seats

    @cached_property
    def chosen_track(self) -> Track:
        """The track that stands in the form, else the proposed one, else the commonest."""
        proposed = proposals.routing(self.referral).proposal
        given = str(self.given("track"))
        return Track(given) if given in Track.values else proposed or Track.INTERDISCIPLINARY

    @property
    def chosen_right(self) -> Right:
        """The right that stands in the form, else treatment's."""
        given = str(self.given("right"))
        return Right(given) if given in Right.values else Right.TREATMENT

    @cached_property
    def proposal(self) -> Plan | None:
        """Today's plan for the chosen track; None when no physician is at work."""
        try:
            return proposals.plan_on(self.referral, self.chosen_track)
        except Refused:
            return None

    def fit(self) -> None:
        if not self.is_bound:
            self._fill_with_proposal()
        self.fields["letter"].help_text = ON_TOP
        self._add_people()
        self._fit_signature()
        self.demand("reason", self._reason_wanted())
        super().fit()
        self.order_fields((*ORDER, *self.seats, *AFTER_TEAM))

    def redrawing(self) -> Collection[str]:
        return ("track", "responsible", *self.seats, "right")

    def _reason_wanted(self) -> str:
        plan, shown = self.plan, proposals.unseal(self.referral, str(self.given("shown")))
        return needs_reason(self.referral, plan, shown) if plan else ""

    def _fill_with_proposal(self) -> None:
        """First values; people typed so far stay unless they were chosen for another track."""
        if self.given("drawn_for") != str(self.chosen_track):
            chosen = {"responsible": self.given("responsible")} if self.given("responsible") else {}
            self.initial = {**self.initial, **self._proposed_people(), **chosen}
        self.initial["track"] = self.initial["drawn_for"] = str(self.chosen_track)
        self.initial["right"] = str(self.chosen_right)
        if not self.given("shown"):
            proposed = proposals.proposed_plan(self.referral)
            self.initial["shown"] = proposals.seal(self.referral, proposed)

    def _proposed_people(self) -> dict[str, Any]:
        if self.proposal is None:
            return {}
        seats = {f"{SEAT}{seat.discipline}": str(seat.user.pk) for seat in self.proposal.team}
        return {**seats, "responsible": str(self.proposal.responsible.pk)}

    @property
    def seats(self) -> list[str]:
        """The names of the team's fields, the physician aside."""
        return [f"{SEAT}{discipline}" for discipline in self._disciplines()]

    def _disciplines(self) -> list[Discipline]:
        team = TEAMS[self.chosen_track]
        both = (*team.disciplines, *team.if_wanted)
        return [discipline for discipline in both if discipline != Discipline.PHYSICIAN]

    def _add_people(self) -> None:
        today, why = (
            timezone.localdate(),
            proposals.discipline_reasons(self.referral, self.chosen_track),
        )
        physicians = loads(Discipline.PHYSICIAN, today)
        responsible = self.fields["responsible"]
        assert isinstance(responsible, forms.ModelChoiceField)
        responsible.choices = person_choices(physicians)
        for discipline in self._disciplines():
            self._add_seat(discipline, why.get(discipline, ""))

    def _add_seat(self, discipline: Discipline, why: str) -> None:
        wanted = discipline in TEAMS[self.chosen_track].disciplines
        people = person_choices(loads(discipline, timezone.localdate()))
        field = forms.ModelChoiceField(
            queryset=User.objects.filter(role=discipline),
            label=discipline.label,
            help_text=why,
            required=wanted,
            error_messages={"required": _("Vælg, hvem det skal være.")},
        )
        field.choices = people if wanted else [("", _("Ingen")), *people]
        self.fields[f"{SEAT}{discipline}"] = field

    def _fit_signature(self) -> None:
        wanted = needs_signature(self.referral, Decision.Kind.ACCEPT)
        if wanted and not self.user.has_perm(Permission.SIGN):
            self.offer_physicians(wanted, required=True)
        else:
            del self.fields["physician"]

    def out_of_date(self) -> str:
        if self.given("drawn_for") == str(self.chosen_track):
            return ""
        words = {"track": self.chosen_track.label}
        return _("Teamet er nu foreslået for %(track)s. Se det igennem, før du godkender.") % words

    def draft(self) -> str:
        return letters.accepted(self.referral)

    def decision(self) -> Decision | None:
        plan = self.plan
        if plan is None:
            return None
        return Decision(
            referral=self.referral,
            kind=Decision.Kind.ACCEPT,
            track=plan.track,
            right=self.chosen_right,
            plan=proposals.people_json(plan),
            words_to_patient=str(self["words_to_patient"].value() or ""),
        )

    @property
    def plan(self) -> Plan | None:
        """The plan that the chosen people make; None without a physician."""
        people = User.objects.in_bulk([pk for pk in self._chosen_people().values() if pk])
        responsible = people.get(self._chosen_people()["responsible"])
        if responsible is None:
            return None
        seats = [
            Seat(responsible, Discipline.PHYSICIAN, self._why(Discipline.PHYSICIAN, responsible))
        ]
        for discipline in self._disciplines():
            if user := people.get(self._chosen_people()[f"{SEAT}{discipline}"]):
                seats.append(Seat(user, discipline, self._why(discipline, user)))
        return Plan(self.chosen_track, responsible, tuple(seats))

    def _chosen_people(self) -> dict[str, int]:
        names = ["responsible", *self.seats]
        given = {name: str(self.given(name)) for name in names}
        return {name: int(value) if value.isdecimal() else 0 for name, value in given.items()}

    def _why(self, discipline: Discipline, user: User) -> str:
        """The proposal's own reason for the person it proposed, else only the discipline's."""
        proposed = {seat.user: seat.reason for seat in self.proposal.team} if self.proposal else {}
        reasons = proposals.discipline_reasons(self.referral, self.chosen_track)
        return proposed.get(user) or reasons.get(discipline, "")

    def effect(self) -> str:
        if "physician" in self.fields:
            return str(AFTER_SIGNATURE)
        return _("Henviser får brevet i portalen, patienten får brev, og forløbet åbnes.")

    def words(self) -> dict[str, Any]:
        answers: Mapping[str, Any] = self.cleaned_data
        return {
            "version": answers["version"],
            "plan": self.plan,
            "right": answers["right"],
            "reason": answers["reason"],
            "letter": answers["letter"],
            "words_to_patient": answers["words_to_patient"],
            "physician": answers.get("physician"),
            "shown": proposals.unseal(self.referral, answers["shown"]),
        }
