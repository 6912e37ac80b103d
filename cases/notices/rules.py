"""Quiet days, and how often is tried."""

from datetime import date, timedelta

from cases.kernel.workdays import Calendar

# Events in one transaction: on SQLite it holds the only write lock.
BATCH = 1000
# Ticks of the clock in which a faulty part of the preparation may put a morning off before it goes on without.
MOST_RUNS = 3
# Mail servers say "not now" when they are busy; twice more is polite.
MOST_MAILS = 3


def is_quiet(day: date, calendar: Calendar) -> bool:
    """Saturday, Sunday, a holiday or a day of the organisation's own."""
    return bool(calendar.reason(day))


def horizon(day: date, calendar: Calendar) -> date:
    """The last day before people are told again: what falls until then is told today."""
    while is_quiet(day + timedelta(days=1), calendar):
        day += timedelta(days=1)
    return day
