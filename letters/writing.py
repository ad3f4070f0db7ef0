"""Writing a letter: once per business key, in the transaction of the change it tells of."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moments import day_and_time
from casework.refusals import Refused
from letters.content import Content, content_of
from letters.letterhead import letterhead
from letters.models import Letter
from letters.phrases import recipient
from letters.wording import closing, language_of
from patients.models import Patient
from staff.models import User

F = TypeVar("F")
REPLACED: Final = ":replaced:"


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

    A child's goes to the parents. ``texts`` write it from its facts, each in one language.
    """
    language = language_of(kind, patient.letter_language, texts)
    with override(language):
        content = texts[language](facts)
    return drafted(
        kind=kind,
        language=language,
        recipient=recipient(patient, language),
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


def rewritten(letter: Letter, content: Content, because: str, by: User) -> Letter:
    """The letter that would replace one, signed by whoever writes it; not kept yet.

    The recipient stays the same, for what was sent to the wrong one is no letter to replace; a
    patient's address is the one of today.
    """
    kept = ("kind", "language", "recipient", "address", "about", "patient", "unit")
    fields = {name: getattr(letter, name) for name in kept}
    if letter.is_to_patient and letter.patient:
        fields["address"] = letter.patient.postal_address
    # By its number: the letter itself is not replaced before this one is kept.
    fields |= {"replaces_id": letter.pk, "replaces_because": because}
    signed = replace(content, closing=closing(letter.language, by))
    return drafted(content=signed, signed_by=by, **fields)


def keep_instead(letter: Letter, content: Content, because: str, by: User) -> Letter:
    """Keep a new letter that says which one it replaces; the same one twice is kept once.

    Raises Refused when another letter replaces it already; the sentence says whose and since when.
    """
    new = rewritten(letter, content, because, by)
    standing = keep(new, next_key(letter.key))
    if _says(standing) != _says(new):
        raise Refused(already_replaced(standing))
    return standing


def next_key(key: str) -> str:
    """The key of the letter that replaces the one under a key: ``…:accepted:3:replaced:1``.

    It begins as the first letter's does, by which the letters about a case are known.
    """
    first, _mark, number = key.partition(REPLACED)
    return f"{first}{REPLACED}{int(number or 0) + 1}"


def already_replaced(by_this: Letter) -> str:
    """What somebody reads who would replace a letter that is replaced already."""
    return _("Brevet er allerede erstattet af et nyt: %(who)s, %(when)s.") % {
        "who": by_this.signature,
        "when": day_and_time(by_this.written_at),
    }


def _says(letter: Letter) -> tuple[Any, ...]:
    return content_of(letter.content), letter.replaces_because, letter.signed_by_id


def _signature(by: User | None, language: str) -> dict[str, Any]:
    if by is None:
        return {}
    with override(language):
        role = str(by.get_role_display())
    return {"signed_by": by, "signed_name": by.name, "signed_role": role}
