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


class PauseReason(models.TextChoices):
    """Why a pathway waits; the first is the patient's own wish, and the waiting time theirs."""

    WISH = "wish", _("Patienten ønsker at vente")
    ILLNESS = "illness", _("Anden sygdom")
    ELSEWHERE = "elsewhere", _("Behandling et andet sted")
    OTHER = "other", _("Anden grund")


class Ending(models.TextChoices):
    """Who or what broke a pathway off. Nobody chooses the last: it was not asked for once."""

    PATIENT = "patient", _("Patienten ønsker at stoppe")
    CENTRE = "centre", _("Centret afbryder")
    MOVED = "moved", _("Patienten er flyttet")
    DIED = "died", _("Patienten er død")
    UNSTATED = "unstated", _("Ikke angivet")


CHOSEN_ENDINGS = [ending for ending in Ending if ending != Ending.UNSTATED]


class Verb(models.TextChoices):
    OPENED = "opened", _("oprettede forløbet")
    BOOKED = "booked", _("bookede en tid")
    MOVED = "moved", _("flyttede en tid")
    CANCELLED = "cancelled", _("aflyste en tid")
    ATTENDED = "attended", _("noterede fremmøde")
    STAYED_AWAY = "stayed_away", _("noterede udeblivelse")
    GOT_INTERPRETER = "got_interpreter", _("bestilte en tolk")
    LOST_INTERPRETER = "lost_interpreter", _("noterede, at tolken ikke kommer")
    PLANNED = "planned", _("satte næste skridt")
    PAUSED = "paused", _("satte forløbet på pause")
    PUT_OFF = "put_off", _("satte forløbet på pause efter patientens ønske")
    RESUMED = "resumed", _("genoptog forløbet")
    JOINED = "joined", _("ændrede teamet")
    DISCHARGED = "discharged", _("afsluttede forløbet")
    DISCONTINUED = "discontinued", _("afbrød forløbet")
    REOPENED = "reopened", _("åbnede forløbet igen")


S = Status
PATHWAY = Lifecycle(
    {
        S.WAITING: Standing(
            moves=frozenset({S.ACTIVE, S.PAUSED, S.COMPLETED, S.DISCONTINUED}),
            turn=Turn.TEAM,
            next_action=_("Giv patienten en første tid"),
            deadline="notify_patient",
            due="counted from the opening, until a first appointment is booked: then its day",
        ),
        S.ACTIVE: Standing(
            moves=frozenset({S.PAUSED, S.COMPLETED, S.DISCONTINUED}),
            turn=Turn.TEAM,
            next_action=_("Gør det næste skridt"),
            due="the day of the next step, set by the person who plans it; the day of the "
            "appointment where that is the next step; counted by `give_new_time` from a "
            "cancellation and by `call_absentee` from a no-show",
        ),
        S.PAUSED: Standing(
            moves=frozenset({S.WAITING, S.ACTIVE, S.COMPLETED, S.DISCONTINUED}),
            turn=Turn.TEAM,
            next_action=_("Se på forløbet igen"),
            due="the day to look again, set by the person who pauses the pathway, within "
            "`longest_pause`",
            holder=Holder.PAUSED,
        ),
        S.COMPLETED: Standing(moves=frozenset()),
        # Broken off by mistake, a pathway is opened again and stands where it stood.
        S.DISCONTINUED: Standing(moves=frozenset({S.WAITING, S.ACTIVE})),
    },
    begins_at=S.WAITING,
    holders={Verb.PUT_OFF: Holder.PATIENT},
)
