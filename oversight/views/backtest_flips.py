"""The referrals that a backtest judges otherwise, one by one."""

from typing import Any

from django.urls import reverse

from oversight.models import Flip
from oversight.views.backtest_words import Words, named, track, verdict


def flip_row(flip: Flip, words: Words) -> dict[str, Any]:
    """One referral that would be judged otherwise, for who may open it."""
    return {
        "reference": flip.referral.reference,
        "received_on": flip.referral.received_on,
        "deciding": [words.criterion(code) for code in flip.deciding],
        "url": reverse("referrals:referral", args=[flip.referral_id]),
        "changes": [_change(code, pair, words) for code, pair in flip.verdicts.items()],
        "tracks": _tracks(flip),
        "places": _places_of(flip),
        "outcome": flip.referral.get_status_display(),
    }


def _change(code: str, pair: list[str | None], words: Words) -> dict[str, Any]:
    before, after = map(verdict, pair)
    return {"name": words.criterion(code), "before": before, "after": after}


def _tracks(flip: Flip) -> list[str]:
    """The track before and after; one where it stays."""
    return list(dict.fromkeys([track(flip.track_before), track(flip.track_after)]))


def _places_of(flip: Flip) -> list[str]:
    """Where the patient would be sent before and after; nothing where it stays."""
    if flip.destinations_before == flip.destinations_after:
        return []
    return [named(flip.destinations_before), named(flip.destinations_after)]
