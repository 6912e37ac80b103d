"""The same words give the same sheet: a poster that many tests make is set once."""

from functools import cache

import pytest

from cases.paper.actions import posters

set_once = cache(posters._set)


@pytest.fixture(autouse=True)
def _posters_are_set_once(monkeypatch):
    monkeypatch.setattr(posters, "_set", set_once)
