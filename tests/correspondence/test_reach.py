"""Which way a patient's letters go, and the notice beside them."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from correspondence.models import Message
from correspondence.reach import beside, only_on_paper, reach
from patients.identity import IdentifierKind
from tests.correspondence.factories import a_letter_to, a_message
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db
Channel, Kind = Message.Channel, Message.Kind
HOME = {"street": "Nygade 4", "postal_code": "2650", "city": "Hvidovre"}
ON_PAPER = [
    {"digital_post_exempt": True},
    *({"number_kind": kind} for kind in IdentifierKind if kind != IdentifierKind.CPR),
    {"birth_date": timezone.localdate() - dt.timedelta(days=15 * 365)},
]


def test_letters_go_by_digital_post_without_the_number_in_the_message() -> None:
    assert reach(a_patient(**HOME)) == (Channel.DIGITAL_POST, "")


@pytest.mark.parametrize("fields", ON_PAPER)
def test_who_cannot_have_digital_post_gets_paper(fields: dict[str, Any]) -> None:
    assert reach(a_patient(**HOME | fields)) == (Channel.LETTER, "Nygade 4, 2650 Hvidovre")


def test_a_notice_goes_by_sms_else_by_mail_else_not_at_all() -> None:
    assert beside(a_patient(email="a@example.dk")) == (Channel.SMS, "+4520304050")
    assert beside(a_patient(phone="", email="a@example.dk")) == (Channel.EMAIL, "a@example.dk")
    assert beside(a_patient(phone="")) is None


CONTACTS = [{"phone": ""}, {}, {"phone": "", "email": "a@example.dk"}]


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize("fields", [{}, *ON_PAPER])
def test_only_on_paper_is_who_has_neither_digital_post_nor_a_notice(
    fields: dict[str, Any], contact: dict[str, Any]
) -> None:
    patient = a_patient(**fields | contact)
    message = a_message(patient=patient)
    found = Message.objects.filter(only_on_paper(timezone.localdate(), "patient"))
    by_paper = reach(patient)[0] == Channel.LETTER and beside(patient) is None
    assert list(found) == ([message] if by_paper else [])


CLINICAL = [kind for kind in Kind if kind not in ("appointment", "reminder", "waiting", "notice")]


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.EMAIL])
@pytest.mark.parametrize("kind", CLINICAL)
def test_nothing_clinical_goes_by_sms_or_mail(channel: str, kind: str) -> None:
    with pytest.raises(IntegrityError, match="in_the_open"), transaction.atomic():
        a_message(channel=channel, kind=kind)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.EMAIL])
def test_no_letter_goes_by_sms_or_mail(channel: str) -> None:
    with pytest.raises(IntegrityError, match="in_the_open"), transaction.atomic():
        a_letter_to(a_patient(), channel=channel, kind=Kind.NOTICE)
