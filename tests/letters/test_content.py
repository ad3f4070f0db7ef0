"""What a person writes becomes a letter's content, and comes back as the same words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.content import (
    Box,
    Content,
    Facts,
    Heading,
    Paragraph,
    Points,
    content_of,
    read,
)

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
LINE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
WRITTEN = st.lists(
    st.sampled_from(["- en", "- to", "", "", "Spor: Subakut", "Læge: Anne Holm", "Hej", " x "])
    | LINE
).map("\n".join)


def as_text(blocks: Any) -> str:
    return Content("Titel", tuple(blocks)).as_text()


@given(WRITTEN)
def test_no_word_is_lost_or_moved_when_a_text_is_read(written: str) -> None:
    assert as_text(read(written)).split() == written.split()


@given(WRITTEN)
def test_a_text_that_was_read_is_read_the_same_again(written: str) -> None:
    once = read(written)
    assert as_text(read(as_text(once))) == as_text(once)


def test_lines_that_begin_with_a_hyphen_are_a_list_under_what_leads_to_it() -> None:
    (points,) = read("Send igen med:\n- svar på MR\n- en liste over medicin")
    assert points == Points(("svar på MR", "en liste over medicin"), "Send igen med:")


def test_several_labels_with_values_are_facts_and_a_single_one_is_a_sentence() -> None:
    assert read("Spor: Subakut\nLæge: Anne Holm") == (
        Facts((("Spor", "Subakut"), ("Læge", "Anne Holm"))),
    )
    assert read("Husk: ring først") == (Paragraph("Husk: ring først"),)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_blank_lines_part_paragraphs_however_lines_end(ends: str) -> None:
    assert read(f"En{ends}{ends}{ends}To{ends}tre") == (Paragraph("En"), Paragraph("To\ntre"))


def test_content_comes_back_from_json() -> None:
    content = Content(
        "Titel",
        (
            Heading("Overskrift"),
            Box("Gør det", "straks"),
            Facts((("Spor", "Subakut"),)),
            Points(("a", "b"), "Og:"),
            Paragraph("Slut"),
        ),
        ("Venlig hilsen", "Anne"),
        ("svar.pdf",),
    )
    assert content_of(content.as_json()) == content
