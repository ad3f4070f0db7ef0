"""A version's content read as rules: limits with their units, and what cannot be read."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from admission.faults import faults
from admission.rules import DECK, DECK_CONTENT, Rules, quantity
from pathways.tracks import Track


def content() -> Any:
    return deepcopy(dict(DECK_CONTENT))


@pytest.mark.parametrize(
    ("code", "limit", "danish", "english"),
    [
        ("adult", 18, "18 år", "18 years"),
        ("adult", 1, "1 år", "1 year"),
        ("duration", 6, "6 måneder", "6 months"),
        ("duration", 1, "1 måned", "1 month"),
        ("duration", 10, "10 måneder", "10 months"),
        (Track.SUBACUTE, Decimal(60), "60 mg", "60 mg"),
        (Track.SUBACUTE, Decimal("100.00"), "100 mg", "100 mg"),
        (Track.SUBACUTE, Decimal("59.50"), "59,5 mg", "59.5 mg"),
        ("worked_up", None, "", ""),
    ],
)
def test_a_limit_is_written_with_its_unit(
    code: str, limit: Decimal | int | None, danish: str, english: str
) -> None:
    words = quantity(code, limit)
    assert (words.da, words.en) == (danish, english)


def test_the_deck_is_version_one_and_asks_everything_but_of_the_subacute() -> None:
    assert (DECK.number, DECK.discharge_morphine_mg) == (1, Decimal(60))
    assert list(DECK.tracks) == [
        Track.SUBACUTE,
        Track.FAST,
        Track.INTERDISCIPLINARY,
        Track.SINGLE,
    ]
    spares = {track: rule.spares for track, rule in DECK.tracks.items() if rule.spares}
    assert spares == {Track.SUBACUTE: {"duration", "worked_up", "fully_treated"}}


def test_words_are_in_the_language_of_the_reader() -> None:
    name = DECK.criteria["duration"].name
    with override("da"):
        assert str(name) == "Smerter i mindst 6 måneder"
    with override("en"):
        assert str(name) == "Pain for at least 6 months"


def test_another_limit_is_named_in_every_sentence() -> None:
    changed = content()
    changed["criteria"][2]["limit"] = 3
    rule = Rules.from_json(changed).criteria["duration"]
    for wording in (rule.name, rule.sentence, rule.consequence):
        assert "3 måneder" in wording.da
        assert "3 months" in wording.en
        assert "6" not in wording.da + wording.en


CONSEQUENCES = {
    "non_malignant": (
        "Maligne smerter behandles i palliativt regi: henvis til Palliativ afdeling.",
        "Malignant pain is treated in palliative care: refer to the palliative department.",
    ),
    "adult": (
        "Børn og unge under 18 år behandles i børneregi: henvis til Børneafdeling.",
        "Children and young people under 18 years are treated in paediatric care: "
        "refer to the paediatric department.",
    ),
    "no_active_cancer": (
        "Patienter med aktiv kræft behandles i palliativt regi: henvis til Palliativ afdeling.",
        "Patients with active cancer are treated in palliative care: "
        "refer to the palliative department.",
    ),
    "headache_not_main": (
        "Patienter, hvis hovedproblem er hovedpine, behandles i et hovedpinecenter: "
        "henvis til Hovedpinecenter.",
        "Patients whose main problem is headache are treated in a headache centre: "
        "refer to the headache centre.",
    ),
    "no_illegal_drugs": (
        "Illegalt misbrug behandles i et misbrugscenter: henvis til Misbrugscenter.",
        "Illegal drug misuse is treated in a substance misuse centre: "
        "refer to the substance misuse centre.",
    ),
    "no_uncontrolled_alcohol": (
        "Ukontrollabelt alkoholforbrug behandles i en alkoholenhed: henvis til Alkoholenhed.",
        "Uncontrolled alcohol use is treated in an alcohol unit: refer to the alcohol unit.",
    ),
}


@pytest.mark.parametrize("code", CONSEQUENCES)
def test_what_follows_names_the_rules_own_place(code: str) -> None:
    consequence = DECK.criteria[code].consequence
    assert (consequence.da, consequence.en) == CONSEQUENCES[code]


def test_the_deck_has_no_faults() -> None:
    assert faults(content(), DECK_CONTENT) == []


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("criteria", "destination", "nowhere"),
        ("criteria", "name", {"da": "kun dansk"}),
        ("tracks", "track", "fifth"),
        ("tracks", "limit", None),
    ],
)
def test_what_is_no_version_cannot_be_read(part: str, field: str, value: Any) -> None:
    broken = content()
    broken[part][0][field] = value
    with pytest.raises((KeyError, ValueError)):
        Rules.from_json(broken)
