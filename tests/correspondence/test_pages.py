"""The outbox page: newest first, filtered, and words only for those who may see patients."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from correspondence import delivery, outbox
from correspondence.models import Message, PrintRun
from correspondence.printing import print_run
from pathways.models import Pathway
from patients.models import Access, Patient
from staff.permissions import Role
from tests.correspondence.factories import (
    a_letter_to,
    a_message,
    a_print_run,
    an_email,
    doubtful,
    failed,
    status_of,
)
from tests.patients.factories import a_patient
from tests.referrals.cases import accepted_by, sent, the_centre
from tests.staff.factories import a_practice, person

pytestmark = pytest.mark.django_db

OUTBOX = reverse("correspondence:outbox")
PRINTS = reverse("correspondence:prints")
SignIn = Callable[..., Client]


@pytest.fixture
def secretary(client_for: SignIn) -> Client:
    return client_for(person(Role.SECRETARY))


@pytest.fixture
def manager(client_for: SignIn) -> Client:
    return client_for(person(Role.MANAGER))


def address(message: Message, name: str = "message") -> str:
    return reverse(f"correspondence:{name}", args=[message.pk])


def text(client: Client, url: str = OUTBOX, /, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_outbox_says_what_will_be_here(secretary: Client) -> None:
    assert "Ingen meddelelser endnu" in text(secretary)


def test_the_newest_stands_first_with_state_tries_and_error(secretary: Client) -> None:
    older, newer = a_message(), failed()
    page = text(secretary)
    assert page.index(address(newer)) < page.index(address(older))
    assert "mislykket" in page
    assert "Mailserveren svarer ikke." in page
    assert "2 i kø" in page, "the older one, and the mail that tells of the failure"
    assert "1 mislykket" in page


def test_filters_stand_in_the_address_and_come_off_one_by_one(secretary: Client) -> None:
    wanted, other = failed(), an_email()
    page = text(secretary, status="failed", channel="sms")
    assert address(wanted) in page
    assert address(other) not in page
    assert f'href="{OUTBOX}?channel=sms"' in page
    assert f'href="{OUTBOX}?status=failed"' in page


def test_a_filter_without_a_match_says_so(secretary: Client) -> None:
    a_message()
    assert "Ingen meddelelser passer til filtrene" in text(secretary, status="failed")


def test_a_filter_that_does_not_exist_is_left_out(secretary: Client) -> None:
    message = a_message()
    assert address(message) in text(secretary, status="lost", page="no mark of ours")


def test_every_message_is_met_once_page_by_page(secretary: Client) -> None:
    posted = [a_message().pk for _ in range(120)]
    url, met = OUTBOX, []
    while url:
        response = secretary.get(url)
        met += [row.pk for row, _tone in response.context["rows"]]
        url = response.context["next_url"]
    assert met == posted[::-1]


def test_a_page_of_fifty_takes_as_many_queries_as_one_of_one(
    secretary: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    an_email(unit=a_practice())
    with django_assert_max_num_queries(13) as few:
        text(secretary)
    for _ in range(60):
        an_email(unit=a_practice(), to_user=person(Role.SECRETARY))
    with django_assert_max_num_queries(13) as many:
        text(secretary)
    assert len(few) == len(many)


def test_who_may_see_patients_reads_the_words_and_that_is_recorded(client_for: SignIn) -> None:
    secretary, patient = person(Role.SECRETARY), a_patient()
    message = a_message(patient=patient)
    page = text(client_for(secretary), address(message))
    assert "Æblegrød på øen i åen." in page
    assert "20 30 40 50" in page
    assert Access.objects.get().patient == patient


def test_the_manager_sees_the_state_and_neither_words_nor_patient(manager: Client) -> None:
    message = a_message(patient=a_patient())
    for page in (text(manager), text(manager, address(message))):
        assert "i kø" in page
        assert "patienten" in page
        for secret in ("Lonni", "20 30 40 50", "+4520304050", "Æblegrød", "Husk din tid"):
            assert secret not in page
    assert not Access.objects.exists()


def test_the_manager_sees_which_practice_and_which_colleague(manager: Client) -> None:
    an_email(unit=a_practice(name="Lægerne Torvet"), recipient="Lægerne Torvet")
    an_email(to_user=person(Role.PHYSICIAN, name="Anne Holm"), recipient="Anne Holm")
    page = text(manager)
    assert "Lægerne Torvet" in page
    assert "Anne Holm" in page


def test_only_what_goes_to_a_patient_is_shown_as_to_the_patient(manager: Client) -> None:
    hospital = {"channel": Message.Channel.LETTER, "recipient": "Smerteklinikken, Holbæk Sygehus"}
    an_email(recipient="Visitationen")
    a_message(patient=a_patient(), kind=Message.Kind.DECISION, **hospital)
    page = text(manager)
    assert "Visitationen" in page
    assert "Smerteklinikken, Holbæk Sygehus" in page
    assert "patienten</td>" not in page


def test_a_failed_message_is_sent_again_by_a_button(secretary: Client) -> None:
    message = failed()
    assert "Send igen" in text(secretary, address(message))
    response = secretary.post(address(message, "resend"), {"after": "1"}, follow=True)
    assert "lagt i kø og sendes igen" in response.content.decode()
    assert status_of(message) == Message.Status.QUEUED


def test_a_failed_message_is_put_away_by_a_button(secretary: Client) -> None:
    message = failed()
    assert "Skal ikke sendes" in text(secretary, address(message))
    response = secretary.post(address(message, "drop"), {"after": "1"}, follow=True)
    page = response.content.decode()
    assert "Meddelelsen er lagt væk og sendes ikke." in page
    assert "den skal ikke sendes" in page
    assert status_of(message) == Message.Status.WITHDRAWN


def test_what_has_not_failed_is_not_sent_again(secretary: Client) -> None:
    message = a_message()
    assert "Send igen" not in text(secretary, address(message))
    response = secretary.post(address(message, "resend"), {"after": "0"})
    assert response.status_code == 409
    assert "Kun en mislykket meddelelse kan sendes igen." in response.content.decode()


@pytest.mark.parametrize("role", [one for one in Role if one not in (Role.SECRETARY, Role.MANAGER)])
def test_nobody_else_reaches_the_outbox(role: Role, client_for: SignIn) -> None:
    client, message = client_for(person(role)), failed()
    assert client.get(OUTBOX).status_code == 403
    assert client.get(address(message)).status_code == 403
    assert client.post(address(message, "resend")).status_code == 403
    assert status_of(message) == Message.Status.FAILED


def test_a_message_that_does_not_exist_is_not_found(secretary: Client) -> None:
    assert secretary.get(reverse("correspondence:message", args=[0])).status_code == 404
    assert secretary.post(reverse("correspondence:resend", args=[0])).status_code == 404


def test_sending_again_needs_a_post(secretary: Client) -> None:
    assert secretary.get(address(failed(), "resend")).status_code == 405


def test_what_went_on_paper_has_not_failed(secretary: Client) -> None:
    refused, lost = failed(channel="digital_post", patient=a_patient()), failed()
    a_message(key=f"{refused.key}:paper", channel=Message.Channel.LETTER, address="Nygade 4")
    assert "1 mislykket" in text(secretary)
    listed = text(secretary, status="failed")
    assert address(lost) in listed
    assert address(refused) not in listed, "the list is what the number counts"
    page = text(secretary, address(refused))
    assert address(refused, "drop") in page
    assert address(refused, "resend") not in page


def test_a_message_that_was_sent_without_attempts_is_not_said_to_wait(secretary: Client) -> None:
    waits, sent = a_message(), a_message()
    Message.objects.filter(pk=sent.pk).update(status="sent", sent_at=timezone.now())
    assert "Den er ikke forsøgt sendt endnu." in text(secretary, address(waits))
    assert "ikke forsøgt sendt endnu" not in text(secretary, address(sent))


def test_a_doubt_is_told_from_others_of_its_kind(secretary: Client, manager: Client) -> None:
    doubtful(subject="Din tid er flyttet")
    doubtful(subject="", body=f"Dørkoden er ændret. {'Ord ' * 20}")
    page = text(secretary)
    assert "Din tid er flyttet" in page
    assert "Dørkoden er ændret. Ord" in page
    assert "Ord " * 20 not in page
    assert "Din tid er flyttet" not in text(manager)


def waiting(client: Client) -> int:
    places = client.get(OUTBOX).context["places"]
    return int(next(place["count"] for place in places if place["url"] == OUTBOX))


def test_the_secretarys_menu_counts_what_waits_for_a_person(
    secretary: Client, manager: Client
) -> None:
    printed_for(a_patient(digital_post_exempt=True, street="Å 1"))
    assert waiting(secretary) == 1
    doubtful()
    refused = failed(channel="digital_post", patient=Patient.objects.get())
    a_message(key=f"{refused.key}:paper", channel=Message.Channel.LETTER, address="Nygade 4")
    failed()
    assert waiting(secretary) == 3, "not what went on paper"
    assert waiting(manager) == 0


def test_a_message_leads_to_its_patient_and_its_case(secretary: Client, manager: Client) -> None:
    people, referral = the_centre(), sent()
    accepted_by(people[Role.PHYSICIAN], referral)
    pathway = Pathway.objects.get()
    patient = reverse("pathways:patient", args=[pathway.patient_id])
    case = reverse("referrals:referral", args=[referral.pk])
    about_both = a_message(patient=pathway.patient, about=f"referral:{referral.pk}")
    about_pathway = a_message(about=f"pathway:{pathway.pk}")
    about_nothing = a_message(about="proof:2026-11-24")
    page = text(secretary, address(about_both))
    assert f'<a href="{patient}">{pathway.patient.name}</a>' in page
    assert f'<a href="{case}">{referral.reference}</a>' in page
    assert text(secretary, address(about_pathway)).count(patient) == 1
    assert patient not in text(secretary, address(about_nothing))
    for page in (text(manager, address(about_both)), text(manager, address(about_pathway))):
        assert patient not in page
        assert case not in page


def test_those_in_doubt_stand_above_all_others_with_their_buttons(secretary: Client) -> None:
    doubt, newer = doubtful(), a_message()
    page = text(secretary)
    assert page.index(address(doubt)) < page.index(address(newer))
    assert "1 måske sendt" in page
    assert address(doubt, "confirm_sent") in page
    assert address(doubt, "resend") in page
    assert address(doubt, "drop") in page
    assert address(doubt, "confirm_sent") not in text(secretary, status="uncertain")
    assert address(doubt) in text(secretary, status="uncertain")


def test_a_doubt_is_settled_from_the_list(secretary: Client) -> None:
    doubt = doubtful()
    answer = secretary.post(address(doubt, "confirm_sent"), {"after": "1", "back": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, OUTBOX)
    assert status_of(doubt) == Message.Status.SENT
    assert "Måske sendt" not in text(secretary).split("filter-status")[0]


def test_a_doubt_that_was_overtaken_is_put_away_from_the_list(secretary: Client) -> None:
    doubt = doubtful()
    outbox.withdraw(doubt.key)
    for page in (text(secretary), text(secretary, address(doubt))):
        assert address(doubt, "confirm_sent") in page
        assert address(doubt, "resend") not in page
    assert "den gælder ikke længere" in page
    answer = secretary.post(address(doubt, "drop"), {"after": "1", "back": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, OUTBOX)
    assert status_of(doubt) == Message.Status.WITHDRAWN


@pytest.mark.parametrize("name", ["confirm_sent", "resend"])
def test_a_page_that_has_gone_stale_is_told_who_decided(name: str, client_for: SignIn) -> None:
    doubt, first = doubtful(), person(Role.SECRETARY, name="Sonja Holst")
    client_for(first).post(address(doubt, "confirm_sent"), {"after": "1"})
    answer = client_for(person(Role.SECRETARY)).post(address(doubt, name), {"after": "1"})
    assert answer.status_code == 409
    assert "Sonja Holst har allerede sagt" in answer.content.decode()


@pytest.mark.parametrize("after", ["", "x", "-1", "7"])
def test_a_form_that_is_not_ours_decides_nothing(after: str, secretary: Client) -> None:
    doubt = doubtful()
    answer = secretary.post(address(doubt, "confirm_sent"), {"after": after})
    assert answer.status_code == 409
    assert status_of(doubt) == Message.Status.UNCERTAIN


def test_the_page_shows_each_attempt_and_who_decided(secretary: Client) -> None:
    doubt = doubtful()
    secretary.post(address(doubt, "resend"), {"after": "1"})
    delivery.deliver(doubt.pk)
    page = text(secretary, address(doubt))
    assert page.index("afleveret") < page.index("Mailserveren svarede ikke.")
    assert "send den igen" in page
    assert "Filen, som den blev sendt" in page
    assert "Id: " in page


def test_a_message_leads_to_its_letter(secretary: Client, manager: Client) -> None:
    message = a_letter_to(a_patient())
    assert message.letter
    letter = reverse("letters:pdf", args=[message.letter.pk])
    assert letter in text(secretary, address(message))
    assert letter not in text(manager, address(message))
    assert secretary.get(letter).status_code == 200


def test_a_mails_file_is_shown_as_people_read_it(secretary: Client) -> None:
    message = an_email(subject="Nyt på øen")
    delivery.deliver(message.pk)
    assert "Subject: Nyt på øen\n\nHusk din tid torsdag" in text(secretary, address(message))


def test_the_manager_sees_attempts_and_no_file(manager: Client) -> None:
    message = a_message()
    delivery.deliver(message.pk)
    page = text(manager, address(message))
    assert "afleveret" in page
    assert "Filen" not in page


def printed_for(patient: Patient) -> PrintRun:
    a_letter_to(patient)
    Message.objects.update(next_attempt_at=timezone.now())
    run = print_run()
    assert run
    return run


def test_the_days_letters_are_taken_out_as_pdf_and_that_is_recorded(client_for: SignIn) -> None:
    secretary, patient = person(Role.SECRETARY), a_patient(digital_post_exempt=True, street="Å 1")
    run = printed_for(patient)
    client = client_for(secretary)
    url = reverse("correspondence:printed", args=[run.pk])
    assert url in text(client)
    answer = client.get(url)
    assert (answer.headers["Content-Type"], answer.content) == ("application/pdf", bytes(run.pdf))
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Access.objects.get(what="breve på papir").patient == patient


def test_the_manager_learns_how_many_letters_and_not_whose(manager: Client) -> None:
    run = printed_for(a_patient(digital_post_exempt=True, street="Å 1"))
    url = reverse("correspondence:printed", args=[run.pk])
    page = text(manager)
    assert "1 brev" in page
    assert url not in page
    assert manager.get(url).status_code == 403


def test_the_list_says_what_waits_for_the_print(secretary: Client) -> None:
    a_letter_to(a_patient(digital_post_exempt=True, street="Å 1"))
    assert "1 brev venter på at blive printet" in text(secretary)


def test_twenty_doubts_cost_as_many_queries_as_one(
    secretary: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    doubtful()
    with django_assert_max_num_queries(13) as few:
        text(secretary)
    for _ in range(20):
        doubtful(unit=a_practice(), to_user=person(Role.SECRETARY))
    with django_assert_max_num_queries(13) as many:
        text(secretary)
    assert len(few) == len(many)


class TestThePost:
    @pytest.fixture
    def run(self) -> PrintRun:
        return printed_for(a_patient(digital_post_exempt=True, street="Å 1"))

    def said(self, client: Client, run: PrintRun, **form: str) -> str:
        url = reverse("correspondence:dispatch", args=[run.pk])
        return client.post(url, {"taken_out": "0"} | form, follow=True).content.decode()

    def test_a_printed_run_is_a_task_until_somebody_has_sent_it(
        self, run: PrintRun, client_for: SignIn
    ) -> None:
        client = client_for(person(Role.SECRETARY, name="Sonja Holst"))
        task = "1 brev fra"
        assert task in text(client)
        assert "printet, men ikke sendt" in text(client)
        page = self.said(client, run)
        assert "Det er noteret, at brevene er sendt." in page
        assert "printet, men ikke sendt" not in page
        assert "af Sonja Holst" in page
        assert Message.objects.get(print_run=run).status == Message.Status.SENT

    def test_what_is_to_be_taken_out_is_named(self, run: PrintRun, client_for: SignIn) -> None:
        message = Message.objects.get(print_run=run)
        outbox.withdraw(message.key)
        client = client_for(person(Role.SECRETARY))
        page = text(client)
        assert "Tag disse breve ud" in page
        assert message.recipient in page
        assert "Tag dem ud først." in self.said(client, run)
        self.said(client, run, taken_out="1")
        assert Message.objects.get(print_run=run).status == Message.Status.WITHDRAWN

    def test_the_second_learns_who_was_first(self, run: PrintRun, client_for: SignIn) -> None:
        self.said(client_for(person(Role.SECRETARY, name="Sonja Holst")), run)
        page = self.said(client_for(person(Role.SECRETARY)), run)
        assert "Sonja Holst har allerede sendt brevene" in page

    def test_the_manager_sees_the_task_and_neither_names_nor_button(
        self, run: PrintRun, manager: Client
    ) -> None:
        outbox.withdraw(Message.objects.get(print_run=run).key)
        for page in (text(manager), text(manager, PRINTS)):
            assert "printet, men ikke sendt" in page
            assert "Lagt i kuvert og sendt</button>" not in page
            assert Message.objects.get(print_run=run).recipient not in page
        url = reverse("correspondence:dispatch", args=[run.pk])
        assert manager.post(url, {"taken_out": "1"}).status_code == 403

    def test_every_run_is_found_page_by_page(self, client_for: SignIn) -> None:
        first = dt.date(2026, 1, 1)
        days = [a_print_run(first + dt.timedelta(days=n)).day for n in range(120)]
        client, url, met = client_for(person(Role.SECRETARY)), PRINTS, []
        while url:
            response = client.get(url)
            met += [run.day for run in response.context["rows"]]
            url = response.context["next_url"]
        assert met == days[::-1]

    def test_a_page_of_fifty_runs_takes_as_many_queries_as_one_of_one(
        self, secretary: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        a_print_run(dt.date(2026, 1, 1))
        with django_assert_max_num_queries(10) as few:
            text(secretary, PRINTS)
        for n in range(60):
            a_print_run(dt.date(2026, 2, 1) + dt.timedelta(days=n))
        with django_assert_max_num_queries(10) as many:
            text(secretary, PRINTS)
        assert len(few) == len(many)
