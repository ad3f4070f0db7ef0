"""The factors are the published ones, row by row."""

from decimal import Decimal

import pytest

from medication.drugs import known
from medication.factors import CDC, DEFAULT, FACTOR_SETS, NORWAY, UK, Dosed

# As published: Helsedirektoratet (Norway), OMEQ; CDC 2022; Opioids Aware and BNF,
# August 2020. Not copied from the product's own table. None: the source gives no single factor.
PUBLISHED = [
    ("N02AA01", "oral", "mg", "1", "1", "1"),
    ("N02AA01", "parenteral", "mg", None, None, "2"),
    ("N02AA05", "oral", "mg", "1.5", "1.5", "1.5"),
    ("N02AA55", "oral", "mg", "1.5", "1.5", "1.5"),
    ("N02AA03", "oral", "mg", "5", "5", "5"),
    ("N02AB03", "transdermal", "µg/h", "2.4", "2.4", "2.4"),
    ("N02AE01", "transdermal", "µg/h", "2.22", None, "2.4"),
    ("N02AE01", "sublingual", "mg", "48", None, None),
    ("N02AX02", "oral", "mg", "0.15", "0.2", "0.1"),
    ("N02AX06", "oral", "mg", "0.2", "0.4", "0.4"),
    ("R05DA04", "oral", "mg", "0.1", "0.15", "0.1"),
    ("N02AJ06", "oral", "mg", "0.1", "0.15", "0.1"),
    ("N02AJ07", "oral", "mg", "0.1", "0.15", "0.1"),
    ("N02AB01", "oral", "mg", "1", None, None),
    ("N02AG02", "oral", "mg", "1", None, None),
    ("N02AB02", "oral", "mg", "0.1", None, "0.1"),
    ("N02AA08", "oral", "mg", None, None, "0.1"),
    ("N07BC02", "oral", "mg", None, None, None),
]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: "-".join(row[:2]))
def test_each_factor_is_the_published_one(row: tuple[str, ...]) -> None:
    atc, route, unit, norway, cdc, uk = row
    dosed = Dosed(atc, route, unit)

    assert NORWAY.factors.get(dosed) == number(norway)
    assert CDC.factors.get(dosed) == number(cdc)
    assert UK.factors.get(dosed) == number(uk)


def test_no_factor_stands_beside_the_published_ones() -> None:
    published = {Dosed(*row[:3]) for row in PUBLISHED}

    assert all(set(factors.factors) <= published for factors in FACTOR_SETS)


def test_methadone_has_no_factor_in_any_set() -> None:
    assert not any(key.atc == "N07BC02" for each in FACTOR_SETS for key in each.factors)


def test_norway_is_the_default_since_it_covers_what_is_used_here() -> None:
    covered = {key.atc for key in DEFAULT.factors}
    opioids = {drug.atc for drug in known() if drug.opioid}

    assert DEFAULT is NORWAY
    assert opioids - covered == {"N02AA08", "N07BC01", "N07BC02", "N07BC51"}


def test_a_set_is_named_with_its_version() -> None:
    assert [factors.label for factors in FACTOR_SETS] == ["norway 1", "cdc 2022", "uk 2020-08"]
