"""What a referral's statuses mean: whose turn it is, what they are to do, and by when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.lifecycle import Holder, Lifecycle, Standing


class Status(models.TextChoices):
    RECEIVED = "received", _("Til visitation")
    AWAITING_REFERRER = "awaiting_referrer", _("Venter på henviser")
    AWAITING_SIGNATURE = "awaiting_signature", _("Venter på lægens underskrift")
    AWAITING_ADVICE = "awaiting_advice", _("Venter på lægens råd")
    ACCEPTED = "accepted", _("Modtaget i centret")
    REDIRECTED = "redirected", _("Omvisiteret")
    DECLINED = "declined", _("Afvist")
    ADVISED = "advised", _("Besvaret med råd")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class Turn(models.TextChoices):
    TRIAGE = "triage", _("visitationen")
    REFERRER = "referrer", _("henviser")
    PHYSICIAN = "physician", _("lægen")


class Verb(models.TextChoices):
    SENT = "sent", _("sendte henvisningen")
    SUPPLIED = "supplied", _("sendte de manglende oplysninger")
    CLAIMED = "claimed", _("tog henvisningen")
    RELEASED = "released", _("lagde henvisningen tilbage")
    ASKED = "asked", _("spurgte henviser")
    RECALLED = "recalled", _("trak spørgsmålet tilbage")
    PROPOSED = "proposed", _("bad om lægens underskrift")
    RETURNED = "returned", _("gav henvisningen tilbage til visitationen")
    SENT_FOR_ADVICE = "sent_for_advice", _("bad lægen om råd til henviser")
    ACCEPTED = "accepted", _("modtog patienten i centret")
    REDIRECTED = "redirected", _("omvisiterede henvisningen")
    DECLINED = "declined", _("afviste henvisningen")
    ADVISED = "advised", _("gav råd til henviser")
    WITHDRAWN = "withdrawn", _("trak henvisningen tilbage")
    RECOGNISED = "recognised", _("fastslog, at det er samme person")


S = Status
DECIDED = frozenset({S.ACCEPTED, S.REDIRECTED, S.DECLINED})

REFERRAL = Lifecycle(
    {
        S.RECEIVED: Standing(
            moves=DECIDED
            | {S.AWAITING_REFERRER, S.AWAITING_SIGNATURE, S.AWAITING_ADVICE, S.WITHDRAWN},
            turn=Turn.TRIAGE,
            next_action=_("Visitér henvisningen"),
            deadline="decide",
            due="counted from the receipt, without the time that the referrer was asked",
        ),
        S.AWAITING_REFERRER: Standing(
            moves=frozenset({S.RECEIVED, S.WITHDRAWN}),
            turn=Turn.REFERRER,
            next_action=_("Besvar centrets spørgsmål"),
            deadline="answer_question",
            due="counted from the question, but before the letter to the patient is due (§ 90)",
            holder=Holder.REFERRER,
        ),
        S.AWAITING_SIGNATURE: Standing(
            moves=DECIDED | {S.RECEIVED, S.WITHDRAWN},
            turn=Turn.PHYSICIAN,
            next_action=_("Underskriv afgørelsen, eller giv den tilbage"),
            deadline="sign",
            due="counted from when the signature was asked for",
        ),
        S.AWAITING_ADVICE: Standing(
            moves=frozenset({S.ADVISED, S.RECEIVED, S.WITHDRAWN}),
            turn=Turn.PHYSICIAN,
            next_action=_("Giv henviser råd"),
            deadline="give_advice",
            due="counted from when the advice was asked for",
        ),
        S.ACCEPTED: Standing(moves=frozenset()),
        S.REDIRECTED: Standing(moves=frozenset()),
        S.DECLINED: Standing(moves=frozenset()),
        S.ADVISED: Standing(moves=frozenset()),
        S.WITHDRAWN: Standing(moves=frozenset()),
    },
    begins_at=S.RECEIVED,
)
