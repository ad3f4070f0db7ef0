"""Rule texts stand once: in the version. Panel, letters, findings and pages all read them there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from admission.rules import DECK, DECK_CONTENT, CriterionRule, TrackRule

BASE = Path(settings.BASE_DIR)
# Tests say what they expect; everything else reads it from the version.
OTHERS = {"tests", "node_modules", "var"}
# A word or two is no rule text: "Færdigudredt" is also what a form's field is called.
FEWEST_WORDS = 3


def sources() -> Iterator[Path]:
    for top in BASE.iterdir():
        if top.is_dir() and top.name not in OTHERS and not top.name.startswith("."):
            yield from top.rglob("*.py")
            yield from top.rglob("*.html")


def squeezed(text: str) -> str:
    """Without the places where a text may be broken over lines and quoted pieces."""
    return "".join(text.replace('"', "").split())


@pytest.fixture(scope="module")
def written() -> dict[Path, str]:
    return {path: squeezed(path.read_text(encoding="utf-8")) for path in sources()}


def texts(rule: CriterionRule) -> Iterator[str]:
    as_written = next(each for each in DECK_CONTENT["criteria"] if each["code"] == rule.code)
    for part in ("name", "sentence", "consequence"):
        wording = getattr(rule, part)
        yield from (wording.da, wording.en, *as_written[part].values())


@pytest.mark.parametrize("rule", DECK.criteria.values(), ids=DECK.criteria)
def test_no_text_of_a_criterion_stands_a_second_time(
    rule: CriterionRule, written: dict[Path, str]
) -> None:
    for text in texts(rule):
        if len(text.split()) >= FEWEST_WORDS:
            again = [path for path, source in written.items() if squeezed(text) in source]
            assert not again, text


def test_the_sources_are_all_looked_through(written: dict[Path, str]) -> None:
    names = {path.relative_to(BASE).as_posix() for path in written}
    assert {
        "admission/judging.py",
        "templates/components/finding.html",
        "smertecenter/urls.py",
    } <= names


@pytest.mark.parametrize("rule", DECK.tracks.values(), ids=DECK.tracks)
def test_no_sentence_of_a_track_stands_a_second_time(
    rule: TrackRule, written: dict[Path, str]
) -> None:
    for text in (rule.sentence.da, rule.sentence.en):
        assert not [path for path, source in written.items() if squeezed(text) in source]
