"""The proof finds what is lost, also what the database would never let happen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from casework.lifecycle import Holder
from correspondence import openings
from correspondence.dispatching import dispatch
from correspondence.models import Message
from correspondence.printing import print_run
from oversight import cases
from oversight.held import longest
from oversight.proof import Figure, count, faults
from pathways.models import Pathway
from referrals.lifecycle import Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.correspondence.factories import a_message
from tests.referrals.cases import COMPLEX, PEOPLE, accepted_by, at, declined, sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
F = Figure
ClientFor = Callable[[User], Client]
TOKEN = "monitoring-alone-knows-this"
PROOF = reverse("oversight:proof")
REFERRALS, PATHWAYS = "referrals_referral", "pathways_pathway"


@pytest.fixture
def people() -> dict[Role, User]:
    return the_centre()


@pytest.fixture
def referral(people: dict[Role, User]) -> Referral:
    return sent(number=PEOPLE[0])


@pytest.fixture
def pathway(people: dict[Role, User]) -> Pathway:
    accepted_by(people[Role.PHYSICIAN], sent(COMPLEX, number=PEOPLE[1]))
    found: Pathway = Pathway.objects.get()
    return found


@pytest.fixture
def unguarded() -> Callable[[str, str], None]:
    """Changes a table as no statement can while its guards stand; undone with the test."""

    def change(table: str, words: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(CHECKS, [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET {words}")

    return change


CHECKS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"


def figures() -> dict[Figure, int]:
    return dict(count(timezone.now()))


def found() -> dict[Figure, int]:
    return dict(faults(figures()))


def test_an_empty_house_has_lost_nothing() -> None:
    assert figures() == dict.fromkeys(Figure, 0)
    assert cases.lost() == []
    assert longest() == []


@pytest.mark.parametrize("status", Status)
def test_nothing_is_lost_whatever_happens_to_a_referral(
    people: dict[Role, User], status: Status
) -> None:
    case = at(status, people)
    assert found() == {}
    assert cases.lost() == []
    assert figures()[F.OPEN_REFERRALS] == case.is_open
    assert figures()[F.OPEN_PATHWAYS] == (status == Status.ACCEPTED)


class TestBrokenOnPurpose:
    @pytest.mark.parametrize(
        ("words", "lacks"),
        [
            ("due_on = NULL", {F.NO_DUE: 1}),
            ("status = 'awaiting_signature'", {F.NO_OWNER: 1}),
            ("closed_at = now()", {F.NO_LIST: 1}),
            ("status = 'declined'", {F.NO_OWNER: 1, F.NO_ACTION: 1, F.NO_LIST: 1}),
            ("status = 'forgotten'", {F.NO_OWNER: 1, F.NO_ACTION: 1, F.NO_LIST: 1}),
            ("status = 'accepted', closed_at = now(), due_on = NULL", {F.NO_LIST: 1}),
        ],
    )
    def test_a_referral(
        self,
        referral: Referral,
        unguarded: Callable[[str, str], None],
        words: str,
        lacks: dict[Figure, int],
    ) -> None:
        unguarded(REFERRALS, words)
        assert found() == lacks
        [lost] = cases.lost()
        assert (lost.kind, lost.pk, len(lost.lacks)) == ("referral", referral.pk, len(lacks))

    @pytest.mark.parametrize(
        ("words", "lacks"),
        [
            ("due_on = NULL", {F.NO_DUE: 1}),
            ("next_step = '  '", {F.NO_ACTION: 1}),
            ("closed_at = now()", {F.NO_LIST: 1}),
            ("status = 'completed'", {F.NO_ACTION: 1, F.NO_LIST: 1}),
        ],
    )
    def test_a_pathway(
        self,
        pathway: Pathway,
        unguarded: Callable[[str, str], None],
        words: str,
        lacks: dict[Figure, int],
    ) -> None:
        unguarded(PATHWAYS, words)
        assert found() == lacks
        [lost] = cases.lost()
        assert (lost.kind, lost.pk, len(lost.lacks)) == ("pathway", pathway.pk, len(lacks))

    def test_page_command_and_metric_say_so(
        self,
        referral: Referral,
        unguarded: Callable[[str, str], None],
        client_for: ClientFor,
        people: dict[Role, User],
        settings: Settings,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        unguarded(REFERRALS, "due_on = NULL")
        page = client_for(people[Role.MANAGER]).get(reverse("oversight:proof")).content.decode()
        assert "1 ting kræver handling" in page
        assert "Intet er tabt" not in page
        assert f"{referral}</a>" in page
        with pytest.raises(SystemExit) as ended:
            call_command("prove")
        assert ended.value.code == 1
        told = capsys.readouterr().out
        assert f"referral {referral.pk} at 'received' has no due" in told
        settings.METRICS_TOKEN = TOKEN
        metrics = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert 'smertecenter_cases_lacking{what="due"} 1.0' in metrics.content.decode()
        assert "smertecenter_proof_holds 0.0" in metrics.content.decode()

    def test_what_is_lost_can_be_found_by_its_link(
        self,
        referral: Referral,
        unguarded: Callable[[str, str], None],
        client_for: ClientFor,
        people: dict[Role, User],
    ) -> None:
        unguarded(REFERRALS, "due_on = NULL")
        manager = client_for(people[Role.MANAGER])
        [shown] = manager.get(reverse("oversight:proof")).context["lost"]
        page = manager.get(shown["case"].url).content.decode()
        assert referral.patient.name in page
        assert referral.reference in page


def test_who_has_waited_longest_is_alone_in_the_list_by_number(
    client_for: ClientFor, people: dict[Role, User], referral: Referral, pathway: Pathway
) -> None:
    sent(number=PEOPLE[2])
    manager = client_for(people[Role.MANAGER])
    cells = [cell for row in manager.get(PROOF).context["held"] for _label, cell in row["cells"]]
    cases = [cell["case"] for cell in cells if cell]
    assert len(cases) == 2
    for case in cases:
        rows = manager.get(case.url)
        number = case.label.split()[-1]
        assert len(rows.context["rows"]) == 1
        assert number in rows.content.decode()


def test_an_unopened_answer_leads_to_the_list_where_its_case_is(
    client_for: ClientFor, people: dict[Role, User], pathway: Pathway
) -> None:
    declined(people[Role.PHYSICIAN], sent(number=PEOPLE[2]))
    manager = client_for(people[Role.MANAGER])
    shown = {each["referral"].status: each["url"] for each in unseen_by(manager)}
    assert shown[Status.DECLINED] == "", "closed: in no list"
    assert pathway.patient.name in manager.get(shown[Status.ACCEPTED]).content.decode()


def unseen_by(manager: Client) -> list[dict[str, Any]]:
    return list(manager.get(PROOF).context["unseen"])


@pytest.mark.parametrize("status", [Status.AWAITING_SIGNATURE, Status.AWAITING_ADVICE])
def test_an_owner_who_has_left_is_none(people: dict[Role, User], status: Status) -> None:
    at(status, people)
    User.objects.filter(role=Role.PHYSICIAN).update(is_active=False)
    assert found() == {F.NO_OWNER: 1}


def test_a_pathway_whose_next_step_is_with_somebody_who_has_left_has_no_owner(
    pathway: Pathway,
) -> None:
    User.objects.filter(pk=pathway.next_step_by_id).update(is_active=False)
    assert found() == {F.NO_OWNER: 1}


class TestMessages:
    def test_what_waits_for_its_time_is_not_late(self) -> None:
        a_message(next_attempt_at=timezone.now() + dt.timedelta(hours=4))
        a_message()
        assert found() == {}

    def test_what_nobody_sends_is_late_after_a_quarter_of_an_hour(self) -> None:
        a_message()
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
            assert found() == {F.LATE: 1}

    @pytest.mark.parametrize(
        ("status", "figure"),
        [(Message.Status.FAILED, F.FAILED), (Message.Status.UNCERTAIN, F.UNCERTAIN)],
    )
    def test_what_did_not_leave_for_all_we_know(self, status: str, figure: Figure) -> None:
        a_message()
        Message.objects.update(status=status)
        assert found() == {figure: 1}

    def test_a_letter_may_miss_one_days_print(self) -> None:
        tuesday = dt.datetime(2026, 11, 24, 9, tzinfo=timezone.get_default_timezone())
        with time_machine.travel(tuesday):
            letter = a_message(channel=Message.Channel.LETTER, address="Testvej 1, 2860 Søborg")
        for hours, late in ((25, {}), (27, {F.LATE: 1})):
            with time_machine.travel(letter.next_attempt_at + dt.timedelta(hours=hours)):
                assert found() == late

    def test_a_letter_that_missed_fridays_print_is_not_late_before_mondays(self) -> None:
        friday = dt.datetime(2026, 11, 27, 9, tzinfo=timezone.get_default_timezone())
        with time_machine.travel(friday):
            letter = a_message(channel=Message.Channel.LETTER, address="Testvej 1, 2860 Søborg")
        for hours, late in ((27, {}), (73, {}), (75, {F.LATE: 1})):
            with time_machine.travel(letter.next_attempt_at + dt.timedelta(hours=hours)):
                assert found() == late

    def test_what_went_on_paper_instead_has_not_failed(self) -> None:
        a_message(key="refused")
        Message.objects.update(status=Message.Status.FAILED)
        assert found() == {F.FAILED: 1}
        a_message(key="refused:paper", channel=Message.Channel.LETTER, address="Testvej 1")
        assert found() == {}

    def test_a_printed_letter_is_told_of_and_late_when_a_working_day_has_passed(self) -> None:
        friday = dt.datetime(2026, 11, 27, 14, tzinfo=timezone.get_default_timezone())
        with time_machine.travel(friday):
            a_message(channel=Message.Channel.LETTER, address="Testvej 1, 2860 Søborg")
            Message.objects.update(next_attempt_at=timezone.now())
            run = print_run()
        assert run
        for days, late in ((0, {}), (3, {}), (4, {F.UNPOSTED: 1})):
            with time_machine.travel(friday + dt.timedelta(days=days)):
                assert figures()[F.PRINTED] == 1
                assert found() == late
        dispatch(person(Role.SECRETARY), run.pk, taken_out=0)
        assert (figures()[F.PRINTED], found()) == (0, {})


class TestAnswers:
    def test_unseen_to_phone_and_overdue(self, people: dict[Role, User]) -> None:
        monday = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
        with time_machine.travel(monday):
            at(Status.DECLINED, people)
            Message.objects.update(status=Message.Status.SENT, sent_at=timezone.now())
        expected = {8: (1, 0, 0), 10: (1, 0, 0), 11: (1, 1, 0), 12: (1, 1, 0), 15: (1, 1, 1)}
        for day, numbers in expected.items():
            with time_machine.travel(monday.replace(day=day)):
                now = figures()
            assert (now[F.UNSEEN], now[F.TO_PHONE], now[F.UNPHONED]) == numbers, day
        openings.note_opened(Referral.objects.get().referrer, Message.objects.all())
        with time_machine.travel(monday.replace(day=15)):
            assert figures()[F.UNSEEN] == 0


class TestLongest:
    def test_time_goes_on_over_changes_that_change_no_hands(self, people: dict[Role, User]) -> None:
        begun = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
        with time_machine.travel(begun, tick=False):
            first = at(Status.RECEIVED, people)
        with time_machine.travel(begun + dt.timedelta(days=2), tick=False):
            at(Status.AWAITING_SIGNATURE, people)
            asked = at(Status.AWAITING_REFERRER, people)
        held = {one.holder: (one.pk, one.since) for one in longest()}
        assert held == {
            Holder.CENTRE: (first.pk, begun),
            Holder.REFERRER: (asked.pk, begun + dt.timedelta(days=2)),
        }

    def test_to_a_physician_and_back_is_one_stretch(self, people: dict[Role, User]) -> None:
        begun = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
        with time_machine.travel(begun, tick=False):
            case = at(Status.RECEIVED, people)
        with time_machine.travel(begun + dt.timedelta(days=2), tick=False):
            declined(people[Role.SECRETARY], case, people[Role.PHYSICIAN])
        assert [one.since for one in longest()] == [begun]


class TestThePage:
    @pytest.mark.parametrize("role", Role)
    def test_it_is_for_those_who_lead(self, role: Role, client_for: ClientFor) -> None:
        answer = client_for(person(role)).get(reverse("oversight:proof"))
        assert answer.status_code == (200 if may(role, Permission.VIEW_OVERVIEW) else 403)

    def test_it_names_no_patient(
        self, pathway: Pathway, people: dict[Role, User], client_for: ClientFor
    ) -> None:
        page = client_for(people[Role.MANAGER]).get(reverse("oversight:proof")).content.decode()
        assert "1 åben sag har en ejer" in page
        assert "Lonni" not in page
        assert "Lauridsen" not in page

    def test_more_cases_cost_no_more_queries(
        self,
        people: dict[Role, User],
        client_for: ClientFor,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        manager = client_for(people[Role.MANAGER])
        for status in (Status.ACCEPTED, Status.AWAITING_REFERRER, Status.DECLINED):
            at(status, people)
        manager.get(reverse("oversight:proof"))
        for _round in range(2):
            at(Status.DECLINED, people)
            sent()
            with django_assert_num_queries(18):
                manager.get(reverse("oversight:proof"))


def test_the_command_ends_with_0_when_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prove")
    assert "Nothing is lost." in capsys.readouterr().out
