"""People at work in a centre of the fault tests, signed in: `python -m tests.faults.people 20 5`.

Says who they are as JSON: referrers, each with a referral written to its end, and a secretary with
referrals to decide.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  # models need the setup
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from staff.models import User  # noqa: E402
from staff.permissions import Role  # noqa: E402
from tests.patients.factories import CPR_NUMBERS  # noqa: E402
from tests.referrals import cases  # noqa: E402
from tests.staff.factories import person  # noqa: E402


def referrer_with_a_draft() -> dict[str, Any]:
    """A referrer's click on the button that sends a referral."""
    referrer = person(Role.REFERRER)
    draft = cases.written(referrer, {"patient": {"number": next(CPR_NUMBERS)}})
    return {"session": session(referrer), "path": reverse("referrals:send", args=[draft.pk])}


def to_accept(secretary: str, referrer: User) -> dict[str, Any]:
    """A secretary's click that receives a patient as proposed."""
    referral = cases.sent(referrer=referrer, number=next(CPR_NUMBERS))
    return {"session": secretary, "form": reverse("referrals:accept", args=[referral.pk])}


def session(user: User) -> str:
    """The cookie of a person who has signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@transaction.atomic
def employ(drafts: int, received: int) -> list[dict[str, Any]]:
    """Everybody's clicks to come, in a mixed order."""
    people, referrer = cases.the_centre(), person(Role.REFERRER)
    secretary = session(people[Role.SECRETARY])
    decisions = [to_accept(secretary, referrer) for _ in range(received)]
    submissions = [referrer_with_a_draft() for _ in range(drafts)]
    return sorted([*decisions, *submissions], key=lambda click: click["session"][::-1])


if __name__ == "__main__":
    drafts, received = map(int, sys.argv[1:])
    sys.stdout.write(json.dumps(employ(drafts, received)))
