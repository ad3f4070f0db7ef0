"""What an English letter calls the languages that interpreters speak: we note them in Danish."""

from collections.abc import Mapping
from typing import Final

from letters.models import Letter

ENGLISH: Final[Mapping[str, str]] = {
    "albansk": "Albanian",
    "amharisk": "Amharic",
    "arabisk": "Arabic",
    "bosnisk": "Bosnian",
    "bulgarsk": "Bulgarian",
    "dari": "Dari",
    "engelsk": "English",
    "farsi": "Farsi",
    "filippinsk": "Filipino",
    "fransk": "French",
    "færøsk": "Faroese",
    "grønlandsk": "Greenlandic",
    "hindi": "Hindi",
    "islandsk": "Icelandic",
    "italiensk": "Italian",
    "kinesisk": "Chinese",
    "kroatisk": "Croatian",
    "kurdisk": "Kurdish",
    "lettisk": "Latvian",
    "litauisk": "Lithuanian",
    "nepalesisk": "Nepali",
    "pashto": "Pashto",
    "persisk": "Persian",
    "polsk": "Polish",
    "portugisisk": "Portuguese",
    "punjabi": "Punjabi",
    "rumænsk": "Romanian",
    "russisk": "Russian",
    "serbisk": "Serbian",
    "somali": "Somali",
    "somalisk": "Somali",
    "spansk": "Spanish",
    "swahili": "Swahili",
    "tamil": "Tamil",
    "tamilsk": "Tamil",
    "tegnsprog": "sign language",
    "thai": "Thai",
    "tigrinya": "Tigrinya",
    "tyrkisk": "Turkish",
    "tysk": "German",
    "ukrainsk": "Ukrainian",
    "ungarsk": "Hungarian",
    "urdu": "Urdu",
    "vietnamesisk": "Vietnamese",
}


def name_in(language: str, spoken: str) -> str:
    """A language noted in Danish, as a letter in ``language`` calls it; others as they are noted.

    "Arabisk" is "Arabic" in English, and "arabisk (marokkansk)" stays what somebody wrote.
    """
    known = ENGLISH if language == Letter.Language.ENGLISH else {}
    return known.get(spoken.strip().lower(), spoken)
