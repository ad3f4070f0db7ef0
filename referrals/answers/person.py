"""Whom the answers are about, in the referrer's own words.

A referrer is shown these and never the patient we know: whoever types another person's number must
not learn whose it is.
"""

from collections.abc import Mapping
from typing import Any

from referrals.forms.fields import NO, YES


def written_name(answers: Mapping[str, Any]) -> str:
    """The name as far as it is written; empty when nothing is."""
    typed = answers.get("patient") or {}
    names = (str(typed.get(name, "")).strip() for name in ("given_names", "family_name"))
    return " ".join(filter(None, names))


def written_interpreter(answers: Mapping[str, Any]) -> str:
    """The language of the interpreter that is asked for; empty when none is."""
    typed = answers.get("patient") or {}
    return str(typed.get("interpreter_language", "")) if typed.get("interpreter") == YES else ""


def interpreter_not_told(answers: Mapping[str, Any]) -> bool:
    """Whether nothing is said about an interpreter, neither yes nor no."""
    typed = answers.get("patient") or {}
    return typed.get("interpreter") not in (YES, NO)
