"""What people call a case, without its patient, and the list in which it is found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.models import Pathway
from referrals.models import Referral

KINDS: Final = ("referral", "pathway")


class SomeCase(Protocol):
    """A referral or a pathway by its number."""

    @property
    def kind(self) -> str: ...

    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A case's name and status in words, and the address of the list that shows it."""

    label: str
    status: str
    url: str


Names = Mapping[tuple[str, int], Named]


def named(cases: Iterable[SomeCase]) -> Names:
    """The names of some cases by kind and number, in two queries."""
    listed = list(cases)
    numbers = {kind: [one.pk for one in listed if one.kind == kind] for kind in KINDS}
    referrals = Referral.objects.in_bulk(numbers["referral"])
    pathways = Pathway.objects.select_related("referral").in_bulk(numbers["pathway"])
    return {
        **{("referral", pk): _referral(one) for pk, one in referrals.items()},
        **{("pathway", pk): _pathway(one) for pk, one in pathways.items()},
    }


def _referral(referral: Referral) -> Named:
    return Named(str(referral), referral.get_status_display(), list_of(referral))


def _pathway(pathway: Pathway) -> Named:
    """A pathway goes by the number of its referral."""
    came_from = getattr(pathway, "referral", None)
    number = came_from.reference if came_from else str(pathway.pk)
    label = _("Forløb %(number)s") % {"number": number}
    return Named(label, pathway.get_status_display(), list_of(pathway))


def list_of(case: Referral | Pathway) -> str:
    """The list of open cases, narrowed to this one; empty when the case is in none."""
    shown = case.status in case.lifecycle.open_statuses and case.closed_at is None
    name = "referrals:queue" if isinstance(case, Referral) else "pathways:worklist"
    return reverse(name, query={"case": case.pk}) if shown else ""
