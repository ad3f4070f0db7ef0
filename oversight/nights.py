"""The nightly proof: written down once a night, and told to the managers when it does not hold."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from correspondence import outbox
from correspondence.leading import addressed, managers, named
from correspondence.models import Message
from letters.models import Letter
from letters.wording import day
from oversight.models import Proof
from oversight.proof import Figure, Figures, count, faults

NIGHTS_SHOWN: Final = 14


def prove_tonight(now: dt.datetime) -> Proof:
    """The proof of the night that ``now`` belongs to; made if it is not there yet."""
    night = timezone.localdate(now)
    return Proof.objects.filter(night=night).first() or _prove(night, now)


@transaction.atomic
def _prove(night: dt.date, now: dt.datetime) -> Proof:
    """Write the proof down, and tell the managers in the same transaction when it does not hold.

    When somebody else writes one at the same time, the first stands, and each manager is told once.
    """
    figures = count(now)
    made = Proof(night=night, figures=figures, holds=not faults(figures))
    Proof.objects.bulk_create([made], ignore_conflicts=True)
    proof: Proof = Proof.objects.get(night=night)
    if not proof.holds:
        _tell_managers(proof)
    return proof


def _tell_managers(proof: Proof) -> None:
    subject = "Noget kræver handling: nattens kontrol af, at intet er tabt"
    for manager in managers():
        outbox.post(
            key=f"proof:{proof.night.isoformat()}:manager:{named(manager)}",
            kind=Message.Kind.WAITING,
            channel=Message.Channel.EMAIL,
            subject=subject,
            body="\n".join(_words(proof)),
            about=f"proof:{proof.night.isoformat()}",
            **addressed(manager),
        )


def _words(proof: Proof) -> Iterator[str]:
    """The figures that should be 0, without a patient in them."""
    yield f"Kontrollen natten til {day(proof.night, Letter.Language.DANISH)} fandt:\n"
    with override("da"):
        for figure, number in faults(numbers_of(proof)).items():
            yield f"{figure.label}: {number}"
    yield "\nLog ind i Smertecenter, og åbn »Intet tabt« for at se hvilke."


def numbers_of(proof: Proof) -> Figures:
    """The figures of a proof by what we count today; 0 for what was not counted then."""
    return {figure: proof.figures.get(figure, 0) for figure in Figure}


def latest(today: dt.date) -> list[tuple[dt.date, Proof | None]]:
    """The last nights, the newest first; None for one that passed without a proof.

    Nights before the very first proof are left out, and so is tonight's until it is made.
    """
    since = today - dt.timedelta(days=NIGHTS_SHOWN - 1)
    made = {proof.night: proof for proof in Proof.objects.filter(night__gte=since)}
    first = Proof.objects.order_by("night").values_list("night", flat=True).first()
    if first is None:
        return []
    nights = [today - dt.timedelta(days=back) for back in range(NIGHTS_SHOWN)]
    return [
        (night, made.get(night))
        for night in nights
        if night >= first and (night in made or night < today)
    ]
