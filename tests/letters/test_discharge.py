"""Ending a pathway: the recommendation on top for the referrer, plain words for the patient."""

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Message
from letters.content import Box, Facts, content_of
from letters.models import Letter
from pathways.closing import discharge
from pathways.models import Pathway
from pathways.tracks import Track
from tests.letters.pages import opened, read_aloud, titles
from tests.pathways.factories import a_pathway

pytestmark = pytest.mark.django_db


def ended(*, follow_up: bool = True, words: str = "") -> Pathway:
    pathway = a_pathway(Track.SINGLE)
    advice = "Trap tramadol ud." if follow_up else ""
    summary = "Smerterne er mindre."
    return discharge(
        pathway.responsible, pathway.pk, pathway.version, summary, follow_up, advice, words
    )


def letter(kind: str) -> Letter:
    found: Letter = Letter.objects.get(kind=kind)
    return found


@pytest.mark.parametrize(("follow_up", "answer"), [(True, "ja"), (False, "nej")])
def test_whether_the_gp_is_to_follow_up_stands_on_top_and_as_a_fact(
    follow_up: bool, answer: str
) -> None:
    ended(follow_up=follow_up)
    content = content_of(letter(Letter.Kind.DISCHARGE).content)
    box, facts = content.blocks[:2]
    assert isinstance(box, Box)
    assert isinstance(facts, Facts)
    assert box.text == ("Trap tramadol ud." if follow_up else "")
    assert ("Opfølgning i almen praksis anbefales", answer) in facts.rows
    assert titles(opened(letter(Letter.Kind.DISCHARGE)))[1] == box.heading


@pytest.mark.parametrize(
    ("follow_up", "told"),
    [(True, "Vi har bedt dem om at følge op."), (False, "Der er ikke brug for, at de følger op")],
)
def test_the_patient_learns_that_it_has_ended_and_who_follows_up(
    follow_up: bool, told: str
) -> None:
    ended(follow_up=follow_up, words="Husk dine øvelser.")
    message = Message.objects.get(kind=Message.Kind.PATIENT_NOTICE)
    assert message.letter is not None
    assert message.letter.kind == Letter.Kind.PATIENT_DISCHARGED
    aloud = read_aloud(opened(message.letter))
    assert told in aloud
    assert "Husk dine øvelser." in aloud
    assert "Trap tramadol" not in aloud


def test_both_letters_are_seen_before_they_go_and_nothing_is_done(client: Client) -> None:
    pathway = a_pathway(Track.SINGLE)
    client.force_login(pathway.responsible)
    typed = {
        "redraw": "1",
        "version": pathway.version,
        "summary": "Smerterne er mindre.",
        "follow_up_by_gp": "yes",
        "follow_up_advice": "Trap ud.",
        "words_to_patient": "Tak.",
    }
    answer = client.post(reverse("pathways:discharge", args=[pathway.pk]), typed)
    page = answer.content.decode()
    assert page.count("data:image/svg+xml;base64,") == 2
    assert page.count("Smerterne er mindre.") == 2  # in the form and in the letter
    assert 'value="yes"' in page
    pathway.refresh_from_db()
    assert pathway.is_open
    assert not Letter.objects.exists()
