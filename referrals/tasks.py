"""What referrals do by themselves, every hour. Both may run twice."""

from celery import shared_task

from referrals import reminders, waiting


@shared_task(name="referrals.tasks.remind_referrers")
def remind_referrers() -> None:
    """Remind referrers whose answer the centre waits for."""
    reminders.remind()


@shared_task(name="referrals.tasks.check_waiting_times")
def check_waiting_times() -> None:
    """Tell of referrals over their due date."""
    waiting.check()
