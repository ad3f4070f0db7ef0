"""In which language and by which post a patient gets letters: chosen at the desk, followed."""

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Message
from pathways.closing import discharge
from pathways.models import Pathway
from pathways.tracks import Track
from staff.permissions import Role
from tests.pathways.factories import a_pathway
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
LIVES = {"street": "Vestergade 3", "postal_code": "2860", "city": "Søborg"}
WANTED = {
    **LIVES,
    "phone": "20 30 40 50",
    "letter_language": "en",
    "interpreter_language": "arabisk",
    "digital_post_exempt": "on",
}
READ = "+4520304050//Vestergade 3/2860/Søborg/da//digital"


def address(pathway: Pathway) -> str:
    return reverse("pathways:letters", args=[pathway.patient_id])


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(person(Role.SECRETARY))
    return client


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE, patient=a_patient(**LIVES))


def test_the_next_letter_follows_what_was_chosen(secretary: Client, pathway: Pathway) -> None:
    assert secretary.post(address(pathway), {"read": READ, **WANTED}).status_code == 302
    pathway.patient.refresh_from_db()
    discharge(pathway.responsible, pathway.pk, pathway.version, "Bedre.", False)
    message = Message.objects.get(kind=Message.Kind.PATIENT_NOTICE)
    assert (message.channel, message.address) == ("letter", "Vestergade 3, 2860 Søborg")
    assert message.letter.language == "en"
    assert message.body.startswith("Dear Lonni Lauridsen")


def test_the_form_shows_what_is_and_the_page_says_it(secretary: Client, pathway: Pathway) -> None:
    assert f'value="{READ}"' in secretary.get(address(pathway)).content.decode()
    page = secretary.get(reverse("pathways:patient", args=[pathway.patient_id])).content.decode()
    assert "Digital Post, dansk" in page
    assert address(pathway) in page


def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(
    secretary: Client, pathway: Pathway
) -> None:
    pathway.patient.interpreter_language = "polsk"
    pathway.patient.save()
    answer = secretary.post(address(pathway), {"read": READ, **WANTED})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "En anden har ændret det imens." in page
    assert 'value="arabisk"' in page
    pathway.patient.refresh_from_db()
    assert pathway.patient.interpreter_language == "polsk"
    again = {"read": READ.replace("da//", "da/polsk/"), **WANTED}
    assert secretary.post(address(pathway), again).status_code == 302


@pytest.mark.parametrize("language", ["", "de"])
def test_only_a_language_that_there_is_can_be_chosen(
    language: str, secretary: Client, pathway: Pathway
) -> None:
    sent = {"read": READ, **WANTED, "letter_language": language}
    assert secretary.post(address(pathway), sent).status_code == 422


def test_a_new_number_and_a_new_address_are_kept_with_the_old_ones(
    secretary: Client, pathway: Pathway
) -> None:
    new = {"phone": "30303030", "email": "ida@example.dk", "street": "Åvej 7"}
    answer = secretary.post(address(pathway), {"read": READ, **WANTED, **new})
    assert answer.status_code == 302
    pathway.patient.refresh_from_db()
    patient = pathway.patient
    assert (patient.phone, patient.email) == ("+4530303030", "ida@example.dk")
    assert patient.postal_address == "Åvej 7, 2860 Søborg"
    page = secretary.get(answer.headers["Location"]).content.decode()
    assert "Telefon: 20 30 40 50 → 30 30 30 30" in page
    assert "Adresse: Vestergade 3 → Åvej 7" in page
    assert "Karin Sekretær (sekretær)" in page


def test_what_cannot_be_reached_is_refused_at_its_field(
    secretary: Client, pathway: Pathway
) -> None:
    wrong = {"phone": "2030", "email": "ida", "postal_code": "28"}
    answer = secretary.post(address(pathway), {"read": READ, **WANTED, **wrong})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
