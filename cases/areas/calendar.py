"""The organisation's own days as a calendar for deadlines."""

from cases.areas.choices import DayChange
from cases.areas.models import OwnDay
from cases.kernel.workdays import Calendar


def load_calendar() -> Calendar:
    """Public holidays with the days the organisation added or struck; one query."""
    days = list(OwnDay.objects.all())
    return Calendar(
        added={day.date: day.name for day in days if day.change == DayChange.ADDED},
        struck={day.date for day in days if day.change == DayChange.STRUCK},
    )
