"""The words of the letters: what the referrer must learn, in Danish, whoever writes."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
import time_machine
from django.utils.translation import override

from admission.criteria import Destination, Verdict
from pathways.tracks import Track
from referrals import letters
from referrals.models import Referral
from referrals.proposals import findings, plan_on
from staff.permissions import Role
from tests.referrals.cases import ADVICE, CANCER, UNCLEAR, sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
A_TUESDAY = dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)
NEW_PAIN = {"pain": {"since_month": "3", "since_year": "2026"}}
NOT_ABLE = {"complicating": {"able_to_attend": "no"}}


@pytest.mark.parametrize("language", ["da", "en"])
def test_acceptance_names_track_physician_and_last_day_for_the_first_visit(language: str) -> None:
    people = the_centre()
    with time_machine.travel(A_TUESDAY), override(language):
        referral = sent()
        rows = letters.reception(referral, plan_on(referral, Track.FAST)).rows
        letter = letters.accepted(referral)
    assert dict(rows) == {
        "Spor": "Hurtig vurdering",
        "Behandlingsansvarlig læge": people[Role.PHYSICIAN].name,
        "Første tid": "senest 7. august 2026",
    }
    assert referral.reference in letter


def test_a_redirect_quotes_the_criterion_and_says_where_to() -> None:
    letter = letters.redirected(sent(CANCER), Destination.PALLIATIVE)
    assert "Vi modtager ikke patienter med aktiv cancer" in letter
    assert "henvis til Palliativ afdeling" in letter


def test_a_redirect_without_a_criterion_says_only_where_to() -> None:
    letter = letters.redirected(sent(CANCER), Destination.HEADACHE)
    assert "cancer" not in letter
    assert "Henvis i stedet patienten til et hovedpinecenter." in letter


def test_back_to_the_referrer_says_from_when_the_patient_can_come() -> None:
    with time_machine.travel(A_TUESDAY):
        letter = letters.redirected(sent(NEW_PAIN), Destination.REFERRER)
    assert "I er velkomne til at henvise igen fra 1. september 2026, når smerterne" in letter


@pytest.mark.parametrize("changes", [{}, CANCER, NEW_PAIN, NOT_ABLE])
def test_a_decline_always_says_what_to_do_next(changes: Mapping[str, Any]) -> None:
    letter = letters.declined(sent(changes))
    assert "Vi kan desværre ikke tilbyde patienten et forløb" in letter
    assert "Det kan I gøre nu" in letter
    assert "\n\n\n" not in letter


def test_back_to_the_referrer_says_what_to_do_next() -> None:
    letter = letters.redirected(sent(), Destination.REFERRER)
    assert "Patienten fortsætter hos egen læge." in letter
    assert "Det kan I gøre nu" in letter


@pytest.mark.parametrize("destination", Destination)
def test_what_is_read_aloud_has_no_arrow_and_calls_a_practice_several_people(
    destination: Destination,
) -> None:
    everything = {
        "cancer": "active",
        "headache": "main",
        "illegal_drugs": "yes",
        "alcohol": "uncontrolled",
        "able_to_attend": "no",
    }
    referral = sent({"complicating": everything})
    for letter in (
        letters.redirected(referral, destination),
        letters.declined(referral),
        letters.accepted(referral),
    ):
        assert "→" not in letter
        assert not re.search(r"\b(du|dig|din|dit|dine)\b", letter, re.I)


def above(referral: Referral, letter: str, reason: str = "", destination: str = "") -> list[str]:
    return [block.as_text() for block in letters.reasons(referral, letter, reason, destination)]


def test_the_reason_stands_above_the_words_whatever_they_are() -> None:
    assert above(sent(), "Vi kan ikke.", " Ikke smerter ") == ["Begrundelse: Ikke smerter"]


@pytest.mark.parametrize("destination", ["", Destination.PALLIATIVE])
def test_without_a_reason_the_criterion_is_told_once(destination: str) -> None:
    referral = sent(CANCER)
    draft = letters.redirected(referral, destination) if destination else letters.declined(referral)
    assert above(referral, draft, "", destination) == []
    (told,) = above(referral, "Vi kan ikke.", "", destination)
    assert told == "Begrundelse: Vi modtager ikke patienter med aktiv cancer"


def test_a_question_names_the_fields_and_the_last_day() -> None:
    letter = letters.question(sent(), " Er hun gravid? ", ["pain.where"], dt.date(2026, 6, 23))
    assert "Er hun gravid?" in letter
    assert "- Hvor sidder smerterne?" in letter
    assert "senest 23. juni 2026" in letter


def test_without_marked_fields_a_question_speaks_of_none() -> None:
    letter = letters.question(sent(), "Er hun gravid?", [], dt.date(2026, 6, 23))
    assert "markeret" not in letter


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_question_says_what_would_meet_each_open_criterion_not_asked_about(language: str) -> None:
    unclear = {
        "complicating": {"illegal_drugs": "unknown", "alcohol": "unknown", "headache": "main"}
    }
    referral, asked = sent(unclear), ["complicating.alcohol"]
    with override(language):
        letter = letters.question(referral, "Hvad med det?", asked, dt.date(2026, 6, 23))
    (told,) = [part for part in letter.split("\n\n") if part.startswith("Til orientering")]
    assert told.splitlines()[1:] == [
        "- Intet illegalt misbrug: hvis patienten ikke har et illegalt misbrug"
    ]
    assert letter.index(told) < letter.index("Åbn henvisningen i portalen")


@pytest.mark.parametrize("changes", [[], [NEW_PAIN], [ADVICE, UNCLEAR]])
def test_a_question_speaks_of_no_criterion_where_none_waits_for_the_answer(
    changes: list[Mapping[str, Any]],
) -> None:
    letter = letters.question(sent(*changes), "Hvem er mor?", [], dt.date(2026, 6, 23))
    assert "uafklarede" not in letter


def test_advice_begins_with_whom_it_is_about() -> None:
    assert letters.advice(sent(ADVICE)).startswith(
        "Tak for jeres spørgsmål om Lonni Test Lauridsen"
    )


def test_a_letter_bears_name_and_role_in_danish() -> None:
    by = person(Role.PHYSICIAN, name="Anne Holm")
    with override("en"):
        assert letters.signed("Hej", by).endswith(
            "Venlig hilsen\nAnne Holm, læge\nTværfagligt Smertecenter"
        )


def test_the_notice_has_a_reference_and_no_personal_data() -> None:
    referral = sent()
    notice = letters.notice_subject() + letters.notice(referral)
    assert referral.reference in notice
    for secret in ("Lonni", "Lauridsen", "020160", "Lænderygsmerter"):
        assert secret not in notice


@pytest.mark.parametrize("write", [letters.declined, lambda r: letters.redirected(r, "palliative")])
def test_a_letter_that_says_no_says_what_would_change_the_answer(write: Any) -> None:
    letter = write(sent(CANCER))
    assert "I er velkomne til at henvise igen\n- når kræften ikke længere er aktiv, og\n" in letter


@pytest.mark.parametrize("write", [letters.declined, lambda r: letters.redirected(r, "palliative")])
def test_who_comes_back_is_told_of_all_that_is_not_met_or_open(write: Any) -> None:
    referral = sent(CANCER, NOT_ABLE, UNCLEAR)
    letter = write(referral)
    _, again = letter.split("I er velkomne til at henvise igen\n")
    in_the_way = [each for each in findings(referral) if each.change]
    assert {each.verdict for each in in_the_way} == {Verdict.NOT_MET, Verdict.UNKNOWN}
    for each in in_the_way:
        assert each.change
        assert str(each.change.sentence).removeprefix("Opfyldt, ") in again
