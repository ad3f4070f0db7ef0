"""Draws the status tables as pages of `docs/lifecycles`; with `--check`, says which are stale.

python -m docs.lifecycles [--check]
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=False)

from casework.lifecycle import Holder, Lifecycle, Standing
from pathways.lifecycle import PATHWAY
from pathways.lifecycle import Status as PathwayStatus
from referrals.lifecycle import REFERRAL
from referrals.lifecycle import Status as ReferralStatus
from staff.deadlines import DEADLINES

FOLDER = Path(__file__).parent
LABELS = {
    "referral": {status.value: str(status.label) for status in ReferralStatus},
    "pathway": {status.value: str(status.label) for status in PathwayStatus},
}
TABLES: dict[str, tuple[str, Lifecycle]] = {
    "referral": ("A referral's statuses", REFERRAL),
    "pathway": ("A pathway's statuses", PATHWAY),
}
HEAD = (
    "| status | shown as | whose turn | next action | due | in whose hands |",
    "|---|---|---|---|---|---|",
)


def page(name: str) -> str:
    """The page of one status table: a diagram, and what each status means."""
    title, lifecycle = TABLES[name]
    source = "referrals/lifecycle.py" if name == "referral" else "pathways/lifecycle.py"
    lines = [
        f"# {title}",
        "",
        f"Drawn from the table in `{source}` by `python -m docs.lifecycles`; do not edit.",
        "",
        *diagram(lifecycle),
        "",
        *HEAD,
        *(row(status, LABELS[name][status], lifecycle[status]) for status in lifecycle.standings),
        "",
        "A step that keeps an open status is always allowed. A closed one takes none but a move.",
        *other_hands(lifecycle),
    ]
    return "\n".join(lines) + "\n"


def diagram(lifecycle: Lifecycle) -> Iterator[str]:
    """The moves as Mermaid draws them; a closed status ends the diagram."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {lifecycle.begins_at}"
    for source, target in lifecycle.moves():
        yield f"    {source} --> {target}"
    for status in lifecycle.closed_statuses:
        yield f"    {status} --> [*]"
    yield "```"


def row(status: str, label: str, standing: Standing) -> str:
    """What one status means."""
    if not standing.is_open:
        return f"| `{status}` | {label} | closed | – | – | – |"
    due = "; ".join(filter(None, [_counted(standing.deadline), standing.due]))
    holder = Holder(standing.holder).value
    return f"| `{status}` | {label} | {standing.turn} | {standing.next_action} | {due} | {holder} |"


def _counted(code: str) -> str:
    """ "`decide`, 5 weekdays": by the newest rule."""
    rules = [rule for rule in DEADLINES if rule.code == code]
    if not rules:
        return ""
    newest = max(rules, key=lambda rule: rule.valid_from)
    return f"`{code}`, {newest.amount} {newest.unit.value.replace('_', ' ')}"


def other_hands(lifecycle: Lifecycle) -> Iterator[str]:
    """The verbs that put the time in other hands than the status does."""
    for verb, holder in lifecycle.holders.items():
        yield f"After `{verb}` the time is in the hands of: {holder.value}."


def stale() -> list[str]:
    """The pages that do not say what their tables say."""
    return [name for name in TABLES if _read(name) != page(name)]


def _read(name: str) -> str:
    path = FOLDER / f"{name}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def draw() -> None:
    """Write every page."""
    for name in TABLES:
        (FOLDER / f"{name}.md").write_text(page(name), encoding="utf-8")
