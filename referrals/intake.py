"""The referrer's side: write a draft, send it once, answer the centre's question, withdraw.

Every function takes who does it; somebody else's draft or referral raises DoesNotExist. What may
not be done raises Refused with the sentence to show.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.moves import lock, take_step
from casework.refusals import Refused
from letters.models import Letter
from patients.identity import InvalidIdentifier, read_identifier
from referrals import enrolment, medicine, pages, receipts
from referrals.answers import written_answer
from referrals.clocks import decide_by
from referrals.drafts import (
    check_says_something,
    day_of,
    facts_in,
    open_question,
    problems_in,
    sent_last,
    setting_for,
    unmet_in,
)
from referrals.forms import PATIENT, REVIEW, TYPED
from referrals.judging import judge_submission
from referrals.lifecycle import Status, Verb
from referrals.models import Attachment, Decision, Draft, Question, Referral, Submission
from referrals.posting import letter_to_unit, post_to_unit, withdraw_question_reminder
from staff.deadlines import due
from staff.models import User
from staff.permissions import Permission

NAMES: Final = ("given_names", "family_name")


def start(user: User) -> Draft:
    """A new draft of the person's unit, each time: two open tabs never write in one draft.

    One that stays empty is not listed.
    """
    if not user.has_perm(Permission.REFER) or user.unit is None:
        raise Refused(_("Kun en henvisende praksis eller afdeling kan henvise."))
    draft: Draft = Draft.objects.create(unit=user.unit, author=user)
    return draft


@transaction.atomic
def save_step(user: User, draft_pk: int, step: str, sent: Mapping[str, Any]) -> Draft:
    """Keep what was typed in a step, valid or not; other steps stay as they are.

    The name and contact details of a patient whom the unit has referred before are filled in while
    no name is written. What a page sent before its newest words, but comes later, changes nothing.
    Raises Refused when the draft has been sent, Stale when another page wrote the step meanwhile.
    """
    draft, page = lock_unsent(user, draft_pk), pages.sent_from(sent)
    if pages.is_late(draft, step, page):
        return draft
    form = TYPED.get(step)
    typed = form.pick(sent) if form else {}
    if step == PATIENT:
        typed |= {name: " ".join(str(typed[name]).split()) for name in NAMES}
    if typed != draft.answers.get(step):
        pages.check_has_seen(draft, step, page)
    if step == PATIENT:
        typed = _settled(draft, typed) if draft.completes_id else _filled_in(draft, typed)
    draft.answers = {**draft.answers, step: typed}
    draft.saved_at = timezone.now()
    pages.note(draft, step, page, user.name)
    draft.save(update_fields=["answers", "pages", "saved_at"])
    return draft


def lock_unsent(user: User, draft_pk: int) -> Draft:
    """The draft under its row lock. Raises Refused when it has been sent."""
    draft = _lock(user, draft_pk)
    if draft.sent_at:
        raise Refused(_("Henvisningen er allerede sendt og kan ikke ændres her."))
    return draft


def _lock(user: User, draft_pk: int) -> Draft:
    mine = Draft.objects.visible_to(user).select_for_update(of=("self",), no_key=True)
    draft: Draft = mine.select_related("unit", "completes").get(pk=draft_pk)
    return draft


def _settled(draft: Draft, typed: dict[str, Any]) -> dict[str, Any]:
    """The number of a referral that has been sent does not change: it is this patient's."""
    before = draft.answers.get(PATIENT, {})
    return typed | {name: before.get(name, "") for name in ("number", "birth_date", "sex")}


def _filled_in(draft: Draft, typed: dict[str, Any]) -> dict[str, Any]:
    if typed["given_names"].strip() or typed["family_name"].strip():
        return typed
    try:
        number = read_identifier(typed["number"]).number
    except InvalidIdentifier:
        return typed
    known = enrolment.known_before(draft.unit, number)
    return {name: text or known.get(name, "") for name, text in typed.items()}


@transaction.atomic
def discard(user: User, draft_pk: int) -> None:
    """Throw a draft away with what was attached to it. Raises Refused when it has been sent."""
    draft = lock_unsent(user, draft_pk)
    for attachment in draft.attachments.all():
        forget_file_on_commit(attachment)
    draft.delete()


def forget_file_on_commit(attachment: Attachment) -> None:
    """Delete the file when the row is truly gone."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    transaction.on_commit(partial(storage.delete, name))


def check_can_send(draft: Draft, despite: str = "") -> None:
    """Raises Refused when answers are missing, when unmet criteria are sent without a reason, or
    when an answer to the centre's question says nothing new.
    """
    stands_in_the_way = len(problems_in(draft))
    if stands_in_the_way:
        raise Refused(
            ngettext(
                "%(n)d svar mangler eller skal rettes, før henvisningen kan sendes.",
                "%(n)d svar mangler eller skal rettes, før henvisningen kan sendes.",
                stands_in_the_way,
            )
            % {"n": stands_in_the_way}
        )
    if unmet_in(draft) and not despite.strip():
        raise Refused(_("Skriv, hvorfor I henviser, selv om ikke alle kriterier er opfyldt."))
    check_says_something(draft)


@transaction.atomic
def submit(
    user: User, draft_pk: int, despite: str = "", typed: Mapping[str, Any] | None = None
) -> Referral:
    """Send the draft: once, however often it is asked for; the same referral comes back each time.

    ``despite`` is why it is sent although criteria are not met. ``typed`` is what stands on the
    page that sends an answer; it is kept first, as in `save_step`.
    """
    draft = _lock(user, draft_pk)
    if draft.sent_at:
        return draft.submission.referral
    if typed and draft.completes_id:
        draft = save_step(user, draft_pk, REVIEW, typed)
    check_can_send(draft, despite)
    referral = _complete(user, draft, despite) if draft.completes else _open(user, draft, despite)
    draft.sent_at = timezone.now()
    draft.save(update_fields=["sent_at"])
    return referral


def _open(user: User, draft: Draft, despite: str) -> Referral:
    today = day_of(draft)
    referral = Referral(
        patient=enrolment.enrol(draft.answers, setting_for(draft)),
        unit=draft.unit,
        referrer=user,
        question=str(facts_in(draft).question),
        received_on=today,
        notify_by=due("notify_patient", today),
    )
    take_step(referral, Verb.SENT, Status.RECEIVED, by=user, due_on=due("decide", today))
    _freeze(user, draft, referral, despite)
    referral.save(update_fields=["judgement"])
    receipt = letter_to_unit(referral, Letter.Kind.RECEIPT, *receipts.received(referral))
    post_to_unit(referral, Verb.SENT, receipt)
    return referral


def _complete(user: User, draft: Draft, despite: str) -> Referral:
    assert draft.completes_id is not None
    referral = _lock_asked(user, draft.completes_id)
    enrolment.update(referral.patient, draft.answers, setting_for(draft))
    question = open_question(referral)
    assert question is not None  # a referral that waits for the referrer has one
    question.answer = _freeze(user, draft, referral, despite)
    question.answered_at = timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    withdraw_question_reminder(referral)
    referral.question = str(facts_in(draft).question)
    due_on = decide_by(referral)
    why = written_answer(draft.answers)
    take_step(referral, Verb.SUPPLIED, Status.RECEIVED, by=user, due_on=due_on, why=why)
    receipt = letter_to_unit(referral, Letter.Kind.RECEIPT, *receipts.completed(referral))
    post_to_unit(referral, Verb.SUPPLIED, receipt)
    return referral


def _freeze(user: User, draft: Draft, referral: Referral, despite: str) -> Submission:
    """What was sent, and how it is read and judged, kept as now; the caller saves the referral."""
    submission: Submission = Submission.objects.create(
        referral=referral,
        draft=draft,
        answers=draft.answers,
        despite=despite.strip() if unmet_in(draft) else "",
        sent_by=user,
    )
    medicine.keep(submission)
    referral.judgement = judge_submission(submission)
    return submission


def check_is_the_referrer(user: User) -> None:
    """Raises Refused for the centre's own people: what is the referrer's to say, they do not say.

    Which referrals are a referrer's own, `visible_to` knows.
    """
    if not user.has_perm(Permission.REFER):
        raise Refused(_("Det kan kun henviser gøre."))


def check_can_answer(user: User, referral: Referral) -> None:
    """Raises Refused when the person is no referrer, or the centre does not wait for an answer."""
    check_is_the_referrer(user)
    if referral.status != Status.AWAITING_REFERRER:
        raise Refused(_("Centret venter ikke længere på svar til denne henvisning."))


def _lock_asked(user: User, referral_pk: int) -> Referral:
    referral: Referral = lock(Referral.objects.visible_to(user), referral_pk)
    check_can_answer(user, referral)
    return referral


@transaction.atomic
def begin_answer(user: User, referral_pk: int) -> Draft:
    """The one draft that completes the referral, with everything that was sent last but the answer
    to an earlier question.

    Raises Refused when the centre does not wait for an answer.
    """
    referral = _lock_asked(user, referral_pk)
    begun: Draft | None = referral.drafts.unsent().first()
    return begun or Draft.objects.create(
        unit=referral.unit,
        author=user,
        completes=referral,
        answers={step: typed for step, typed in sent_last(referral).items() if step != REVIEW},
    )


def check_can_withdraw(user: User, referral: Referral) -> None:
    """Raises Refused when the person is no referrer, or the referral is closed."""
    check_is_the_referrer(user)
    if not referral.is_open:
        raise Refused(_("Henvisningen er afsluttet og kan ikke trækkes tilbage."))


@transaction.atomic
def withdraw(user: User, pk: int, version: int, why: str) -> Referral:
    """Take the referral back, with a reason; an open question or a proposed decision falls away.

    Raises Stale when somebody has taken a step since the page was read, Refused without a reason.
    """
    referral: Referral = lock(Referral.objects.visible_to(user), pk, version)
    check_can_withdraw(user, referral)
    if not why.strip():
        raise Refused(_("Skriv, hvorfor henvisningen trækkes tilbage."))
    Question.objects.filter(referral=referral, answered_at=None, recalled_at=None).update(
        recalled_at=timezone.now()
    )
    withdraw_question_reminder(referral)
    Decision.objects.filter(referral=referral, signed_at=None, returned_at=None).update(
        returned_at=timezone.now(), returned_by=user, returned_why=why.strip()
    )
    take_step(referral, Verb.WITHDRAWN, Status.WITHDRAWN, by=user, due_on=None, why=why.strip())
    return referral
