"""`manage.py letter_pictures docs/pictures/letters`: each letter as a picture, for the guide."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from time_machine import travel

from demo.letters import ELSEWHERE, Cases, catalogue
from letters.typesetting import pictures_of
from pathways.models import Appointment
from pathways.tracks import Track
from referrals.models import Decision, Referral
from referrals.proposals import plan_on

ANSWERED_IN: Final = dt.timedelta(days=3)
SUMMARY: Final = (
    "Patienten har fulgt det tværfaglige forløb og har nu færre dårlige dage.\n\n"
    "Patienten fortsætter med:\n- Gabapentin 300 mg 3 gange dagligt\n- Træning to gange om ugen"
)
ADVICE: Final = "Trap tramadol ud over 4 uger, og se på virkningen af gabapentin om 3 måneder."


class Command(BaseCommand):
    help = "Write one picture of each letter in each language, about people of the demo centre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        cases = the_cases()
        with travel(cases.received.received_at + ANSWERED_IN, tick=False):
            for name, letter in catalogue(cases):
                for number, page in enumerate(pictures_of(letter), 1):
                    (folder / f"{name}-{number}.png").write_bytes(page)
        self.stdout.write(f"{len(list(folder.iterdir()))} pictures in {folder}")


def the_cases() -> Cases:
    """People of the demo centre. Raises CommandError where there is no demo centre."""
    booked = Appointment.objects.upcoming(timezone.now()).filter(pathway__referral__isnull=False)
    joined = ("clinician", "pathway__patient", "pathway__unit", "pathway__responsible")
    appointment = booked.select_related(*joined).first()
    elsewhere = Decision.objects.filter(destination=ELSEWHERE).first()
    if appointment is None or elsewhere is None:
        raise CommandError("There is no demo centre here: start one with `make run`.")
    pathway = appointment.pathway
    pathway.follow_up_by_gp, pathway.follow_up_advice = True, ADVICE
    pathway.summary = SUMMARY
    received = Referral.objects.get(pathway=pathway)
    plan = plan_on(received, Track(pathway.track))
    return Cases(received, elsewhere.referral, plan, appointment, pathway.responsible)
