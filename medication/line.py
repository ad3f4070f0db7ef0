"""One line of medicine as it was read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Self

from django.utils.functional import Promise

from medication.dosage_forms import FORMS, MICROGRAMS_PER_HOUR
from medication.drugs import GIVEN_OFF
from medication.strength import IN_MILLIGRAMS

DECIMALS = ("strength", "units_per_dose", "doses_per_day", "interval_hours")


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """One medicine, how strong, how much, how often. As needed: the most that may be taken.

    ``text`` is the line as written, ``form`` a code of `FORMS`, ``strength`` and ``unit`` as
    written (of a combination the opioid's part), ``schedule`` units at each time of the day when
    they differ: ``units_per_dose`` is then their sum, once a day. ``interval_hours`` is how often
    a patch is changed; patches give off the same whatever it is, so a day has one dose.
    """

    text: str
    drug: str
    substance: str
    atc: str
    opioid: bool
    form: str
    route: str
    strength: Decimal
    unit: str
    units_per_dose: Decimal
    doses_per_day: Decimal
    as_needed: bool
    schedule: tuple[Decimal, ...] = ()
    interval_hours: Decimal | None = None

    @property
    def dose_unit(self) -> str:
        """What a day's dose is counted in: mg, or µg/h for patches."""
        return FORMS[self.form].dose_unit

    @property
    def form_label(self) -> str | Promise:
        return FORMS[self.form].label

    @property
    def daily_dose(self) -> Decimal:
        """A day's dose in `dose_unit`; of an opioid patch what all patches give off in an hour."""
        return self.gives_off * self.units_per_dose * self.doses_per_day

    @property
    def gives_off(self) -> Decimal:
        """What one unit gives, in `dose_unit`; a few patches give another dose than is marked."""
        if self.dose_unit == MICROGRAMS_PER_HOUR:
            return GIVEN_OFF.get((self.atc, self.form, self.strength), self.strength)
        return self.strength * IN_MILLIGRAMS.get(self.unit, Decimal(1))

    def as_json(self) -> dict[str, Any]:
        """Decimals as text, since JSON's numbers are not exact."""
        stored = asdict(self)
        for name in DECIMALS:
            stored[name] = None if stored[name] is None else str(stored[name])
        stored["schedule"] = [str(part) for part in self.schedule]
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        read: dict[str, Any] = dict(stored)
        for name in DECIMALS:
            read[name] = None if stored[name] is None else Decimal(stored[name])
        read["schedule"] = tuple(Decimal(part) for part in stored["schedule"])
        return cls(**read)
