"""The doorbell: wakes a worker, and never holds up whoever rings it. A sweep comes anyway."""

import logging
import time
from typing import Any, Final

from celery import Task
from kombu.exceptions import OperationalError

QUIET_SECONDS: Final = 30
logger = logging.getLogger(__name__)


class _Doorbell:
    """Without a broker it stays quiet for a while."""

    quiet_until = 0.0

    def ring(self, task: "Task[..., Any]", *arguments: int) -> None:
        if time.monotonic() < self.quiet_until:
            return
        try:
            task.apply_async(arguments, retry=False)
        except (OperationalError, OSError):
            self.quiet_until = time.monotonic() + QUIET_SECONDS
            logger.warning("no broker: what waits is left for the sweep")


_doorbell = _Doorbell()


def ring(task: "Task[..., Any]", *arguments: int) -> None:
    """Start the task now if the broker answers; what is to be found must be committed already."""
    _doorbell.ring(task, *arguments)
