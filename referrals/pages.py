"""Which page wrote a step last: a page that has not seen those words does not write over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.utils.translation import gettext as _

from casework.refusals import Stale
from referrals.models import Draft

LONGEST: Final = 32


@dataclass(frozen=True, slots=True)
class Page:
    """A step as drawn for somebody: its mark, and the mark of the page whose words it shows.

    ``moment`` is when the browser sent it, in milliseconds of its clock; 0 without JavaScript.
    What is not written from a page has no mark.
    """

    mark: str = ""
    seen: str = ""
    moment: int = 0


def drawn(draft: Draft, step: str) -> Page:
    """A new page of the step, with what was written last."""
    return Page(mark=uuid4().hex, seen=draft.pages.get(step, {}).get("mark", ""))


def sent_from(sent: Mapping[str, Any]) -> Page:
    """The page that a request comes from."""
    mark, seen, moment = (str(sent.get(name, ""))[:LONGEST] for name in ("page", "seen", "moment"))
    return Page(mark, seen, int(moment) if moment.isdecimal() else 0)


def is_late(draft: Draft, step: str, page: Page) -> bool:
    """Whether the page has sent newer words already: one request has overtaken the other."""
    last = draft.pages.get(step)
    return bool(last and page.mark and last["mark"] == page.mark and page.moment < last["moment"])


def check_has_seen(draft: Draft, step: str, page: Page) -> None:
    """Raises Stale when another page has written the step since this one was drawn."""
    last = draft.pages.get(step)
    if last and page.mark and last["mark"] not in ("", page.mark, page.seen):
        sentence = _(
            "%(who)s har skrevet i dette trin på en anden side, efter at du åbnede det. Det, du "
            "har skrevet, står her: gem igen for at beholde det, eller åbn kladden på ny for at "
            "se det andet."
        )
        raise Stale(sentence % {"who": last["who"]})


def note(draft: Draft, step: str, page: Page, who: str) -> None:
    """Remember the page as the one that wrote the step last; the caller saves the draft."""
    draft.pages = {
        **draft.pages,
        step: {"mark": page.mark, "moment": page.moment, "who": who},
    }
