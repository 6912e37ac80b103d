"""The helper that other tests stand on reaches every status."""

import pytest

from cases.casefiles.choices import Status
from tests.casefiles.helpers import make_case


@pytest.mark.parametrize("status", Status)
def test_reaches(status, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=status)
    case.refresh_from_db()
    assert case.status == status
    assert case.number.startswith("GDG-")
