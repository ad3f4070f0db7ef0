"""Messages for tests, posted by the real function."""

import datetime as dt
from itertools import count
from typing import Any

from correspondence import outbox
from correspondence.delivery import begin
from correspondence.models import Attempt, Message, PrintRun
from correspondence.reach import reach
from correspondence.settling import settle
from letters.content import Content, Paragraph
from letters.models import Letter
from letters.writing import drafted, keep
from patients.models import Patient

serial = count(1)


def a_message(**fields: Any) -> Message:
    """A posted SMS; any field may be given."""
    words = {
        "key": f"test:{next(serial)}",
        "kind": Message.Kind.REMINDER,
        "channel": Message.Channel.SMS,
        "recipient": "Lonni Lauridsen",
        "address": "+4520304050",
        "subject": "Husk din tid",
        "body": "Husk din tid torsdag kl. 10.30. Æblegrød på øen i åen.",
    }
    return outbox.post(**words | fields)


def an_email(**fields: Any) -> Message:
    """A posted e-mail to a practice."""
    mail = {"channel": Message.Channel.EMAIL, "address": "laegerne@example.dk"}
    return a_message(**{"kind": Message.Kind.NOTICE, "recipient": "Lægerne Søborg"} | mail | fields)


def doubtful(**fields: Any) -> Message:
    """A message of which nobody knows whether it left."""
    return settled(Attempt.Outcome.UNCERTAIN, "Mailserveren svarede ikke.", **fields)


def failed(**fields: Any) -> Message:
    """A message that was given up."""
    return settled(Attempt.Outcome.FAILED, "Mailserveren svarer ikke.", **fields)


def settled(outcome: Attempt.Outcome, why: str, **fields: Any) -> Message:
    """A message after one attempt that ended so."""
    message = a_message(**fields)
    attempt = begin(message)
    assert attempt
    settle(message, attempt, outcome, why)
    return message


def status_of(message: Message) -> str:
    """The message's state as the database has it now."""
    status: str = Message.objects.values_list("status", flat=True).get(pk=message.pk)
    return status


def a_letter_to(patient: Patient, **fields: Any) -> Message:
    """A typeset letter to a patient, posted on the channel that reaches the patient."""
    channel, address = reach(patient)
    draft = drafted(
        kind=Letter.Kind.NOTICE,
        language=Letter.Language.DANISH,
        recipient=patient.name,
        address=patient.postal_address,
        content=Content("Du er modtaget i centret", (Paragraph("Vi glæder os til at se dig."),)),
        patient=patient,
    )
    letter = keep(draft, f"test:{next(serial)}:letter")
    words = {
        "kind": Message.Kind.PATIENT_NOTICE,
        "channel": channel,
        "recipient": patient.name,
        "address": address,
        "letter": letter,
        "patient": patient,
    }
    return a_message(**words | fields)


def last_try(message: Message) -> tuple[int, str]:
    """The number of the message's last attempt, and what it says went wrong."""
    attempt = message.tries.last()
    return (attempt.number, attempt.why) if attempt else (0, "")


def a_print_run(day: dt.date) -> PrintRun:
    """A run of a day without a letter in it."""
    run: PrintRun = PrintRun.objects.create(
        day=day, letters=1, pages=2, pdf=b"%PDF-", sha256="0" * 64
    )
    return run
