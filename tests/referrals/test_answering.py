"""Answering the centre's question: in words, in the fields, with a file; never with nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.refusals import Refused
from referrals import intake, triage
from referrals.attachments import attach
from referrals.history import entries_of
from referrals.lifecycle import Status, Verb
from referrals.models import Draft, Question, Referral
from referrals.views.answered import answered
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.referrals.pages import address, text
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
WORDS = "Neurologen så hende i august:\nintet at operere."
NOTHING_NEW = "intet er ændret"


def asked(*changes: Any, fields: tuple[str, ...] = ()) -> Referral:
    referral = cases.sent(*changes)
    secretary = person(Role.SECRETARY)
    triage.ask(secretary, referral.pk, 1, "Hvad skrev neurologen i august?", fields)
    return Referral.objects.get(pk=referral.pk)


def begun(referral: Referral) -> Draft:
    return intake.begin_answer(referral.referrer, referral.pk)


def place(draft: Draft, name: str, *more: str) -> str:
    return reverse(f"referrals:{name}", args=[draft.pk, *more])


def test_a_question_in_words_is_answered_in_words(client_for: ClientFor) -> None:
    referral = asked()
    gp, draft = client_for(referral.referrer), begun(referral)
    assert "Jeres svar" in text(gp.get(place(draft, "step", "review")))
    sent = gp.post(place(draft, "send"), {"answer": f" {WORDS} "}, follow=True)
    assert "Svaret på centrets spørgsmål er sendt." in text(sent)
    assert "Kvitteringen står nedenfor" not in text(sent)
    assert "intet at operere." in text(sent)
    referral.refresh_from_db()
    assert referral.status == Status.RECEIVED
    step = referral.transitions.last()
    assert (step.verb, step.why) == (Verb.SUPPLIED, WORDS)


def test_the_visitation_reads_the_answer_and_not_the_question_alone(client_for: ClientFor) -> None:
    referral = asked(cases.UNCLEAR, fields=("complicating.illegal_drugs",))
    draft = begun(referral)
    typed = draft.answers["complicating"] | {"illegal_drugs": "no"}
    intake.save_step(referral.referrer, draft.pk, "complicating", typed)
    file = SimpleUploadedFile("neurolog.pdf", b"%PDF-1.4 brev", "application/pdf")
    attach(referral.referrer, draft.pk, file)
    secretary = client_for(person(Role.SECRETARY))
    assert "Spurgt henviser</span>" in text(secretary.get(address(referral)))
    intake.submit(referral.referrer, draft.pk, typed={"answer": WORDS})
    page = secretary.get(address(referral))
    found = page.context["answered"]
    assert found.words == WORDS
    changed = [(each.name, each.before, each.after) for each in found.changed]
    assert changed == [("Er der et illegalt misbrug?", "Ved ikke", "Nej")]
    assert [each.name for each in found.attachments] == ["neurolog.pdf"]
    assert "Henviser har svaret" in text(page)
    assert "intet at operere." in text(page)
    assert "neurolog.pdf" in text(page)
    assert "Spurgt henviser</span>" not in text(page)
    assert entries_of(referral)[1].text == f"{WORDS}\nÆndret: Er der et illegalt misbrug?"


def test_a_question_that_waits_has_no_answer() -> None:
    asked()
    assert answered(Question.objects.get()) is None
    assert answered(None) is None


def test_an_answer_that_says_nothing_new_is_refused(client_for: ClientFor) -> None:
    referral = asked()
    draft = begun(referral)
    refused = client_for(referral.referrer).post(place(draft, "send"), {"answer": " \n"})
    assert refused.status_code == 409
    assert NOTHING_NEW in text(refused)
    assert "Svaret er ikke sendt" in text(refused)
    referral.refresh_from_db()
    assert referral.status == Status.AWAITING_REFERRER


def test_a_new_answer_or_a_file_is_an_answer_without_words() -> None:
    for change in (_reworded, _attached):
        referral = asked()
        draft = begun(referral)
        change(referral.referrer, draft)
        intake.submit(referral.referrer, draft.pk)


def _reworded(user: User, draft: Draft) -> None:
    typed = draft.answers["workup"] | {"tried": "Kun fysioterapi"}
    intake.save_step(user, draft.pk, "workup", typed)


def _attached(user: User, draft: Draft) -> None:
    attach(user, draft.pk, SimpleUploadedFile("a.pdf", b"%PDF-1.4 a", "application/pdf"))


def test_words_are_kept_while_they_are_written_and_when_sending_is_refused(
    client_for: ClientFor,
) -> None:
    referral = asked()
    gp, draft = client_for(referral.referrer), begun(referral)
    saved = gp.post(place(draft, "autosave", "review"), {"answer": "Han skr"})
    assert saved.status_code == 200
    assert "Han skr</textarea>" in text(gp.get(place(draft, "step", "review")))
    refused = gp.post(place(draft, "send"), {"answer": "x" * 5001})
    assert refused.status_code == 409
    assert "højst 5000 tegn" in text(refused)
    assert "x" * 5001 in text(refused)


def test_a_page_that_has_not_seen_a_colleagues_words_does_not_send_over_them(
    client_for: ClientFor,
) -> None:
    referral = asked()
    gp, draft = client_for(referral.referrer), begun(referral)
    gp.post(place(draft, "autosave", "review"), {"answer": "Fra kollegaen", "page": "a"})
    sent = {"answer": "Fra mig", "page": "b", "seen": ""}
    for where in (place(draft, "send"), place(draft, "step", "review")):
        refused = gp.post(where, sent)
        assert refused.status_code == 409
        assert "på en anden side" in text(refused)
        assert "Fra mig</textarea>" in text(refused)


def test_the_words_to_one_question_are_not_sent_with_the_next() -> None:
    referral = asked()
    cases.answered(referral, WORDS)
    referral.refresh_from_db()
    triage.ask(person(Role.SECRETARY), referral.pk, referral.version, "Og i september?", [])
    draft = begun(referral)
    assert "review" not in draft.answers
    with pytest.raises(Refused, match=NOTHING_NEW):
        intake.submit(referral.referrer, draft.pk)


def test_a_referral_that_answers_nothing_is_asked_for_no_words(client_for: ClientFor) -> None:
    author = person(Role.REFERRER)
    draft = cases.written(author)
    assert "Jeres svar" not in text(client_for(author).get(place(draft, "step", "review")))
