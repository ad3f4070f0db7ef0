"""What must be right before letters can leave the house."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from letters.letterhead import EXAMPLE, MalformedLetterhead, letterhead


def the_letterhead_can_be_used(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """One error when the file of the letterhead is missing or malformed."""
    try:
        for language, _name in settings.LANGUAGES:
            letterhead(language)
    except (OSError, MalformedLetterhead) as error:
        return [Error(str(error), id="letters.E001")]
    return []


def the_fonts_are_there(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """One error when no font is where the settings say."""
    if next(Path(settings.LETTER_FONTS).glob("*.ttf"), None):
        return []
    return [Error("The letters' fonts are missing: npm ci installs them.", id="letters.E002")]


def the_letterhead_is_the_hospitals_own(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """One warning, before a machine serves patients, while the letterhead is the example's."""
    if Path(settings.LETTERHEAD) != EXAMPLE:
        return []
    words = "Letters bear the example's letterhead: set LETTERHEAD to a file of the hospital's own."
    return [Warning(words, id="letters.W001")]
