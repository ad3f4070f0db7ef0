"""People and units for tests, named so that a failing test reads well."""

from typing import Any

import factory

from staff.models import ReferringUnit, User
from staff.permissions import Role


class PracticeFactory(factory.django.DjangoModelFactory[ReferringUnit]):
    class Meta:
        model = ReferringUnit

    kind = ReferringUnit.Kind.PRACTICE
    name = factory.Sequence(lambda n: f"Lægerne Nr. {n}")
    ydernummer = factory.Sequence(lambda n: f"{n:06d}")
    email = factory.Sequence(lambda n: f"praksis{n}@example.dk")


class DepartmentFactory(factory.django.DjangoModelFactory[ReferringUnit]):
    class Meta:
        model = ReferringUnit

    kind = ReferringUnit.Kind.DEPARTMENT
    name = factory.Sequence(lambda n: f"Ortopædkirurgisk afdeling {n}")
    department_code = factory.Sequence(lambda n: f"1301{n:03d}")
    email = factory.Sequence(lambda n: f"afdeling{n}@example.dk")


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"Anne Nr. {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.dk")
    role = Role.SECRETARY


def person(role: Role, **fields: Any) -> User:
    """A person with a role; a referrer gets a practice unless a unit is given."""
    if role == Role.REFERRER and "unit" not in fields:
        fields["unit"] = PracticeFactory()
    user: User = UserFactory.create(role=role, **fields)
    return user
