"""The names of medicines: one substance each, and the longest is meant."""

import re

from medication.dosage_forms import FORMS
from medication.drugs import find, known


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


def test_every_combination_of_opioids_says_which_part_is_the_opioid() -> None:
    combined = {drug.name for drug in known() if drug.opioid and "+" in drug.substance}

    assert combined == {drug.name for drug in known() if drug.combined}
    for drug in known():
        assert all(opioid in box for box, opioid in drug.combined.items())


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    assert [drug.name for drug in find("pinex comp 500/30 mg")[0]] == ["Pinex Comp"]
