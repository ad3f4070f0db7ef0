"""Prose is corrected; what the case says stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from letters.content import Box, Content, Facts, File, Heading, Paragraph, Points, content_of, read
from letters.correcting import corrected, passages
from tests.letters.samples import every_letter

WORDS = st.text(st.characters(codec="latin-1", categories=["L", "N", "P"]), min_size=1)
PARAGRAPHS = st.builds(Paragraph, WORDS)
POINTS = st.builds(Points, st.lists(WORDS, min_size=1, max_size=3).map(tuple), WORDS)
STAYS = st.builds(Heading, WORDS) | st.builds(Facts, st.just((("Spor", "Hurtigt"),)))
BLOCKS = st.lists(PARAGRAPHS | POINTS | STAYS | st.builds(Box, WORDS, WORDS | st.just("")))
CONTENTS = st.builds(Content, WORDS, BLOCKS.map(tuple))
STANDING = Heading | Facts
FILE = File("svar.txt", "a/svar.txt", "text/plain", "0" * 64)
LETTER = Content(
    "Epikrise",
    (
        Box("Vi anbefaler opfølgning", "Trap tramadol ud."),
        Facts((("Spor", "Hurtigt"), ("Første tid", "senest 3. december 2026"))),
        Paragraph("Smerterne er mindre."),
        Points(("Fysioterapi", "Tramadol"), "Fortsætter:"),
        Heading("Spørgsmål"),
        Paragraph("Ring til os."),
    ),
    ("Venlig hilsen",),
    ("svar.txt",),
    (FILE,),
)


def words_of(content: Content) -> list[str]:
    return [passage.text for passage in passages(content)]


def test_each_stretch_of_prose_is_a_passage_with_what_stands_over_it() -> None:
    found = [(passage.heading, passage.text) for passage in passages(LETTER)]
    assert found == [
        ("Vi anbefaler opfølgning", "Trap tramadol ud."),
        ("", "Smerterne er mindre.\n\nFortsætter:\n- Fysioterapi\n- Tramadol"),
        ("Spørgsmål", "Ring til os."),
    ]


def test_new_words_stand_where_the_old_ones_stood_and_all_else_stays() -> None:
    new = corrected(LETTER, ["Trap 50 mg ud.", "- Fysioterapi", "Skriv til os.\r\n\r\nEller ring."])
    assert new.blocks == (
        Box("Vi anbefaler opfølgning", "Trap 50 mg ud."),
        LETTER.blocks[1],
        Points(("Fysioterapi",)),
        LETTER.blocks[4],
        Paragraph("Skriv til os."),
        Paragraph("Eller ring."),
    )
    assert (new.title, new.enclosures, new.files) == ("Epikrise", ("svar.txt",), (FILE,))


def test_a_passage_without_words_is_left_out() -> None:
    assert "Ring til os." not in corrected(LETTER, ["A", "B", " "]).as_text()


@given(CONTENTS)
def test_words_that_are_left_alone_make_the_same_letter(content: Content) -> None:
    assert corrected(content, words_of(content)).as_text().split() == content.as_text().split()


@given(CONTENTS, st.data())
def test_headings_and_facts_stay_whatever_is_written(content: Content, data: st.DataObject) -> None:
    new = [data.draw(WORDS) for _ in passages(content)]
    before = [block for block in content.blocks if isinstance(block, STANDING)]
    after = [block for block in corrected(content, new).blocks if isinstance(block, STANDING)]
    assert after == before


def test_every_letter_of_ours_comes_back_from_its_passages(db: None) -> None:
    for name, letter in every_letter().items():
        content = content_of(letter.content)
        assert passages(content), name
        assert corrected(content, words_of(content)).as_text() == content.as_text(), name


def test_what_is_read_is_one_passage() -> None:
    blocks = read("Tak for henvisningen.\n\nSvar:\n- Ja\n- Nej")
    assert len(passages(Content("Svar", blocks))) == 1
