"""The guide shows every letter in every language."""

import re
from pathlib import Path

from tests.letters.test_pdf import NAMES

GUIDE = Path(__file__).parents[2] / "docs/guide/letters.md"


def test_the_guide_has_a_picture_of_each_letter_and_no_other() -> None:
    shown = re.findall(r"\]\((\.\./pictures/letters/(\S+)-\d\.png)\)", GUIDE.read_text("utf-8"))
    assert sorted({name for _path, name in shown}) == NAMES
    for path, _name in shown:
        assert (GUIDE.parent / path).is_file(), path
    folder = GUIDE.parent / "../pictures/letters"
    assert len(list(folder.iterdir())) == len(shown)
