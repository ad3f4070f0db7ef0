"""A place that redirected referrals go on to, so that there is a letter of each kind."""

from pathlib import Path

import pytest
from pytest_django import Settings

PLACES = Path(__file__).parents[2] / "demo/destinations.toml"


@pytest.fixture(autouse=True)
def places(settings: Settings) -> None:
    settings.DESTINATIONS = str(PLACES)
