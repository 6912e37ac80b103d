"""A history in the order in which it happened: storylines act at their own moments, one after the other.

Events are append-only and rows are stamped by the clock, so a past cannot be written afterwards: it has to be lived through.
Each storyline is a generator that yields the moment of its next deed; `play` wakes whoever is first. While a deed is done,
`django.utils.timezone.now` tells that moment: actions ask it by `localdate()`, columns by `auto_now_add`, and nothing else
in the project tells the time. No other code may do this, so the stand-in lives here and not in the kernel.
"""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

type Story = Iterator[datetime]

_moment: ContextVar[datetime] = ContextVar("posko_demo_moment")
_now = timezone.now


def _told() -> datetime:
    """Other threads, which are not on stage, are told the real time."""
    moment = _moment.get(None)
    return _now() if moment is None else moment


@contextmanager
def acting_at(moment: datetime) -> Iterator[None]:
    token, before = _moment.set(moment), timezone.now
    timezone.now = _told
    try:
        yield
    finally:
        timezone.now = before
        _moment.reset(token)


def play(stories: Iterable[Story]) -> None:
    """Wake every storyline at the moments it asked for, until the last has ended; nobody acts before what was before."""
    waiting: list[tuple[datetime, int, Story]] = []
    for order, story in enumerate(stories):
        if (first := next(story, None)) is not None:
            heapq.heappush(waiting, (first, order, story))
    while waiting:
        moment, order, story = heapq.heappop(waiting)
        with acting_at(moment):
            following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), order, story))


@dataclass(frozen=True, slots=True)
class Days:
    """The days that lie behind a demo loaded at `now`."""

    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def back(self, days: int, rng: Random, *, hours: tuple[int, int] = (9, 20)) -> datetime:
        """A moment of that day between those hours, but at least some minutes ago."""
        at = time(rng.randrange(*hours), rng.randrange(60), rng.randrange(60))
        moment = datetime.combine(self.today - timedelta(days=max(0, days)), at, tzinfo=_zone())
        return min(moment, self.now - timedelta(minutes=rng.randint(3, 55)))

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def since(self, day: date) -> int:
        return (self.today - day).days


def _zone():
    return timezone.get_default_timezone()
