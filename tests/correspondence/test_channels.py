"""Each way out of the house hands a message over, at most once."""

import email
import stat
from email import policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.checks import run_checks
from pytest_django import Settings

from correspondence.channels import carry
from correspondence.files import file_of
from correspondence.models import Message
from correspondence.parcels import NotDelivered
from tests.correspondence.factories import a_message, an_email

pytestmark = pytest.mark.django_db


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_sms_becomes_a_file_that_a_person_can_read(folder: Path) -> None:
    message = a_message()
    carry(message)
    (path,) = files(folder)
    assert path == file_of(message)
    text = path.read_text()
    assert "Til: Lonni Lauridsen\nAdresse: +4520304050\n" in text
    assert "Æblegrød på øen i åen." in text


def test_an_email_becomes_a_file_that_mail_programs_open(folder: Path) -> None:
    message = an_email(subject="Nyt brev på øen")
    carry(message)
    (path,) = files(folder)
    read = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert path.suffix == ".eml"
    assert read["To"] == "laegerne@example.dk"
    assert read["Subject"] == "Nyt brev på øen"
    assert "Æblegrød" in read.get_content()


def test_a_second_handing_over_finds_the_file_and_writes_nothing(folder: Path) -> None:
    message = a_message()
    carry(message)
    written = file_of(message).stat()
    carry(message)
    assert file_of(message).stat().st_mtime_ns == written.st_mtime_ns
    assert file_of(message).stat().st_ino == written.st_ino
    assert len(files(folder)) == 1


def test_what_a_killed_sender_left_half_written_is_overwritten(folder: Path) -> None:
    message = a_message()
    path = file_of(message)
    path.parent.mkdir(parents=True)
    path.with_name(f".{path.name}.part").write_text("Husk din t")
    carry(message)
    assert files(folder) == [path]
    assert "Lonni" in path.read_text()


def test_only_the_centres_own_user_may_read_the_files(folder: Path) -> None:
    message = a_message()
    carry(message)
    assert stat.S_IMODE(file_of(message).stat().st_mode) == 0o600
    assert stat.S_IMODE(file_of(message).parent.stat().st_mode) == 0o700


def test_two_messages_never_share_an_identity_and_one_keeps_its_own() -> None:
    message, other = a_message(), a_message()
    assert message.identity != other.identity
    assert Message.objects.get(pk=message.pk).identity == message.identity


def test_a_folder_that_cannot_be_written_is_a_reason_to_try_again(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings.OUTBOX_FOLDER = str(tmp_path / "file")
    with pytest.raises(NotDelivered, match="Filen kunne ikke skrives") as failure:
        carry(a_message())
    assert not failure.value.for_good


def test_the_portal_sends_nothing_out_of_the_house(folder: Path) -> None:
    carry(a_message(channel=Message.Channel.PORTAL, address=""))
    assert files(folder) == []
    assert mail.outbox == []


def test_the_console_shows_the_message(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"sms": "console"}
    carry(a_message())
    assert "Husk din tid torsdag" in capsys.readouterr().out


def test_a_message_without_an_address_fails_for_good() -> None:
    with pytest.raises(NotDelivered, match="ingen adresse") as failure:
        carry(a_message(address=" "))
    assert failure.value.for_good


def test_settings_that_name_no_carrier_are_found_at_the_start(settings: Settings) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"sms": "smtp"}
    (error,) = [one for one in run_checks() if "OUTBOX_SMS" in one.msg]
    assert "console, file, gateway" in error.msg


def test_a_gateway_without_an_address_is_found_at_the_start(settings: Settings) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"sms": "gateway"}
    (error,) = [one for one in run_checks() if "OUTBOX_GATEWAY" in one.msg]
    assert "is empty" in error.msg


def test_no_descriptor_is_left_open(folder: Path) -> None:
    before = open_descriptors()
    for _ in range(5):
        carry(a_message())
    assert open_descriptors() == before
