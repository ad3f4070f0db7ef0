"""The small forms of the triage desk, each filled with the proposal and saying what will happen."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.criteria import Destination
from referrals import letters, proposals
from referrals.answers import Section, sections
from referrals.deciding import may_tell_patient
from referrals.forms.case import (
    AFTER_SIGNATURE,
    CaseForm,
    LetterForm,
    SignedLater,
    TellsPatient,
    long_text,
    physician_field,
)
from referrals.judging import discharge_limit
from referrals.medicine import as_sent
from referrals.models import Decision
from referrals.needs import needs_signature
from referrals.signing import why_sent_for_advice
from staff.models import User
from staff.permissions import Permission

REASON_FOR_PLACE = gettext_lazy(
    "Skriv, hvorfor patienten hører til dér: intet kriterium siger det. Henviser læser det over "
    "brevet."
)
REASON_TO_DECLINE = gettext_lazy(
    "Skriv, hvorfor henvisningen afvises: intet kriterium siger det. Henviser læser det over "
    "brevet."
)
WITH_REASON = (*TellsPatient.in_letters, "reason")
REASON_ABOVE = gettext_lazy(
    "Ret frit. Begrundelsen sættes over brevet og navn og rolle under det af sig selv."
)
READ_WITH_ADVICE = ("question", "medicine")


class RedirectForm(TellsPatient, SignedLater, LetterForm):
    """Where the patient belongs; a place that no criterion points to needs a reason."""

    in_letters = WITH_REASON

    destination = forms.ChoiceField(
        label=gettext_lazy("Hvor hører patienten til?"), choices=Destination.choices
    )
    reason = long_text(
        gettext_lazy("Begrundelse"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Henviser læser den over brevet. Kun nødvendig, når intet kriterium peger på stedet."
        ),
    )

    field_order = (
        *("version", "drafted", "destination", "reason", "words_to_patient", "physician"),
        "letter",
    )

    def fit(self) -> None:
        self.fields["letter"].help_text = REASON_ABOVE
        pointed_to = proposals.proposed_destinations(self.referral)
        if not self.is_bound and self.given("destination") not in Destination.values:
            self.initial["destination"] = (pointed_to or (Destination.REFERRER,))[0]
        wanted = self._signature_wanted()
        self.demand("reason", str(REASON_FOR_PLACE) if wanted else "")
        if wanted and not self.user.has_perm(Permission.SIGN):
            self.offer_physicians(wanted, required=True)
        else:
            del self.fields["physician"]
        super().fit()

    def _signature_wanted(self) -> str:
        return needs_signature(
            self.referral, Decision.Kind.REDIRECT, str(self.given("destination"))
        )

    def redrawing(self) -> Collection[str]:
        return ("destination",)

    def draft(self) -> str:
        return letters.redirected(self.referral, str(self.given("destination")))

    def decision(self) -> Decision | None:
        destination = str(self.given("destination"))
        if destination not in Destination.values:
            return None
        return Decision(
            referral=self.referral,
            kind=Decision.Kind.REDIRECT,
            destination=destination,
            reason=str(self["reason"].value() or ""),
            words_to_patient=str(self["words_to_patient"].value() or ""),
        )

    def effect(self) -> str:
        if "physician" in self.fields:
            return str(AFTER_SIGNATURE)
        return _(
            "Henviser får brevet i portalen, patienten får brev, og henvisningen afsluttes her."
        )


class DeclineForm(TellsPatient, SignedLater, LetterForm):
    in_letters = WITH_REASON
    """Why, and what the referrer can do next; the patient is told, too, unless they tell it."""

    reason = long_text(
        gettext_lazy("Begrundelse"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Henviser læser den over brevet. Kriterierne, der ikke er opfyldt, står i brevet."
        ),
    )
    tells_patient = forms.BooleanField(
        label=gettext_lazy("Send også brev til patienten"), initial=True, required=False
    )
    field_order = (
        *("version", "drafted", "reason", "tells_patient", "words_to_patient", "physician"),
        "letter",
    )

    @classmethod
    def typed(cls, data: QueryDict) -> dict[str, Any]:
        """A box that is not ticked is not sent."""
        return {**super().typed(data), "tells_patient": "tells_patient" in data}

    def fit(self) -> None:
        self.fields["letter"].help_text = REASON_ABOVE
        wanted = needs_signature(self.referral, Decision.Kind.DECLINE)
        self.demand("reason", str(REASON_TO_DECLINE) if wanted else "")
        if wanted and not self.user.has_perm(Permission.SIGN):
            self.offer_physicians(wanted, required=True)
        else:
            del self.fields["physician"]
        if not may_tell_patient(self.referral):
            del self.fields["tells_patient"], self.fields["words_to_patient"]
        super().fit()

    def redrawing(self) -> Collection[str]:
        return ("tells_patient",)

    def draft(self) -> str:
        return letters.declined(self.referral)

    def decision(self) -> Decision:
        return Decision(
            referral=self.referral,
            kind=Decision.Kind.DECLINE,
            reason=str(self["reason"].value() or ""),
            **self._told(),
        )

    def _told(self) -> dict[str, Any]:
        if "tells_patient" not in self.fields:
            return {"tells_patient": False}
        return {
            "tells_patient": bool(self["tells_patient"].value()),
            "words_to_patient": str(self["words_to_patient"].value() or ""),
        }

    def effect(self) -> str:
        if "physician" in self.fields:
            return str(AFTER_SIGNATURE)
        if self._told()["tells_patient"]:
            return _(
                "Henviser får brevet i portalen, patienten får brev, og henvisningen afsluttes."
            )
        return _("Henviser får brevet i portalen, og henvisningen afsluttes.")


class AdviceRequestForm(CaseForm):
    """Which physician is to answer, and what to look at."""

    physician = forms.ModelChoiceField(queryset=User.objects.none())
    why = long_text(
        gettext_lazy("Til lægen"),
        rows=4,
        required=False,
        help_text=gettext_lazy("Hvad skal lægen se på? Det følger med henvisningen."),
    )

    def fit(self) -> None:
        self.fields["physician"] = physician_field(_("Læge"), "")

    def effect(self) -> str:
        return _(
            "Lægen får henvisningen under »Råd til praksis« og svarer henviser skriftligt. Der "
            "åbnes intet forløb."
        )


class GiveBackForm(CaseForm):
    """What the visitation is to do about it."""

    words_back = long_text(
        gettext_lazy("Hvorfor giver du den tilbage?"),
        rows=4,
        error_messages={"required": gettext_lazy("Skriv, hvorfor du giver henvisningen tilbage.")},
    )

    def effect(self) -> str:
        return _(
            "Henvisningen kommer tilbage i visitationen med dine ord. Henviser får intet brev."
        )

    def words(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["version"], "words": self.cleaned_data["words_back"]}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a physician reads while answering: the visitation's words, and what was written."""

    why: str
    sections: list[Section]


class AdviseForm(LetterForm):
    """The physician's answer in writing."""

    def asked(self) -> Asked:
        """What is to be answered, beside the letter."""
        judgement = proposals.latest(self.referral)
        submission, limit = judgement.submission, discharge_limit(judgement)
        written = sections(
            submission.answers, (), self.referral.received_on, as_sent(submission), limit
        )
        read = [each for each in written if each.step in READ_WITH_ADVICE and each.rows]
        return Asked(why_sent_for_advice(self.referral), read)

    def fit(self) -> None:
        super().fit()
        self.fields["letter"].label = _("Rådet til henviser")

    def draft(self) -> str:
        return letters.advice(self.referral)

    def decision(self) -> Decision:
        return Decision(referral=self.referral, kind=Decision.Kind.ADVISE)

    def effect(self) -> str:
        return _("Henviser får brevet i portalen. Henvisningen afsluttes uden forløb.")
