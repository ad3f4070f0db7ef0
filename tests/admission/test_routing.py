"""Which track is proposed, with which reasons, and what stands against the others."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from admission.criteria import Facts, OpioidContext, Question, Situation
from admission.diagnoses import DIAGNOSES
from admission.pleas import COMPLICATIONS
from admission.routing import Alternative, Routing, propose
from admission.rules import DECK
from admission.teams import team_reasons
from pathways.tracks import TEAMS, Discipline, Track
from tests.admission.criteria.cases import NOTHING_ANSWERED, RECEIVABLE, all_facts

# Hand-made cases, one for each way through the centre.
SIMPLE_BACK_PAIN = RECEIVABLE
BACK_PAIN_WITH_DEPRESSION = replace(RECEIVABLE, psychological=True)
GP_IN_DOUBT_OF_THE_DOSE = replace(RECEIVABLE, question=Question.OPTIMAL)
FRACTURE_LEAVING_THE_WARD = Facts(
    received_on=date(2026, 11, 14),
    from_hospital=True,
    question=Question.FOLLOW_UP,
    birth_date=date(1988, 4, 9),
    diagnosis_text="smerter efter knust underben",
    pain_since=date(2026, 10, 20),
    situations=frozenset({Situation.TRAUMA}),
)
HIGH_DOSE_LEAVING_THE_WARD = replace(
    FRACTURE_LEAVING_THE_WARD,
    situations=frozenset({Situation.OPIOIDS_AT_DISCHARGE}),
    morphine_mg_at_discharge=Decimal("80.0"),
    opioid_contexts=frozenset({OpioidContext.NAIVE_BEFORE}),
)
ONE_QUESTION_ABOUT_A_DRUG = replace(BACK_PAIN_WITH_DEPRESSION, question=Question.ADVICE)


def routed(facts: Facts) -> Routing:
    return propose(facts, DECK)


def alternative(routing: Routing, track: Track) -> Alternative:
    return next(other for other in routing.alternatives if other.track is track)


@pytest.mark.parametrize(
    ("facts", "track"),
    [
        (SIMPLE_BACK_PAIN, Track.SINGLE),
        (BACK_PAIN_WITH_DEPRESSION, Track.INTERDISCIPLINARY),
        (GP_IN_DOUBT_OF_THE_DOSE, Track.FAST),
        (FRACTURE_LEAVING_THE_WARD, Track.SUBACUTE),
        (HIGH_DOSE_LEAVING_THE_WARD, Track.SUBACUTE),
        (replace(FRACTURE_LEAVING_THE_WARD, question=None), Track.SUBACUTE),
        (ONE_QUESTION_ABOUT_A_DRUG, None),
    ],
)
def test_a_hand_made_referral_is_proposed_its_track(facts: Facts, track: Track | None) -> None:
    routing = routed(facts)
    assert (routing.proposal, routing.missing) == (track, ())
    assert routing.reasons


def test_advice_only_opens_no_pathway() -> None:
    routing = routed(ONE_QUESTION_ABOUT_A_DRUG)
    assert routing.advice_only
    assert routing.reasons == (
        "Der bedes kun om råd: en læge svarer skriftligt, og der åbnes intet forløb",
    )
    assert {other.track for other in routing.alternatives} == set(Track)


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("psychological", "Smertetilstanden er kompliceret af psykologiske problemer"),
        ("social", "Smertetilstanden er kompliceret af sociale problemer"),
        (
            "neurostimulation",
            "Behandling med neurostimulation kan være en mulighed og kræver særlig viden",
        ),
        (
            "opioid_dependence",
            "Patienten er blevet afhængig af opioider, og det kræver særlig viden",
        ),
        ("cannabinoids", "Behandling med cannabinoider kan overvejes og kræver særlig viden"),
    ],
)
def test_each_complication_alone_makes_it_interdisciplinary(fact: str, reason: str) -> None:
    alone: dict[str, Any] = {item.fact: item.fact == fact or None for item in COMPLICATIONS}
    routing = routed(replace(RECEIVABLE, **alone))
    assert (routing.proposal, routing.reasons) == (Track.INTERDISCIPLINARY, (reason,))


@pytest.mark.parametrize(
    ("code", "answer", "reason"),
    [
        (
            "DF32",
            None,
            "Smertetilstanden er kompliceret af psykologiske problemer "
            "(ifølge diagnosen Depressiv enkeltepisode)",
        ),
        (
            "DF431",
            False,
            "Smertetilstanden er kompliceret af psykologiske problemer "
            "(ifølge diagnosen Posttraumatisk belastningsreaktion; henviser svarer nej)",
        ),
        (
            "DF32",
            True,
            "Smertetilstanden er kompliceret af psykologiske problemer",
        ),
    ],
)
def test_a_diagnosis_can_be_the_reason_and_says_so(
    code: str, answer: bool | None, reason: str
) -> None:
    routing = routed(replace(RECEIVABLE, diagnosis=DIAGNOSES[code], psychological=answer))
    assert (routing.proposal, routing.reasons) == (Track.INTERDISCIPLINARY, (reason,))


@pytest.mark.parametrize("code", ["DM961", "DM890", "DF112"])
def test_a_diagnosis_can_call_for_special_expertise(code: str) -> None:
    routing = routed(replace(RECEIVABLE, diagnosis=DIAGNOSES[code]))
    assert routing.proposal is Track.INTERDISCIPLINARY


def test_all_reasons_are_given_in_the_decks_order() -> None:
    routing = routed(replace(RECEIVABLE, cannabinoids=True, social=True))
    assert [reason.split()[0] for reason in routing.reasons] == ["Smertetilstanden", "Behandling"]


@pytest.mark.parametrize("item", COMPLICATIONS, ids=lambda item: item.fact)
def test_it_is_simple_only_when_everything_is_answered(item: Any) -> None:
    unanswered: dict[str, Any] = {item.fact: None}
    routing = routed(replace(RECEIVABLE, **unanswered))
    assert (routing.proposal, routing.missing) == (None, (item.fact,))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"question": None}, ("question",)),
        ({"question": None, "psychological": True}, ("question",)),
        ({"question": None, "social": None}, ("question", "social")),
    ],
)
def test_without_the_question_no_track_is_proposed(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    routing = routed(replace(RECEIVABLE, **changes))
    assert (routing.proposal, routing.advice_only, routing.missing) == (None, False, missing)


def test_a_blank_referral_is_open_and_says_what_would_decide() -> None:
    routing = routed(NOTHING_ANSWERED)
    assert routing.proposal is None
    assert routing.missing == ("question", *(item.fact for item in COMPLICATIONS))
    assert routing.reasons == ("Sporet kan først foreslås, når de manglende svar er givet",)


@pytest.mark.parametrize("situation", Situation)
def test_a_practice_cannot_refer_to_the_subacute_track(situation: Situation) -> None:
    facts = replace(
        HIGH_DOSE_LEAVING_THE_WARD, from_hospital=False, situations=frozenset({situation})
    )
    routing = routed(replace(facts, psychological=True))
    assert routing.proposal is Track.INTERDISCIPLINARY
    assert alternative(routing, Track.SUBACUTE).reasons_against == (
        "Patienten er ikke henvist fra en hospitalsafdeling",
    )


@pytest.mark.parametrize("dose", ["40", "60", "60.00"])
def test_sixty_milligrams_are_not_enough_for_the_subacute_track(dose: str) -> None:
    facts = replace(HIGH_DOSE_LEAVING_THE_WARD, morphine_mg_at_discharge=Decimal(dose), social=True)
    routing = routed(facts)
    assert routing.proposal is Track.INTERDISCIPLINARY
    shown = Decimal(dose).to_integral_value()
    assert alternative(routing, Track.SUBACUTE).reasons_against == (
        f"{shown} mg morfinækvivalenter ved udskrivelsen; det subakutte spor kræver over 60 mg",
    )


def test_more_than_sixty_milligrams_is_the_reason_with_its_context() -> None:
    facts = replace(HIGH_DOSE_LEAVING_THE_WARD, morphine_mg_at_discharge=Decimal("60.50"))
    assert routed(facts).reasons == (
        "60,5 mg morfinækvivalenter ved udskrivelsen, altså over 60 mg: "
        "ikke tidligere i behandling med opioider",
    )


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"morphine_mg_at_discharge": None}, ("morphine_mg_at_discharge",)),
        ({"opioid_contexts": frozenset()}, ("opioid_contexts",)),
        (
            {"morphine_mg_at_discharge": None, "opioid_contexts": frozenset()},
            ("morphine_mg_at_discharge", "opioid_contexts"),
        ),
    ],
)
def test_opioids_at_discharge_stay_open_until_dose_and_context_are_known(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    optimal = replace(HIGH_DOSE_LEAVING_THE_WARD, question=Question.OPTIMAL)
    routing = routed(replace(optimal, **changes))
    assert (routing.proposal, routing.missing) == (None, missing)


def test_a_follow_up_without_a_situation_asks_for_it() -> None:
    routing = routed(replace(FRACTURE_LEAVING_THE_WARD, situations=frozenset()))
    assert routing.proposal is None
    assert routing.missing[0] == "situations"


def test_the_subacute_track_precedes_the_others_and_says_so() -> None:
    facts = replace(FRACTURE_LEAVING_THE_WARD, question=Question.OPTIMAL, psychological=True)
    routing = routed(facts)
    assert routing.proposal is Track.SUBACUTE
    assert routing.reasons == ("Traume med risiko for en kronisk smertetilstand",)
    assert alternative(routing, Track.FAST).reasons_against == ("Subakut går forud",)
    assert alternative(routing, Track.INTERDISCIPLINARY).reasons_for == (
        "Smertetilstanden er kompliceret af psykologiske problemer",
    )


@given(all_facts)
def test_every_referral_gets_a_track_an_answer_or_a_question(facts: Facts) -> None:
    routing = routed(facts)
    assert [routing.proposal is not None, routing.advice_only, bool(routing.missing)].count(
        True
    ) == 1
    assert all(routing.reasons)
    assert set(routing.missing) <= {field.name for field in fields(Facts)}


@given(all_facts)
def test_every_track_that_is_not_proposed_has_something_against_it(facts: Facts) -> None:
    routing = routed(facts)
    others = {other.track for other in routing.alternatives}
    assert others == set(Track) - {routing.proposal}
    assert all(other.reasons_against for other in routing.alternatives)


@given(all_facts)
def test_a_routing_is_frozen_as_plain_strings_and_read_back(facts: Facts) -> None:
    routing = routed(facts)
    assert Routing.from_json(json.loads(json.dumps(routing.as_json()))) == routing


@given(all_facts)
def test_once_everything_is_answered_no_track_stays_open(facts: Facts) -> None:
    complications: dict[str, Any] = {
        item.fact: bool(getattr(facts, item.fact)) for item in COMPLICATIONS
    }
    answered = replace(
        facts,
        question=facts.question or Question.TREATMENT,
        morphine_mg_at_discharge=facts.morphine_mg_at_discharge or Decimal(0),
        opioid_contexts=facts.opioid_contexts or frozenset({OpioidContext.KNOWN_RISK}),
        takes_opioids=None,
        listed=None,
        **complications,
    )
    routing = routed(answered)
    assert routing.advice_only or routing.proposal


@pytest.mark.parametrize(
    ("track", "always", "if_wanted"),
    [
        (Track.FAST, {"physician"}, {"nurse"}),
        (Track.SINGLE, {"physician", "nurse"}, set()),
        (Track.SUBACUTE, {"physician", "nurse"}, set()),
        (Track.INTERDISCIPLINARY, set(Discipline.values), set()),
    ],
)
def test_a_track_has_the_decks_team(track: Track, always: set[str], if_wanted: set[str]) -> None:
    assert set(TEAMS[track].disciplines) == always
    assert set(TEAMS[track].if_wanted) == if_wanted
    assert {member for member in Discipline if TEAMS[track].allows(member)} == always | if_wanted


@pytest.mark.parametrize("track", Track)
def test_every_member_of_the_team_has_a_reason(track: Track) -> None:
    reasons = team_reasons(RECEIVABLE, track)
    assert tuple(reasons) == TEAMS[track].disciplines
    assert all(reasons.values())


def test_problems_call_for_their_discipline() -> None:
    facts = replace(RECEIVABLE, social=True, diagnosis=DIAGNOSES["DF41"], psychological=None)
    reasons = team_reasons(facts, Track.INTERDISCIPLINARY)
    assert reasons[Discipline.SOCIAL_WORKER] == (
        "Smertetilstanden er kompliceret af sociale problemer"
    )
    assert reasons[Discipline.PSYCHOLOGIST].endswith("(ifølge diagnosen Andre angsttilstande)")
    assert reasons[Discipline.PHYSIOTHERAPIST] == (
        "Undersøger, hvordan smerterne påvirker krop, dagligdag og livsstil"
    )
