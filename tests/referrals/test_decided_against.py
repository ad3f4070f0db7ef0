"""Decisions against the criteria: what is kept, what must be explained, and where it is read."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.criteria import Destination
from casework.refusals import Refused
from referrals import signing, triage
from referrals.models import Decision, Referral
from referrals.models.decision import NO_CRITERION
from referrals.needs import decided_against
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import CANCER, UNCLEAR, accepted_by, declined, sent

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]
Kind = Decision.Kind

# Active cancer leaves the pain's own nature in doubt: that is unknown, and nobody's to go against.
AGAINST = [
    (Kind.ACCEPT, {}, "", []),
    (Kind.ACCEPT, UNCLEAR, "", []),
    (Kind.ACCEPT, CANCER, "", ["no_active_cancer"]),
    (Kind.REDIRECT, CANCER, Destination.PALLIATIVE, []),
    (Kind.REDIRECT, CANCER, Destination.HEADACHE, ["headache_not_main"]),
    (Kind.REDIRECT, {}, Destination.PALLIATIVE, ["non_malignant", "no_active_cancer"]),
    (Kind.REDIRECT, UNCLEAR, Destination.MISUSE, [NO_CRITERION]),
    (Kind.DECLINE, CANCER, "", []),
    (Kind.DECLINE, UNCLEAR, "", [NO_CRITERION]),
    (Kind.DECLINE, {}, "", [NO_CRITERION]),
    (Kind.ADVISE, CANCER, "", []),
]


@pytest.mark.parametrize(("kind", "changes", "destination", "codes"), AGAINST)
def test_what_a_decision_goes_against(
    kind: str, changes: Mapping[str, Any], destination: str, codes: list[str]
) -> None:
    assert decided_against(sent(changes), kind, destination) == codes


def test_the_decision_keeps_the_criteria_that_it_goes_against(people: People) -> None:
    physician = people[Role.PHYSICIAN]
    accepted_by(physician, sent(CANCER), reason="Kræften er i ro")
    triage.redirect(
        physician, sent().pk, 1, Destination.HEADACHE, "Brev", "Det er hovedpinen, der fylder"
    )
    declined(physician, sent())
    kept = [decision.against for decision in Decision.objects.all()]
    assert kept == [["no_active_cancer"], ["headache_not_main"], [NO_CRITERION]]


@pytest.mark.parametrize(
    "decide",
    [
        lambda by, r: accepted_by(by, r(CANCER), reason=" "),
        lambda by, r: triage.redirect(by, r({}).pk, 1, Destination.HEADACHE, "Brev", " "),
        lambda by, r: triage.decline(by, r({}).pk, 1, " ", "Brev"),
    ],
)
def test_none_goes_against_the_criteria_without_a_reason(
    decide: Callable[[User, Any], Any], people: People
) -> None:
    with pytest.raises(Refused, match="Skriv, hvorfor"):
        decide(people[Role.PHYSICIAN], sent)
    assert not Decision.objects.exists()


def shown(client: Client, referral: Referral) -> dict[str, Any]:
    """The decisions against findings on the referral's page, by criterion."""
    context = client.get(reverse("referrals:referral", args=[referral.pk])).context
    beside = {each["finding"].code: each["decided"] for each in context["findings"]}
    return {**beside, NO_CRITERION: context["decided_altogether"]}


def test_the_reason_stands_beside_the_finding_with_name_role_and_time(
    people: People, client_for: ClientFor
) -> None:
    physician, referral = people[Role.PHYSICIAN], sent(CANCER)
    accepted_by(physician, referral, reason="Kræften er i ro")
    client = client_for(people[Role.NURSE])
    found = {code: decided for code, decided in shown(client, referral).items() if decided}
    assert list(found) == ["no_active_cancer"]
    decided, decision = found["no_active_cancer"], Decision.objects.get()
    assert (decided.reason, decided.who, decided.role, decided.at, decided.proposed_by) == (
        *("Kræften er i ro", physician.name, "læge"),
        *(decision.signed_at, ""),
    )
    assert "selv om det ikke er opfyldt" in decided.heading


def test_what_waits_for_a_signature_is_said_to_be_proposed(
    people: People, client_for: ClientFor
) -> None:
    secretary, physician = people[Role.SECRETARY], people[Role.PHYSICIAN]
    referral = sent(CANCER)
    accepted_by(secretary, referral, reason="Aftalt", physician=physician)
    client = client_for(physician)
    proposed = shown(client, referral)["no_active_cancer"]
    assert (proposed.who, proposed.proposed_by) == (secretary.name, "")
    assert "Foreslås modtaget" in proposed.heading
    signing.sign(physician, referral.pk, 2)
    taken = shown(client, referral)["no_active_cancer"]
    assert (taken.who, taken.role, taken.proposed_by) == (physician.name, "læge", secretary.name)


def test_what_is_decided_against_stands_first(people: People, client_for: ClientFor) -> None:
    referral = sent(UNCLEAR)
    reason = "Hovedpinen fylder"
    triage.redirect(people[Role.PHYSICIAN], referral.pk, 1, Destination.HEADACHE, "Brev", reason)
    assert next(iter(shown(client_for(people[Role.NURSE]), referral))) == "headache_not_main"


def test_a_decline_that_no_criterion_speaks_for_stands_above_them_all(
    people: People, client_for: ClientFor
) -> None:
    referral = sent()
    declined(people[Role.PHYSICIAN], referral)
    found = shown(client_for(people[Role.SECRETARY]), referral)
    assert found.pop(NO_CRITERION).reason == "Intet tilbud"
    assert not any(found.values())
