"""A family, and a round of aid, for the tests of families."""

from datetime import date

import pytest

from cases.households.entries import MemberData
from cases.households.models import Household
from cases.kernel.writes import open_gate
from cases.programmes.models import Programme, Round
from tests.households.helpers import KK, NIK, make_household


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


@pytest.fixture
def family(cast, areas) -> Household:
    return make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        kk=KK,
        phone="0812-3456-7890",
        members=[
            MemberData(name="Sumarni", relation="head", nik=NIK),
            MemberData(name="Joko", relation="child"),
        ],
    )
