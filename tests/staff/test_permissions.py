"""The table of roles, and that everything that asks reads it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from staff.permissions import PERMISSIONS, Permission, Role, may, roles_with
from tests.staff.factories import person


def test_every_role_has_a_line_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_carried_by_somebody(permission: Permission) -> None:
    assert roles_with(permission)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_person_may_what_the_table_says(role: Role, permission: Permission) -> None:
    assert person(role).has_perm(permission) == (permission in PERMISSIONS[role])


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_person_who_has_left_may_nothing(role: Role) -> None:
    assert person(role, is_active=False).permissions == frozenset()


def test_a_stranger_may_nothing() -> None:
    assert not any(AnonymousUser().has_perm(permission) for permission in Permission)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER, Role.REFERRER])
def test_who_does_not_treat_sees_no_clinical_page(role: Role) -> None:
    assert not may(role, Permission.VIEW_PATIENTS)
    assert not may(role, Permission.VIEW_REFERRALS)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PHYSICIAN}))
def test_only_a_physician_signs(role: Role) -> None:
    assert not may(role, Permission.SIGN)
