"""The medicine step: lines as a practice writes them, what they tell, and how they are kept."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from admission.criteria.facts import ListedOpioids
from admission.routing import Routing, propose
from admission.rules import DECK
from medication.models import MedicationList
from medication.reading_list import read_list
from pathways.tracks import Track
from patients.models import Patient
from referrals import intake, medicine, triage
from referrals.answers import facts_of, field_label, open_questions, problems, sections
from referrals.forms import Setting
from referrals.forms.base import REQUIRED
from referrals.forms.medicine import MOST_ROWS, MedicineForm, lines_in
from referrals.judging import discharge_limit, facts_judged
from referrals.models import Draft, Referral
from staff.models import ReferringUnit, User
from staff.permissions import Role
from tests.admission.versions import MILLIGRAMS, an_approved
from tests.referrals import cases
from tests.staff.factories import a_department, person

TODAY = dt.date(2026, 11, 16)
LIMIT = Decimal(60)
DEPARTMENT = ReferringUnit(kind=ReferringUnit.Kind.DEPARTMENT, name="Ortopæd. afd.")
CONTALGIN, DUROGESIC = "Contalgin 30 mg 1 x 2", "Durogesic 25 µg/t hver 3. døgn"
PANODIL, PLANTS = "Panodil 1 g x 4", "Hyben og gurkemeje"
ClientFor = Callable[[User], Client]


def form(*lines: str, at_discharge: bool = False, **typed: Any) -> MedicineForm:
    setting = Setting(today=TODAY, discharge_limit=LIMIT if at_discharge else None)
    filled = MedicineForm({"line": list(lines), **typed}, setting)
    filled.full_clean()
    return filled


def confirmed(*lines: str, **typed: Any) -> dict[str, Any]:
    """What is kept of a list that was seen and found to be read right."""
    return {"medicine": {"line": list(lines), "confirmed": read_list(lines).mark, **typed}}


def at_discharge(**more: Any) -> dict[str, Any]:
    return {
        "question": {
            "question": "follow_up",
            "situations": ["opioids_at_discharge"],
            "opioid_contexts": ["naive_before"],
            **more,
        }
    }


class TestTheLines:
    def test_answers_from_when_a_line_was_three_columns_are_read_as_one(self) -> None:
        old = {"drug": ["Morfin", ""], "strength": ["10 mg"], "how_often": ["x 3", ""]}
        assert lines_in(old) == ["Morfin 10 mg x 3"]
        assert MedicineForm(old, Setting(today=TODAY)).texts == ["Morfin 10 mg x 3"]
        assert MedicineForm.pick(old)["line"] == ["Morfin 10 mg x 3"]
        assert field_label("medicine.drug") == "Medicin"

    def test_a_pasted_list_is_a_row_for_each_line(self) -> None:
        assert lines_in({"line": [f"{CONTALGIN}\r\n\n{PANODIL}", " "]}) == [CONTALGIN, PANODIL]

    def test_the_most_lines_are_read_and_one_more_is_refused_with_all_of_them_kept(self) -> None:
        most = [f"Panodil {milligrams} mg x 1" for milligrams in range(1, MOST_ROWS + 1)]
        assert not form(*most).errors
        too_many = form("\n".join([*most, CONTALGIN]))
        sentence = "Skriv højst 60 linjer. Der står 61, og alle er bevaret."
        assert too_many.errors == {"line": [sentence]}
        assert too_many.has_mistakes()
        assert too_many.texts == lines_in({"line": [*most, CONTALGIN]}) == [*most, CONTALGIN]
        assert [row.text for row in too_many.shown_rows()][:61] == too_many.texts
        assert MedicineForm.pick({"line": "\n".join(too_many.texts)})["line"] == too_many.texts

    def test_blank_rows_follow_those_that_are_filled_in(self) -> None:
        rows = form(CONTALGIN).shown_rows()
        assert [row.text for row in rows] == [CONTALGIN, "", "", ""]
        assert rows[0].read is not None
        assert len({row.key for row in rows}) == 4

    def test_a_line_that_is_too_long_is_refused_and_one_that_cannot_be_read_is_not(self) -> None:
        assert not form(PLANTS).errors
        assert form("x" * 201).has_mistakes()

    @pytest.mark.parametrize("typed", [None, "x", 7, [None, 3, "\x00"], {"a": 1}])
    def test_nothing_that_was_kept_breaks_the_reading(self, typed: Any) -> None:
        assert isinstance(lines_in({"line": typed, "drug": typed}), list)


class TestTheConfirmation:
    def test_it_holds_for_the_reading_that_was_seen_and_no_other(self) -> None:
        mark = form(CONTALGIN).mark
        assert form(CONTALGIN, confirmed=mark).is_confirmed
        assert not form(DUROGESIC, confirmed=mark).is_confirmed
        assert not form(CONTALGIN, confirmed="on").is_confirmed

    def test_it_is_needed_only_for_opioids_at_a_discharge(self) -> None:
        asked = form(CONTALGIN, at_discharge=True)
        assert asked.errors.as_data()["confirmed"][0].code == REQUIRED
        assert not form(CONTALGIN).errors
        mark = asked.mark
        assert not form(CONTALGIN, at_discharge=True, confirmed=mark).errors

    def test_a_discharge_with_opioids_needs_them_on_the_list_or_as_a_dose(self) -> None:
        assert "line" in form(PANODIL, at_discharge=True).errors
        stated = Setting(today=TODAY, discharge_limit=LIMIT, dose_is_stated=True)
        told = MedicineForm({"line": [PANODIL]}, stated)
        told.full_clean()
        assert not told.errors


class TestTheFacts:
    def test_opioids_count_when_they_are_confirmed(self) -> None:
        assert form(CONTALGIN).facts()["listed"] is None
        told = form(CONTALGIN, PANODIL, confirmed=form(CONTALGIN, PANODIL).mark).facts()
        assert told["listed"] == ListedOpioids(drugs=("Contalgin",), regular=Decimal(60))

    def test_a_list_without_opioids_counts_at_once_and_no_list_tells_nothing(self) -> None:
        assert form(PANODIL).facts()["listed"] == ListedOpioids()
        assert form().facts() == {"listed": None, "takes_opioids": None}

    def test_what_is_not_read_and_may_be_an_opioid_makes_the_dose_at_least(self) -> None:
        lines = (CONTALGIN, PLANTS, "Oxynorm 5 mg p.n. højst 4 dgl.")
        told = form(*lines, confirmed=form(*lines).mark).facts()["listed"]
        assert (told.regular, told.as_needed, told.at_least) == (60, 30, True)
        assert told.drugs == ("Contalgin", "OxyNorm")

    def test_no_opioids_beside_a_list_with_some_is_a_question_and_no_mistake(self) -> None:
        both = form(CONTALGIN, no_opioids="on", at_discharge=True)
        assert not both.errors
        assert both.contradicts_itself
        assert "Hvad er rigtigt?" in both.which_is_right
        assert both.facts()["takes_opioids"] is False
        assert both.facts()["listed"].drugs == ("Contalgin",)
        assert not form(PANODIL, no_opioids="on").contradicts_itself


@pytest.mark.django_db
class TestTheTrack:
    def routing(self, *changes: Any) -> Routing:
        return propose(facts_of(cases.answers(*changes), DEPARTMENT, TODAY), DECK)

    @pytest.mark.parametrize(
        ("lines", "track"),
        [
            ((CONTALGIN, "Oxynorm 5 mg x 1"), Track.SUBACUTE),
            ((CONTALGIN,), Track.SINGLE),  # exactly 60
            (("OxyContin 20 mg 1 x 2",), Track.SINGLE),  # oxycodone 40 mg: exactly 60
            (("Tramadol 50 mg 2 tabl. 4 gange dgl.",), Track.SINGLE),  # 60 by the default set
        ],
    )
    def test_the_confirmed_list_decides(self, lines: tuple[str, ...], track: Track) -> None:
        assert self.routing(at_discharge(), confirmed(*lines)).proposal == track

    def test_an_unconfirmed_list_leaves_it_open(self) -> None:
        unseen = {"medicine": {"line": ["Contalgin 60 mg x 2"]}}
        assert self.routing(at_discharge(), unseen).proposal is None

    def test_a_dose_that_the_list_does_not_give_is_asked_about(self) -> None:
        told = self.routing(at_discharge(discharge_dose="80"), confirmed(CONTALGIN))
        assert told.proposal is None
        assert "Medicinlisten giver en anden opioiddosis" in str(told.questions[0])

    def test_no_opioids_beside_opioids_is_asked_about(self) -> None:
        told = self.routing(at_discharge(), confirmed("Contalgin 60 mg x 2", no_opioids="on"))
        assert told.proposal is None
        assert "Hvad er rigtigt?" in str(told.questions[0])

    def test_it_is_asked_about_also_where_it_decides_nothing(self) -> None:
        told = self.routing(confirmed(CONTALGIN, no_opioids="on"))
        assert told.proposal == Track.SINGLE
        assert "Hvad er rigtigt?" in str(told.questions[0])

    def test_what_contradicts_itself_is_a_question_before_sending_and_hinders_nothing(self) -> None:
        answers = cases.answers(confirmed(CONTALGIN, no_opioids="on"))
        practice = ReferringUnit(kind=ReferringUnit.Kind.PRACTICE, name="Lægerne")
        assert problems(answers, practice, TODAY) == []
        assert any("Hvad er rigtigt?" in text for text in open_questions(answers, practice, TODAY))


@pytest.fixture
def draft(db: None) -> Draft:
    return cases.written(person(Role.REFERRER))


def autosaved(client: Client, draft: Draft, **sent: Any) -> str:
    url = reverse("referrals:autosave", args=[draft.pk, "medicine"])
    return client.post(url, sent, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.django_db
class TestThePage:
    def test_each_row_is_answered_with_how_it_is_read(
        self, draft: Draft, client_for: ClientFor
    ) -> None:
        client = client_for(draft.author)
        page = autosaved(client, draft, row=["a1", "b2", "c3"], line=[CONTALGIN, "", PLANTS])
        assert 'id="read-a1"' in page
        assert "60 mg MÆ" in page
        assert "Kan ikke læses:" in page
        assert "Linjen sendes som tekst og tælles ikke med." in page
        assert 'id="medicine-sum"' in page
        assert form(CONTALGIN, PLANTS).mark in page

    def test_a_key_that_is_no_key_is_not_written_on_the_page(
        self, draft: Draft, client_for: ClientFor
    ) -> None:
        page = autosaved(client_for(draft.author), draft, row=['"><b>'], line=[CONTALGIN])
        assert "<b>" not in page

    def test_exactly_the_limit_is_said_not_to_pass(self, client_for: ClientFor) -> None:
        page = self.at_discharge("OxyContin 20 mg 1 x 2", client_for)
        assert "Præcis 60 mg er ikke nok til det subakutte spor" in page

    def test_the_limit_with_something_as_needed_on_top_is_not_said_to_be_too_little(
        self, client_for: ClientFor
    ) -> None:
        lines = "OxyContin 20 mg 1 x 2\nOxynorm 5 mg p.n. højst 4 dgl."
        assert "Præcis 60 mg er ikke nok" not in self.at_discharge(lines, client_for)

    def test_where_the_sets_disagree_the_page_says_so(self, client_for: ClientFor) -> None:
        page = self.at_discharge("Tramadol 50 mg 2 tabl. 4 gange dgl.", client_for)
        assert "40–80 mg" in page
        assert "Tabellerne er uenige om grænsen på 60 mg" in page

    def at_discharge(self, line: str, client_for: ClientFor) -> str:
        surgeon = person(Role.REFERRER, unit=a_department())
        draft = cases.written(surgeon, at_discharge(), {"medicine": {"line": [line]}})
        url = reverse("referrals:step", args=[draft.pk, "medicine"])
        return client_for(surgeon).get(url).content.decode()

    def test_what_the_centre_asked_about_the_list_stands_over_it(
        self, draft: Draft, client_for: ClientFor
    ) -> None:
        referral = intake.submit(draft.author, draft.pk)
        asked = ["medicine.line"]
        triage.ask(person(Role.SECRETARY), referral.pk, 1, "Hvor meget morfin?", asked)
        answer = intake.begin_answer(draft.author, referral.pk)
        url = reverse("referrals:step", args=[answer.pk, "medicine"])
        assert "Hvor meget morfin?" in client_for(draft.author).get(url).content.decode()


@pytest.mark.django_db
class TestKept:
    def test_the_list_is_kept_as_it_was_read_when_sent(self) -> None:
        referral = cases.sent(confirmed(CONTALGIN, PLANTS))
        kept = MedicationList.objects.get()
        assert kept.patient == referral.patient
        assert kept.key == f"referral:{referral.pk}:submission:{referral.judgement.submission_id}"
        assert (kept.as_of, kept.recorded_by) == (referral.received_on, referral.referrer)
        assert (kept.regular_mg, kept.at_least, kept.source) == (LIMIT, True, "referral")
        assert kept.is_confirmed
        assert medicine.as_sent(referral.judgement.submission) == kept
        assert kept.as_read() == read_list([CONTALGIN, PLANTS])
        judgement = referral.judgement
        assert judgement is not None
        assert facts_judged(judgement).listed.regular == 60

    def test_a_list_that_nobody_ticked_is_not_confirmed(self) -> None:
        cases.sent({"medicine": {"line": [CONTALGIN]}})
        assert not MedicationList.objects.get().is_confirmed

    def test_sending_twice_keeps_one_list(self) -> None:
        author = person(Role.REFERRER)
        draft = cases.written(author)
        assert intake.submit(author, draft.pk) == intake.submit(author, draft.pk)
        assert MedicationList.objects.count() == 1

    def test_it_never_changes(self) -> None:
        cases.sent()
        for change in (
            lambda: MedicationList.objects.update(regular_mg=0),
            lambda: MedicationList.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_an_answer_to_the_centres_question_keeps_a_list_of_its_own(self) -> None:
        referral = cases.sent()
        triage.ask(person(Role.SECRETARY), referral.pk, 1, "Hvor meget?", ["medicine.line"])
        answer = intake.begin_answer(referral.referrer, referral.pk)
        intake.save_step(referral.referrer, answer.pk, "medicine", {"line": [DUROGESIC]})
        intake.submit(referral.referrer, answer.pk)
        assert [each.lines for each in MedicationList.objects.of(referral.patient)] == [
            [DUROGESIC],
            ["Morfin 10 mg 3 gange dagligt"],
        ]

    def test_nothing_is_kept_without_medicine_or_under_another_persons_name(self) -> None:
        cases.sent({"medicine": {"line": []}})
        assert not MedicationList.objects.exists()
        other = cases.sent({"patient": {"given_names": "Otto", "family_name": "Holm"}})
        assert Patient.objects.get() == other.patient
        assert not MedicationList.objects.exists()
        assert medicine.as_sent(other.judgement.submission) is None

    def test_the_pages_show_it_as_it_was_read(self, client_for: ClientFor) -> None:
        lines = ("Durogesic 50 µg/t hver 3. døgn", "Metadon 10 mg x 2", PLANTS)
        referral = cases.sent(confirmed(*lines))
        for page in (self.sent_page(referral, client_for), self.our_page(referral, client_for)):
            assert "Durogesic (fentanyl, N02AB03)" in page
            assert "Kan ikke læses:" in page
            assert "Metadon har ingen fast omregningsfaktor." in page
            assert "seponeringsliste" in page  # above 100 mg a day
            assert "Vejledende" in page

    @pytest.mark.parametrize(
        ("lines", "said"),
        [([], "Medicinen kan stå i henvisningen."), ([CONTALGIN], "Ikke bekræftet")],
    )
    def test_the_patients_page_says_what_is_known_of_the_list(
        self, client_for: ClientFor, lines: list[str], said: str
    ) -> None:
        referral = cases.sent({"medicine": {"line": lines}})
        url = reverse("pathways:patient", args=[referral.patient_id])
        page = client_for(person(Role.PHYSICIAN)).get(url).content.decode()
        assert said in page

    def sent_page(self, referral: Referral, client_for: ClientFor) -> str:
        url = reverse("referrals:sent", args=[referral.pk])
        return client_for(referral.referrer).get(url).content.decode()

    def our_page(self, referral: Referral, client_for: ClientFor) -> str:
        url = reverse("referrals:referral", args=[referral.pk])
        return client_for(person(Role.PHYSICIAN)).get(url).content.decode()

    def test_the_pages_say_where_the_sets_disagree_on_the_limit_that_judged(
        self, client_for: ClientFor
    ) -> None:
        tramadol = confirmed("Tramadol 50 mg 2 tabl. 4 gange dgl.")
        surgeon = person(Role.REFERRER, unit=a_department())
        discharged = cases.sent(at_discharge(), tramadol, referrer=surgeon)
        other = cases.sent(tramadol, referrer=surgeon, number=cases.PEOPLE[1])
        disagree = "Tabellerne er uenige om grænsen på 60 mg"
        for page in (self.sent_page, self.our_page):
            assert disagree in page(discharged, client_for)
            assert disagree not in page(other, client_for)

    def test_before_sending_the_page_says_it_as_well(self, client_for: ClientFor) -> None:
        surgeon = person(Role.REFERRER, unit=a_department())
        draft = cases.written(
            surgeon, at_discharge(), confirmed("Tramadol 50 mg 2 tabl. 4 gange dgl.")
        )
        url = reverse("referrals:step", args=[draft.pk, "review"])
        page = client_for(surgeon).get(url).content.decode()
        assert "Tabellerne er uenige om grænsen på 60 mg" in page

    def test_the_limit_is_that_of_the_version_on_the_day_of_receipt(self) -> None:
        surgeon = person(Role.REFERRER, unit=a_department())
        discharged = cases.sent(at_discharge(), confirmed(CONTALGIN), referrer=surgeon)
        assert discharged.judgement is not None
        version = an_approved({MILLIGRAMS: "40"})
        assert version.valid_from is not None
        with time_machine.travel(dt.datetime.combine(version.valid_from, dt.time(12), dt.UTC)):
            later = cases.sent(
                at_discharge(),
                confirmed(CONTALGIN),
                referrer=surgeon,
                number=cases.PEOPLE[1],
            )
            assert later.judgement is not None
            assert discharge_limit(discharged.judgement) == LIMIT
            assert discharge_limit(later.judgement) == 40

    def test_sections_show_the_reading_that_was_kept_and_read_only_what_was_not(self) -> None:
        kept = MedicationList(reading=read_list([DUROGESIC]).as_json())
        assert [row.text for row in self.shown(kept)["rows"]] == [DUROGESIC]
        assert self.shown(None)["total"].regular == "30"

    def shown(self, kept: MedicationList | None) -> Any:
        parts = {part.step: part for part in sections(cases.answers(), (), TODAY, kept)}
        return parts["medicine"].rows[0].medicine


@pytest.mark.django_db
def test_the_centre_reads_whether_anybody_checked_how_the_lines_were_read(
    client_for: Callable[[User], Client],
) -> None:
    warned = "Ikke bekræftet: ingen har set efter, om linjerne er læst rigtigt."
    lines = ["Contalgin 30 mg 1 x 2"]
    unticked = cases.sent({"medicine": {"line": lines}})
    mark = read_list(lines).mark
    ticked = cases.sent({"medicine": {"line": lines, "confirmed": mark}}, number=cases.PEOPLE[1])
    client = client_for(person(Role.SECRETARY))
    for referral, is_warned in ((unticked, True), (ticked, False)):
        page = client.get(reverse("referrals:referral", args=[referral.pk])).content.decode()
        assert (warned in page) == is_warned
