"""What the outbox's pages share: who asks, what they may read, and numbers that a form carries."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest

from staff.models import User
from staff.permissions import Permission

may_view_outbox = permission_required(Permission.VIEW_OUTBOX, raise_exception=True)
may_read_outbox = permission_required(
    [Permission.VIEW_OUTBOX, Permission.VIEW_PATIENTS], raise_exception=True
)


def who(request: HttpRequest) -> User:
    """The person who is signed in; the permission checks let nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def may_read(request: HttpRequest) -> bool:
    """Whether the person may see patients, and so the words."""
    return request.user.has_perm(Permission.VIEW_PATIENTS)
