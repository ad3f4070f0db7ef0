"""The letterhead is a file of the hospital's own; a mistake in it is told before letters leave."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from letters.letterhead import EXAMPLE, MalformedLetterhead, letterhead

WRITTEN = EXAMPLE.read_text(encoding="utf-8")


def test_the_name_follows_the_language_and_the_number_does_not() -> None:
    danish, english = letterhead("da"), letterhead("en")
    assert (danish.name, english.name) == (
        "Tværfagligt Smertecenter",
        "Interdisciplinary Pain Centre",
    )
    assert danish.phone == english.phone


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (WRITTEN.replace("phone =", "fone ="), "lacks or misspells: fone, phone"),
        (WRITTEN.replace("[en]", "[de]"), r"\(en\) lacks or misspells: name, phone_hours, video"),
        ("phone = ", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_by_the_checks(
    written: str, told: str, tmp_path: Path, settings: Settings
) -> None:
    settings.LETTERHEAD = str(tmp_path / "brevhoved.toml")
    Path(settings.LETTERHEAD).write_text(written, encoding="utf-8")
    with pytest.raises(MalformedLetterhead, match=told):
        letterhead("en")
    assert "letters.E001" in [found.id for found in run_checks()]


def test_a_missing_file_is_told_by_the_checks(settings: Settings) -> None:
    settings.LETTERHEAD = "/ingen/fil.toml"
    assert "letters.E001" in [found.id for found in run_checks()]


def test_missing_fonts_are_told_by_the_checks(settings: Settings) -> None:
    settings.LETTER_FONTS = "/ingen/skrifttyper"
    assert "letters.E002" in [found.id for found in run_checks()]


def test_a_machine_that_serves_patients_is_warned_of_the_examples_letterhead() -> None:
    assert "letters.W001" in [found.id for found in run_checks(include_deployment_checks=True)]
