"""Files: known by their content, kept once, fetched only by who may, and gone when removed."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.refusals import Refused
from referrals import intake
from referrals.attachments import (
    MOST_BYTES,
    MOST_FILES,
    WORD,
    attach,
    attachment_for,
    detach,
    media_type,
    safe_name,
    sent_with,
)
from referrals.models import Attachment, Draft
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 svar"


def a_file(content: bytes = PDF, name: str = "svar.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def word(*names: str) -> bytes:
    """The same bytes at whatever time: they name a test in both processes that collect it."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
    return written.getvalue()


@pytest.fixture
def author() -> User:
    return person(Role.REFERRER)


@pytest.fixture
def draft(author: User) -> Draft:
    return intake.start(author)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\nx", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.docx", word("[Content_Types].xml", "word/document.xml"), WORD),
        ("a.txt", "Svar på MR: æøå".encode("latin-1"), "text/plain"),
    ],
)
def test_a_type_is_told_by_name_and_content(name: str, content: bytes, kind: str) -> None:
    assert media_type(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>"),
        ("a.png", PDF),
        ("a.docx", word("xl/workbook.xml")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.txt", b"MZ\x00\x01"),
        ("a.html", b"<html>"),
        ("a.exe", PDF),
        ("pdf", PDF),
    ],
)
def test_other_content_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        media_type(name, content)


def test_a_file_is_kept_with_its_name_size_and_sum(author: User, draft: Draft) -> None:
    kept = attach(author, draft.pk, a_file())
    assert (kept.name, kept.size, kept.media_type) == ("svar.pdf", len(PDF), "application/pdf")
    assert len(kept.sha256) == 64
    assert "svar" not in str(kept.file.name)
    with kept.file.open() as stored:
        assert stored.read() == PDF


def test_the_same_file_twice_is_one(author: User, draft: Draft) -> None:
    assert attach(author, draft.pk, a_file()) == attach(author, draft.pk, a_file(name="igen.pdf"))


def test_too_large_too_many_empty_and_none_are_refused(author: User, draft: Draft) -> None:
    large = a_file(b"%PDF-" + b"x" * MOST_BYTES)
    for upload in (large, a_file(b""), None):
        with pytest.raises(Refused):
            attach(author, draft.pk, upload)
    for number in range(MOST_FILES):
        attach(author, draft.pk, a_file(PDF + bytes([65 + number])))
    with pytest.raises(Refused, match="20"):
        attach(author, draft.pk, a_file())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\fakepath\svar.pdf", "svar.pdf"),
        ("../../etc/svar.pdf", "svar.pdf"),
        ("sv\x00ar\r\n\u202efdp.pdf", "svarfdp.pdf"),
        ("", "bilag"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.django_db(transaction=True)
def test_removing_a_file_removes_it_from_the_disk() -> None:
    author = person(Role.REFERRER)
    draft = intake.start(author)
    names = [attach(author, draft.pk, a_file(PDF + tail)).file.name for tail in (b"1", b"2")]
    detach(author, draft.attachments.first().pk)
    intake.discard(author, draft.pk)
    assert not Attachment.objects.exists()
    assert not any(default_storage.exists(str(name)) for name in names)


def test_what_is_sent_stays_and_follows_the_referral(author: User) -> None:
    draft = cases.written(author)
    kept = attach(author, draft.pk, a_file())
    referral = intake.submit(author, draft.pk)
    assert list(sent_with(referral)) == [kept]
    with pytest.raises(Refused):
        detach(author, kept.pk)
    with pytest.raises(Refused):
        attach(author, draft.pk, a_file(PDF + b"2"))
    assert attachment_for(person(Role.SECRETARY), kept.pk) == kept
    for role in (Role.REFERRER, Role.MANAGER, Role.PSYCHOLOGIST, Role.ADMINISTRATOR):
        with pytest.raises(ObjectDoesNotExist):
            attachment_for(person(role), kept.pk)


def test_a_draft_s_files_are_its_unit_s_alone(author: User, draft: Draft) -> None:
    kept = attach(author, draft.pk, a_file())
    assert attachment_for(person(Role.REFERRER, unit=author.unit), kept.pk) == kept
    for stranger in (person(Role.REFERRER), person(Role.SECRETARY)):
        with pytest.raises(ObjectDoesNotExist):
            attachment_for(stranger, kept.pk)
        with pytest.raises(ObjectDoesNotExist):
            detach(stranger, kept.pk)
