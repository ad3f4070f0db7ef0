"""A month of the phone hour: who rang about what, what was answered, and what is still owed."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from demo.agenda import Tale
from demo.house import House, at
from pathways.contacts import Call, follow_up, log
from pathways.lifecycle import Status
from pathways.models import Contact, Pathway
from patients import access
from patients.models import Access
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays, is_open

WEEKDAYS: Final = 22  # a month
OPENS: Final = dt.time(9, 5)
BEFORE_THE_ROUND: Final = dt.time(8, 40)
BEFORE_NOON: Final = dt.time(11, 20)
C, F, R = Contact.Caller, Contact.FollowUp, Contact.Reason
# What is still owed, by open day before today and number of the call: one promise is forgotten.
OWED: Final = {
    (-5, 0): F.CALL_BACK,
    (-1, 0): F.ASK_PHYSICIAN,
    (-1, 1): F.CALL_BACK,
    (-1, 2): F.ASK_PHYSICIAN,
}


@dataclass(frozen=True, slots=True)
class Script:
    """One call; ``outcome`` is how it was followed up, ``told`` what the patient heard then."""

    reason: Contact.Reason
    said: str
    advice: str = ""
    follow_up: Contact.FollowUp = F.NOTHING
    outcome: str = ""
    told: str = ""
    caller: Contact.Caller = C.PATIENT
    caller_name: str = ""
    waiting: bool = False


SCRIPTS: Final = (
    Script(
        R.MEDICINE,
        "Trapper ned i morfin og har svedeture og uro om aftenen.",
        "Det er abstinenser og går over. Bliv på denne dosis en uge mere, før næste trin.",
    ),
    Script(
        R.SIDE_EFFECT,
        "Meget træt og svimmel, efter at pregabalin blev sat op.",
        "Tag den største dosis til natten. Kør ikke bil.",
        F.ASK_PHYSICIAN,
        "Gå tilbage til den tidligere dosis i to uger.",
        "Patienten er orienteret og glad for planen.",
    ),
    Script(
        R.PRESCRIPTION,
        "Mangler recept på buprenorphinplaster, har til tre dage.",
        "",
        F.ASK_PHYSICIAN,
        "Recepten er fornyet.",
        "Patienten ved, at recepten ligger klar.",
    ),
    Script(
        R.NEW_PAIN,
        "Nye jag ned i benet siden weekenden. Ingen lammelse, normal vandladning.",
        "Aflast et par dage. Ring straks, hvis benet bliver svagt, eller du ikke kan lade vandet.",
        F.CALL_BACK,
        "Ringet op: smerterne er aftaget, ingen udfald.",
    ),
    Script(
        R.APPOINTMENT,
        "Kan ikke komme til den næste tid på grund af et møde i kommunen.",
        "",
        F.BOOK,
        "Ny tid er aftalt.",
    ),
    Script(
        R.PSYCHOLOGICAL,
        "Græder, orker ikke mere. Ingen tanker om at tage sit liv.",
        "Talt situationen igennem. Aftalt at bruge øvelserne fra psykologen.",
        F.CALL_BACK,
        "Ringet op: har det lidt bedre og har fortalt sin søster om det.",
    ),
    Script(
        R.SOCIAL,
        "Er indkaldt til rehabiliteringsmøde og ved ikke, hvad der skal med.",
        "Tag lægens status og aktivitetsprogrammet med. Socialrådgiveren kan deltage.",
    ),
    Script(
        R.MEDICINE,
        "Spørger, om paracetamol må tages sammen med den nye medicin.",
        "Ja, op til 4 gram i døgnet.",
    ),
    Script(
        R.SIDE_EFFECT,
        "Forstoppelse gennem en uge.",
        "Øg afføringsmidlet, drik rigeligt. Ring igen, hvis det ikke hjælper på tre dage.",
    ),
    Script(
        R.MEDICINE,
        "Har glemt medicinen to dage og spørger, om det bare er at begynde igen.",
        "Begynd med halv dosis i dag.",
        F.ASK_PHYSICIAN,
        "Halv dosis i tre dage, dernæst fuld dosis.",
        "Planen er læst op for patienten, som har skrevet den ned.",
    ),
    Script(
        R.OTHER,
        "Datteren spørger, hvordan hun bedst hjælper i hverdagen.",
        "Fortalt om skånehensyn og om pårørendeaftenen. Patienten har givet lov.",
        caller=C.RELATIVE,
        caller_name="Datteren",
    ),
    Script(
        R.PRESCRIPTION,
        "Egen læge spørger, hvem der udskriver morfin under forløbet.",
        "Centret overtager recepterne, så længe forløbet varer.",
        caller=C.REFERRER,
        caller_name="Egen læge",
    ),
    Script(
        R.SOCIAL,
        "Sagsbehandleren beder om en statusattest.",
        "",
        F.ASK_PHYSICIAN,
        "Attesten er skrevet og sendt.",
        "Kommunen har fået besked.",
        caller=C.MUNICIPALITY,
        caller_name="Sagsbehandler i jobcentret",
    ),
    Script(
        R.APPOINTMENT,
        "Spørger, hvornår den første tid bliver.",
        "Oplyst, hvad der står i brevet.",
        waiting=True,
    ),
    Script(
        R.NEW_PAIN,
        "Smerterne er blevet værre i ventetiden.",
        "Kontakt egen læge om medicinen, til du har været her.",
        waiting=True,
    ),
    Script(
        R.APPOINTMENT,
        "Har brug for tolk til første samtale, det stod ikke i brevet.",
        "",
        F.BOOK,
        "Tolk er bestilt til tiden.",
        waiting=True,
    ),
)


def phone_hours(house: House) -> Tale:
    """Three to five calls on each open day of the month up to yesterday."""
    month = [add_weekdays(house.today, -days) for days in range(WEEKDAYS, 0, -1)]
    days = [day for day in month if is_open(day)]
    for place, day in enumerate(days, start=-len(days)):
        for number in range(house.rng.randint(3, 5)):
            yield at(day, OPENS) + dt.timedelta(minutes=33 * number + house.rng.randrange(20))
            nurse = house.at_work(Role.NURSE, day, place + number // 2)
            _take(house, nurse, OWED.get((place, number)))


def _take(house: House, nurse: User, owed: Contact.FollowUp | None) -> None:
    """Somebody in a pathway rings; what is promised is kept, unless it is still ``owed``."""
    pathway = _caller(house.rng, waits=owed is None and house.rng.random() < 0.2)
    if pathway is None:
        return
    script = house.rng.choice(list(_scripts(pathway, owed)))
    access.record(nurse, pathway.patient, Access.Purpose.PHONE_HOUR, "telefontid")
    key = uuid.UUID(int=house.rng.getrandbits(128), version=4)
    call = Call(
        caller=script.caller,
        reason=script.reason,
        said=script.said,
        caller_name=script.caller_name,
        identity_checked=True,
        advice=script.advice,
        follow_up=script.follow_up,
    )
    contact = log(nurse, pathway.patient_id, key, call)
    if contact.follow_up_due_at and not owed:
        house.agenda.add(_kept(house, contact.pk, script))


def _caller(rng: random.Random, *, waits: bool) -> Pathway | None:
    """Somebody in treatment, or somebody who waits for it."""
    status = Status.WAITING if waits else Status.ACTIVE
    there = Pathway.objects.filter(status=status).select_related("patient").order_by("pk")
    found = list(there)
    return rng.choice(found) if found else None


def _scripts(pathway: Pathway, owed: Contact.FollowUp | None) -> Iterator[Script]:
    """What somebody at this point rings about."""
    is_waiting = pathway.status == Status.WAITING
    for script in SCRIPTS:
        if script.waiting == is_waiting and owed in (None, script.follow_up):
            yield script


def _kept(house: House, contact_pk: int, script: Script) -> Tale:
    """The promise is kept the next weekday: by a physician first where one was asked."""
    contact = Contact.objects.select_related("follow_up_by", "taken_by").get(pk=contact_pk)
    day = add_weekdays(timezone.localdate(), 1)
    owner, asked = contact.follow_up_by, contact.is_question
    assert owner is not None
    if house.is_away(owner, day):
        owner = house.at_work(Role(owner.role), day, contact_pk)
    yield at(day, BEFORE_THE_ROUND if asked else BEFORE_NOON)
    follow_up(owner, contact_pk, script.outcome, call_back=asked)
    if asked:
        yield at(add_weekdays(day, 1), BEFORE_NOON)
        follow_up(contact.taken_by, contact_pk, script.told)
