"""The dose at discharge: strictly above the limit, stated or by the list, never chosen silently."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from admission.criteria import Facts, OpioidContext, Question, Situation
from admission.criteria.facts import ListedOpioids
from admission.routing import Routing, propose
from admission.rules import DECK, DECK_CONTENT, Rules
from admission.subacute import contradicts_itself, dose_above_limit, is_subacute
from pathways.tracks import Track
from tests.admission.criteria.cases import ANSWERS, RECEIVABLE, all_facts, all_rules

DISCHARGED = replace(
    RECEIVABLE,
    from_hospital=True,
    question=Question.FOLLOW_UP,
    situations=frozenset({Situation.OPIOIDS_AT_DISCHARGE}),
    opioid_contexts=frozenset({OpioidContext.NAIVE_BEFORE}),
)


def listed(
    regular: str, as_needed: str = "0", *, at_least: bool = False, drugs: tuple[str, ...] = ("x",)
) -> ListedOpioids:
    return ListedOpioids(
        drugs=drugs, regular=Decimal(regular), as_needed=Decimal(as_needed), at_least=at_least
    )


def discharged_on(stated: str | None, on_list: ListedOpioids | None, **changes: Any) -> Facts:
    dose = None if stated is None else Decimal(stated)
    return replace(DISCHARGED, morphine_mg_at_discharge=dose, listed=on_list, **changes)


# Stated dose, medicine list, above the limit of 60 mg?
DOSES: list[tuple[str | None, ListedOpioids | None, bool | None]] = [
    (None, None, None),
    ("0", None, False),
    ("59.99", None, False),
    ("60", None, False),
    ("60.00", None, False),
    ("60.01", None, True),
    ("1E+2", None, True),
    # Oxycodone 40 mg a day, and fentanyl 25 µg/h: exactly 60 mg by the default factors.
    (None, listed("60", drugs=("oxycodon",)), False),
    (None, listed("60.0", drugs=("fentanyl",)), False),
    (None, listed("60.01"), True),
    # A list without opioids tells nothing of a dose at discharge.
    (None, ListedOpioids(), None),
    ("80", ListedOpioids(), True),
    # What is taken as needed comes on top: a regular dose that may pass stays open.
    (None, listed("40", "20"), False),
    (None, listed("40", "20.01"), None),
    (None, listed("60", "15"), None),
    (None, listed("61", "15"), True),
    (None, listed("0", "61"), None),
    # What cannot be summed comes on top as well.
    (None, listed("0", at_least=True), None),
    (None, listed("60", at_least=True), None),
    (None, listed("61", at_least=True), True),
    # Stated and listed on the same side: no contradiction.
    ("80", listed("90"), True),
    ("60", listed("60"), False),
    ("40", listed("20"), False),
    # The list leaves doubt: what is stated decides, where it is above or the list bears it out.
    ("80", listed("40", "30"), True),
    ("80", listed("40", at_least=True), True),
    ("40", listed("40", "30"), False),
]
# Neither dose is chosen: it is asked which is right.
CONTRADICTING: list[tuple[str, ListedOpioids]] = [
    # Above the limit by what is stated, surely not by the list.
    ("80", listed("60")),
    ("60.01", listed("0")),
    # More on the list than what is stated, whether the list is above the limit or not.
    ("60", listed("60.01")),
    ("20", listed("80", at_least=True)),
    ("20", listed("55", at_least=True)),
    ("20", listed("60")),
    ("0", listed("0.01")),
    ("20", listed("40", "30")),
    # What cannot be summed, as methadone, may bring the list above what is stated.
    ("40", listed("0", at_least=True)),
    ("40", listed("40", at_least=True)),
    ("60", listed("20", at_least=True, drugs=("metadon", "morfin"))),
]
DOSES += [(stated, on_list, None) for stated, on_list in CONTRADICTING]


@pytest.mark.parametrize(("stated", "on_list", "above"), DOSES)
def test_a_dose_is_above_the_limit_or_not_or_not_known(
    stated: str | None, on_list: ListedOpioids | None, above: bool | None
) -> None:
    facts = discharged_on(stated, on_list)
    assert dose_above_limit(facts, DECK) is above
    assert is_subacute(facts, DECK) is bool(above)
    assert contradicts_itself(facts, DECK) is ((stated, on_list) in CONTRADICTING)


@pytest.mark.parametrize(("stated", "on_list", "above"), DOSES)
def test_a_dose_that_is_not_known_leaves_the_track_open_and_is_asked_for(
    stated: str | None, on_list: ListedOpioids | None, above: bool | None
) -> None:
    routing = propose(discharged_on(stated, on_list), DECK)
    tracks = {True: Track.SUBACUTE, False: Track.SINGLE, None: None}
    assert routing.proposal is tracks[above]
    assert routing.missing == (("morphine_mg_at_discharge",) if above is None else ())
    assert bool(routing.questions) is (above is None)
    assert routing.asks == (("morphine_mg_at_discharge", "listed") if above is None else ())


QUESTIONS: list[tuple[Facts, str, str]] = [
    (
        discharged_on("80", listed("40")),
        "Medicinlisten giver en anden opioiddosis end den, der er oplyst. Hvad er rigtigt?",
        "The medication list gives another opioid dose than the one stated. Which is correct?",
    ),
    (
        discharged_on("20", listed("55", at_least=True)),
        "Medicinlisten giver en anden opioiddosis end den, der er oplyst. Hvad er rigtigt?",
        "The medication list gives another opioid dose than the one stated. Which is correct?",
    ),
    (
        discharged_on("80", None, takes_opioids=False),
        "Ifølge svaret får patienten ikke opioider, men de står på medicinlisten eller som dosis "
        "ved udskrivelsen. Hvad er rigtigt?",
        "According to the answer the patient does not take opioids, but they are on the "
        "medication list or given as a dose at discharge. Which is correct?",
    ),
    (
        discharged_on(None, listed("80"), takes_opioids=False),
        "Ifølge svaret får patienten ikke opioider, men de står på medicinlisten eller som dosis "
        "ved udskrivelsen. Hvad er rigtigt?",
        "According to the answer the patient does not take opioids, but they are on the "
        "medication list or given as a dose at discharge. Which is correct?",
    ),
]


@pytest.mark.parametrize(("facts", "danish", "english"), QUESTIONS)
def test_a_contradiction_proposes_no_track_and_asks_in_the_readers_language(
    facts: Facts, danish: str, english: str
) -> None:
    routing = propose(facts, DECK)
    assert (routing.proposal, routing.missing) == (None, ("morphine_mg_at_discharge",))
    with override("da"):
        assert [str(question) for question in routing.questions] == [danish]
    with override("en"):
        assert [str(question) for question in routing.questions] == [english]


OPEN_DOSES: list[tuple[ListedOpioids | None, str]] = [
    (
        listed("60", "30"),
        "60 mg fast og op til 30 mg efter behov derudover: hvilken dosis udskrives patienten med?",
    ),
    (
        listed("12.50", "61"),
        "12,5 mg fast og op til 61 mg efter behov derudover: hvilken dosis udskrives patienten "
        "med?",
    ),
    (
        listed("20", "30", at_least=True),
        "Medicinlistens opioider kan ikke alle regnes sammen. Hvilken dosis udskrives patienten "
        "med?",
    ),
    (
        None,
        "Hvilken opioiddosis udskrives patienten med? Skriv den, eller bekræft, at linjerne på "
        "medicinlisten er læst rigtigt.",
    ),
    (
        ListedOpioids(),
        "Der står ingen opioider på medicinlisten. Hvilken dosis udskrives patienten med?",
    ),
]


@pytest.mark.parametrize(("on_list", "question"), OPEN_DOSES)
@override("da")
def test_a_dose_that_the_list_leaves_open_is_asked_for_with_what_is_missing(
    on_list: ListedOpioids | None, question: str
) -> None:
    assert [str(each) for each in propose(discharged_on(None, on_list), DECK).questions] == [
        question
    ]


def test_opioids_denied_are_asked_about_where_both_are_answered() -> None:
    denied = discharged_on(None, listed("20"), takes_opioids=False)
    assert propose(denied, DECK).asks == ("takes_opioids", "listed")
    routed = propose(replace(denied, situations=frozenset({Situation.TRAUMA})), DECK)
    assert (routed.proposal, routed.asks) == (Track.SUBACUTE, ("takes_opioids", "listed"))
    assert Routing.from_json(routed.as_json()).asks == routed.asks


@override("da")
def test_a_list_that_may_come_to_more_is_asked_about_as_such() -> None:
    (question,) = propose(discharged_on("40", listed("20", at_least=True)), DECK).questions
    assert question == (
        "Medicinlisten har linjer, der ikke kan regnes med, så opioiddosis kan være højere end "
        "den, der er oplyst. Hvad er rigtigt?"
    )


@pytest.mark.parametrize(
    ("stated", "on_list"),
    [("20", None), ("80", None), (None, listed("20")), (None, listed("0", at_least=True))],
)
def test_no_opioids_beside_any_opioid_leaves_the_dose_unknown(
    stated: str | None, on_list: ListedOpioids | None
) -> None:
    assert dose_above_limit(discharged_on(stated, on_list, takes_opioids=False), DECK) is None


@pytest.mark.parametrize(("stated", "on_list"), [("0", None), (None, None), ("0", ListedOpioids())])
def test_no_opioids_and_none_told_of_agree(
    stated: str | None, on_list: ListedOpioids | None
) -> None:
    facts = discharged_on(stated, on_list, takes_opioids=False)
    assert not contradicts_itself(facts, DECK)
    assert not any(propose(facts, DECK).questions)


def test_a_contradiction_takes_nothing_from_another_situation() -> None:
    situations = frozenset({Situation.OPIOIDS_AT_DISCHARGE, Situation.TRAUMA})
    routing = propose(discharged_on("80", listed("40"), situations=situations), DECK)
    assert (routing.proposal, routing.questions) == (Track.SUBACUTE, ())


@pytest.mark.parametrize(
    ("facts", "danish", "english"),
    [
        (
            discharged_on("80", None),
            "80 mg morfinækvivalenter ved udskrivelsen, altså over 60 mg: "
            "ikke tidligere i behandling med opioider",
            "80 mg morphine equivalents at discharge",
        ),
        (
            discharged_on(None, listed("100.0")),
            "100 mg morfinækvivalenter ved udskrivelsen, altså over 60 mg: "
            "ikke tidligere i behandling med opioider",
            "100 mg morphine equivalents at discharge",
        ),
        (
            discharged_on(None, listed("70.5", at_least=True)),
            "Mindst 70,5 mg morfinækvivalenter ved udskrivelsen, altså over 60 mg: "
            "ikke tidligere i behandling med opioider",
            "At least 70.5 mg morphine equivalents at discharge",
        ),
    ],
)
def test_the_reason_says_the_dose_and_whether_it_is_all(
    facts: Facts, danish: str, english: str
) -> None:
    (reason,) = propose(facts, DECK).reasons
    with override("da"):
        assert str(reason) == danish
    with override("en"):
        assert str(reason).startswith(english)


def test_what_is_too_low_by_the_list_is_said() -> None:
    routing = propose(discharged_on(None, listed("60")), DECK)
    subacute = next(other for other in routing.alternatives if other.track is Track.SUBACUTE)
    assert subacute.reasons_against == (
        "60 mg morfinækvivalenter ved udskrivelsen; det subakutte spor kræver over 60 mg",
    )


def test_the_limit_is_the_versions() -> None:
    tracks = [
        each | ({"limit": "59.5"} if each["track"] == "subacute" else {})
        for each in DECK_CONTENT["tracks"]
    ]
    lower = Rules.from_json({**DECK_CONTENT, "tracks": tracks})
    facts = discharged_on(None, listed("60"))
    assert (is_subacute(facts, DECK), is_subacute(facts, lower)) == (False, True)
    assert "over 59,5 mg" in str(propose(facts, lower).reasons)
    assert "over 59,5 mg" in lower.tracks[Track.SUBACUTE].sentence.da


@given(facts=all_facts, rules=all_rules)
def test_a_contradiction_is_never_decided_silently(facts: Facts, rules: Rules) -> None:
    alone = replace(
        facts, from_hospital=True, situations=frozenset({Situation.OPIOIDS_AT_DISCHARGE})
    )
    subacute_first = replace_order(rules)
    if contradicts_itself(alone, subacute_first) and alone.question is not Question.ADVICE:
        routing = propose(alone, subacute_first)
        assert routing.proposal is None
        assert "morphine_mg_at_discharge" in routing.missing
        assert any("Hvad er rigtigt?" in str(question) for question in routing.questions)


def replace_order(rules: Rules) -> Rules:
    """The version with its subacute track as the first, as in the deck."""
    tracks = {Track.SUBACUTE: rules.tracks[Track.SUBACUTE]} | dict(rules.tracks)
    return replace(rules, tracks=tracks)


@given(stated=ANSWERS["morphine_mg_at_discharge"], on_list=ANSWERS["listed"], rules=all_rules)
def test_a_dose_is_above_only_when_some_source_says_so_and_none_denies_it(
    stated: Decimal | None, on_list: ListedOpioids | None, rules: Rules
) -> None:
    limit = rules.discharge_morphine_mg
    facts = replace(DISCHARGED, morphine_mg_at_discharge=stated, listed=on_list)
    above = dose_above_limit(facts, rules)
    regular = on_list.regular if on_list and on_list.drugs else None
    if above:
        assert (stated is not None and stated > limit) or (regular is not None and regular > limit)
    if above is False:
        assert stated is None or stated <= limit
        assert regular is None or regular <= limit


@given(stated=ANSWERS["morphine_mg_at_discharge"], on_list=ANSWERS["listed"], rules=all_rules)
def test_nobody_is_turned_away_by_the_lower_of_two_doses(
    stated: Decimal | None, on_list: ListedOpioids | None, rules: Rules
) -> None:
    facts = replace(DISCHARGED, morphine_mg_at_discharge=stated, listed=on_list)
    more = on_list and stated is not None and (on_list.at_least or on_list.regular > stated)
    if more and stated is not None and stated <= rules.discharge_morphine_mg:
        assert dose_above_limit(facts, rules) is None
        assert contradicts_itself(facts, rules)


@given(stated=st.decimals(0, 1000, places=2), on_list=ANSWERS["listed"], rules=all_rules)
def test_a_stated_dose_above_the_limit_is_asked_about_only_where_the_list_surely_is_not(
    stated: Decimal, on_list: ListedOpioids | None, rules: Rules
) -> None:
    limit = rules.discharge_morphine_mg
    by_list = dose_above_limit(replace(DISCHARGED, listed=on_list), rules)
    facts = replace(DISCHARGED, morphine_mg_at_discharge=stated, listed=on_list)
    if stated > limit:
        assert dose_above_limit(facts, rules) is (None if by_list is False else True)


@given(more=st.decimals(0, 100, places=1), on_list=ANSWERS["listed"], rules=all_rules)
def test_more_of_a_listed_drug_never_takes_the_dose_below_the_limit(
    more: Decimal, on_list: ListedOpioids | None, rules: Rules
) -> None:
    if on_list is None or not on_list.drugs:
        return
    before = dose_above_limit(replace(DISCHARGED, listed=on_list), rules)
    raised = replace(on_list, regular=on_list.regular + more)
    after = dose_above_limit(replace(DISCHARGED, listed=raised), rules)
    order = {False: 0, None: 1, True: 2}
    assert order[after] >= order[before]
