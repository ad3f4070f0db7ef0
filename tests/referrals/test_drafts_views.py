"""The form as it is asked for: steps, autosave, the panel, review, files, the list of drafts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from referrals import intake
from referrals.forms import BY_NAME, STEPS
from referrals.models import Attachment, Draft, Referral
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.staff.factories import a_department, person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 svar"
ClientFor = Callable[[User], Client]


@pytest.fixture
def author() -> User:
    return person(Role.REFERRER)


@pytest.fixture
def gp(author: User, client_for: ClientFor) -> Client:
    return client_for(author)


@pytest.fixture
def draft(author: User) -> Draft:
    return intake.start(author)


def whole(author: User, *changes: Any) -> Draft:
    return cases.written(author, *changes)


def at(draft: Draft, step: str) -> str:
    return reverse("referrals:step", args=[draft.pk, step])


def autosave(draft: Draft, step: str) -> str:
    return reverse("referrals:autosave", args=[draft.pk, step])


def test_a_referral_begins_with_one_click_at_the_patient(gp: Client) -> None:
    answer = gp.post(reverse("referrals:new"))
    assert answer["Location"] == at(Draft.objects.get(), "patient")


def test_asking_for_a_new_one_makes_none_yet(gp: Client) -> None:
    assert b"Begynd henvisningen" in gp.get(reverse("referrals:new")).content
    assert not Draft.objects.exists()


@pytest.mark.parametrize("step", [step.name for step in STEPS])
@pytest.mark.parametrize("is_whole", [True, False])
def test_every_step_shows_form_steps_and_panel(
    gp: Client, author: User, step: str, is_whole: bool
) -> None:
    draft = whole(author) if is_whole else intake.start(author)
    page = gp.get(at(draft, step)).content.decode()
    assert "Kan centret modtage patienten?" in page
    assert 'aria-current="step"' in page
    assert f'<h2 class="step-heading">{BY_NAME[step].heading}</h2>' in page
    assert "020160" not in page.partition("</title>")[0]


def test_a_step_nobody_has_is_not_found(gp: Client, draft: Draft) -> None:
    assert gp.get(at(draft, "weather")).status_code == 404
    assert gp.post(autosave(draft, "review"), {}).status_code == 404


def test_saving_goes_on_to_the_next_step_also_with_answers_missing(
    gp: Client, draft: Draft
) -> None:
    answer = gp.post(at(draft, "question"), {"help_wanted": "Hvad nu?"})
    assert answer["Location"] == at(draft, "pain")
    draft.refresh_from_db()
    assert draft.answers["question"]["help_wanted"] == "Hvad nu?"


def test_what_cannot_be_read_stays_in_its_field_with_a_sentence(gp: Client, draft: Draft) -> None:
    answer = gp.post(at(draft, "pain"), {"since_year": "sidste år"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="sidste år"' in page
    assert "Skriv året med fire cifre" in page
    assert "Vælg en diagnose, eller skriv" not in page


@pytest.mark.parametrize(
    ("goto", "leads_to"),
    [("workup", "workup/"), ("patient#id_number", "patient/#id_number"), ("drafts", "drafts/")],
)
def test_one_can_go_elsewhere_with_mistakes_and_all_is_kept(
    gp: Client, draft: Draft, goto: str, leads_to: str
) -> None:
    answer = gp.post(at(draft, "pain"), {"since_year": "x", "goto": goto})
    assert answer.status_code == 302
    assert answer["Location"].endswith(leads_to)
    draft.refresh_from_db()
    assert draft.answers["pain"]["since_year"] == "x"


@pytest.mark.parametrize("goto", ["https://evil.example", "//evil", "weather", "pain?x"])
def test_one_cannot_be_sent_out_of_the_house(gp: Client, draft: Draft, goto: str) -> None:
    answer = gp.post(at(draft, "medicine"), {"goto": goto})
    assert answer["Location"] == at(draft, "complicating")


def test_a_link_from_the_review_says_what_is_missing(gp: Client, draft: Draft) -> None:
    assert (
        b"Svar p\xc3\xa5, om der er kr\xc3\xa6ft" not in gp.get(at(draft, "complicating")).content
    )
    page = gp.get(at(draft, "complicating") + "?check=1").content.decode()
    assert "Svar på, om der er kræft" in page


def test_a_known_patient_is_filled_in_and_shown_before_going_on(gp: Client, author: User) -> None:
    cases.sent(referrer=author)
    draft = intake.start(author)
    answer = gp.post(at(draft, "patient"), {"number": "0201609996"}, follow=True)
    assert answer.request["PATH_INFO"] == at(draft, "patient")
    assert 'value="Lauridsen"' in answer.content.decode()


class TestAutosave:
    def test_it_keeps_what_is_half_typed_and_says_when(self, gp: Client, draft: Draft) -> None:
        answer = gp.post(autosave(draft, "pain"), {"since_year": "20"})
        assert answer.status_code == 200
        draft.refresh_from_db()
        assert draft.answers["pain"]["since_year"] == "20"
        page = answer.content.decode()
        assert "Kladde gemt" in page
        assert 'hx-swap-oob="true"' in page

    def test_the_panel_answers_at_once(self, gp: Client, draft: Draft) -> None:
        page = gp.post(autosave(draft, "complicating"), {"cancer": "active"}).content.decode()
        assert "finding--not_met" in page
        assert "henvis til Palliativ afdeling" in page
        assert 'href="#id_cancer_0"' in page
        assert at(draft, "pain") + "#id_since_year" in page

    def test_a_number_tells_age_and_sex(self, gp: Client, draft: Draft) -> None:
        page = gp.post(autosave(draft, "patient"), {"number": "020160-9996"}).content.decode()
        assert "Kvinde, " in page
        assert 'name="number_kind" value="cpr"' in page
        page = gp.post(autosave(draft, "patient"), {"number": "0703921VJ4"}).content.decode()
        assert 'name="number_kind" value="replacement"' in page

    def test_nobody_is_corrected_on_the_way(self, gp: Client, draft: Draft) -> None:
        half = gp.post(autosave(draft, "patient"), {"number": "020160-99"}).content.decode()
        assert "10 cifre" not in half
        whole = gp.post(autosave(draft, "patient"), {"number": "991360-9996"}).content.decode()
        assert "findes ikke" in whole

    def test_a_known_patient_is_put_into_the_fields(self, gp: Client, author: User) -> None:
        cases.sent(referrer=author)
        draft = intake.start(author)
        page = gp.post(autosave(draft, "patient"), {"number": "0201609996"}).content.decode()
        assert 'id="patient-known"' in page
        assert 'value="Lauridsen"' in page

    def test_a_sent_draft_leads_to_its_referral(self, gp: Client, author: User) -> None:
        draft = whole(author)
        intake.submit(author, draft.pk)
        answer = gp.post(autosave(draft, "pain"), {}, headers={"HX-Request": "true"})
        assert "HX-Redirect" in answer.headers


class TestTwoPagesOnOneStep:
    """Two tabs, or two people of one practice."""

    @staticmethod
    def opened(client: Client, draft: Draft) -> dict[str, str]:
        drawn = client.get(at(draft, "pain")).context["drawn"]
        return {"page": drawn.mark, "seen": drawn.seen}

    @staticmethod
    def where(draft: Draft) -> str:
        draft.refresh_from_db()
        return str(draft.answers["pain"]["where"])

    def test_the_second_loses_nothing_and_overwrites_only_knowingly(
        self, author: User, draft: Draft, client_for: ClientFor
    ) -> None:
        colleague = person(Role.REFERRER, name="Bodil Læge", unit=author.unit)
        one, two = client_for(author), client_for(colleague)
        mine, theirs = self.opened(one, draft), self.opened(two, draft)
        two.post(autosave(draft, "pain"), {**theirs, "where": "knæ"})
        autosaved = one.post(autosave(draft, "pain"), {**mine, "where": "lænd"})
        assert "Bodil Læge har skrevet i dette trin" in autosaved.content.decode()
        refused = one.post(at(draft, "pain"), {**mine, "where": "lænd"})
        assert refused.status_code == 409
        assert "Bodil Læge har skrevet i dette trin" in refused.content.decode()
        assert refused.context["form"]["where"].value() == "lænd"
        assert self.where(draft) == "knæ"
        seen = refused.context["drawn"]
        again = {"page": seen.mark, "seen": seen.seen, "where": "lænd"}
        assert one.post(at(draft, "pain"), again).status_code == 302
        assert self.where(draft) == "lænd"

    def test_an_autosave_that_comes_late_changes_nothing(self, gp: Client, draft: Draft) -> None:
        mine = self.opened(gp, draft)
        gp.post(at(draft, "pain"), {**mine, "moment": "1764000000900", "where": "lænd og ben"})
        gp.post(autosave(draft, "pain"), {**mine, "moment": "1764000000100", "where": "lænd"})
        assert self.where(draft) == "lænd og ben"

    def test_one_page_goes_on_writing(self, gp: Client, draft: Draft) -> None:
        mine = self.opened(gp, draft)
        for n, words in enumerate(("l", "læ", "lænd")):
            gp.post(autosave(draft, "pain"), {**mine, "moment": str(n + 1), "where": words})
        reopened = self.opened(gp, draft)
        assert reopened["seen"] == mine["page"]
        gp.post(at(draft, "pain"), {**reopened, "moment": "9", "where": "lænd og ben"})
        assert self.where(draft) == "lænd og ben"


def test_the_panel_can_be_had_alone(gp: Client, author: User) -> None:
    page = gp.get(reverse("referrals:panel", args=[whole(author).pk])).content.decode()
    assert "Monofaglig" in page


def test_medicine_grows_by_a_row_of_its_own(gp: Client) -> None:
    rows = {gp.get(reverse("referrals:medicine_row")).content for _ in range(2)}
    assert len(rows) == 2


def test_the_follow_up_is_offered_to_hospital_departments_only(
    gp: Client, draft: Draft, client_for: ClientFor
) -> None:
    surgeon = person(Role.REFERRER, unit=a_department())
    theirs = client_for(surgeon).get(at(intake.start(surgeon), "question")).content.decode()
    ours = gp.get(at(draft, "question")).content.decode()
    assert "Opfølgning efter indlæggelse" in theirs
    assert "Opfølgning efter indlæggelse" not in ours
    assert "Opioiddosis" not in ours


class TestReview:
    def test_what_is_missing_links_to_its_field(self, gp: Client, draft: Draft) -> None:
        page = gp.get(at(draft, "review")).content.decode()
        assert at(draft, "pain") + "?check=1#id_since_year" in page
        assert 'aria-disabled="true"' in page

    def test_unmet_criteria_warn_and_ask_why(self, gp: Client, author: User) -> None:
        page = gp.get(at(whole(author, cases.CANCER), "review")).content.decode()
        assert "Hvorfor henviser I alligevel?" in page
        assert "aktiv kræft" in page

    def test_a_refusal_is_shown_with_what_was_typed(self, gp: Client, author: User) -> None:
        draft = whole(author, cases.CANCER, {"complicating": {"alcohol": ""}})
        answer = gp.post(
            reverse("referrals:send", args=[draft.pk]), {"despite": "Fordi vi er i tvivl"}
        )
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "1 svar mangler" in page
        assert "Fordi vi er i tvivl" in page
        assert not Referral.objects.exists()

    def test_sending_twice_leads_to_the_same_page(self, gp: Client, author: User) -> None:
        draft = whole(author)
        send = reverse("referrals:send", args=[draft.pk])
        places = {gp.post(send)["Location"] for _ in range(2)}
        assert places == {reverse("referrals:sent", args=[Referral.objects.get().pk])}

    def test_a_sent_draft_leads_to_its_referral_from_every_step(
        self, gp: Client, author: User
    ) -> None:
        draft = whole(author)
        referral = intake.submit(author, draft.pk)
        for step in STEPS:
            for answer in (gp.get(at(draft, step.name)), gp.post(at(draft, step.name), {})):
                assert answer["Location"] == reverse("referrals:sent", args=[referral.pk])

    def test_asking_for_the_send_address_leads_to_the_review(
        self, gp: Client, draft: Draft
    ) -> None:
        answer = gp.get(reverse("referrals:send", args=[draft.pk]))
        assert answer["Location"] == at(draft, "review")


class TestFiles:
    def attach(self, gp: Client, draft: Draft, content: bytes = PDF) -> Any:
        upload = SimpleUploadedFile("MR æøå.pdf", content)
        return gp.post(
            reverse("referrals:attach", args=[draft.pk]), {"file": upload}, follow=True
        ).content.decode()

    def test_a_file_is_attached_fetched_and_removed(self, gp: Client, draft: Draft) -> None:
        assert "MR æøå.pdf er vedhæftet" in self.attach(gp, draft)
        fetched = gp.get(reverse("referrals:attachment", args=[Attachment.objects.get().pk]))
        assert fetched["Content-Disposition"].startswith("attachment;")
        assert fetched["X-Content-Type-Options"] == "nosniff"
        assert fetched["Content-Type"] == "application/pdf"
        assert fetched.getvalue() == PDF
        gp.post(reverse("referrals:detach", args=[Attachment.objects.get().pk]))
        assert not Attachment.objects.exists()

    def test_a_file_chosen_but_not_attached_goes_along_when_going_on(
        self, gp: Client, draft: Draft
    ) -> None:
        upload = SimpleUploadedFile("svar.pdf", PDF)
        answer = gp.post(at(draft, "attachments"), {"file": upload})
        assert answer["Location"] == at(draft, "review")
        assert Attachment.objects.get().name == "svar.pdf"
        refused = SimpleUploadedFile("svar.pdf", b"<html>")
        assert gp.post(at(draft, "attachments"), {"file": refused})["Location"] == at(
            draft, "attachments"
        )

    def test_a_refused_file_says_why(self, gp: Client, draft: Draft) -> None:
        assert "indhold passer ikke" in self.attach(gp, draft, b"<html>")
        assert not Attachment.objects.exists()

    def test_the_centre_s_reading_is_recorded(
        self, gp: Client, author: User, client_for: ClientFor
    ) -> None:
        draft = whole(author)
        self.attach(gp, draft)
        referral = intake.submit(author, draft.pk)
        url = reverse("referrals:attachment", args=[Attachment.objects.get().pk])
        gp.get(url)
        assert not referral.patient.accesses.exists()
        client_for(person(Role.SECRETARY)).get(url)
        assert referral.patient.accesses.get().what == "bilag"


class TestTheList:
    def test_drafts_are_listed_by_whom_they_are_about(self, gp: Client, author: User) -> None:
        whole(author)
        page = gp.get(reverse("referrals:drafts")).content.decode()
        assert "Lonni Test Lauridsen" in page
        assert "6 af 6 trin" in page

    def test_empty_and_sent_drafts_are_not(self, gp: Client, author: User) -> None:
        intake.submit(author, whole(author).pk)
        intake.start(author)
        assert "Ingen kladder" in gp.get(reverse("referrals:drafts")).content.decode()

    def test_a_draft_is_thrown_away_after_a_question(self, gp: Client, author: User) -> None:
        discard = reverse("referrals:discard", args=[whole(author).pk])
        assert "Slet kladden?" in gp.get(discard).content.decode()
        assert Draft.objects.exists()
        gp.post(discard)
        assert not Draft.objects.exists()

    def test_it_costs_the_same_however_many(
        self, gp: Client, author: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in (1, 12):
            while Draft.objects.count() < number:
                whole(author)
            with django_assert_num_queries(4):
                gp.get(reverse("referrals:drafts"))


ADDRESSES = (
    *(("step", (step.name,)) for step in STEPS),
    *((name, ()) for name in ("panel", "attach", "send", "discard")),
    ("autosave", ("pain",)),
)


@pytest.mark.parametrize(("name", "more"), ADDRESSES)
def test_another_unit_s_draft_is_not_there(
    draft: Draft, client_for: ClientFor, name: str, more: tuple[str, ...]
) -> None:
    stranger = client_for(person(Role.REFERRER))
    url = reverse(f"referrals:{name}", args=[draft.pk, *more])
    for answer in (stranger.get(url), stranger.post(url, {})):
        assert answer.status_code in (404, 405)
    draft.refresh_from_db()
    assert draft.answers == {}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REFERRER])
def test_the_form_is_for_referrers(draft: Draft, client_for: ClientFor, role: Role) -> None:
    staff = client_for(person(role))
    for name, more in ADDRESSES:
        url = reverse(f"referrals:{name}", args=[draft.pk, *more])
        assert {staff.get(url).status_code, staff.post(url, {}).status_code} <= {403, 405}
