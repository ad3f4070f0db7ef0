"""The English catalogue, kept without GNU gettext."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from smertecenter.translations import compile_all, complaints, english, texts, update

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Henvisningen er modtaget")
count = ngettext("%(n)s patient", "%(n)s patienter", 2)
word = pgettext("måned", "maj")
"""
TEMPLATE = """{% load i18n %}
<div>
    <h1>{% translate "Åbne sager" %}</h1>
      {% blocktranslate trimmed with name=person.name %}
        Kære {{ name }},
        velkommen
      {% endblocktranslate %}
  {% blocktranslate count n=total %}{{ n }} dag{% plural %}{{ n }} dage{% endblocktranslate %}
</div>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small product with a room and a template."""
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff/views.py").write_text(CODE)
    (tmp_path / "templates/staff").mkdir(parents=True)
    (tmp_path / "templates/staff/page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def catalogue(project: Path) -> Path:
    """Its catalogue, up to date and fully translated."""
    path = project / "locale/en/LC_MESSAGES/django.po"
    update(project, path)
    translate(path, {})
    return path


def translate(path: Path, english_of: dict[str, str]) -> None:
    """Give each text its English, or the Danish with 'EN ' before it."""
    with path.open("rb") as file:
        catalog = read_po(file, locale="en", domain="django")
    for message in catalog:
        if isinstance(message.id, tuple | list):
            message.string = tuple(f"EN {form}" for form in message.id)
        elif message.id:
            message.string = english_of.get(message.id, f"EN {message.id}")
    with path.open("wb") as file:
        write_po(file, catalog)


def test_texts_are_found_in_code_and_templates(project: Path) -> None:
    found = {message.id for message in texts(project) if message.id}
    assert found == {
        "Henvisningen er modtaget",
        ("%(n)s patient", "%(n)s patienter"),
        "maj",
        "Åbne sager",
        "Kære %(name)s, velkommen",
        ("%(n)s dag", "%(n)s dage"),
    }


def test_a_complete_catalogue_has_no_complaints(project: Path, catalogue: Path) -> None:
    assert complaints(project, catalogue) == []


def test_a_new_text_is_missing_until_it_is_added_and_translated(
    project: Path, catalogue: Path
) -> None:
    (project / "staff/forms.py").write_text('label = _("Ny tekst")')
    assert complaints(project, catalogue) == [
        "Missing from the catalogue (make messages): “Ny tekst”, staff/forms.py"
    ]
    update(project, catalogue)
    assert complaints(project, catalogue) == ["No English yet: “Ny tekst”, staff/forms.py"]
    translate(catalogue, {})
    assert complaints(project, catalogue) == []


def test_a_text_that_is_gone_is_told_and_dropped(project: Path, catalogue: Path) -> None:
    (project / "templates/staff/page.html").unlink()
    assert len(complaints(project, catalogue)) == 3
    update(project, catalogue)
    assert complaints(project, catalogue) == []


def test_a_guess_is_no_translation(project: Path, catalogue: Path) -> None:
    text = catalogue.read_text().replace('msgid "Åbne sager"', '#, fuzzy\nmsgid "Åbne sager"')
    catalogue.write_text(text)
    assert complaints(project, catalogue) == [
        "No English yet: “Åbne sager”, templates/staff/page.html"
    ]


def test_a_translation_that_loses_a_placeholder_is_told(project: Path, catalogue: Path) -> None:
    translate(catalogue, {"Kære %(name)s, velkommen": "Dear %(nam)s, welcome"})
    assert "Kære %(name)s, velkommen" in complaints(project, catalogue)[0]


def test_updating_keeps_the_english_there_is(project: Path, catalogue: Path) -> None:
    update(project, catalogue)
    assert english(catalogue)["Åbne sager"].string == "EN Åbne sager"


def test_what_is_compiled_is_what_gettext_reads(catalogue: Path) -> None:
    compile_all(catalogue)
    with catalogue.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Åbne sager") == "EN Åbne sager"
    assert read.pgettext("måned", "maj") == "EN maj"
    assert read.ngettext("%(n)s dag", "%(n)s dage", 5) == "EN %(n)s dage"
