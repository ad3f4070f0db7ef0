"""The pages of a backtest: who sees what, what they say, and how few queries they take."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from admission.models import RuleSet
from oversight import backtests, parts
from oversight.models import Backtest
from oversight.period import PeriodForm, usual_period
from staff.models import User
from staff.permissions import Permission, Role, roles_with
from tests.admission.factories import a_draft
from tests.oversight.past import begun, few_referrals, past_referrals, run, started
from tests.referrals.cases import CANCER, PEOPLE, sent
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def address(name: str, pk: int) -> str:
    return reverse(f"oversight:{name}", args=[pk])


def written(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def usual() -> dict[str, str]:
    period = usual_period()
    return {"first": written(period.first), "last": written(period.last)}


def test_a_draft_is_tested_over_the_chosen_period(client_for: ClientFor) -> None:
    sent(begun(4))
    physician = person(Role.PHYSICIAN)
    draft = a_draft(physician, limits={"duration": 3})
    answer = client_for(physician).post(address("backtest_start", draft.pk), usual())
    backtest = Backtest.objects.get()
    assert answer.headers["Location"] == address("backtest", backtest.pk)
    assert (backtest.started_by, backtest.draft_version) == (physician, draft.version)
    assert (backtest.period_from, backtest.period_to) == usual_period()


def test_the_usual_period_is_the_last_five_years() -> None:
    first, last = usual_period()
    assert last == timezone.localdate()
    assert last.year - first.year == 5
    assert PeriodForm(usual()).is_valid()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("", "", "Skriv dagen."),
        ("31.02.2026", "01.03.2026", "Skriv en dag, der findes, med tal"),
        ("01.03.2026", "01.02.2026", "Perioden slutter, før den begynder."),
        ("01.03.2026", "01.03.2999", "ikke ligger ude i fremtiden"),
    ],
)
def test_a_period_that_is_none_is_asked_again(
    client_for: ClientFor, first: str, last: str, sentence: str
) -> None:
    manager = person(Role.MANAGER)
    draft = a_draft(manager, limits={"duration": 3})
    typed = {"first": first, "last": last}
    answer = client_for(manager).post(address("backtest_start", draft.pk), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{first}"' in answer.content.decode() or not first
    assert not Backtest.objects.exists()


def test_a_refused_start_says_why(client_for: ClientFor) -> None:
    manager = person(Role.MANAGER)
    draft = a_draft(manager, limits={"duration": 3})
    answer = client_for(manager).post(address("backtest_start", draft.pk), usual())
    assert answer.status_code == 409
    assert "Der er ikke modtaget henvisninger i perioden." in answer.content.decode()


def test_the_bar_moves_and_gives_way_to_the_result(client_for: ClientFor) -> None:
    few_referrals()
    backtest = started()
    client = client_for(backtest.started_by)
    parts.judge_next_part(backtest.pk)
    running = client.get(address("backtest_progress", backtest.pk), headers=HTMX)
    assert re.search(r'<progress[^>]* value="1" max="3"', running.content.decode())
    assert 'hx-trigger="every 1s"' in running.content.decode()
    run(backtest)
    ended = client.get(address("backtest_progress", backtest.pk), headers=HTMX)
    assert ended.headers["HX-Retarget"] == "#backtest"
    assert "ville være vurderet anderledes" in ended.content.decode()
    assert "hx-trigger" not in ended.content.decode()
    plain = client.get(address("backtest_progress", backtest.pk))
    assert plain.headers["Location"] == address("backtest", backtest.pk)


def test_a_backtest_is_stopped_by_its_button(client_for: ClientFor) -> None:
    few_referrals()
    backtest, manager = started(), person(Role.MANAGER)
    client = client_for(manager)
    assert client.post(address("backtest_stop", backtest.pk)).status_code == 302
    page = client.get(address("backtest", backtest.pk)).content.decode()
    assert "Stoppet, før den var færdig" in page
    assert "<progress" not in page


def test_a_stop_that_comes_too_late_says_so(client_for: ClientFor) -> None:
    sent(begun(4))
    backtest = run(started())
    answer = client_for(backtest.started_by).post(address("backtest_stop", backtest.pk))
    assert answer.status_code == 409
    assert "Afprøvningen er allerede færdig." in answer.content.decode()


def test_a_physician_opens_each_flip(client_for: ClientFor) -> None:
    referral = sent(begun(4))
    backtest = run(started())
    page = client_for(person(Role.PHYSICIAN)).get(address("backtest", backtest.pk))
    text = page.content.decode()
    assert reverse("referrals:referral", args=[referral.pk]) in text
    assert referral.reference in text
    assert "Smerter i mindst 3 måneder" in text


def test_a_manager_sees_numbers_by_criterion_and_no_referral(client_for: ClientFor) -> None:
    referral = sent(begun(4))
    backtest = run(started())
    text = client_for(person(Role.MANAGER)).get(address("backtest", backtest.pk)).content.decode()
    deciding = text[text.index('id="deciding"') :]
    assert re.search(r"Smerter i mindst 3 måneder</th>\s*<td[^>]*>1</td>", deciding)
    assert referral.reference not in text
    assert reverse("referrals:referral", args=[referral.pk]) not in text


def test_where_patients_would_be_sent_instead_is_told(client_for: ClientFor) -> None:
    sent(CANCER)
    backtest = run(started(destinations={"no_active_cancer": "alcohol"}))
    client = client_for(person(Role.PHYSICIAN))
    text = client.get(address("backtest", backtest.pk)).content.decode()
    assert "1 af 1 henvisninger ville være vurderet anderledes" in text
    assert re.search(r"Palliativ afdeling</th>\s*<td[^>]*>Alkoholenhed</td>", text)
    flips = text[text.index('id="flips"') :]
    assert "Hører til" in flips
    assert flips.index("Palliativ afdeling") < flips.index("Alkoholenhed")


def test_a_part_that_keeps_failing_is_told_and_the_backtest_can_be_stopped(
    client_for: ClientFor,
) -> None:
    sent(begun(4))
    backtest = started()
    client = client_for(backtest.started_by)
    backtest.parts.update(tries=3)
    text = client.get(address("backtest", backtest.pk)).content.decode()
    assert "Afprøvningen er gået i stå i del 1 af 1" in text
    assert "hx-trigger" not in text
    client.post(address("backtest_stop", backtest.pk))
    assert Backtest.objects.get().stopped_by == backtest.started_by


def test_nobody_is_named_on_the_page(client_for: ClientFor) -> None:
    referral = sent(begun(4))
    backtest = run(started())
    text = client_for(person(Role.PHYSICIAN)).get(address("backtest", backtest.pk)).content.decode()
    assert referral.patient.family_name not in text
    assert not any(number in text.replace("-", "") for number in PEOPLE)


def test_small_groups_are_neither_on_the_page_nor_kept_with_the_result(
    client_for: ClientFor,
) -> None:
    past_referrals()  # three of them from a ward
    backtest = run(started())
    for grouped in backtest.result["groups"].values():
        assert all(group["referrals"] >= 5 for group in grouped["apart"])
        assert grouped["others"] is None or grouped["others"]["referrals"] >= 5
    text = client_for(person(Role.MANAGER)).get(address("backtest", backtest.pk)).content.decode()
    assert "Ortopædkirurgisk afdeling" not in text


def test_flips_are_narrowed_to_what_decides_them(client_for: ClientFor) -> None:
    past_referrals()
    backtest = run(started(limits={"duration": 3, "subacute": "30"}))
    client = client_for(person(Role.PHYSICIAN))
    by_track = backtest.flips.get(deciding__contains=["track"])
    page = client.get(address("backtest", backtest.pk), {"criterion": "track"}).content.decode()
    shown = set(re.findall(r'row-link"\s+href="/referrals/(\d+)/"', page))
    assert shown == {str(by_track.referral_id)}
    odd = client.get(address("backtest", backtest.pk), {"criterion": "nonsense"}).content.decode()
    assert len(re.findall(r'class="row-link"', odd)) == backtest.flips.count()


def test_flips_come_page_by_page(client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    few_referrals(5)
    backtest = run(started())
    monkeypatch.setattr(backtests, "FLIPS_A_PAGE", 2)
    client, seen, url = client_for(person(Role.PHYSICIAN)), [], address("backtest", backtest.pk)
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r'row-link"\s+href="/referrals/(\d+)/"', page)
        found = re.search(r'href="([^"]+)"\s+rel="next"', page)
        url = found.group(1).replace("&amp;", "&").split("#")[0] if found else ""
    expected = backtest.flips.order_by("-referral_id").values_list("referral_id", flat=True)
    assert [int(pk) for pk in seen] == list(expected)
    assert len(seen) > 4


def test_the_page_takes_the_same_queries_however_much_was_found(client_for: ClientFor) -> None:
    sent(begun(4))
    few = run(started())
    few_referrals(6)
    many = run(started())
    client = client_for(person(Role.PHYSICIAN))
    numbers = []
    for backtest in (few, many):
        client.get(address("backtest", backtest.pk))
        with CaptureQueriesContext(connection) as captured:
            client.get(address("backtest", backtest.pk))
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 7


def test_an_outdated_backtest_says_so(client_for: ClientFor) -> None:
    sent(begun(4))
    backtest = run(started())
    client = client_for(backtest.started_by)
    warning = "Afprøvningen svarer ikke til i dag"
    assert warning not in client.get(address("backtest", backtest.pk)).content.decode()
    RuleSet.objects.filter(pk=backtest.draft_id).update(version=2)
    page = client.get(address("backtest", backtest.pk)).content.decode()
    assert warning in page
    assert "Kladden er ændret siden." in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REFERRER])
def test_only_those_who_draft_rules_get_in(client_for: ClientFor, role: Role) -> None:
    sent(begun(4))
    backtest = run(started())
    status = client_for(person(role)).get(address("backtest", backtest.pk)).status_code
    assert status == (200 if role in roles_with(Permission.DRAFT_RULES) else 403)


def test_the_result_reads_in_english_too(client_for: ClientFor) -> None:
    sent(begun(4))
    backtest = run(started())
    client = client_for(person(Role.PHYSICIAN))
    client.cookies["django_language"] = "en"
    with override("en"):  # which ends what the answer leaves behind
        text = client.get(address("backtest", backtest.pk)).content.decode()
    assert "Pain for at least 3 months" in text
