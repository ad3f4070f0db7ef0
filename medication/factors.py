"""What one unit of an opioid counts as oral morphine, by the sets that authorities publish."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medication.drugs import rows

TABLE: Final = Path(__file__).parent / "factors.csv"


class Dosed(NamedTuple):
    """What a factor belongs to: a substance by its ATC code, the way it goes in, the dose's unit.

    Doses are in mg or, for patches, µg/h.
    """

    atc: str
    route: str
    unit: str


@dataclass(frozen=True, slots=True)
class FactorSet:
    """One published table: mg of oral morphine a day for one dose unit a day.

    ``version`` names the edition; a changed number is a new version.
    """

    code: str
    name: str | Promise
    version: str
    source: str
    factors: Mapping[Dosed, Decimal] = field(hash=False)

    @property
    def label(self) -> str:
        """Code and version, as it is stored with a result."""
        return f"{self.code} {self.version}"


def _column(name: str) -> Mapping[Dosed, Decimal]:
    return MappingProxyType(
        {
            Dosed(row["atc"], row["route"], row["unit"]): Decimal(row[name])
            for row in rows(TABLE)
            if row[name]
        }
    )


NORWAY: Final = FactorSet(
    code="norway",
    name=_("Norge"),
    version="1",
    source="Helsedirektoratet (Norge): omregningstabel, orale morfinækvivalenter (OMEQ)",
    factors=_column("norway"),
)
CDC: Final = FactorSet(
    code="cdc",
    name=_("USA"),
    version="2022",
    source="CDC Clinical Practice Guideline for Prescribing Opioids for Pain, United States, 2022",
    factors=_column("cdc_2022"),
)
UK: Final = FactorSet(
    code="uk",
    name=_("Storbritannien"),
    version="2020-08",
    source="Faculty of Pain Medicine, Opioids Aware, og British National Formulary, august 2020",
    factors=_column("uk_2020"),
)
# The only one that covers nearly every opioid in use in Denmark, ketobemidone among them.
DEFAULT: Final = NORWAY
FACTOR_SETS: Final = (NORWAY, CDC, UK)
BY_CODE: Final[Mapping[str, FactorSet]] = {factors.code: factors for factors in FACTOR_SETS}
