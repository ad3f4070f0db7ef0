"""What each role may do: one table, read by the backend, the views and the pages."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Something a person may do, named ``room.action`` as Django's own checks expect."""

    REFER = "referrals.refer"
    VIEW_QUEUE = "referrals.view_queue"
    VIEW_REFERRALS = "referrals.view"
    TRIAGE = "referrals.triage"
    SIGN = "referrals.sign"
    VIEW_OVERVIEW = "referrals.view_overview"
    KEEP_WAITING_TIMES = "referrals.keep_waiting_times"
    VIEW_PATIENTS = "patients.view"
    VIEW_ALL_PATIENTS = "patients.view_all"
    CARRY_CASELOAD = "pathways.carry_caseload"
    PLAN = "pathways.plan"
    LOG_CONTACT = "pathways.log_contact"
    DISCHARGE = "pathways.discharge"
    DRAFT_RULES = "admission.draft_rules"
    APPROVE_RULES = "admission.approve_rules"
    USE_CALCULATOR = "medication.calculate"
    RECORD_MEDICINE = "medication.record"
    VIEW_OUTBOX = "correspondence.view_outbox"
    PHONE_PRACTICES = "correspondence.phone_practices"
    MANAGE_STAFF = "staff.manage"


class Role(models.TextChoices):
    REFERRER = "referrer", _("henviser")
    SECRETARY = "secretary", _("sekretær")
    PHYSICIAN = "physician", _("læge")
    NURSE = "nurse", _("sygeplejerske")
    PHYSIOTHERAPIST = "physiotherapist", _("fysioterapeut")
    PSYCHOLOGIST = "psychologist", _("psykolog")
    SOCIAL_WORKER = "social_worker", _("socialrådgiver")
    MANAGER = "manager", _("leder")
    ADMINISTRATOR = "administrator", _("administrator")


P = Permission
# What is done on Django's administration site.
ADMINISTERED = frozenset({P.MANAGE_STAFF, P.KEEP_WAITING_TIMES})
THERAPIST = frozenset({P.VIEW_PATIENTS, P.CARRY_CASELOAD, P.PLAN})
RULE_MAKER = frozenset({P.DRAFT_RULES, P.APPROVE_RULES})
CLINIC_WIDE = frozenset(
    {P.VIEW_QUEUE, P.VIEW_REFERRALS, P.VIEW_PATIENTS, P.VIEW_ALL_PATIENTS, P.USE_CALCULATOR}
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REFERRER: frozenset({P.REFER}),
    Role.SECRETARY: CLINIC_WIDE | {P.TRIAGE, P.PLAN, P.VIEW_OUTBOX, P.PHONE_PRACTICES},
    Role.PHYSICIAN: CLINIC_WIDE
    | THERAPIST
    | RULE_MAKER
    | {P.TRIAGE, P.SIGN, P.DISCHARGE, P.RECORD_MEDICINE},
    Role.NURSE: CLINIC_WIDE | THERAPIST | {P.LOG_CONTACT, P.RECORD_MEDICINE},
    Role.PHYSIOTHERAPIST: THERAPIST,
    Role.PSYCHOLOGIST: THERAPIST,
    Role.SOCIAL_WORKER: THERAPIST,
    Role.MANAGER: RULE_MAKER
    | frozenset({P.VIEW_OVERVIEW, P.VIEW_QUEUE, P.VIEW_OUTBOX, P.KEEP_WAITING_TIMES}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_STAFF}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether a role carries a permission."""
    return permission in PERMISSIONS[Role(role)]


def roles_with(permission: Permission) -> list[Role]:
    """The roles that carry a permission, in the order of the table."""
    return [role for role, permissions in PERMISSIONS.items() if permission in permissions]
