"""How the centre's rules came to say what they say: one version since the deck, and one in work."""

import datetime as dt
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from django.utils import timezone

from admission import approving, drafting
from admission.models import RuleSet
from demo.agenda import Tale
from demo.house import House, at
from oversight import backtests, parts
from oversight.period import usual_period
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays

DRAFTED: Final = -48  # open days before today
APPROVED: Final = -46
IN_WORK: Final = -3
MORNING: Final = dt.time(9, 20)
SENT_ALONG: Final = {
    "da": (
        "Udredningen afsluttes først: henvis igen, når patienten er færdigudredt, og vedlæg gerne "
        "svarene på undersøgelserne."
    ),
    "en": (
        "The work-up is completed first: refer again when the patient is fully worked up, and "
        "please attach the results of the examinations."
    ),
}
WHY_SENT_ALONG: Final = (
    "Mange henvisninger, der kommer igen, mangler stadig svar på billeder og blodprøver. Vi beder "
    "om dem, når vi sender en henvisning tilbage."
)
WHY_SHORTER: Final = (
    "Kroniske smerter defineres i dag som smerter ud over 3 måneder (ICD-11). Vi vil se, hvor "
    "mange flere patienter det giver, før vi beslutter os."
)


def rules(house: House) -> Tale:
    """The manager drafts, a physician approves; later the manager tries a shorter pain duration."""
    manager, physician = house.people(Role.MANAGER)[0], house.people(Role.PHYSICIAN)[0]
    yield _morning(house, DRAFTED)
    draft = _drafted(manager, _ask_for_results, WHY_SENT_ALONG)
    yield _morning(house, APPROVED)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    approving.approve(physician, draft.pk, draft.version, tomorrow)
    yield _morning(house, IN_WORK)
    shorter = _drafted(manager, _shorten_duration, WHY_SHORTER)
    backtest = backtests.start(manager, shorter.pk, usual_period())
    while parts.judge_next_part(backtest.pk):
        pass
    parts.finish(backtest.pk)


def _morning(house: House, weekdays: int) -> dt.datetime:
    return at(add_weekdays(house.today, weekdays), MORNING)


def _drafted(user: User, change: Callable[[dict[str, Any]], None], why: str) -> RuleSet:
    draft = drafting.begin(user)
    content = deepcopy(draft.content)
    change({criterion["code"]: criterion for criterion in content["criteria"]})
    return drafting.change(user, draft.pk, draft.version, content, why)


def _ask_for_results(criteria: dict[str, Any]) -> None:
    criteria["worked_up"]["consequence"] = dict(SENT_ALONG)


def _shorten_duration(criteria: dict[str, Any]) -> None:
    criteria["duration"]["limit"] = 3
