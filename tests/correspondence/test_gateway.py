"""SMS and Digital Post by a gateway over real HTTP; who is exempt gets the letter on paper."""

import json
from base64 import b64decode

import pytest
from pytest_django import Settings

from correspondence import delivery
from correspondence.channels import carry
from correspondence.models import Message
from correspondence.parcels import MayHaveLeft, NotDelivered, NotRegistered
from tests.correspondence.factories import a_letter_to, a_message, last_try, status_of
from tests.correspondence.providers import a_gateway
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db
Channel, Status = Message.Channel, Message.Status


@pytest.fixture(autouse=True)
def _by_gateway(settings: Settings) -> None:
    ours = {"sms": "gateway", "digital_post": "gateway"}
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | ours
    settings.OUTBOX_GATEWAY_TIMEOUT, settings.OUTBOX_GATEWAY_TOKEN = 1, "hemmelig"


def test_an_sms_is_posted_under_its_identity(settings: Settings) -> None:
    message = a_message()
    with a_gateway() as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
        delivery.deliver(message.pk)
    ((path, head, body),) = gateway.posted
    assert (path, head["Idempotency-Key"]) == ("/out/sms", str(message.identity))
    assert head["Authorization"] == "Bearer hemmelig"
    assert json.loads(body)["to"] == "+4520304050"
    assert status_of(message) == Status.SENT


def test_digital_post_goes_to_the_patients_number_with_the_letter_as_pdf(
    settings: Settings,
) -> None:
    patient = a_patient()
    message = a_letter_to(patient)
    assert patient.number not in message.address
    with a_gateway() as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
        delivery.deliver(message.pk)
    content = json.loads(gateway.posted[0][2])
    assert content["to"] == patient.number
    assert b64decode(content["pdf"]).startswith(b"%PDF-")


ANSWERS = [
    (400, NotDelivered, True),
    (401, NotDelivered, False),
    (403, NotDelivered, False),
    (407, NotDelivered, False),
    (408, NotDelivered, False),
    (429, NotDelivered, False),
    (503, NotDelivered, False),
    (404, NotDelivered, True),
]


@pytest.mark.parametrize(("status", "error", "for_good"), ANSWERS)
def test_a_no_is_a_no(
    status: int, error: type[NotDelivered], for_good: bool, settings: Settings
) -> None:
    with a_gateway(status) as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
        with pytest.raises(error) as failure:
            carry(a_message())
    assert failure.value.for_good == for_good


@pytest.mark.parametrize("status", [0, 301, 500, 502, 504])
def test_silence_and_broken_answers_leave_a_doubt(status: int, settings: Settings) -> None:
    message = a_message()
    with a_gateway(status) as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
        with pytest.raises(MayHaveLeft):
            carry(message)
    assert len(gateway.posted) == 1


def test_nobody_listening_is_a_reason_to_try_again(settings: Settings) -> None:
    with a_gateway() as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
    with pytest.raises(NotDelivered, match="Modtagersystemet svarer ikke") as failure:
        carry(a_message())
    assert not failure.value.for_good


@pytest.mark.parametrize("status", [404, 410])
def test_who_is_exempt_gets_the_letter_on_paper_by_itself(status: int, settings: Settings) -> None:
    patient = a_patient(street="Nygade 4", postal_code="2650", city="Hvidovre")
    message = a_letter_to(patient)
    with a_gateway(status) as gateway:
        settings.OUTBOX_GATEWAY = gateway.address
        delivery.deliver(message.pk)
        with pytest.raises(NotRegistered):
            carry(message)
    message.refresh_from_db()
    assert message.status == Status.FAILED
    why = "Modtageren er fritaget for Digital Post. Brevet sendes på papir."
    assert last_try(message) == (1, why)
    paper = Message.objects.get(key=f"{message.key}:paper")
    assert (paper.channel, paper.address) == (Channel.LETTER, "Nygade 4, 2650 Hvidovre")
    assert (paper.letter, paper.body, paper.patient) == (message.letter, message.body, patient)
    assert not Message.objects.undelivered().exists()
    assert not Message.objects.filter(key__contains="put-aside").exists()
