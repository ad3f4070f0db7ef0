"""Names sorted as Danes sort them, on any server: Æ, Ø, Å last, "aa" as "å", capitals as small.

The key is plain text to be compared byte by byte (PostgreSQL's collation "C", Python's own order).
Letters with accents sort as the bare letter, ü as y, ä as æ, ö as ø (Danish Standard DS 377).
Only immutable functions of PostgreSQL are used, so that a generated column may hold the key.
"""

import unicodedata
from typing import Final

from django.db.models import Func, TextField

# The three ASCII characters after "z": nothing in a name comes between.
AE, OE, AA = "{|}"
DANISH: Final = {
    **dict.fromkeys("æÆäÄ", AE),
    **dict.fromkeys("øØöÖőŐœŒ", OE),
    **dict.fromkeys("åÅ", AA),
    **dict.fromkeys("üÜűŰ", "y"),
    **dict.fromkeys("đĐðÐ", "d"),
    **dict.fromkeys("łŁ", "l"),
    **dict.fromkeys("ħĦ", "h"),
    **dict.fromkeys("ı", "i"),
    **dict.fromkeys("ŧŦ", "t"),
    **dict.fromkeys("ß", "s"),
    **dict.fromkeys("þÞ", "t"),
}


def _bare_letters() -> dict[str, str]:
    """Accented letters of Latin-1 and Latin Extended-A with the bare letter each sorts as."""
    decomposed = {c: unicodedata.normalize("NFD", c) for c in map(chr, range(0xC0, 0x180))}
    return {c: d[0].lower() for c, d in decomposed.items() if d != c}


LETTERS: Final = _bare_letters() | DANISH
FROM, TO = "".join(LETTERS), "".join(LETTERS.values())
# Capitals of A-Z only: what lower() makes of the others depends on the server's locale.
LOWER_ASCII: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def danish_key(name: str) -> str:
    """The key by which a name sorts; the same text as `DanishKey` computes."""
    lowered = unicodedata.normalize("NFC", name).translate(LOWER_ASCII)
    return lowered.replace("aa", "å").translate(str.maketrans(FROM, TO))


class DanishKey(Func):
    """`danish_key` in the database, for `order_by` and for a stored GeneratedField.

    Give the GeneratedField `output_field=TextField(db_collation="C")`: the column's own collation
    decides how it sorts. A change of the letters needs a migration that makes the column anew.
    """

    arity = 1
    output_field = TextField(db_collation="C")
    template = (
        """translate(replace(lower(normalize((%(expressions)s)::text, NFC) COLLATE "C"), """
        f"""'aa', 'å'), '{FROM}', '{TO}') COLLATE "C\""""
    )
