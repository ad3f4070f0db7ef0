"""What pathways do by themselves, every hour. Both may run twice."""

from celery import shared_task

from pathways import reminders, waiting


@shared_task(name="pathways.tasks.remind_appointments")
def remind_appointments() -> None:
    """Remind patients of their appointments."""
    reminders.remind()


@shared_task(name="pathways.tasks.check_waiting_times")
def check_waiting_times() -> None:
    """Tell of next steps that were not done by their day."""
    waiting.check()
