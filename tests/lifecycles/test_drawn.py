"""The pages about the status tables say what the tables say."""

import pytest

from docs.lifecycles import drawing
from pathways.lifecycle import PATHWAY
from staff.deadlines import DEADLINES


def test_no_page_is_stale() -> None:
    assert drawing.stale() == []


@pytest.mark.parametrize("name", drawing.TABLES)
def test_every_move_is_drawn_and_every_status_has_its_row(name: str) -> None:
    page, (_title, lifecycle) = drawing.page(name), drawing.TABLES[name]
    for source, target in lifecycle.moves():
        assert f"    {source} --> {target}\n" in page
    for status in lifecycle.standings:
        assert f"| `{status}` |" in page


@pytest.mark.parametrize("name", drawing.TABLES)
def test_every_open_status_says_whose_turn_it_is_what_to_do_and_by_when(name: str) -> None:
    lifecycle = drawing.TABLES[name][1]
    codes = {rule.code for rule in DEADLINES}
    for status in lifecycle.open_statuses:
        standing = lifecycle[status]
        assert standing.turn
        assert standing.next_action
        assert standing.due
        assert not standing.deadline or standing.deadline in codes


def test_a_page_that_was_not_drawn_anew_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = {status: PATHWAY[status] for status in list(PATHWAY.standings)[:4]}
    table = ("A pathway's statuses", type(PATHWAY)(fewer, begins_at=PATHWAY.begins_at))
    monkeypatch.setitem(drawing.TABLES, "pathway", table)
    assert drawing.stale() == ["pathway"]
