"""The manager's page: how long patients wait in other places."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.elsewhere import too_old_on
from referrals.models import WaitingTime
from staff.admin import Managed
from staff.permissions import Permission


@admin.register(WaitingTime)
class WaitingTimeAdmin(Managed):
    permission = Permission.KEEP_WAITING_TIMES
    list_display = ("place", "weeks", "known_on", "source", "is_told")
    search_fields = ("place",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    @admin.display(boolean=True, description=_("står i brevene"))
    def is_told(self, row: WaitingTime) -> bool:
        """Whether patients are told of it today: one that is too old is not."""
        return row.known_on > too_old_on(timezone.localdate())
