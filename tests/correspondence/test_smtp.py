"""E-mail to a real mail server: what did not leave is tried again, silence after it is a doubt."""

import email
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy

import pytest
from pytest_django import Settings

from correspondence import delivery
from correspondence.channels import carry
from correspondence.models import Message
from correspondence.parcels import MayHaveLeft, NotDelivered
from tests.correspondence.factories import an_email, status_of
from tests.correspondence.providers import Mails, a_mail_server

pytestmark = pytest.mark.django_db
Status = Message.Status


@pytest.fixture(autouse=True)
def _by_smtp(settings: Settings) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"email": "smtp"}
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2


@contextmanager
def mail_server(settings: Settings, **answers: str) -> Iterator[Mails]:
    with a_mail_server(**answers) as mails:
        settings.EMAIL_PORT = mails.port
        yield mails


def test_a_mail_arrives_whole_under_the_messages_own_name(settings: Settings) -> None:
    message = an_email(subject="Nyt på øen", body="Æblegrød.\n.punktum\n\nHilsen")
    with mail_server(settings) as mails:
        assert delivery.deliver(message.pk)
    (taken,) = mails.taken
    read = email.message_from_bytes(taken.replace(b"\r\n..", b"\r\n."), policy=policy.default)
    assert read["To"] == "laegerne@example.dk"
    assert read["Subject"] == "Nyt på øen"
    assert read["Message-ID"] == f"<{message.identity}@{settings.MAIL_DOMAIN}>"
    assert read.get_content().splitlines() == ["Æblegrød.", ".punktum", "", "Hilsen"]
    assert status_of(message) == Status.SENT


NOT_LEFT = [
    ({"MAIL": "451 later"}, False, "Mailserveren svarede 451."),
    ({"MAIL": ""}, False, "Mailserveren svarer ikke."),
    ({"RCPT": "550 unknown"}, True, "Mailserveren afviste adressen (550)."),
    ({"RCPT": "450 busy"}, False, "Mailserveren afviste adressen (450)."),
    ({"DATA": "451 later"}, False, "Mailserveren svarede 451."),
    ({"DATA": ""}, False, "Mailserveren svarer ikke."),
    ({"end": "451 full"}, False, "Mailserveren svarede 451."),
    ({"end": "554 too big"}, True, "Mailserveren svarede 554."),
    ({"EHLO": "silence"}, False, "Mailserveren svarer ikke."),
]


@pytest.mark.parametrize(("answers", "for_good", "why"), NOT_LEFT)
def test_what_the_server_did_not_take_is_not_delivered(
    answers: dict[str, str], for_good: bool, why: str, settings: Settings
) -> None:
    with mail_server(settings, **answers), pytest.raises(NotDelivered) as failure:
        carry(an_email())
    assert (failure.value.why, failure.value.for_good) == (why, for_good)


def test_nobody_listening_is_a_reason_to_try_again(settings: Settings) -> None:
    with mail_server(settings):
        pass
    message = an_email()
    delivery.deliver(message.pk)
    assert status_of(message) == Status.QUEUED


@pytest.mark.parametrize("end", ["", "silence"])
def test_a_server_that_takes_the_mail_and_says_nothing_leaves_a_doubt_and_gets_it_once(
    end: str, settings: Settings
) -> None:
    message = an_email()
    with mail_server(settings, end=end) as mails:
        delivery.deliver(message.pk)
        assert status_of(message) == Status.UNCERTAIN
        assert delivery.sweep() == 1  # the mail that tells the secretaries
        delivery.deliver(message.pk)
    assert [mail for mail in mails.taken if str(message.identity).encode() in mail] == [
        mails.taken[0]
    ]
    told = Message.objects.get(key=f"message:{message.pk}:put-aside:1")
    assert "er måske sendt" in told.subject


def test_the_doubt_is_told_in_words_about_nobody(settings: Settings) -> None:
    with mail_server(settings, end=""), pytest.raises(MayHaveLeft) as doubt:
        carry(an_email(recipient="Lonni Lauridsen"))
    assert doubt.value.why == "Mailserveren svarede ikke, efter at den havde fået e-mailen."


def test_an_address_that_mail_cannot_have_is_never_tried(settings: Settings) -> None:
    message = an_email(address="lægerne@example.dk")
    with mail_server(settings) as mails:
        delivery.deliver(message.pk)
    assert (status_of(message), mails.taken) == (Status.FAILED, [])


def test_hanging_up_after_the_yes_changes_nothing(settings: Settings) -> None:
    message = an_email()
    with mail_server(settings, QUIT=""):
        delivery.deliver(message.pk)
    assert status_of(message) == Status.SENT
