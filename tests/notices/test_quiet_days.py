"""Quiet days: nothing on weekends and holidays, what falls on them is told before, and each person may choose otherwise."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from cases.areas import actions as area_actions
from cases.areas.choices import DayChange
from cases.audit.models import AuditEvent
from cases.kernel.workdays import Calendar
from cases.notices import actions, registry, tasks
from cases.notices.models import Digest
from cases.notices.rules import horizon, is_quiet
from tests.notices.helpers import SOON, at, outbox_of, told, told_to

TODAY = "toy.today"
# Nyepi and Lebaran of 2026 with their cuti bersama: eight quiet days in a row.
LAST_BEFORE, FIRST_AFTER = date(2026, 3, 17), date(2026, 3, 25)


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.builds(
        Calendar,
        added=st.dictionaries(
            st.dates(date(2024, 1, 1), date(2028, 1, 31)), st.just("Libur posko"), max_size=30
        ),
    ),
)
def test_the_horizon_is_the_day_before_people_are_told_again(day, calendar):
    until = horizon(day, calendar)
    assert until >= day
    assert not is_quiet(until + timedelta(days=1), calendar)
    between = [day + timedelta(days=n) for n in range(1, (until - day).days + 1)]
    assert all(is_quiet(skipped, calendar) for skipped in between)


def test_over_a_weekend_and_over_lebaran():
    plain = Calendar()
    assert horizon(date(2026, 11, 27), plain) == date(2026, 11, 29)
    assert horizon(date(2026, 11, 30), plain) == date(2026, 11, 30)
    assert horizon(LAST_BEFORE, plain) == FIRST_AFTER - timedelta(days=1)


class Deadlines:
    """What escalations will register: deadlines turned into events once they come near, once each."""

    def __init__(self, days: list[date]) -> None:
        self.days = days
        self.asked: list[tuple[date, date]] = []

    def near(self, today: date, until: date) -> None:
        self.asked.append((today, until))
        for number, day in enumerate(self.days):
            for verb, last in ((TODAY, until), (SOON, until + timedelta(days=3))):
                known = AuditEvent.objects.filter(verb=verb, subject_id=str(number))
                if today <= day <= last and not known.exists():
                    outbox_of([number], verb=verb)


pytestmark = pytest.mark.django_db


@pytest.fixture
def march(cast):
    """One deadline on every day of March 2026, and a clock that ticks every half day."""
    deadlines = Deadlines([date(2026, 3, number) for number in range(1, 32)])
    registry.before_drain("toy", deadlines.near)
    registry.register(TODAY, told_to(cast.coordinator, cast.volunteer))
    registry.register(SOON, told_to(cast.coordinator, cast.volunteer))
    return deadlines


def live_through(first: date, last: date) -> None:
    day = first
    with time_machine.travel(at(day), tick=False) as clock:
        while day <= last:
            for hour in ("01:00", "06:05", "18:00"):
                clock.move_to(at(day, hour))
                tasks.tick()
            day += timedelta(days=1)


def test_through_a_month_with_lebaran_each_deadline_is_told_once_and_in_time(cast, march):
    actions.choose(by=cast.volunteer, days="every", by_mail=True)
    live_through(date(2026, 2, 26), date(2026, 3, 31))
    calendar = Calendar()
    for person in (cast.coordinator, cast.volunteer):
        assert told(person) == {TODAY: 31, SOON: 31}
    days = list(Digest.objects.visible_to(cast.coordinator).order_by("day").values_list("day", flat=True))
    assert not [day for day in days if is_quiet(day, calendar)]
    # One on each day of the eight, and that of the 17th itself; "soon" reaches three days further.
    assert told(cast.coordinator, day=LAST_BEFORE)[TODAY] == 8
    assert told(cast.coordinator, day=FIRST_AFTER) == {TODAY: 1, SOON: 1}
    # Nothing is left over for a quiet day, also for those who would hear of it.
    assert told(cast.volunteer) == told(cast.coordinator)
    assert all(until == horizon(today, calendar) for today, until in march.asked)


def test_what_happens_on_a_quiet_day_is_told_then_to_those_who_want_it(cast, march):
    actions.choose(by=cast.volunteer, days="every", by_mail=True)
    march.days.clear()
    outbox_of([100])
    live_through(date(2026, 3, 21), date(2026, 3, 21))
    assert (told(cast.volunteer), told(cast.coordinator)) == ({SOON: 1}, {})
    outbox_of([101])
    live_through(date(2026, 3, 22), FIRST_AFTER)
    assert told(cast.volunteer) == {SOON: 2}
    assert told(cast.coordinator, day=FIRST_AFTER) == {SOON: 2}
    assert Digest.objects.filter(user=cast.coordinator).count() == 1


def test_a_change_of_mind_counts_from_the_next_morning(cast, march):
    march.days.clear()
    outbox_of([100])
    live_through(date(2026, 3, 21), date(2026, 3, 21))
    actions.choose(by=cast.coordinator, days="every", by_mail=True)
    live_through(date(2026, 3, 22), date(2026, 3, 22))
    assert told(cast.coordinator, day=date(2026, 3, 22)) == {SOON: 1}


def test_the_organisation_s_own_days_are_quiet_and_struck_ones_are_not(cast, march):
    with time_machine.travel(at("2026-03-02", "05:00"), tick=False):
        area_actions.add_day(day=date(2026, 3, 17), change=DayChange.ADDED, name="Hari posko", by=cast.board)
        area_actions.add_day(
            day=date(2026, 3, 24), change=DayChange.STRUCK, name="Masuk kerja", by=cast.board
        )
    live_through(date(2026, 3, 12), date(2026, 3, 26))
    days = set(Digest.objects.visible_to(cast.coordinator).values_list("day", flat=True))
    assert date(2026, 3, 17) not in days
    assert date(2026, 3, 24) in days
    assert told(cast.coordinator, day=date(2026, 3, 16))[TODAY] == 8
