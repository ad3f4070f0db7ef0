"""Refusals are sentences: what a person reads when something may not be done."""


class Refused(Exception):
    """An action that may not be done now, with the reason as a sentence in the user's language.

    ``field`` names what is to be typed otherwise, as the forms call it; empty when nothing is.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field

    def __str__(self) -> str:
        return str(self.sentence)


class Stale(Refused):
    """Somebody changed the case after the page was read; the sentence says who, what, when."""
