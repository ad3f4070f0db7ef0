"""What a message is about, as the page that shows it; the rooms above know their own cases."""

from collections.abc import Callable
from dataclasses import dataclass

from correspondence.models import Message
from staff.models import User


@dataclass(frozen=True, slots=True)
class Subject:
    """A case: what kind of case, its name, and the address of its page."""

    kind: str
    name: str
    url: str


# The rooms above say, when they start, how a case of theirs is found by its number: None for those
# who may not see it.
finders: dict[str, Callable[[User, int], Subject | None]] = {}


def subject_of(user: User, message: Message) -> Subject | None:
    """The case that a message is about; None when it is about none, or not for this person."""
    kind, _colon, number = message.about.partition(":")
    return finders[kind](user, int(number)) if kind in finders else None
