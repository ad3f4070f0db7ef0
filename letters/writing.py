"""Writing a letter: once per business key, in the transaction of the change it tells of."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.refusals import Refused
from letters.content import Content
from letters.letterhead import letterhead
from letters.models import Letter
from letters.wording import language_of
from patients.models import Patient
from staff.models import User

F = TypeVar("F")


def drafted(*, content: Content, signed_by: User | None = None, **fields: Any) -> Letter:
    """A letter that is not kept yet, as it would be sent now: to be looked at, or to be kept.

    ``fields`` are those of Letter: kind, language, recipient, address, about, patient, unit.
    """
    language = fields.get("language", Letter.Language.DANISH)
    kept = {**content.as_json(), "letterhead": asdict(letterhead(language))}
    return Letter(content=kept, **_signature(signed_by, language), **fields)


def to_patient(
    kind: str, patient: Patient, texts: Mapping[str, Callable[[F], Content]], facts: F, about: str
) -> Letter:
    """A letter to a patient, not kept yet, in the patient's language where there is a text in it.

    ``texts`` write the letter from its facts, each in one language.
    """
    language = language_of(kind, patient.letter_language, texts)
    with override(language):
        content = texts[language](facts)
    return drafted(
        kind=kind,
        language=language,
        recipient=patient.name,
        address=patient.postal_address,
        content=content,
        about=about,
        patient=patient,
    )


def keep(letter: Letter, key: str) -> Letter:
    """Keep a drafted letter under its key; a second one under the same key changes nothing.

    Gives the letter that stands under the key.
    """
    letter.key = key
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    written: Letter = Letter.objects.get(key=key)
    return written


def replace(letter: Letter, *, key: str, content: Content, signed_by: User | None = None) -> Letter:
    """Write a new letter that says which one it replaces. Raises Refused when another one does.

    The recipient stays the same: what was sent to the wrong one is no letter to replace.
    """
    kept = ("kind", "language", "recipient", "address", "about", "patient", "unit")
    fields = {name: getattr(letter, name) for name in kept}
    new = drafted(content=content, signed_by=signed_by, replaces=letter, **fields)
    try:
        return keep(new, key)
    except Letter.DoesNotExist:  # another one stands where this one would
        raise Refused(_("Brevet er allerede erstattet af et nyt.")) from None


def _signature(by: User | None, language: str) -> dict[str, Any]:
    if by is None:
        return {}
    with override(language):
        role = str(by.get_role_display())
    return {"signed_by": by, "signed_name": by.name, "signed_role": role}
