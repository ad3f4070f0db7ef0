"""The number on a letter opens its referral, for those who may see it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from referrals.references import referral_named
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import sent
from tests.referrals.pages import address
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
SEARCHES = ("referrals:queue", "pathways:find")


@pytest.mark.parametrize("search", SEARCHES)
def test_the_number_opens_the_referral(client_for: ClientFor, search: str) -> None:
    referral = sent()
    secretary = client_for(person(Role.SECRETARY))
    answer = secretary.post(reverse(search), {"q": f" {referral.reference} "})
    assert answer["Location"] == address(referral)


def test_those_who_see_no_referrals_find_none(client_for: ClientFor) -> None:
    referral = sent()
    answer = client_for(person(Role.PSYCHOLOGIST)).post(
        reverse("pathways:find"), {"q": referral.reference}
    )
    assert answer.status_code == 200
    assert referral_named(person(Role.REFERRER), referral.reference) is None


def test_only_a_whole_number_of_the_right_year_is_one() -> None:
    referral, user = sent(), person(Role.SECRETARY)
    assert referral_named(user, referral.reference) == referral
    another_year = f"1999-{referral.pk:05d}"
    for text in (
        "",
        str(referral.pk),
        another_year,
        "020160-9996",
        "2026-" + "9" * 30,
        "²026-00001",
    ):
        assert referral_named(user, text) is None
