"""What may happen to a referral, each by the room's own function."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from demo.case import DONE, Act, Case
from pathways.tracks import Track
from patients import access
from patients.models import Access, Recognition
from patients.recognition import Checked
from referrals import intake, letters, proposals, recognising, signing, triage
from referrals.models import Referral
from staff.models import User

Moments = Iterable[dt.datetime]


def _opened(case: Case, by: User) -> Referral:
    """The referral, opened by somebody of the centre, which is recorded."""
    referral = case.referral
    access.record(by, referral.patient, Access.Purpose.TRIAGE, "henvisning")
    return referral


@dataclass(frozen=True, kw_only=True)
class Claim(Act):
    """A secretary takes the referral."""

    def happen(self, case: Case) -> Moments:
        referral = _opened(case, case.secretary)
        triage.claim(case.secretary, referral.pk, referral.version)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Ask(Act):
    """The referrer is asked."""

    text: str
    fields: tuple[str, ...]

    def happen(self, case: Case) -> Moments:
        referral = _opened(case, case.secretary)
        triage.ask(case.secretary, referral.pk, referral.version, self.text, self.fields)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Recall(Act):
    """The question is taken back."""

    def happen(self, case: Case) -> Moments:
        referral = _opened(case, case.secretary)
        triage.recall(case.secretary, referral.pk, referral.version)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Answer(Act):
    """The referrer completes the referral, or begins to."""

    says: Mapping[str, Any] = field(default_factory=dict)
    sent: bool = True

    def happen(self, case: Case) -> Moments:
        draft = intake.begin_answer(case.referrer, case.referral_pk)
        for name, said in self.says.items():
            step, _dot, answer = name.partition(".")
            typed = {**draft.answers.get(step, {}), answer: said}
            draft = intake.save_step(case.referrer, draft.pk, step, typed)
        if self.sent:
            intake.submit(case.referrer, draft.pk, case.story.despite)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Accept(Act):
    """The patient is received as proposed, or on another track with a reason."""

    track: Track | None = None
    reason: str = ""

    def happen(self, case: Case) -> Moments:
        referral, by = _opened(case, case.secretary), case.secretary
        track = self.track or proposals.routing(referral).proposal
        assert track is not None  # a story whose referral has no proposal names a track
        plan = proposals.plan_on(referral, track)
        letter = letters.accepted(referral)
        asked = proposals.physicians()[0].user
        triage.accept(by, referral.pk, referral.version, plan, self.reason, letter, asked)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Recognise(Act):
    """The name that the referrer writes is the patient's new one: looked up."""

    def happen(self, case: Case) -> Moments:
        referral, person = _opened(case, case.secretary), case.story.says
        names = person["patient.given_names"], person["patient.family_name"]
        checked = Checked(*names, how=Recognition.How.REGISTER)
        recognising.recognise(case.secretary, referral.pk, referral.version, checked)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Redirect(Act):
    """The patient belongs elsewhere: where the first unmet criterion points, or as chosen."""

    destination: str = ""
    reason: str = ""

    def happen(self, case: Case) -> Moments:
        referral, by = _opened(case, case.secretary), case.secretary
        destination = self.destination or proposals.proposed_destinations(referral)[0]
        letter = letters.redirected(referral, destination)
        asked = proposals.physicians()[0].user
        triage.redirect(by, referral.pk, referral.version, destination, letter, self.reason, asked)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Decline(Act):
    """The centre has no offer; ``advice`` is what the referrer may do instead."""

    reason: str
    advice: str

    def happen(self, case: Case) -> Moments:
        referral, by = _opened(case, case.secretary), case.secretary
        letter = f"{letters.declined(referral).rstrip('- ')}\n\n{self.advice}"
        asked = proposals.physicians()[0].user
        triage.decline(by, referral.pk, referral.version, self.reason, letter, asked)
        return DONE


@dataclass(frozen=True, kw_only=True)
class SendForAdvice(Act):
    """A physician is asked to answer the referrer."""

    why: str = ""

    def happen(self, case: Case) -> Moments:
        referral = _opened(case, case.secretary)
        asked = proposals.physicians()[0].user
        triage.send_for_advice(case.secretary, referral.pk, referral.version, asked, self.why)
        return DONE


def _physician(referral: Referral) -> User:
    """Who was asked to sign or advise."""
    assert referral.owner is not None
    return referral.owner


@dataclass(frozen=True, kw_only=True)
class Sign(Act):
    """The physician signs what was proposed."""

    def happen(self, case: Case) -> Moments:
        physician = _physician(case.referral)
        referral = _opened(case, physician)
        signing.sign(physician, referral.pk, referral.version)
        return DONE


@dataclass(frozen=True, kw_only=True)
class GiveBack(Act):
    """The physician gives the referral back."""

    words: str

    def happen(self, case: Case) -> Moments:
        physician = _physician(case.referral)
        referral = _opened(case, physician)
        signing.give_back(physician, referral.pk, referral.version, self.words)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Advise(Act):
    """The physician answers with advice."""

    advice: str

    def happen(self, case: Case) -> Moments:
        physician = _physician(case.referral)
        referral = _opened(case, physician)
        letter = f"{letters.advice(referral)}{self.advice}"
        signing.advise(physician, referral.pk, referral.version, letter)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Withdraw(Act):
    """The referrer takes the referral back."""

    why: str

    def happen(self, case: Case) -> Moments:
        intake.withdraw(case.referrer, case.referral_pk, case.referral.version, self.why)
        return DONE
