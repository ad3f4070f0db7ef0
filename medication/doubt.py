"""Why something that may be an opioid is not summed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Doubt(StrEnum):
    """Why something that may be an opioid is not in the total."""

    METHADONE = "methadone"
    PARENTERAL = "parenteral"
    SUBSTITUTION = "substitution"
    NO_FACTOR = "no_factor"
    UNREAD = "unread"

    @property
    def sentence(self) -> str:
        return str(DOUBTS[self])


DOUBTS: Final[Mapping[Doubt, str | Promise]] = {
    Doubt.METHADONE: _("Metadon har ingen fast omregningsfaktor."),
    Doubt.PARENTERAL: _("Injektion og infusion regnes ikke med."),
    Doubt.SUBSTITUTION: _("Buprenorphin i den styrke er substitutionsbehandling."),
    Doubt.NO_FACTOR: _("Der er ingen omregningsfaktor for præparatet i den form."),
    Doubt.UNREAD: _("Linjen er ikke læst og kan være et opioid."),
}
