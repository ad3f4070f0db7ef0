"""Past referrals of many kinds, and a backtest run to its end."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import cycle
from typing import Any

from django.utils import timezone

from oversight import backtests, parts
from oversight.models import Backtest
from oversight.period import usual_period
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.admission.factories import a_draft
from tests.referrals.cases import ADVICE, CANCER, COMPLEX, PEOPLE, UNCLEAR, sent
from tests.staff.factories import a_department, person

Change = Mapping[str, Mapping[str, Any]]


def begun(months: int) -> Change:
    """Pain that began so many months ago, as a referrer knows it: by its month."""
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return {"pain": {"since_year": str(year), "since_month": str(month + 1)}}


def discharged(dose: str) -> Change:
    """From a ward, on opioids that the patient did not have before."""
    return {
        "question": {
            "question": "follow_up",
            "situations": ["opioids_at_discharge"],
            "discharge_dose": dose,
            "opioid_contexts": ["naive_before"],
        },
        "medicine": {"line": ["Panodil 1 g 4 gange dagligt"]},
    }


IN_DOUBT: Change = {"question": {"question": "optimal"}}
KINDS: tuple[tuple[Change, ...], ...] = (
    (),
    (COMPLEX,),
    (CANCER,),
    (UNCLEAR,),
    (ADVICE,),
    (IN_DOUBT,),
    ({"workup": {"worked_up": "no", "work_up_missing": "MR"}},),
)


def past_referrals() -> list[Referral]:
    """Of each kind three, with 1, 4 and 9 months of pain, and three from a ward on 20 to 80 mg."""
    gp, ward = person(Role.REFERRER), person(Role.REFERRER, unit=a_department())
    numbers = cycle(PEOPLE)
    own = [
        sent(*kind, begun(months), referrer=gp, number=next(numbers))
        for kind in KINDS
        for months in (1, 4, 9)
    ]
    theirs = [
        sent(discharged(dose), begun(4), referrer=ward, number=next(numbers))
        for dose in ("20", "50", "80")
    ]
    return own + theirs


def few_referrals(number: int = 3) -> list[Referral]:
    """Referrals with four months of pain, for what does not look at what is found."""
    gp, numbers = person(Role.REFERRER), cycle(PEOPLE)
    return [sent(begun(4), referrer=gp, number=next(numbers)) for _ in range(number)]


def received(referrals: Iterable[Referral], day: dt.date) -> None:
    """Let them have been received on another day."""
    Referral.objects.filter(pk__in=[each.pk for each in referrals]).update(received_on=day)


def started(by: User | None = None, **changes: Any) -> Backtest:
    """A backtest of a new draft over the usual period; of three months of pain unless told."""
    user = by or person(Role.PHYSICIAN)
    draft = a_draft(user, **changes or {"limits": {"duration": 3}})
    return backtests.start(user, draft.pk, usual_period())


def run(backtest: Backtest) -> Backtest:
    """Do all its parts, as a worker does."""
    while parts.judge_next_part(backtest.pk):
        pass
    parts.finish(backtest.pk)
    return Backtest.objects.get(pk=backtest.pk)
