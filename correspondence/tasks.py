"""What the outbox does by itself. Tasks carry ids only, and may run twice."""

from celery import shared_task

from correspondence import delivery, printing


@shared_task(name="correspondence.tasks.deliver")
def deliver(message_id: int) -> None:
    """The doorbell: try the message that was just posted."""
    delivery.deliver(message_id)


@shared_task(name="correspondence.tasks.sweep")
def sweep() -> None:
    """The safety net: try whatever is due, and come back at once when that was a full batch."""
    if delivery.sweep() == delivery.BATCH:
        sweep.delay()


@shared_task(name="correspondence.tasks.print_letters")
def print_letters() -> None:
    """The day's letters on paper, from their hour on; hourly, so that a missed hour is made up."""
    printing.print_when_due()
