"""The organisation's own days as a calendar for deadlines, and who is told when it changes."""

from collections.abc import Callable

from django.db import transaction

from cases.areas.choices import DayChange
from cases.areas.models import OwnDay
from cases.kernel.workdays import Calendar

_followers: dict[str, Callable[[], object]] = {}


def load_calendar() -> Calendar:
    """Public holidays with the days the organisation added or struck; one query."""
    days = list(OwnDay.objects.all())
    return Calendar(
        added={day.date: day.name for day in days if day.change == DayChange.ADDED},
        struck={day.date for day in days if day.change == DayChange.STRUCK},
    )


def when_changed(name: str, follower: Callable[[], object]) -> None:
    """An upper slice has its deadlines recomputed when a day is added or removed: named in its AppConfig.ready.

    Followers run after the change is committed; the same name again replaces.
    """
    _followers[name] = follower


def tell_changed() -> None:
    for follower in _followers.values():
        transaction.on_commit(follower)
