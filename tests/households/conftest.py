"""Programmes and a round for the tests of families."""

from datetime import date

import pytest

from cases.kernel.writes import open_gate
from cases.programmes.models import Programme, Round


@pytest.fixture
def aid_round(db) -> Round:
    with open_gate():
        programme = Programme.objects.create(code="BST", name="BST", kind="cash", amount=300_000)
        return Round.objects.create(
            programme=programme,
            name="November 2026",
            period_start=date(2026, 11, 1),
            period_end=date(2026, 11, 30),
            amount=300_000,
        )
