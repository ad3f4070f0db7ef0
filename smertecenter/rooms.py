"""The rooms below this one, from the ground up: each imports only from those before it."""

from typing import Final

ROOMS: Final = (
    "casework",
    "staff",
    "patients",
    "letters",
    "correspondence",
    "medication",
    "pathways",
    "admission",
    "referrals",
    "oversight",
    "demo",
)
