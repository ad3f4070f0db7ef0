"""What the notice to the patient must tell (sundhedsloven § 90, stk. 1), in both languages."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from letters.content import content_of
from letters.models import Letter
from pathways.rights import Right
from pathways.team import Plan
from pathways.tracks import Track
from referrals.models import Referral
from referrals.patient_letters import declined, notice, redirected
from referrals.proposals import plan_on
from staff.permissions import Role
from tests.referrals.cases import sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
A_TUESDAY = dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)


def words(letter: Letter) -> str:
    return content_of(letter.content).as_text()


def the_notice(track: Track = Track.SINGLE, added: str = "", **patient: Any) -> Letter:
    the_centre()
    with time_machine.travel(A_TUESDAY):
        referral = sent()
        for name, value in patient.items():
            setattr(referral.patient, name, value)
        return notice(referral, plan_on(referral, track), added)


@pytest.mark.parametrize(
    "told",
    [
        "Din første tid: senest 7. september 2026",
        "Sted: Tværfagligt Smertecenter, Sygehusvej 1",
        "Du får et nyt brev med dag, klokkeslæt og sted",
        "ret til at blive tilbudt behandling senest 9. juli 2026. Det kan vi desværre ikke nå.",
        "ret til at vælge et andet offentligt sygehus",
        "vælge et privat sygehus, som regionerne har aftale med",
        "Ventetiderne på andre sygehuse kan du se på sundhed.dk",
        "hvor mange patienter vi behandler",
        "Vi sørger for, at du bliver henvist videre",
        "Regionens patientvejledere",
    ],
)
def test_the_notice_tells_all_that_the_law_demands(told: str) -> None:
    assert told in words(the_notice())


@pytest.mark.parametrize(
    "told",
    [
        "Your first appointment: no later than 7 September 2026",
        "offered treatment no later than 9 July 2026. Unfortunately, we cannot do that.",
        "the right to choose another public hospital",
        "choose a private hospital",
        "waiting times at other hospitals",
        "how many patients we treat",
        "see to it that you are referred on",
        "patient advisers",
    ],
)
def test_the_english_notice_tells_the_same(told: str) -> None:
    assert told in words(the_notice(letter_language="en"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("da", "ret til at blive tilbudt udredning senest 9. juli 2026."),
        ("en", "offered examination and diagnosis no later than 9 July 2026."),
    ],
)
def test_who_is_to_be_worked_up_is_told_of_that_right(language: str, told: str) -> None:
    the_centre()
    with time_machine.travel(A_TUESDAY):
        referral = sent()
        referral.patient.letter_language = language
        plan = plan_on(referral, Track.SINGLE)
        assert told in words(notice(referral, plan, right=Right.INVESTIGATION))


def test_who_comes_within_the_laws_time_is_told_so() -> None:
    told = words(the_notice(Track.SUBACUTE))
    assert "senest 9. juli 2026. Det kan vi nå." in told
    assert "ikke nå" not in told


def test_an_interpreter_is_spoken_of_when_there_is_one() -> None:
    assert "Vi har noteret, at du har brug for tolk (arabisk)." in words(
        the_notice(interpreter_language="arabisk")
    )
    assert "Har du brug for tolk, så ring" in words(the_notice())


@pytest.mark.parametrize(
    ("noted", "told"),
    [("arabisk", "Arabic"), (" Arabisk", "Arabic"), ("arabisk (syrisk)", "arabisk (syrisk)")],
)
def test_an_english_letter_names_the_language_in_english_where_we_know_it(
    noted: str, told: str
) -> None:
    letter = the_notice(interpreter_language=noted, letter_language="en")
    assert f"you need an interpreter ({told})." in words(letter)


@pytest.mark.parametrize(
    ("language", "hours"), [("da", "8.30 til 10.00"), ("en", "08:30 to 10:00")]
)
def test_the_time_of_day_is_written_as_in_the_rest_of_the_letter(language: str, hours: str) -> None:
    assert hours in words(the_notice(letter_language=language))


def test_the_deciders_own_words_stand_in_the_letter_beside_what_must_be_said() -> None:
    told = words(the_notice(added="Tag din medicinliste med.\n\n- og dine briller"))
    assert "Tag din medicinliste med." in told
    assert "\n- og dine briller" in told
    assert "ret til at vælge et andet offentligt sygehus" in told


def test_a_language_that_the_setting_has_not_becomes_danish(settings: Settings) -> None:
    settings.LETTER_LANGUAGES = {"notice": ("da",)}
    letter = the_notice(letter_language="en")
    assert letter.language == "da"
    assert words(letter).startswith("Kære ")


def test_a_language_without_a_text_becomes_danish(settings: Settings) -> None:
    settings.LETTER_LANGUAGES = {"notice": ("da", "de")}
    assert the_notice(letter_language="de").language == "da"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_redirect_is_told_gently_with_where_and_what_happens(language: str) -> None:
    referral = sent()
    referral.patient.letter_language = language
    letter = redirected(referral, "headache", "Held og lykke.")
    told = words(letter)
    assert letter.language == language
    assert {"da": "et hovedpinecenter", "en": "a headache centre"}[language] in told
    assert "Held og lykke." in told
    for harsh in ("afvis", "kriteri", "ikke modtage", "reject", "criteri", "decline"):
        assert harsh not in told.casefold()


def test_a_redirect_back_to_the_referrer_says_who_helps_now() -> None:
    told = words(redirected(sent(), "referrer"))
    assert "hos Lægerne Søborg, som kender dig" in told
    assert "Egen læge eller henviser" not in told


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_decline_is_told_gently_with_who_knows_why(language: str) -> None:
    referral = sent()
    referral.patient.letter_language = language
    letter = declined(referral, "Held og lykke.", says_when=False)
    told = words(letter)
    assert letter.language == language
    assert "Lægerne Søborg" in told
    assert "Held og lykke." in told
    for harsh in ("afvis", "kriteri", "reject", "criteri", "decline", "henvist igen", "again"):
        assert harsh not in told.casefold()


OF_AGE = dt.date(2012, 6, 9)  # 15 years on the day below


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("write", [declined, lambda r: redirected(r, "paediatric")])
def test_a_childs_letter_is_written_to_the_parents(write: Any, language: str) -> None:
    referral = sent()
    referral.patient.letter_language = language
    with time_machine.travel(dt.datetime(2027, 6, 9, 10, tzinfo=dt.UTC)):
        referral.patient.birth_date = OF_AGE + dt.timedelta(days=1)
        letter = write(referral)
        referral.patient.birth_date = OF_AGE
        to_themselves = write(referral)
    to, dear = {
        "da": ("Forældrene til Lonni Test Lauridsen", "Til forældrene til Lonni Test Lauridsen"),
        "en": ("The parents of Lonni Test Lauridsen", "To the parents of Lonni Test Lauridsen"),
    }[language]
    assert letter.recipient == to
    assert words(letter).startswith(dear)
    assert not set(re.findall(r"\w+", words(letter).casefold())) & {"du", "dig", "din", "dine"}
    assert {"da": "jeres barn", "en": "your child"}[language] in words(letter)
    assert to_themselves.recipient == "Lonni Test Lauridsen"
    assert words(to_themselves).startswith({"da": "Kære Lonni", "en": "Dear Lonni"}[language])


def test_writing_a_letter_asks_the_database_nothing_it_need_not(
    django_assert_max_num_queries: Any,
) -> None:
    the_centre()
    referral: Referral = sent()
    plan: Plan = plan_on(referral, Track.SINGLE)
    person(Role.PHYSICIAN)
    # Patient and unit, where they are not at hand, and the waiting times elsewhere.
    with django_assert_max_num_queries(3):
        notice(referral, plan)
