"""The addresses of the front door: the referrer's desk, and the centre's."""

from django.urls import URLPattern, path

from referrals.checks import Action
from referrals.views import (
    decisions,
    drafts,
    files,
    letters,
    overview,
    phoning,
    queue,
    referral,
    review,
    sent,
    signing,
    steps,
    wishes,
)

app_name = "referrals"

referrers: list[URLPattern] = [
    path("new/", drafts.new, name="new"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/medicine-row/", steps.medicine_row, name="medicine_row"),
    path("drafts/<int:pk>/panel/", steps.panel, name="panel"),
    path("drafts/<int:pk>/attach/", files.attach, name="attach"),
    path("drafts/<int:pk>/send/", review.send, name="send"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="discard"),
    path("drafts/<int:pk>/<slug:step>/", steps.step, name="step"),
    path("drafts/<int:pk>/<slug:step>/autosave/", steps.autosave, name="autosave"),
    path("attachments/<int:pk>/", files.attachment, name="attachment"),
    path("attachments/<int:pk>/detach/", files.detach, name="detach"),
    path("sent/", sent.mine, name="mine"),
    path("sent/<int:pk>/", sent.sent, name="sent"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("sent/<int:pk>/answer/", sent.answer, name="answer"),
    path("sent/<int:pk>/withdraw/", sent.withdraw, name="withdraw"),
]

centres: list[URLPattern] = [
    path("queue/", queue.show, name="queue"),
    path("overview/", overview.overview, name="overview"),
    path("to-sign/", signing.to_sign, name="to_sign"),
    path("to-advise/", signing.to_advise, name="to_advise"),
    path("to-phone/", phoning.to_phone, name="to_phone"),
    path("to-phone/<int:pk>/", phoning.phoned, name="phoned"),
    path("<int:pk>/", referral.referral, name="referral"),
    path("<int:pk>/wish/", wishes.patients_wish, name="patients_wish"),
    path("<int:pk>/claim/", decisions.at_once(Action.CLAIM), name="claim"),
    path("<int:pk>/release/", decisions.at_once(Action.RELEASE), name="release"),
    path("<int:pk>/ask/", decisions.with_form(Action.ASK), name="ask"),
    path("<int:pk>/recall/", decisions.at_once(Action.RECALL), name="recall"),
    path("<int:pk>/accept/", decisions.with_form(Action.ACCEPT), name="accept"),
    path("<int:pk>/redirect/", decisions.with_form(Action.REDIRECT), name="redirect"),
    path("<int:pk>/decline/", decisions.with_form(Action.DECLINE), name="decline"),
    path(
        "<int:pk>/send-for-advice/",
        decisions.with_form(Action.SEND_FOR_ADVICE),
        name="send_for_advice",
    ),
    path("<int:pk>/sign/", decisions.at_once(Action.SIGN), name="sign"),
    path("<int:pk>/give-back/", decisions.with_form(Action.GIVE_BACK), name="give_back"),
    path("<int:pk>/recognise/", decisions.with_form(Action.RECOGNISE), name="recognise"),
    path("<int:pk>/advise/", decisions.with_form(Action.ADVISE), name="advise"),
]

urlpatterns = [*referrers, *centres]
