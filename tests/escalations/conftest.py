"""The day is Tuesday, 24 November 2026, in Jakarta."""

import pytest
import time_machine

from tests.escalations.helpers import make_offices


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def offices(areas):
    return make_offices()
