"""What the referrer answered to the centre's question, as the visitation reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from referrals.answers import written_answer
from referrals.answers.differing import ChangedAnswer, answers_changed
from referrals.models import Attachment, Question, Submission


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: its words, what it changed in the referral, and the files that came with it."""

    submission: Submission
    words: str
    changed: Sequence[ChangedAnswer]
    attachments: Sequence[Attachment]


def answered(question: Question | None) -> Answered | None:
    """The answer to a question; None while nobody has answered it."""
    if question is None or question.answer is None:
        return None
    sent, on = question.answer, question.referral.received_on
    earlier = Submission.objects.filter(referral=question.referral_id, pk__lt=sent.pk).last()
    before = earlier.answers if earlier else {}
    return Answered(
        submission=sent,
        words=written_answer(sent.answers),
        changed=answers_changed(before, sent.answers, on),
        attachments=list(sent.draft.attachments.all()),
    )
