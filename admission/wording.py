"""Sentences of a rule version, in both of the product's languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

PLACE_OF_LIMIT: Final = "{limit}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in Danish and English; as text it is in the language of the reader."""

    da: str
    en: str

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Wording":
        """The wording as a version keeps it."""
        return cls(da=written["da"], en=written["en"])

    def as_json(self) -> dict[str, str]:
        return {"da": self.da, "en": self.en}

    def naming(self, limit: "Wording") -> "Wording":
        """The sentence with the limit in its place, where it names one."""
        return Wording(
            da=self.da.replace(PLACE_OF_LIMIT, limit.da),
            en=self.en.replace(PLACE_OF_LIMIT, limit.en),
        )

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.da
