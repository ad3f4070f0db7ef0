"""People and units for tests, named so that a failing test reads well."""

import itertools
from collections.abc import Mapping
from typing import Any

from staff.models import ReferringUnit, User
from staff.permissions import Role

NUMBERS = itertools.count(1)
NAMES: Mapping[str, str] = {
    Role.SECRETARY: "Karin Sekretær",
    Role.PHYSICIAN: "Anne Holm",
    Role.NURSE: "Nina Sygeplejerske",
    Role.PHYSIOTHERAPIST: "Finn Fysioterapeut",
    Role.PSYCHOLOGIST: "Pia Psykolog",
    Role.SOCIAL_WORKER: "Sofie Socialrådgiver",
    Role.MANAGER: "Mads Leder",
    Role.ADMINISTRATOR: "Aage Administrator",
    Role.REFERRER: "Gerda Læge",
}


def a_practice(**fields: Any) -> ReferringUnit:
    """A practice with a number of its own."""
    practice = {
        "kind": ReferringUnit.Kind.PRACTICE,
        "name": "Lægerne Søborg",
        "ydernummer": f"{next(NUMBERS):06d}",
        "email": "laegerne@example.dk",
    }
    return ReferringUnit.objects.create(**practice | fields)


def a_department(**fields: Any) -> ReferringUnit:
    """A hospital department, which may follow up after an admission."""
    department = {
        "kind": ReferringUnit.Kind.DEPARTMENT,
        "name": "Ortopædkirurgisk afdeling",
        "department_code": f"1301{next(NUMBERS):03d}",
        "email": "afdeling@example.dk",
    }
    return ReferringUnit.objects.create(**department | fields)


def person(role: Role = Role.NURSE, **fields: Any) -> User:
    """A person with a role; a referrer gets a practice unless a unit is given."""
    if role == Role.REFERRER and "unit" not in fields:
        fields["unit"] = a_practice()
    username = f"person{next(NUMBERS)}"
    someone = {"username": username, "name": NAMES[role], "email": f"{username}@example.dk"}
    user: User = User.objects.create(role=role, **someone | fields)
    return user
