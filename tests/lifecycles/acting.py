"""The centre at work, and what somebody does at a case: the real verbs by their names."""

import datetime as dt
from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils import timezone

from admission.criteria import Destination
from pathways import appointments, closing, contacts, interpreters, pausing, planning, reopening
from pathways.contacts import Call
from pathways.models import Appointment, Contact, Pathway
from pathways.team import Seat
from pathways.times import Time
from pathways.tracks import Discipline
from patients.recognition import Checked
from referrals import intake, recognising, signing, triage
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import ADVICE, CANCER, INTERPRETER, PEOPLE, UNCLEAR, accepted_by, sent
from tests.referrals.cases import the_centre as one_of_each_role
from tests.staff.factories import person


def referral_verbs(
    user: User, r: Referral, words: str, other: User
) -> Mapping[str, Callable[[], object]]:
    pk, v = r.pk, r.version
    return {
        "claim": lambda: triage.claim(user, pk, v),
        "release": lambda: triage.release(user, pk, v),
        "ask": lambda: triage.ask(user, pk, v, words, []),
        "recall": lambda: triage.recall(user, pk, v),
        "accept": lambda: accepted_by(user, r, reason=words, physician=other),
        "redirect": lambda: triage.redirect(
            user, pk, v, Destination.PALLIATIVE, "Brev", words, other
        ),
        "decline": lambda: triage.decline(user, pk, v, words, "Brev", other),
        "propose": lambda: triage.decline(user, pk, v, words, "Brev", other),
        "send_for_advice": lambda: triage.send_for_advice(user, pk, v, other, words),
        "sign": lambda: signing.sign(user, pk, v),
        "give_back": lambda: signing.give_back(user, pk, v, words),
        "advise": lambda: signing.advise(user, pk, v, words or "Trap langsomt ned."),
        "recognise": lambda: recognising.recognise(
            user, pk, v, Checked("Ida", words.strip() or "Friis", "register")
        ),
        "supply": lambda: _supply(user, pk),
        "withdraw": lambda: intake.withdraw(user, pk, v, words),
    }


def _supply(user: User, pk: int) -> None:
    draft = intake.begin_answer(user, pk)
    says = {"answer": "Hun holdt op i august."}
    intake.submit(user, draft.pk, "Vi ser ingen anden vej.", says)


class PathwayDesk:
    """What somebody does at a pathway, with what was drawn for it."""

    def __init__(
        self,
        user: User,
        pathway: Pathway,
        words: str,
        other: User,
        days: int,
        hour: int,
        reason: str,
        call: int,
    ) -> None:
        self.user, self.pathway, self.words, self.other = user, pathway, words, other
        self.reason, self.call = reason, UUID(int=call)
        self.day = timezone.localdate() + dt.timedelta(days=days)
        self.at = timezone.make_aware(dt.datetime.combine(self.day, dt.time(hour)))
        self.case = (user, pathway.pk, pathway.version)

    def _booked(self) -> tuple[User, int, int]:
        """The patient's next appointment; one that nobody knows, where there is none."""
        booked = Appointment.objects.filter(pathway=self.pathway).order_by("status", "starts_at")
        found = next((each.pk for each in booked if each.status == "booked"), 0)
        return self.user, found, self.pathway.version

    def book(self) -> None:
        appointments.book(*self.case, Time(self.other, self.at))

    def move(self) -> None:
        appointments.move(*self._booked(), Time(self.other, self.at), self.words)

    def cancel(self) -> None:
        appointments.cancel(*self._booked(), self.words)

    def attend(self) -> None:
        appointments.attend(*self._booked(), self.words or "Ring", self.other, self.day)

    def stay_away(self) -> None:
        appointments.stay_away(*self._booked())

    def interpreter(self) -> None:
        interpreters.book_interpreter(*self._booked(), self.words)

    def no_interpreter(self) -> None:
        interpreters.lose_interpreter(*self._booked())

    def plan(self) -> None:
        planning.set_next_step(*self.case, self.words, self.other, self.day)

    def join(self) -> None:
        seat = Seat(self.other, Discipline.PSYCHOLOGIST, self.words)
        planning.change_team(*self.case, why=self.words, join=[seat])

    def leave(self) -> None:
        """Who came last goes first: the track can do without them, if with anybody."""
        last = self.pathway.team.current().last()
        leaving = [last.user if last else self.other]
        planning.change_team(*self.case, why=self.words, leave=leaving)

    def pause(self) -> None:
        pausing.pause(*self.case, self.reason, self.day, self.words)

    def resume(self) -> None:
        pausing.resume(*self.case, self.words or "Ring", self.other, self.day)

    def discharge(self) -> None:
        closing.discharge(*self.case, self.words, follow_up_by_gp=False)

    def discontinue(self) -> None:
        closing.discontinue(*self.case, self.reason, self.words)

    def reopen(self) -> None:
        reopening.reopen(*self.case, self.words, self.words or "Ring", self.other, self.day)

    def log_contact(self) -> None:
        call = Call(
            Contact.Caller.PATIENT,
            Contact.Reason.MEDICINE,
            self.words,
            follow_up=Contact.FollowUp.CALL_BACK,
        )
        contacts.log(self.user, self.pathway.patient_id, self.call, call)

    def follow_up(self) -> None:
        open_one = Contact.objects.unfinished().filter(patient=self.pathway.patient).first()
        contacts.follow_up(self.user, open_one.pk if open_one else 0, self.words)


def everybody() -> Mapping[str, User]:
    return {
        **{str(role): user for role, user in one_of_each_role().items()},
        "another physician": person(Role.PHYSICIAN, name="Bo Friis"),
        "another nurse": person(Role.NURSE, name="Bente Dam"),
        "referrer": person(Role.REFERRER),
        "another referrer": person(Role.REFERRER, name="Georg Læge"),
    }


def the_centre_at_work() -> Mapping[str, User]:
    """Everybody, a patient who is received, and a referral of each kind."""
    people = everybody()
    for number, sample in zip(PEOPLE, (INTERPRETER, CANCER, UNCLEAR, ADVICE), strict=True):
        sent(sample, referrer=people["referrer"], number=number)
    first = Referral.objects.order_by("pk")[0]
    accepted_by(people["physician"], first)
    return people
