"""People, referring units and absences."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.permissions import ADMINISTERED, PERMISSIONS, Permission, Role, roles_with

FULL_TIME_HOURS = Decimal(37)


class ReferringUnit(models.Model):
    """Who refers: a general practice (ydernummer) or a hospital department (department code)."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("almen praksis")
        DEPARTMENT = "department", _("hospitalsafdeling")

    kind = models.CharField(_("art"), max_length=12, choices=Kind)
    name = models.CharField(_("navn"), max_length=120)
    ydernummer = models.CharField(_("ydernummer"), max_length=6, blank=True)
    department_code = models.CharField(_("afdelingskode"), max_length=17, blank=True)
    street = models.CharField(_("adresse"), max_length=120, blank=True)
    postal_code = models.CharField(_("postnummer"), max_length=4, blank=True)
    city = models.CharField(_("by"), max_length=60, blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("henvisende enhed")
        verbose_name_plural = _("henvisende enheder")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="referring_unit_has_its_number",
                condition=(Q(kind="practice") & ~Q(ydernummer="") & Q(department_code=""))
                | (Q(kind="department") & Q(ydernummer="") & ~Q(department_code="")),
                violation_error_message=_(
                    "En praksis har et ydernummer, en hospitalsafdeling en afdelingskode."
                ),
            ),
            models.UniqueConstraint(
                fields=["ydernummer"], condition=~Q(ydernummer=""), name="one_unit_per_ydernummer"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Street and town as a letter has them: "Nygade 4, 2650 Hvidovre"."""
        return f"{self.street}, {self.postal_code} {self.city}".strip(" ,")

    @property
    def is_hospital(self) -> bool:
        return self.kind == self.Kind.DEPARTMENT


class UserQuerySet(models.QuerySet["User", "User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def who_may(self, permission: Permission) -> Self:
        """Active people whose role carries the permission."""
        return self.active().filter(role__in=roles_with(permission))

    def present(self, on: dt.date) -> Self:
        """People who are not away on the day."""
        away = Absence.objects.filter(
            user=models.OuterRef("pk"), first_day__lte=on, last_day__gte=on
        )
        return self.filter(~models.Exists(away))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # django-stubs cannot follow from_queryset on a generic base
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator: manages people and units, sees no patients."""
        return self.create_user(
            username, password, **{**fields, "role": Role.ADMINISTRATOR, "unit": None}
        )


class User(AbstractBaseUser):
    """A person who signs in. What they may do follows from the role."""

    username = models.CharField(_("brugernavn"), max_length=60, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("rolle"), max_length=20, choices=Role)
    title = models.CharField(_("stilling"), max_length=60, blank=True)
    unit = models.ForeignKey(
        ReferringUnit,
        verbose_name=_("henvisende enhed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    weekly_hours = models.DecimalField(
        _("timer om ugen"),
        max_digits=4,
        decimal_places=1,
        default=FULL_TIME_HOURS,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(48))],
    )
    is_active = models.BooleanField(_("aktiv"), default=True)

    objects: ClassVar[Any] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering = ("name",)
        verbose_name = _("bruger")
        verbose_name_plural = _("brugere")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="only_a_referrer_has_a_unit",
                condition=Q(role=Role.REFERRER, unit__isnull=False)
                | (~Q(role=Role.REFERRER) & Q(unit__isnull=True)),
                violation_error_message=_(
                    "En henviser hører til en henvisende enhed; centrets egne folk gør ikke."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split()).upper()

    @property
    def full_time_equivalent(self) -> Decimal:
        """Working hours as a share of full time (37 hours a week)."""
        return self.weekly_hours / FULL_TIME_HOURS

    @property
    def is_staff(self) -> bool:
        """Who may open the administration site, in Django's word for it."""
        return bool(self.permissions & ADMINISTERED)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role's line in the table says; nothing for who has left."""
        return PERMISSIONS[Role(self.role)] if self.is_active else frozenset()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm in self.permissions

    def has_perms(self, perms: Iterable[str], obj: object = None) -> bool:
        return all(self.has_perm(perm) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return any(permission.startswith(f"{app_label}.") for permission in self.permissions)


class Absence(models.Model):
    """Days on which a person is away; both days belong to it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField(_("første dag"))
    last_day = models.DateField(_("sidste dag"))

    class Meta:
        ordering = ("first_day",)
        verbose_name = _("fravær")
        verbose_name_plural = _("fravær")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("Sidste dag ligger før første dag."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} - {self.last_day}"
