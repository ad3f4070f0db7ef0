"""What the referrer is told when a pathway ends; plain Danish, as every letter to a referrer."""

from django.utils.translation import override

from letters.content import Block, Box, Content, Facts, Paragraph, read
from letters.models import Letter
from letters.wording import closing, date
from letters.writing import drafted
from pathways.lifecycle import Ending
from pathways.models import Pathway
from staff.models import User

DA = Letter.Language.DANISH


def discharge(pathway: Pathway, by: User) -> Letter:
    """The discharge summary: what the referrer is to do stands on top.

    Whether follow-up in general practice is recommended is always said, yes or no (Styrelsen for
    Patientsikkerhed, vejledning nr. 10036 af 30. november 2018 om epikriser).
    """
    blocks = (_recommendation(pathway), _facts(pathway), *read(pathway.summary))
    return _letter(pathway, "Epikrise: forløbet er afsluttet", blocks, by)


@override("da")
def discontinued(pathway: Pathway, why: str, by: User) -> Letter:
    """By whom or what the pathway was broken off, and why."""
    because = str(Ending(pathway.ended_because).label)
    ended = f"Forløbet hos os er afbrudt for {pathway.patient.name}: {because}."
    return _letter(pathway, "Forløbet er afbrudt", (Paragraph(ended), *read(why)), by)


def reopened(pathway: Pathway, why: str, by: User) -> Letter:
    """That a pathway goes on which the referrer was told had been broken off, and why."""
    words = (
        f"Forløbet hos os for {pathway.patient.name} er åbnet igen. "
        "Vi skrev før, at det var afbrudt: det gælder ikke længere."
    )
    return _letter(pathway, "Forløbet er åbnet igen", (Paragraph(words), *read(why)), by)


def _recommendation(pathway: Pathway) -> Block:
    if pathway.follow_up_by_gp:
        return Box("Vi anbefaler opfølgning i almen praksis", pathway.follow_up_advice)
    return Box("Der er ikke behov for opfølgning i almen praksis", "")


@override("da")
def _facts(pathway: Pathway) -> Block:
    follow_up = "ja" if pathway.follow_up_by_gp else "nej"
    return Facts(
        (
            ("Patient", pathway.patient.name),
            ("Født", date(pathway.patient.birth_date, DA)),
            ("Diagnose", pathway.diagnosis),
            ("Spor", str(pathway.get_track_display())),
            ("Behandlingsansvarlig læge", pathway.responsible.name),
            ("Opfølgning i almen praksis anbefales", follow_up),
        )
    )


def _letter(pathway: Pathway, title: str, blocks: tuple[Block, ...], by: User) -> Letter:
    unit = pathway.unit
    return drafted(
        kind=Letter.Kind.DISCHARGE,
        recipient=unit.name,
        address=unit.address,
        content=Content(title=title, blocks=blocks, closing=closing(DA, by)),
        signed_by=by,
        about=f"pathway:{pathway.pk}",
        patient=pathway.patient,
        unit=unit,
    )
