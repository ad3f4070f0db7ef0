"""Sentences of a rule version, in both of the product's languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

PLACE_OF_LIMIT: Final = "{limit}"
PLACE_OF_DESTINATION: Final = "{destination}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in Danish and English; as text it is in the language of the reader."""

    da: str
    en: str

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Wording":
        """The wording as a version keeps it."""
        return cls(da=written["da"], en=written["en"])

    def naming(self, limit: "Wording", destination: "Wording | None" = None) -> "Wording":
        """The sentence with the limit and the place where it names them."""
        named = self._with(PLACE_OF_LIMIT, limit)
        return named._with(PLACE_OF_DESTINATION, destination) if destination else named

    def _with(self, place: str, words: "Wording") -> "Wording":
        return Wording(self.da.replace(place, words.da), self.en.replace(place, words.en))

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.da
