"""What oversight does by itself. Tasks carry ids only, and may run twice, or once too often."""

from celery import shared_task
from django.utils import timezone

from correspondence.doorbell import ring
from oversight import nights, parts

# How many workers are set to one backtest; between two parts each lets other tasks come first.
LANES = 4


@shared_task(name="oversight.tasks.backtest")
def backtest(backtest_id: int) -> None:
    """Judge one part of the backtest and queue up for the next; the last one finishes it."""
    worked = parts.judge_next_part(backtest_id)
    if not parts.finish(backtest_id) and worked:
        ring(backtest, backtest_id)


@shared_task(name="oversight.tasks.sweep")
def sweep() -> None:
    """The safety net: set backtests to work again whose workers died, or never heard of them."""
    for pk in parts.left_lying(timezone.now()):
        set_to_work(pk)


def set_to_work(backtest_id: int) -> None:
    """Let workers begin at a backtest that is committed."""
    for _lane in range(LANES):
        ring(backtest, backtest_id)


@shared_task(name="oversight.tasks.prove")
def prove() -> None:
    """The nightly proof: asked for every hour, so that a standstill costs no night its proof."""
    nights.prove_tonight(timezone.now())
