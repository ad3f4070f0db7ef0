"""How a patient is reached: by Digital Post, else on paper; SMS and e-mail only say that it came.

Source: lov om Digital Post fra offentlige afsendere: everybody from 15 years with a CPR number gets
it unless exempt, and who is exempt gets a letter on paper. A notice by SMS may go to both.
"""

import datetime as dt
from typing import Final

from django.db.models import Q

from correspondence.models import Message
from patients.identity import IdentifierKind, born_too_late
from patients.models import Patient

DIGITAL_POST_AGE: Final = 15
Channel = Message.Channel


def reach(patient: Patient) -> tuple[Message.Channel, str]:
    """The channel for a patient's letters, with the address to write on them.

    For Digital Post the address is empty: the carrier takes the number from the patient, so that
    it stands in one place only.
    """
    if gets_digital_post(patient):
        return Channel.DIGITAL_POST, ""
    return Channel.LETTER, patient.postal_address


def gets_digital_post(patient: Patient) -> bool:
    """Whether Digital Post can reach the patient; nobody has it under a replacement number."""
    return (
        not patient.digital_post_exempt
        and patient.number_kind == IdentifierKind.CPR
        and patient.age >= DIGITAL_POST_AGE
    )


def only_on_paper(on: dt.date, patient: str) -> Q:
    """Who is reached by neither Digital Post nor a short notice, as a condition for queries.

    ``on`` is today, ``patient`` the way from the rows to their patients: "pathway__patient".
    """
    no_digital_post = (
        Q((f"{patient}__digital_post_exempt", True))
        | ~Q((f"{patient}__number_kind", IdentifierKind.CPR))
        | Q((f"{patient}__birth_date__gte", born_too_late(DIGITAL_POST_AGE, on)))
    )
    return Q((f"{patient}__phone", ""), (f"{patient}__email", "")) & no_digital_post


def beside(patient: Patient) -> tuple[Message.Channel, str] | None:
    """The channel for a short notice beside a letter: SMS, else e-mail, else none.

    It may say that there is a letter or when an appointment is, and nothing clinical.
    """
    if patient.phone:
        return Channel.SMS, patient.phone
    if patient.email:
        return Channel.EMAIL, patient.email
    return None
