"""The triage desk's pages as a browser meets them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from referrals.checks import Action
from referrals.models import Referral


def address(referral: Referral, action: str = "referral") -> str:
    return reverse(f"referrals:{action}", args=[referral.pk])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def drawn(client: Client, referral: Referral, action: Action) -> dict[str, Any]:
    """What the form holds when it is opened, as a browser would send it back."""
    return held(client.get(address(referral, action)).context["form"])


def held(form: Any) -> dict[str, Any]:
    """What a form holds, as a browser would send it."""
    return {name: form[name].value() or [] for name in form.fields}
