"""What a version says otherwise, in words."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from admission.difference import between
from admission.parameters import Place, codes, content_of, parameters, same_shape
from admission.rules import DECK_CONTENT
from tests.admission.versions import MILLIGRAMS, MONTHS, YEARS, deck

SENTENCES: list[tuple[dict[Place, Any], str]] = [
    ({MONTHS: 3}, "Smerter i mindst 6 måneder: grænse 6 måneder → 3 måneder"),
    ({MONTHS: 1}, "Smerter i mindst 6 måneder: grænse 6 måneder → 1 måned"),
    ({YEARS: 16}, "18 år eller ældre: grænse 18 år → 16 år"),
    ({MILLIGRAMS: "90"}, "Subakut: grænse 60 mg → 90 mg"),
    (
        {Place("tracks", "fast", "asks", "worked_up"): False},
        "Hurtig vurdering spørger ikke længere om: Færdigudredt",
    ),
    (
        {Place("tracks", "subacute", "asks", "duration"): True},
        "Subakut spørger nu også om: Smerter i mindst 6 måneder",
    ),
    (
        {Place("criteria", "no_active_cancer", "destination"): "referrer"},
        "Ingen aktiv kræft: hvor patienten hører til i stedet "
        "Palliativ afdeling → Egen læge eller henviser",
    ),
    (
        {Place("criteria", "duration", "name", "da"): "Ondt i {limit} eller mere"},
        "Smerter i mindst 6 måneder: navn på dansk "
        "Smerter i mindst 6 måneder → Ondt i 6 måneder eller mere",
    ),
    (
        {Place("criteria", "worked_up", "name", "en"): "Worked up"},
        "Færdigudredt: navn på engelsk Fully worked up → Worked up",
    ),
    (
        {Place("tracks", "single", "source", "da"): "Ledelsens beslutning"},
        "Monofaglig: kilde på dansk Centrets præsentation, »Monofagligt spor« → "
        "Ledelsens beslutning",
    ),
]


@pytest.mark.parametrize(("changed", "sentence"), SENTENCES)
def test_a_change_is_said_as_a_physician_reads_it(changed: dict[Place, Any], sentence: str) -> None:
    assert list(map(str, between(DECK_CONTENT, deck(changed)))) == [sentence]


def test_a_changed_limit_is_one_change_though_sentences_name_it() -> None:
    assert len(between(DECK_CONTENT, deck({MONTHS: 3}))) == 1


def test_a_new_sentence_is_shown_with_the_limit_of_its_own_version() -> None:
    name = Place("criteria", "duration", "name", "da")
    limit, said = between(DECK_CONTENT, deck({MONTHS: 3, name: "Ondt i {limit}"}))
    assert (limit.before, limit.after) == ("6 måneder", "3 måneder")
    assert (said.before, said.after) == ("Smerter i mindst 6 måneder", "Ondt i 3 måneder")


def test_criteria_are_named_in_the_readers_language() -> None:
    with translation.override("en"):
        [found] = between(DECK_CONTENT, deck({MONTHS: 3}))
    assert found.place.startswith("Pain for at least 6 months")
    assert (found.before, found.after) == ("6 months", "3 months")


def test_a_version_does_not_differ_from_itself() -> None:
    assert between(DECK_CONTENT, DECK_CONTENT) == []


PLACES = list(parameters(DECK_CONTENT))


@given(changed=st.sets(st.sampled_from([place for place in PLACES if place.what == "asks"])))
def test_every_tick_that_differs_is_said_once(changed: set[Place]) -> None:
    before = parameters(DECK_CONTENT)
    content = deck({place: not before[place] for place in changed})
    assert len(between(DECK_CONTENT, content)) == len(changed)
    assert same_shape(content, DECK_CONTENT)


def test_parameters_put_together_again_are_the_version() -> None:
    again = content_of(parameters(DECK_CONTENT), DECK_CONTENT)
    assert parameters(again) == parameters(DECK_CONTENT)
    assert codes(again) == codes(DECK_CONTENT)
    assert same_shape(again, DECK_CONTENT)
