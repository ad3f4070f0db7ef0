"""The outbox's filters: they stand in the address, and come off one by one."""

from typing import Any, Final

from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from correspondence.models import Message, MessageQuerySet

FILTERS: Final[dict[str, type[TextChoices]]] = {
    "status": Message.Status,
    "kind": Message.Kind,
    "channel": Message.Channel,
}
LABELS: Final = {"status": _("tilstand"), "kind": _("art"), "channel": _("kanal")}


def chosen(asked: QueryDict) -> dict[str, str]:
    """The filters in the address; what names no choice is left out."""
    given = {name: asked.get(name, "") for name in FILTERS}
    return {name: value for name, value in given.items() if value in FILTERS[name].values}


def matching(everything: MessageQuerySet, chosen: dict[str, str]) -> MessageQuerySet:
    """The messages that the filters let through, as many as the counts beside them say."""
    others = {name: value for name, value in chosen.items() if name != "status"}
    found = everything.filter(**others)
    return found.in_state(chosen["status"]) if "status" in chosen else found


def filters(chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Each filter with its choices, and what is chosen."""
    return [
        {
            "name": name,
            "label": LABELS[name],
            "choices": choices.choices,
            "value": chosen.get(name, ""),
        }
        for name, choices in FILTERS.items()
    ]


def chips(chosen: dict[str, str]) -> list[dict[str, str]]:
    """What is chosen, each with the address of the list without it."""
    return [
        {
            "label": str(FILTERS[name](value).label),
            "remove_url": url({other: v for other, v in chosen.items() if other != name}),
        }
        for name, value in chosen.items()
    ]


def url(query: dict[str, str]) -> str:
    """The outbox with the filters."""
    return reverse("correspondence:outbox", query=query or None)
