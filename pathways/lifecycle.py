"""What a pathway's statuses mean."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.lifecycle import Holder, Lifecycle, Standing


class Status(models.TextChoices):
    WAITING = "waiting", _("Venter på første tid")
    ACTIVE = "active", _("I forløb")
    PAUSED = "paused", _("På pause")
    COMPLETED = "completed", _("Afsluttet")
    DISCONTINUED = "discontinued", _("Afbrudt")


class Turn(models.TextChoices):
    TEAM = "team", _("teamet")


class Verb(models.TextChoices):
    OPENED = "opened", _("oprettede forløbet")
    BOOKED = "booked", _("bookede en tid")
    MOVED = "moved", _("flyttede en tid")
    CANCELLED = "cancelled", _("aflyste en tid")
    ATTENDED = "attended", _("noterede fremmøde")
    STAYED_AWAY = "stayed_away", _("noterede udeblivelse")
    PLANNED = "planned", _("satte næste skridt")
    PAUSED = "paused", _("satte forløbet på pause")
    PUT_OFF = "put_off", _("satte forløbet på pause efter patientens ønske")
    RESUMED = "resumed", _("genoptog forløbet")
    JOINED = "joined", _("ændrede teamet")
    DISCHARGED = "discharged", _("afsluttede forløbet")
    DISCONTINUED = "discontinued", _("afbrød forløbet")


S = Status
PATHWAY = Lifecycle(
    {
        S.WAITING: Standing(
            moves=frozenset({S.ACTIVE, S.PAUSED, S.COMPLETED, S.DISCONTINUED}),
            turn=Turn.TEAM,
            next_action=_("Giv patienten en første tid"),
        ),
        S.ACTIVE: Standing(
            moves=frozenset({S.PAUSED, S.COMPLETED, S.DISCONTINUED}),
            turn=Turn.TEAM,
            next_action=_("Gør det næste skridt"),
        ),
        S.PAUSED: Standing(
            moves=frozenset({S.WAITING, S.ACTIVE, S.COMPLETED, S.DISCONTINUED}),
            turn=Turn.TEAM,
            next_action=_("Se på forløbet igen"),
            holder=Holder.PAUSED,
        ),
        S.COMPLETED: Standing(moves=frozenset()),
        S.DISCONTINUED: Standing(moves=frozenset()),
    },
    holders={Verb.PUT_OFF: Holder.PATIENT},
)
