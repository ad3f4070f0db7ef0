"""Pathways with their team, appointments and contacts."""

from pathways.models.appointment import Appointment
from pathways.models.contact import Contact
from pathways.models.pathway import Pathway, PathwayQuerySet, PathwayTransition
from pathways.models.team import TeamMember

__all__ = [
    "Appointment",
    "Contact",
    "Pathway",
    "PathwayQuerySet",
    "PathwayTransition",
    "TeamMember",
]
