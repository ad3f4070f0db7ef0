"""Each step: what it takes, what it refuses and in which words, and what does not count."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from admission.criteria import Situation
from referrals.forms import FORMS, STEPS, Setting, StepForm, after, anchor, before
from referrals.forms.base import REQUIRED
from referrals.forms.pain import listed_diagnosis

TODAY = dt.date(2026, 11, 16)


def form(step: str, typed: dict[str, Any], **setting: Any) -> Any:
    filled: StepForm = FORMS[step](typed, Setting(today=TODAY, **setting))
    filled.full_clean()
    return filled


def faults(filled: StepForm) -> dict[str, str | None]:
    """The fields with something to say, and whether it is missing or wrong."""
    return {name: errors[0].code for name, errors in filled.errors.as_data().items()}


def test_the_steps_follow_one_another_and_stop_at_the_ends() -> None:
    names = [step.name for step in STEPS]
    assert [after(name) for name in names] == [*names[1:], "review"]
    assert [before(name) for name in names] == ["patient", *names[:-1]]


@pytest.mark.parametrize("step", FORMS)
def test_an_empty_step_is_unfinished_but_not_mistaken(step: str) -> None:
    empty = form(step, {})
    assert not empty.has_mistakes()
    assert set(faults(empty).values()) <= {REQUIRED}
    empty.hide_missing()
    assert not empty.errors


@pytest.mark.parametrize("step", FORMS)
def test_every_fact_is_asked_for_in_a_field_of_the_step(step: str) -> None:
    assert set(FORMS[step].asks_for.values()) <= set(FORMS[step].base_fields)


class TestPatient:
    def test_a_cpr_number_tells_birth_date_and_sex_whatever_else_was_typed(self) -> None:
        patient = form("patient", {"number": "020160-9996", "birth_date": "x", "sex": "male"})
        assert patient.cleaned_data["number"] == "0201609996"
        assert patient.cleaned_data["birth_date"] == dt.date(1960, 1, 2)
        assert patient.cleaned_data["sex"] == "female"
        assert set(faults(patient)) == {"given_names", "family_name"}

    def test_a_replacement_number_needs_birth_date_and_sex(self) -> None:
        patient = form("patient", {"number": "0703921VJ4"})
        assert faults(patient)["birth_date"] == REQUIRED
        assert faults(patient)["sex"] == REQUIRED

    @pytest.mark.parametrize("typed", ["07.03.1992", "7.3.1992", "07-03-1992", "07031992"])
    def test_a_birth_date_is_written_as_danes_do(self, typed: str) -> None:
        patient = form("patient", {"number": "0703921VJ4", "birth_date": typed, "sex": "female"})
        assert patient.facts() == {
            "birth_date": dt.date(1992, 3, 7),
            "born_by_number": "070392",
        }

    @pytest.mark.parametrize("typed", ["17.11.2026", "01.01.1899", "1992-03-07", "31.02.1992"])
    def test_a_birth_date_that_cannot_be_is_refused(self, typed: str) -> None:
        patient = form("patient", {"number": "0703921VJ4", "birth_date": typed})
        assert faults(patient)["birth_date"] == "invalid"

    def test_a_wrong_number_is_refused_with_a_sentence_without_the_number(self) -> None:
        patient = form("patient", {"number": "020160-999"})
        assert patient.errors["number"] == ["CPR-nummeret skal have 10 cifre."]
        assert patient.has_mistakes()

    def test_an_interpreter_needs_a_language_and_a_language_an_interpreter(self) -> None:
        assert faults(form("patient", {"interpreter": "yes"}))["interpreter_language"] == REQUIRED
        unneeded = form("patient", {"interpreter": "no", "interpreter_language": "arabisk"})
        assert unneeded.cleaned_data["interpreter_language"] == ""

    def test_phone_postal_code_and_e_mail_are_read(self) -> None:
        good = {"phone": "20 20 20 20", "postal_code": "3400", "email": "lonni@example.dk"}
        assert form("patient", good).cleaned_data["phone"] == "+4520202020"
        wrong = form("patient", {"phone": "ring", "postal_code": "34", "email": "lonni"})
        assert {"phone", "postal_code", "email"} <= set(faults(wrong))

    def test_the_number_of_a_sent_referral_cannot_be_typed_over(self) -> None:
        settled = form("patient", {}, number_is_settled=True)
        assert settled.fields["number"].widget.attrs["readonly"] is True


class TestQuestion:
    def test_follow_up_is_for_hospital_departments_only(self) -> None:
        typed = {"question": "follow_up", "situations": ["trauma"]}
        assert not form("question", typed).errors
        from_practice = form("question", typed, from_hospital=False)
        assert faults(from_practice) == {"question": "invalid_choice"}
        assert from_practice.facts()["situations"] == frozenset()

    def test_a_follow_up_needs_a_situation(self) -> None:
        assert faults(form("question", {"question": "follow_up"})) == {"situations": REQUIRED}

    def test_high_opioids_need_a_context_and_either_a_dose_or_a_list(self) -> None:
        typed = {"question": "follow_up", "situations": ["opioids_at_discharge"]}
        assert faults(form("question", typed)) == {"opioid_contexts": REQUIRED}
        discharged: dict[str, Any] = {"discharge_limit": Decimal(60)}
        assert faults(form("medicine", {}, **discharged)) == {"line": REQUIRED}
        assert faults(form("medicine", {}, **discharged, dose_is_stated=True)) == {}
        assert faults(form("medicine", {}, dose_is_stated=False)) == {}

    @pytest.mark.parametrize(
        ("typed", "dose"),
        [("80", Decimal(80)), ("62,5", Decimal("62.5")), ("62.5", Decimal("62.5"))],
    )
    def test_a_dose_may_have_a_comma(self, typed: str, dose: Decimal) -> None:
        told = form("question", with_dose(typed)).facts()
        assert told["morphine_mg_at_discharge"] == dose
        assert told["situations"] == {Situation.OPIOIDS_AT_DISCHARGE}

    @pytest.mark.parametrize("typed", ["1.000", "ca. 80", "-5", "1e3", "80 mg", "٨٠"])
    def test_a_dose_that_could_be_misread_is_refused(self, typed: str) -> None:
        asked = form("question", with_dose(typed))
        assert asked.facts()["morphine_mg_at_discharge"] is None
        assert asked.has_mistakes()

    def test_what_stands_in_hidden_fields_does_not_count(self) -> None:
        typed = with_dose("x") | {"question": "treatment"}
        told = form("question", typed)
        assert not told.errors
        assert told.facts()["situations"] == frozenset()

    def test_advice_needs_the_question_in_words(self) -> None:
        assert faults(form("question", {"question": "advice"})) == {"help_wanted": REQUIRED}


def with_dose(dose: str) -> dict[str, Any]:
    return {
        "question": "follow_up",
        "situations": ["opioids_at_discharge"],
        "discharge_dose": dose,
        "opioid_contexts": ["naive_before"],
    }


class TestPain:
    @pytest.mark.parametrize(
        "typed", ["Migræne (DG43)", "migraene", "MIGRÆNE", "DG43", "dg43.1", "Min migræne (DG43.1)"]
    )
    def test_a_diagnosis_is_known_by_name_or_code(self, typed: str) -> None:
        found = listed_diagnosis(typed)
        assert found is not None
        assert found.code == "DG43"

    @pytest.mark.parametrize("typed", ["ondt i ryggen", "", "(igen)", "hovedpine siden 2019"])
    def test_other_words_stay_words(self, typed: str) -> None:
        assert listed_diagnosis(typed) is None
        assert form("pain", {"diagnosis": typed}).facts()["diagnosis_text"] == typed

    @pytest.mark.parametrize(
        ("month", "year", "since"),
        [
            ("7", "2025", dt.date(2025, 7, 1)),
            ("", "2025", dt.date(2025, 1, 1)),
            ("11", "2026", dt.date(2026, 11, 1)),
            ("13", "2025", None),
            ("7", "", None),
        ],
    )
    def test_the_beginning_is_the_first_day_it_can_be(
        self, month: str, year: str, since: dt.date | None
    ) -> None:
        typed = {"since_month": month, "since_year": year}
        assert form("pain", typed).facts()["pain_since"] == since

    def test_pain_cannot_begin_in_the_future(self) -> None:
        pain = form("pain", {"since_month": "12", "since_year": "2026"})
        assert faults(pain)["since_year"] == "invalid"
        assert pain.facts()["pain_since"] is None

    @pytest.mark.parametrize("typed", ["11", "-1", "6,5", "slemt"])
    def test_nrs_is_a_whole_number_from_0_to_10(self, typed: str) -> None:
        assert faults(form("pain", {"nrs_worst": typed}))["nrs_worst"] == "invalid"

    def test_the_worst_pain_is_not_less_than_the_average(self) -> None:
        pain = form("pain", {"nrs_average": "7", "nrs_worst": "3"})
        told = "De værste smerter kan ikke være mindre end gennemsnittet."
        assert pain.errors["nrs_worst"] == [told]
        assert not form("pain", {"nrs_average": "7", "nrs_worst": "7"}).has_mistakes()


class TestTheRest:
    def test_what_is_missing_counts_only_after_a_no(self) -> None:
        typed = {"worked_up": "no", "work_up_missing": "MR", "treatment_missing": "blokade"}
        told = form("workup", typed | {"fully_treated": "yes"}).facts()
        assert told["worked_up"] is False
        assert told["work_up_missing"] == "MR"
        assert told["treatment_missing"] == ""

    def test_no_allergies_and_an_allergy_contradict_each_other(self) -> None:
        both = form("medicine", {"no_allergies": "on", "allergies": "penicillin"})
        assert faults(both) == {"allergies": "invalid"}
        assert (
            form("medicine", {"no_allergies": "on"}).allergies_known() == "Ingen kendte allergier"
        )

    def test_expertise_is_answered_as_a_whole(self) -> None:
        told = form("complicating", {"expertise": ["opioid_dependence"]}).facts()
        assert (told["opioid_dependence"], told["neurostimulation"]) == (True, False)
        assert form("complicating", {"expertise": ["none"]}).facts()["cannabinoids"] is False
        assert form("complicating", {}).facts()["cannabinoids"] is None
        both = form("complicating", {"expertise": ["none", "cannabinoids"]})
        assert faults(both)["expertise"] == "invalid"

    def test_not_knowing_is_an_answer_but_no_fact(self) -> None:
        told = form("complicating", {"illegal_drugs": "unknown", "alcohol": "unknown"})
        assert not {"illegal_drugs", "alcohol"} & set(faults(told))
        assert told.facts()["illegal_drugs"] is None
        assert told.facts()["alcohol"] is None

    def test_a_field_spared_needs_no_answer(self) -> None:
        assert "since_year" not in faults(form("pain", {}, spared={"pain.since_year"}))

    def test_a_group_of_choices_is_reached_by_its_first(self) -> None:
        fields = FORMS["complicating"].base_fields
        assert anchor("cancer", fields["cancer"]) == "id_cancer_0"
        assert anchor("social_words", fields["social_words"]) == "id_social_words"
