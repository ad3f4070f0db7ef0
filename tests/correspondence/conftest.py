"""Every test's files go to a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the file carrier writes."""
    settings.OUTBOX_FOLDER = str(tmp_path / "outbox")
    return tmp_path / "outbox"
