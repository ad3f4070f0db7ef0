"""Sending a redirected referral on, with what was attached, to a place whose address is known.

That the referral itself went along, and when, is what the place and a complaint will ask about
(Styrelsen for Patientklager 23SFP15); the letter and its delivery are the record.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import override

from correspondence import mailing
from letters.content import Block, Content, Facts, File, Heading, paragraphs
from letters.enclosing import can_be_printed
from letters.models import Letter
from letters.wording import clock, closing, date, day
from letters.writing import drafted, keep
from patients.contact import display_phone
from referrals import letters
from referrals.addresses import address_of
from referrals.answers import Section, sections
from referrals.attachments import sent_with
from referrals.models import Attachment, Referral
from referrals.posting import about
from referrals.proposals import latest
from staff.models import User

DA = Letter.Language.DANISH
NOT_PRINTED: Final = " (kan ikke trykkes: ring, hvis I mangler den)"


def forward(referral: Referral, destination: str, by: User) -> None:
    """Post the referral to the place, if the centre knows where it gets its letters."""
    if letter := forwarded(referral, destination, by):
        mailing.to_address(keep(letter, f"{about(referral)}:forwarded:{referral.version}"))


def forwarded(referral: Referral, destination: str, by: User) -> Letter | None:
    """The letter that would be posted now; None for a place that gets none."""
    place = address_of(destination)
    if place is None:
        return None
    return drafted(
        kind=Letter.Kind.FORWARDED,
        recipient=place.name,
        address=place.address,
        content=content(referral, destination, by),
        signed_by=by,
        about=about(referral),
        patient=referral.patient,
    )


@override("da")
def content(referral: Referral, destination: str, by: User) -> Content:
    """The referral as it was written last, section by section, and what was attached."""
    received = timezone.localdate(referral.received_at)
    return Content(
        title=f"Videresendt henvisning {referral.reference}",
        blocks=(
            *paragraphs(
                f"Vi har modtaget denne henvisning fra {referral.unit.name} den "
                f"{date(received, DA)}. Patienten hører efter vores vurdering "
                "til hos jer. Vi sender derfor henvisningen videre, som den blev skrevet.",
                "Vi beder jer give patienten og henviser besked om, hvad I kan tilbyde.",
            ),
            *paragraphs(*letters.pointing_to(referral, destination)),
            Facts(tuple(_from(referral))),
            *_written(sections(latest(referral).submission.answers, on=received)),
        ),
        closing=closing(DA, by),
        enclosures=tuple(_attached(referral)),
        files=tuple(_files(referral)),
    )


def _from(referral: Referral) -> Iterator[tuple[str, str]]:
    unit = referral.unit
    yield "Henviser", ", ".join(filter(None, [unit.name, unit.address]))
    if unit.ydernummer:
        yield "Ydernummer", unit.ydernummer
    if unit.phone:
        yield "Henvisers telefon", display_phone(unit.phone)
    received = timezone.localdate(referral.received_at)
    yield "Modtaget hos os", f"{day(received, DA)} {clock(referral.received_at, DA)}"


def _written(steps: Iterable[Section]) -> Iterator[Block]:
    for step in steps:
        if rows := tuple((row.label, row.value) for row in step.rows if row.value):
            yield Heading(step.title)
            yield Facts(rows)


def _attached(referral: Referral) -> Iterator[str]:
    for each in sent_with(referral).order_by("pk"):
        attached = timezone.localdate(each.uploaded_at)
        how = "" if can_be_printed(_file(each)) else NOT_PRINTED
        yield f"{each.name}, vedlagt {day(attached, DA)}{how}"


def _files(referral: Referral) -> Iterator[File]:
    return map(_file, sent_with(referral).order_by("pk"))


def _file(attached: Attachment) -> File:
    return File(attached.name, str(attached.file.name), attached.media_type, attached.sha256)
