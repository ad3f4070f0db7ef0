"""Writing a letter: once per business key, in the transaction of the change it tells of."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.refusals import Refused
from letters.content import Content
from letters.letterhead import letterhead
from letters.models import Letter
from staff.models import User


def write(*, key: str, content: Content, signed_by: User | None = None, **fields: Any) -> Letter:
    """Write a letter; a second call with the same key changes nothing.

    ``fields`` are those of Letter: kind, language, recipient, address, about, patient, unit. Gives
    the letter that stands under the key.
    """
    letter = unsent(content=content, signed_by=signed_by, key=key, **fields)
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    written: Letter = Letter.objects.get(key=key)
    return written


def unsent(*, content: Content, signed_by: User | None = None, **fields: Any) -> Letter:
    """A letter that is not kept: to be looked at before it is sent."""
    language = fields.get("language", Letter.Language.DANISH)
    kept = {**content.as_json(), "letterhead": asdict(letterhead(language))}
    return Letter(content=kept, **_signature(signed_by, language), **fields)


def replace(letter: Letter, *, key: str, content: Content, signed_by: User | None = None) -> Letter:
    """Write a new letter that says which one it replaces. Raises Refused when another one does.

    The recipient stays the same: what was sent to the wrong one is no letter to replace.
    """
    kept = ("kind", "language", "recipient", "address", "about", "patient", "unit")
    fields = {name: getattr(letter, name) for name in kept}
    new = write(key=key, content=content, signed_by=signed_by, replaces=letter, **fields)
    if new.replaces_id != letter.pk:
        raise Refused(_("Brevet er allerede erstattet af et nyt."))
    return new


def _signature(by: User | None, language: str) -> dict[str, Any]:
    if by is None:
        return {}
    with override(language):
        role = str(by.get_role_display())
    return {"signed_by": by, "signed_name": by.name, "signed_role": role}
