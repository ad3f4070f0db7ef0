"""A clock as a bar with its days in words beside; nothing is said by colour alone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.clock import NOTHING, Clock, Shares
from casework.lifecycle import Holder

register = template.Library()

DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
MINUTE: Final = dt.timedelta(minutes=1)
SHORT: Final = 2 * DAY  # what is shorter is told in hours


@register.inclusion_tag("casework/clock.html")
def clock_bar(clock: Clock) -> dict[str, Any]:
    """A case's time as it passed, from hand to hand."""
    spans = [(span.holder, span.length) for span in clock.spans]
    return _bar(spans, clock.shares, clock.total) | {"with_whom": clock.with_whom}


@register.inclusion_tag("casework/shares.html")
def shares_bar(shares: Shares, cases: int = 1) -> dict[str, Any]:
    """How several cases' time was split, as the mean of one case."""
    mean = {holder: shares.get(holder, NOTHING) / max(cases, 1) for holder in Holder}
    return _bar(list(mean.items()), mean, sum(mean.values(), NOTHING))


def _bar(
    parts: Sequence[tuple[Holder, dt.timedelta]],
    shares: Mapping[Holder, dt.timedelta],
    total: dt.timedelta,
) -> dict[str, Any]:
    """Parts by percent of the whole, and each holder's days, which add up to the total's."""
    drawn, at = [], NOTHING
    for holder, length in parts:
        x, width = _percent(at, total), _percent(length, total)
        drawn.append({"holder": holder, "x": x, "width": width})
        at += length
    unit = MINUTE if total < HOUR else HOUR if total < SHORT else DAY
    whole = whole_units(list(shares.values()), total, unit)
    legend = [
        {"holder": holder, "label": holder.label, "words": _in_words(count, unit)}
        for holder, count in zip(shares, whole, strict=True)
        if shares[holder] or len(shares) > 1
    ]
    return {"parts": drawn, "legend": legend, "total": _in_words(sum(whole), unit)}


def whole_units(
    parts: Sequence[dt.timedelta], total: dt.timedelta, unit: dt.timedelta
) -> list[int]:
    """The parts in whole units that add up to the total's: the largest rests are rounded up."""
    whole = [part // unit for part in parts]
    missing = round(total / unit) - sum(whole)
    by_rest = sorted(range(len(parts)), key=lambda n: parts[n] % unit, reverse=True)
    for n in by_rest[: max(missing, 0)]:
        whole[n] += 1
    return whole


def _percent(part: dt.timedelta, total: dt.timedelta) -> str:
    """With a point, as SVG has it in every language."""
    return f"{100 * (part / total):.3f}" if total else "0"


def _in_words(count: int, unit: dt.timedelta) -> str:
    if unit == MINUTE:
        return ngettext("%(n)d minut", "%(n)d minutter", count) % {"n": count}
    if unit == HOUR:
        return ngettext("%(n)d time", "%(n)d timer", count) % {"n": count}
    return _("1 dag") if count == 1 else _("%(n)d dage") % {"n": count}
