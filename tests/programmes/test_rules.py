"""Doubts about a date are warnings; facts grow old."""

from datetime import date, time

import pytest

from cases.kernel.workdays import Calendar
from cases.programmes.rules import Doubtful, doubts, grown_old

TODAY = date(2026, 11, 24)  # a Tuesday
MONDAY = date(2026, 11, 30)


def found(day, starts=time(9), *, period_start=date(2026, 11, 1), calendar=None):
    return doubts(day, starts, period_start=period_start, today=TODAY, calendar=calendar or Calendar())


def test_an_ordinary_working_day_raises_no_doubt():
    assert found(MONDAY) == []
    assert found(TODAY) == []


@pytest.mark.parametrize(
    ("day", "starts", "expected"),
    [
        (date(2026, 11, 23), time(9), [Doubtful("past")]),
        (date(2026, 11, 29), time(9), [Doubtful("day_off", "hari Minggu")]),
        (date(2026, 12, 25), time(9), [Doubtful("day_off", "Hari Raya Natal")]),
        (date(2027, 12, 1), time(9), [Doubtful("far_ahead")]),
        (date(2026, 10, 30), time(9), [Doubtful("past"), Doubtful("before_period")]),
        (MONDAY, time(21), [Doubtful("odd_hour")]),
        (MONDAY, time(5, 59), [Doubtful("odd_hour")]),
        (MONDAY, time(6), []),
    ],
)
def test_each_doubt(day, starts, expected):
    assert found(day, starts) == expected


def test_a_day_the_organisation_added_is_named():
    own = Calendar(added={MONDAY: "Hari jadi kampung"})
    assert found(MONDAY, calendar=own) == [Doubtful("day_off", "Hari jadi kampung")]


def test_facts_grow_old_after_a_year_and_when_never_checked():
    assert grown_old(None, TODAY)
    assert grown_old(date(2025, 11, 23), TODAY)
    assert not grown_old(date(2025, 11, 24), TODAY)
