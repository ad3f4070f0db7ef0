"""The e-mails about due dates: who gets which, and their words.

They hold no patient and nothing clinical: they say which case, and where to look.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Final
from uuid import UUID

from correspondence.leading import addressed, managers, named
from correspondence.models import Message
from correspondence.watches import Stage, Told, Watch
from letters.models import Letter
from letters.wording import day
from staff.models import User

MOST_LISTED: Final = 20  # more than anybody reads in an e-mail: the rest is counted
HEADINGS: Final = {
    Stage.OVERDUE: "Over fristen:",
    Stage.SOON: "Fristen er nær:",
    Stage.ESCALATED: "Stadig over fristen:",
}
ENDINGS: Final = {
    Stage.OVERDUE: "er over fristen",
    Stage.SOON: "har frist snart",
    Stage.ESCALATED: "er stadig over fristen",
}
COUNTED: Final = {
    Stage.OVERDUE: "er overskredet",
    Stage.SOON: "er nær",
    Stage.ESCALATED: "er stadig overskredet",
}


def emails(told: Sequence[Told], run: UUID) -> Iterator[Message]:
    """One e-mail for each person with all that is new for them; ``run`` is the check it is of."""
    for_owners: dict[int | None, list[Told]] = defaultdict(list)
    for_managers = []
    for notice in told:
        if notice.stage == Stage.ESCALATED:
            for_managers.append(notice)
        else:
            for_owners[notice.user_id].append(notice)
    owners = User.objects.in_bulk([pk for pk in for_owners if pk]) if for_owners else {}
    addressees = [
        (f"deadlines:{run}:{pk or 'visitation'}", owners[pk] if pk else None, notices)
        for pk, notices in for_owners.items()
    ]
    addressees += [
        (f"deadlines:{run}:manager:{named(manager)}", manager, for_managers)
        for manager in (managers() if for_managers else [])
    ]
    listed = {key: _to_list(notices) for key, _to, notices in addressees}
    words = dict(_words(notice for notices in listed.values() for notice in notices))
    for key, to, notices in addressees:
        yield _message(key, to, notices, listed[key], words)


def _to_list(notices: list[Told]) -> list[Told]:
    """What an e-mail lists: the longest overdue first, of each stage no more than is read."""
    by_day = sorted(notices, key=lambda one: (one.due_on, one.case_id))
    stages = [[one for one in by_day if one.stage == stage] for stage in HEADINGS]
    return [one for listed in stages for one in listed[:MOST_LISTED]]


Words = dict[tuple[str, str, int], tuple[str, str]]


def _words(listed: Iterable[Told]) -> Iterator[tuple[tuple[str, str, int], tuple[str, str]]]:
    """Title and details of each case listed, one query for each watch that has any."""
    by_watch: dict[tuple[str, str], tuple[Watch, set[int]]] = {}
    for notice in listed:
        watch = notice.watch
        by_watch.setdefault((watch.of, watch.clock), (watch, set()))[1].add(notice.case_id)
    for (of, clock), (watch, numbers) in by_watch.items():
        for case in watch.cases.filter(pk__in=numbers):
            yield (of, clock, case.pk), (watch.title(case), watch.details(case))


def _words_of(notice: Told, words: Words) -> tuple[str, str]:
    return words[notice.watch.of, notice.watch.clock, notice.case_id]


def _message(
    key: str, to: User | None, notices: list[Told], listed: list[Told], words: Words
) -> Message:
    first = listed[0]
    subject = f"{_words_of(first, words)[0]} {ENDINGS[first.stage]}"
    if len(notices) > 1:
        subject = _counted(notices)
    endings = dict.fromkeys(notice.watch.ending for notice in notices)
    return Message(
        key=key,
        kind=Message.Kind.WAITING,
        channel=Message.Channel.EMAIL,
        subject=subject,
        body="\n\n".join([*_sections(notices, listed, words), *endings]),
        about=f"{first.watch.of}:{first.case_id}" if len(notices) == 1 else "",
        **addressed(to),
    )


def _counted(notices: list[Told]) -> str:
    """ "3 frister er overskredet, 1 frist er nær"."""
    parts = []
    for stage, words in COUNTED.items():
        if number := sum(notice.stage == stage for notice in notices):
            parts.append(f"{number} {'frist' if number == 1 else 'frister'} {words}")
    return ", ".join(parts)


def _sections(notices: list[Told], listed: list[Told], words: Words) -> Iterator[str]:
    """Each case under its heading, and how many are not listed."""
    for stage, heading in HEADINGS.items():
        lines = [_line(one, words) for one in listed if one.stage == stage]
        if more := sum(one.stage == stage for one in notices) - len(lines):
            lines.append(f"… og {more} til.")
        if lines:
            yield "\n".join([heading, *lines])


def _line(notice: Told, words: Words) -> str:
    title, details = _words_of(notice, words)
    was = "Fristen er" if notice.stage == Stage.SOON else "Fristen var"
    return f"– {title}. {was} {_day(notice.due_on)}. {details}"


_day = cache(partial(day, language=Letter.Language.DANISH))
