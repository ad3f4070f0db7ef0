"""A redirected referral goes on to a place whose address is known: as it was written."""

import json
from base64 import b64decode
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from admission.destinations import Destination
from correspondence.channels import carry
from correspondence.models import Message
from correspondence.paper import sheets
from letters.content import Content, Paragraph, content_of
from letters.enclosing import EnclosureLost
from letters.models import Letter
from letters.typesetting import made, pictures_of
from letters.writing import drafted
from referrals import letters, triage
from referrals.attachments import attach
from referrals.intake import submit
from referrals.models import Referral
from staff.permissions import Role
from tests.correspondence.providers import a_gateway
from tests.letters.pages import opened, read_aloud, tags, titles
from tests.referrals.cases import CANCER, sent, written
from tests.staff.factories import person
from tests.test_access import a_file

pytestmark = pytest.mark.django_db


def redirected(referral: Referral, destination: str = Destination.PALLIATIVE) -> None:
    physician = person(Role.PHYSICIAN, name="Anne Holm")
    letter = letters.redirected(referral, destination)
    why = "Bedre hjulpet dér"
    triage.redirect(physician, referral.pk, referral.version, destination, letter, why)


def forwarded() -> list[Letter]:
    return list(Letter.objects.filter(kind=Letter.Kind.FORWARDED))


def test_the_place_gets_the_referral_as_it_was_written_signed_and_on_paper() -> None:
    referral = sent(CANCER)
    redirected(referral)
    (letter,) = forwarded()
    (message,) = letter.messages.all()
    assert (message.channel, message.address) == ("letter", "Sygehusvej 3, 0000 Eksempelby")
    assert letter.signed_name == "Anne Holm"
    aloud = read_aloud(opened(letter))
    for told in ("020160-9996", "Lænd og venstre ben", "Morfin 10 mg 3 gange dagligt", "klokken"):
        assert told in aloud
    assert "Vi modtager ikke patienter med aktiv cancer" in aloud


def test_what_was_attached_is_named_with_its_day() -> None:
    referrer = person(Role.REFERRER)
    draft = written(referrer, CANCER)
    attach(referrer, draft.pk, a_file())
    redirected(submit(referrer, draft.pk, despite="Vi ser ingen anden vej."))
    (letter,) = forwarded()
    (enclosed,) = content_of(letter.content).enclosures
    assert enclosed.startswith("svar.txt, vedlagt ")


def forwarded_with(*files: SimpleUploadedFile) -> Letter:
    referrer = person(Role.REFERRER)
    draft = written(referrer, CANCER)
    for each in files:
        attach(referrer, draft.pk, each)
    redirected(submit(referrer, draft.pk, despite="Vi ser ingen anden vej."))
    (letter,) = forwarded()
    return letter


def a_pdf(pages: int, password: str = "") -> bytes:
    out = BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        lock = pikepdf.Encryption(user=password, owner=password) if password else False
        made.save(out, encryption=lock)
    return out.getvalue()


def test_what_was_attached_goes_along_unchanged() -> None:
    mr = a_pdf(3)
    letter = forwarded_with(
        SimpleUploadedFile("svar.txt", "Normal MR æøå".encode()), SimpleUploadedFile("mr.pdf", mr)
    )
    pdf = opened(letter)
    along = [pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments]
    assert along == ["Normal MR æøå".encode(), mr]
    assert "Normal MR æøå" in read_aloud(pdf)  # text is shown, too
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"


def test_in_the_envelope_lie_the_pages_of_what_was_attached() -> None:
    letter = forwarded_with(
        SimpleUploadedFile("mr.pdf", a_pdf(3)),
        SimpleUploadedFile("halv.pdf", b"%PDF-1.7 halv"),
        SimpleUploadedFile("laast.pdf", a_pdf(2, password="kun for mig")),
    )
    pages = len(opened(letter).pages)
    (message,) = letter.messages.all()
    assert sheets(message).pages == pages + 3


def test_the_gateway_prints_the_pages_of_what_was_attached_too(settings: Settings) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"letter": "gateway"}
    letter = forwarded_with(SimpleUploadedFile("mr.pdf", a_pdf(3)))
    (message,) = letter.messages.all()
    with a_gateway() as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
        carry(message)
    pdf = b64decode(json.loads(gateway.posted[0][2])["pdf"])
    with pikepdf.open(BytesIO(pdf)) as posted:
        assert len(posted.pages) == len(opened(letter).pages) + 3


def test_a_broken_picture_goes_along_as_a_file_and_stops_no_letter() -> None:
    letter = forwarded_with(SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\nhalv"))
    assert len(opened(letter).attachments) == 1


def test_the_letter_says_of_what_cannot_be_printed_that_it_lies_not_in_the_envelope() -> None:
    picture = pictures_of(Letter.objects.create(**a_plain_letter()))[0]
    letter = forwarded_with(
        SimpleUploadedFile("mr.pdf", a_pdf(1)),
        SimpleUploadedFile("foto.png", picture),
        SimpleUploadedFile("svar.txt", b"Normal MR."),
        SimpleUploadedFile("laast.pdf", a_pdf(1, password="kun for mig")),
        SimpleUploadedFile("halv.pdf", b"%PDF-1.7 halv"),
        SimpleUploadedFile("halv.png", b"\x89PNG\r\n\x1a\nhalv"),
    )
    named = content_of(letter.content).enclosures
    assert ["kan ikke trykkes: ring" in each for each in named] == [False] * 3 + [True] * 3


def test_a_picture_is_shown_with_its_name_for_those_who_do_not_see_it() -> None:
    picture = pictures_of(Letter.objects.create(**a_plain_letter()))[0]
    pdf = opened(forwarded_with(SimpleUploadedFile("foto.png", picture)))
    assert "foto.png" in titles(pdf)
    assert "/Figure" in tags(pdf)


def a_plain_letter() -> dict[str, Any]:
    content = Content("Foto", (Paragraph("Hej"),))
    plain = drafted(kind=Letter.Kind.ADVICE, recipient="R", content=content)
    return {"key": "foto", "kind": plain.kind, "recipient": "R", "content": plain.content}


def test_a_file_that_has_changed_is_not_sent_in_its_place() -> None:
    letter = forwarded_with(SimpleUploadedFile("svar.txt", b"Normal MR."))
    path = letter.content["files"][0]["path"]
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"Noget andet"))
    with pytest.raises(EnclosureLost):
        made(letter)


def test_the_referrer_is_told_that_it_goes_on_and_not_to_refer_again() -> None:
    told = letters.redirected(sent(CANCER), Destination.PALLIATIVE)
    assert "videre til Palliativ afdeling, Eksempel Sygehus. I behøver ikke henvise igen" in told
    assert "henvis til Palliativ" not in told


def test_nothing_is_forwarded_back_to_the_referrer() -> None:
    redirected(sent(CANCER), Destination.REFERRER)
    assert not forwarded()


def test_without_addresses_the_referrer_refers_on(settings: Settings) -> None:
    settings.DESTINATIONS = ""
    referral = sent(CANCER)
    assert "henvis til Palliativ" in letters.redirected(referral, Destination.PALLIATIVE)
    redirected(referral)
    assert not forwarded()


def test_the_patient_is_told_by_letter() -> None:
    referral = sent(CANCER)
    redirected(referral)
    message = Message.objects.get(kind=Message.Kind.PATIENT_NOTICE)
    assert message.letter.kind == Letter.Kind.PATIENT_REDIRECTED
    assert (
        "Vi sender henvisningen videre for dig til Palliativ afdeling, Eksempel Sygehus."
        in message.body
    )


def test_who_has_another_name_than_was_written_gets_no_letter_about_a_redirect() -> None:
    """The number may be mistyped: then they were never referred."""
    sent()
    named = {"patient": {"given_names": "Knud", "family_name": "Mortensen"}}
    redirected(sent(CANCER, named))
    assert not Message.objects.filter(kind=Message.Kind.PATIENT_NOTICE).exists()


def test_the_decider_sees_all_letters_before_they_go(client: Client) -> None:
    client.force_login(person(Role.PHYSICIAN))
    page = client.get(f"/referrals/{sent(CANCER).pk}/redirect/").content.decode()
    assert page.count("data:image/svg+xml;base64,") >= 3
    assert "Om henvisningen til Tværfagligt Smertecenter" in page
    assert "Videresendt henvisning" in page


def test_who_signs_sees_the_letters_before_signing(client: Client) -> None:
    secretary, physician = person(Role.SECRETARY), person(Role.PHYSICIAN, name="Anne Holm")
    referral, place = sent(CANCER), Destination.HEADACHE  # which no criterion points to
    words = {"letter": "Vi sender den videre.", "words_to_patient": "Vi ringer til dig i morgen."}
    triage.redirect(
        secretary, referral.pk, 1, place, reason="Hovedpinen", physician=physician, **words
    )
    client.force_login(physician)
    page = client.get(f"/referrals/{referral.pk}/").content.decode()
    assert page.count("data:image/svg+xml;base64,") >= 3
    assert "Vi ringer til dig i morgen." in page
