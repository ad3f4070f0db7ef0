"""The front door: the referrer's form, the admission criteria, triage."""
