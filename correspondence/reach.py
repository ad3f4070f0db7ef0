"""How a patient is reached: by Digital Post, else on paper; SMS and e-mail only say that it came.

Source: lov om Digital Post fra offentlige afsendere: everybody from 15 years with a CPR number gets
it unless exempt, and who is exempt gets a letter on paper. A notice by SMS may go to both.
"""

from typing import Final

from correspondence.models import Message
from patients.identity import IdentifierKind
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
    return Channel.LETTER, postal_address(patient)


def gets_digital_post(patient: Patient) -> bool:
    """Whether Digital Post can reach the patient; nobody has it under a replacement number."""
    return (
        not patient.digital_post_exempt
        and patient.number_kind == IdentifierKind.CPR
        and patient.age >= DIGITAL_POST_AGE
    )


def beside(patient: Patient) -> tuple[Message.Channel, str] | None:
    """The channel for a short notice beside a letter: SMS, else e-mail, else none.

    It may say that there is a letter or when an appointment is, and nothing clinical.
    """
    if patient.phone:
        return Channel.SMS, patient.phone
    if patient.email:
        return Channel.EMAIL, patient.email
    return None


def postal_address(patient: Patient) -> str:
    """Where a letter on paper goes: "Nygade 4, 2650 Hvidovre"; empty when it is not known."""
    return f"{patient.street}, {patient.postal_code} {patient.city}".strip(" ,")
