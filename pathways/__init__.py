"""The patient's way: tracks, pathway, team, appointments, contacts."""
