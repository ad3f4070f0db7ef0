"""Every address × method × role: who gets in, who does not, and whose things are whose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from correspondence.models import Message, PrintRun
from oversight.models import Backtest
from pathways.appointments import book
from pathways.contacts import Call, log
from pathways.models import Appointment, Contact, Pathway
from pathways.times import Time
from referrals.attachments import attach
from referrals.intake import start, submit
from referrals.models import Attachment, Draft, Referral
from staff.models import User
from staff.permissions import Permission, Role, roles_with
from staff.working_days import add_weekdays
from tests.oversight.past import started
from tests.referrals.cases import COMPLEX, PEOPLE, accepted_by, sent, the_centre, written
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
THERAPISTS = (Role.PHYSIOTHERAPIST, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER)
P = Permission

# Who may open what. An address that is missing here fails the first test.
WHO_MAY: Mapping[str, Permission] = {
    **dict.fromkeys(
        (
            *("referrals:new", "referrals:drafts", "referrals:panel", "referrals:attach"),
            *("referrals:send", "referrals:discard", "referrals:step", "referrals:autosave"),
            *("referrals:detach", "referrals:mine", "referrals:sent", "referrals:answer"),
            *("referrals:withdraw", "referrals:medicine_row", "referrals:letter"),
        ),
        P.REFER,
    ),
    "referrals:queue": P.VIEW_QUEUE,
    "referrals:overview": P.VIEW_OVERVIEW,
    "referrals:referral": P.VIEW_REFERRALS,
    **dict.fromkeys(
        (
            *("referrals:claim", "referrals:release", "referrals:ask", "referrals:recall"),
            *("referrals:accept", "referrals:redirect", "referrals:decline"),
            "referrals:recognise",
            "referrals:send_for_advice",
        ),
        P.TRIAGE,
    ),
    **dict.fromkeys(
        (
            *("referrals:to_sign", "referrals:to_advise", "referrals:sign"),
            *("referrals:give_back", "referrals:advise"),
        ),
        P.SIGN,
    ),
    "referrals:to_phone": P.PHONE_PRACTICES,
    "referrals:phoned": P.PHONE_PRACTICES,
    "pathways:worklist": P.VIEW_QUEUE,
    "pathways:caseload": P.CARRY_CASELOAD,
    "pathways:find": P.VIEW_PATIENTS,
    "pathways:patient": P.VIEW_PATIENTS,
    "pathways:followed_up": P.VIEW_PATIENTS,
    "pathways:phone_hour": P.LOG_CONTACT,
    "pathways:call": P.LOG_CONTACT,
    "pathways:discharge": P.DISCHARGE,
    "pathways:discontinue": P.DISCHARGE,
    "pathways:reopen": P.DISCHARGE,
    **dict.fromkeys(
        (
            *("pathways:book", "pathways:move", "pathways:cancel", "pathways:attended"),
            "pathways:letters",
            *("pathways:stayed_away", "pathways:next_step", "pathways:team"),
            *("pathways:interpreter", "pathways:no_interpreter"),
            *("pathways:pause", "pathways:resume"),
        ),
        P.PLAN,
    ),
    "pathways:wish": P.PLAN,
    "referrals:patients_wish": P.TRIAGE,
    "medication:calculator": P.USE_CALCULATOR,
    "pathways:medicine": P.RECORD_MEDICINE,
    **dict.fromkeys(
        (
            *("oversight:versions", "oversight:draft_new", "oversight:draft"),
            *("oversight:draft_edit", "oversight:draft_discard", "oversight:draft_rebase"),
            *("oversight:backtest_start", "oversight:backtest", "oversight:backtest_progress"),
            "oversight:backtest_stop",
        ),
        P.DRAFT_RULES,
    ),
    "oversight:draft_approve": P.APPROVE_RULES,
    "oversight:proof": P.VIEW_OVERVIEW,
    "correspondence:outbox": P.VIEW_OUTBOX,
    "correspondence:message": P.VIEW_OUTBOX,
    "correspondence:resend": P.VIEW_OUTBOX,
    "correspondence:confirm_sent": P.VIEW_OUTBOX,
    "correspondence:drop": P.VIEW_OUTBOX,
    "correspondence:prints": P.VIEW_OUTBOX,
    "correspondence:read": P.VIEW_PATIENTS,
    "correspondence:replace": P.SIGN,
}
# Open to several permissions, one by one.
WHO_MAY_EITHER: Mapping[str, frozenset[Permission]] = {
    "referrals:attachment": frozenset({P.REFER, P.VIEW_REFERRALS}),
    "letters:pdf": frozenset({P.REFER, P.VIEW_PATIENTS}),
    "oversight:against": frozenset({P.VIEW_OVERVIEW, P.DRAFT_RULES}),
}

# Open to those who have all of several permissions.
WHO_MAY_WITH_ALL: Mapping[str, frozenset[Permission]] = {
    **dict.fromkeys(
        ("correspondence:printed", "correspondence:dispatch"),
        frozenset({P.VIEW_OUTBOX, P.VIEW_PATIENTS}),
    ),
}


# Open to everybody, signed in or not: the rules of admission, and a demo centre's own sign-in.
OPEN_TO_EVERYBODY = {"admission:criteria", "admission:criteria_version", "staff:demo_sign_in"}


def addresses() -> Iterator[str]:
    """The names of all addresses of our rooms."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in settings.ROOMS:
            for pattern in resolver.url_patterns:
                assert isinstance(pattern, URLPattern)
                yield f"{resolver.namespace}:{pattern.name}"


NAMES = sorted(set(addresses()) - OPEN_TO_EVERYBODY)


def test_every_address_says_who_may_open_it() -> None:
    assert set(NAMES) == set(WHO_MAY) | set(WHO_MAY_EITHER) | set(WHO_MAY_WITH_ALL)


def allowed(name: str) -> set[Role]:
    if name in WHO_MAY_WITH_ALL:
        return set.intersection(*(set(roles_with(each)) for each in WHO_MAY_WITH_ALL[name]))
    permissions = WHO_MAY_EITHER.get(name) or {WHO_MAY[name]}
    return {role for permission in permissions for role in roles_with(permission)}


@dataclass
class World:
    """One of everything, with somebody of each role who has to do with it."""

    clients: dict[Role, Client]
    draft: Draft
    attached: Attachment
    sent_along: Attachment
    referral: Referral
    pathway: Pathway
    appointment: Appointment
    contact: Contact
    message: Message
    answer: Message
    print_run: PrintRun
    backtest: Backtest

    def address(self, name: str) -> str:
        """The address with an argument that exists."""
        arguments: dict[str, list[Any]] = {
            **{key: [self.draft.pk] for key in ("panel", "attach", "send", "discard")},
            **{key: [self.draft.pk, "pain"] for key in ("step", "autosave")},
            "detach": [self.attached.pk],
            **{key: [self.answer.letter_id] for key in ("pdf", "read", "replace")},
            "attachment": [self.sent_along.pk],
            **{
                key: [self.pathway.patient_id]
                for key in ("patient", "call", "medicine", "wish", "letters")
            },
            **{key: [self.appointment.pk] for key in APPOINTMENT},
            "followed_up": [self.contact.pk],
            **{key: [self.message.pk] for key in MESSAGE},
            **{key: [self.print_run.pk] for key in ("printed", "dispatch")},
            **{key: [self.answer.pk] for key in ("letter", "phoned")},
            **{key: [self.backtest.pk] for key in BACKTEST},
        }
        room, short = name.split(":")
        if short in arguments:
            return reverse(name, args=arguments[short])
        if short in NO_ARGUMENT:
            return reverse(name)
        usual = {"pathways": self.pathway.pk, "oversight": self.backtest.draft_id}
        return reverse(name, args=[usual.get(room, self.referral.pk)])


APPOINTMENT = (
    *("move", "cancel", "attended", "stayed_away"),
    *("interpreter", "no_interpreter"),
)
MESSAGE = ("message", "resend", "confirm_sent", "drop")
BACKTEST = ("backtest", "backtest_progress", "backtest_stop")
NO_ARGUMENT = {
    *("new", "drafts", "medicine_row", "mine", "queue", "overview", "to_sign", "to_advise"),
    *("worklist", "caseload", "find", "phone_hour", "outbox", "calculator"),
    *("versions", "draft_new", "against", "proof", "to_phone", "prints"),
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once, since nothing that a test asks for is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> World:
    referrer = person(Role.REFERRER)
    people = the_centre() | {Role.REFERRER: referrer}
    physician = people[Role.PHYSICIAN]
    accepted = sent(COMPLEX, referrer=referrer, number=PEOPLE[0])
    accepted_by(physician, accepted)
    referral, sent_along = sent_with_a_file(referrer)
    pathway = Pathway.objects.get(patient=accepted.patient)
    draft = start(referrer)
    return World(
        clients={role: signed_in(user) for role, user in people.items()},
        draft=draft,
        attached=attach(referrer, draft.pk, a_file()),
        sent_along=sent_along,
        referral=referral,
        pathway=pathway,
        appointment=book(physician, pathway.pk, pathway.version, next_week(physician)),
        contact=call_about(pathway, people[Role.NURSE]),
        message=Message.objects.get(about=f"referral:{referral.pk}", channel="portal"),
        answer=Message.objects.get(about=f"referral:{accepted.pk}", kind=Message.Kind.DECISION),
        print_run=PrintRun.objects.create(
            day=timezone.localdate(), letters=1, pages=2, pdf=b"%PDF-", sha256="0" * 64
        ),
        backtest=started(physician),
    )


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("svar.txt", b"Normal MR.")


def sent_with_a_file(referrer: User) -> tuple[Referral, Attachment]:
    draft = written(referrer, {"patient": {"number": PEOPLE[1]}})
    attachment = attach(referrer, draft.pk, a_file())
    return submit(referrer, draft.pk), attachment


def next_week(clinician: User) -> Time:
    day = add_weekdays(timezone.localdate(), 5)
    return Time(clinician, timezone.now().replace(year=day.year, month=day.month, day=day.day))


def call_about(pathway: Pathway, nurse: User) -> Contact:
    call = Call(Contact.Caller.PATIENT, Contact.Reason.MEDICINE, "Hvornår virker det?")
    return log(nurse, pathway.patient_id, uuid4(), call)


def status_of(client: Client, method: str, address: str) -> int:
    """The answer's status; whatever the request changed is undone."""
    with transaction.atomic():
        status: int = getattr(client, method)(address).status_code
        transaction.set_rollback(True)
    return status


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_for_those_who_may_and_for_nobody_else(name: str, world: World) -> None:
    address, wrong = world.address(name), []
    for role, client in world.clients.items():
        statuses = [status_of(client, method, address) for method in METHODS]
        gets_in = any(status in (200, 302, 400, 409, 422) for status in statuses)
        if gets_in != (role in allowed(name)) or any(status >= 500 for status in statuses):
            wrong.append((role.value, statuses))
    assert not wrong, f"{name}: {wrong}"


@pytest.mark.parametrize("name", NAMES)
def test_nobody_gets_in_without_signing_in(name: str, world: World) -> None:
    address = world.address(name)
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert Client().post(address).status_code == 401


def test_what_is_open_to_everybody_is_open_without_signing_in() -> None:
    someone = person(Role.SECRETARY)
    paths = [
        reverse("admission:criteria"),
        reverse("admission:criteria_version", args=[1]),
    ]
    assert {Client().get(path).status_code for path in paths} == {200}
    outside_the_demo = Client().post(reverse("staff:demo_sign_in", args=[someone.pk]))
    assert outside_the_demo.status_code == 404


@pytest.mark.parametrize(
    ("name", "role"),
    [
        (name, role)
        for name in NAMES
        if name.split(":")[1] not in NO_ARGUMENT
        for role in (Role.REFERRER, *THERAPISTS)
        if role in allowed(name)
    ],
)
def test_somebody_elses_thing_is_not_found(name: str, role: Role, world: World) -> None:
    stranger = signed_in(person(role))
    statuses = {status_of(stranger, method, world.address(name)) for method in METHODS}
    assert statuses <= {404, 405}
    assert 404 in statuses


@pytest.mark.parametrize("name", [n for n in NAMES if n.split(":")[1] not in NO_ARGUMENT])
def test_what_does_not_exist_is_not_found(name: str, world: World) -> None:
    address = re.sub(r"/\d+/", f"/{10**9}/", world.address(name))
    for role in allowed(name):
        statuses = {status_of(world.clients[role], method, address) for method in METHODS}
        assert statuses <= {404, 405}, role


@pytest.mark.parametrize("name", ["referrals:referral", "pathways:patient", "referrals:queue"])
def test_a_patients_number_is_in_no_address_and_no_title(name: str, world: World) -> None:
    address = world.address(name)
    page = world.clients[Role.PHYSICIAN].get(address).content.decode()
    title = page.split("</title>")[0].split("<title>")[1]
    links = re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', page)
    for number in PEOPLE:
        for shown in (number, f"{number[:6]}-{number[6:]}"):
            assert not any(shown in text for text in (address, title, *links))
