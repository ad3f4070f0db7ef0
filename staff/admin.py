"""The administrator's pages: people, who are made inactive, units and absences; never patients."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from staff.models import Absence, ReferringUnit, User
from staff.permissions import Permission
from staff.ydernummer import read_ydernummer


class Managed(admin.ModelAdmin[Any]):
    """Pages for those with one permission of our own; nothing is deleted."""

    permission = Permission.MANAGE_STAFF

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.permission)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AbsenceInline(admin.TabularInline[Absence, User]):
    model = Absence
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(Permission.MANAGE_STAFF)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(Permission.MANAGE_STAFF)


class PersonForm(SetPasswordMixin, ModelForm[User]):  # type: ignore[type-arg]  # the mixin is not generic at run time
    """A person's data with a password that can be set but not read."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("Ny adgangskode"), label2=_("Gentag adgangskoden")
    )

    class Meta:
        model = User
        fields = ("username", "name", "email", "role", "title", "unit", "weekly_hours", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].required = False

    def clean(self) -> Any:
        self.validate_passwords()
        self.validate_password_for_user(self.instance)
        return super().clean()

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data["password1"]:
            self.instance.set_password(self.cleaned_data["password1"])
        elif not self.instance.password:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(Managed):
    form = PersonForm
    list_display = ("name", "role", "unit", "weekly_hours", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("name", "username")
    list_select_related = ("unit",)
    inlines = (AbsenceInline,)


class UnitForm(ModelForm[ReferringUnit]):
    """A unit's data, its ydernummer in the form in which letters carry it."""

    class Meta:
        model = ReferringUnit
        fields = (
            *("kind", "name", "ydernummer", "department_code"),
            *("street", "postal_code", "city", "phone", "email"),
        )

    def clean_ydernummer(self) -> str:
        typed: str = self.cleaned_data["ydernummer"]
        try:
            return read_ydernummer(typed) if typed else ""
        except ValueError as mistake:
            raise ValidationError(str(mistake)) from None


@admin.register(ReferringUnit)
class ReferringUnitAdmin(Managed):
    form = UnitForm
    list_display = ("name", "kind", "ydernummer", "department_code", "city")
    list_filter = ("kind",)
    search_fields = ("name", "ydernummer", "department_code")
