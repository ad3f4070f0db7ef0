"""The names of medicines: one substance each, and found as people type them."""

import re

import pytest

from medication.dosage_forms import FORMS, ROUTES
from medication.drugs import find, known, search


def test_every_name_stands_once() -> None:
    names = [drug.name.lower() for drug in known()]

    assert len(names) == len(set(names))


def test_every_drug_has_an_atc_code_and_forms_that_exist() -> None:
    for drug in known():
        assert re.fullmatch(r"[A-Z]\d{2}[A-Z]{2}\d{2}", drug.atc), drug
        assert drug.forms, drug
        assert set(drug.forms) <= set(FORMS), drug


def test_opioids_are_told_from_the_rest_by_their_codes() -> None:
    opioid = re.compile(r"N02A|N07BC|R05DA04")

    assert all(bool(opioid.match(drug.atc)) is drug.opioid for drug in known())


def test_every_form_has_a_route_with_a_name() -> None:
    assert {form.route for form in FORMS.values()} == set(ROUTES)


def test_every_combination_of_opioids_says_which_part_is_the_opioid() -> None:
    combined = {drug.name for drug in known() if drug.opioid and "+" in drug.substance}

    assert combined == {drug.name for drug in known() if drug.combined}
    for drug in known():
        assert all(opioid in box for box, opioid in drug.combined.items())


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    assert [drug.name for drug in find("pinex comp 500/30 mg")[0]] == ["Pinex Comp"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("conta", "Contalgin"),
        ("CONTALGIN", "Contalgin"),
        ("norsp", "Norspan"),
        ("N02AB03", "Durogesic"),
        ("buprenorphin pla", None),
        ("pinex co", "Pinex Comp"),
        ("oxy nal", "Oxycodon/naloxon"),
        ("", None),
    ],
)
def test_a_drug_is_found_by_a_part_of_its_name(typed: str, first: str | None) -> None:
    found = search(typed)

    assert (found[0].name if found else None) == first


def test_the_searchable_field_shows_the_code() -> None:
    assert search("contalgin")[0].words == "Contalgin (morfin, N02AA01)"
