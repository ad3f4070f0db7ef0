"""What runs by itself."""

import pytest
from celery import current_app

from smertecenter.schedule import BEAT_SCHEDULE


@pytest.mark.parametrize("name", sorted(BEAT_SCHEDULE))
def test_every_scheduled_task_exists(name: str) -> None:
    current_app.loader.import_default_modules()
    assert BEAT_SCHEDULE[name]["task"] in current_app.tasks


def test_a_task_is_done_when_it_has_run_and_carries_json_only() -> None:
    settings = current_app.conf
    assert settings.task_acks_late
    assert settings.task_reject_on_worker_lost
    assert settings.worker_prefetch_multiplier == 1
    assert settings.accept_content == ["json"]
    assert settings.result_backend is None
