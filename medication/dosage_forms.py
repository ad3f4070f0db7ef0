"""The forms a medicine comes in: what they are called on a line, and the way they go in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MICROGRAMS_PER_HOUR: Final = "µg/h"
MILLIGRAMS: Final = "mg"


@dataclass(frozen=True, slots=True)
class DosageForm:
    """A form of medicine.

    ``words`` are regular expressions that name this form and no other; ``counted_in`` the units
    that one may take so and so many of. ``dose_unit`` is what a day's dose is counted in.
    """

    code: str
    label: str | Promise
    route: str
    words: tuple[str, ...]
    counted_in: frozenset[str]
    dose_unit: str = MILLIGRAMS


# Several units may be meant by one written word; "stk." counts anything.
UNITS: Final[Mapping[str, str]] = {
    "tablet": r"(?:depot|smelte)?tabl(?:et(?:ter)?)?|tbl|tb|resoriblet(?:ter)?",
    "capsule": r"(?:depot)?kaps(?:ler|el)?",
    "millilitre": r"ml",
    "patch": r"(?:depot)?plast(?:er|re)",
    "suppository": r"supp(?:ositori(?:um|e|er))?|stikpiller?",
    "puff": r"pust",
    "piece": r"stk",
}
SOLID: Final = frozenset({"tablet", "capsule", "piece"})
LIQUID: Final = frozenset({"millilitre"})
# "5 stk." of patches is rather the pack than what is worn.
PATCHES: Final = frozenset({"patch"})

FORMS: Final[Mapping[str, DosageForm]] = {
    form.code: form
    for form in (
        DosageForm("tablet", _("tablet eller kapsel"), "oral", (r"smeltetabl\w*",), SOLID),
        DosageForm(
            "depot",
            _("depottablet eller -kapsel"),
            "oral",
            (r"depot", r"retard", r"depottabl\w*", r"depotkaps\w*"),
            SOLID,
        ),
        DosageForm(
            "solution",
            _("oral opløsning"),
            "oral",
            (r"orale? opl(?:øsning)?", r"mi[xk]tur", r"(?:orale )?dråber"),
            LIQUID,
        ),
        DosageForm(
            "suppository",
            _("stikpille"),
            "rectal",
            (r"supp(?:ositori(?:um|e|er))?", r"stikpiller?", r"rektalt?"),
            frozenset({"suppository", "piece"}),
        ),
        DosageForm(
            "sublingual",
            _("tablet under tungen"),
            "sublingual",
            (r"sublingual\w*", r"resoriblet(?:ter)?", r"under tungen"),
            SOLID,
        ),
        DosageForm("buccal", _("tablet i kinden"), "buccal", (r"bu[ck]+al\w*",), SOLID),
        DosageForm(
            "nasal",
            _("næsespray"),
            "nasal",
            (r"næsespray", r"nasal\w*"),
            frozenset({"puff", "piece"}),
        ),
        DosageForm(
            "patch",
            _("depotplaster"),
            "transdermal",
            (r"(?:depot)?plast(?:er|re)",),
            PATCHES,
            MICROGRAMS_PER_HOUR,
        ),
        DosageForm(
            "injection",
            pgettext_lazy("form", "injektion eller infusion"),
            "parenteral",
            (
                r"inj(?:ektion(?:svæske|er)?)?",
                r"s\.?c",
                r"i\.?v",
                r"i\.?m",
                r"subkutant?",
                r"intravenøst?",
                r"infusion",
            ),
            LIQUID,
        ),
        DosageForm("local_patch", _("plaster på stedet"), "local", (r"plast(?:er|re)",), PATCHES),
        DosageForm(
            "mouth_spray", _("mundspray"), "oromucosal", (r"mundspray",), frozenset({"puff"})
        ),
    )
}
NAMES: Final[Mapping[str, re.Pattern[str]]] = {
    code: re.compile(rf"\b(?:{'|'.join(form.words)})\b\.?") for code, form in FORMS.items()
}
