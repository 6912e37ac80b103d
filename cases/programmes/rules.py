"""What makes a date on a poster doubtful, and when a fact has grown old."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from cases.kernel.workdays import WEEKEND, Calendar

FACTS_GROW_OLD_AFTER = timedelta(days=365)
TOO_FAR_AHEAD = timedelta(days=365)
OFFICES_OPEN, OFFICES_SHUT = time(6), time(18)

Doubt = Literal["past", "day_off", "far_ahead", "odd_hour", "before_period"]


@dataclass(frozen=True)
class Doubtful:
    """Something that is allowed but rarely meant; `detail` is the name of the day off."""

    code: Doubt
    detail: str = ""


def doubts(day: date, starts: time, *, period_start: date, today: date, calendar: Calendar) -> list[Doubtful]:
    """Doubts about a pay-out on this day at this hour; warnings, since aid is now and then paid on a Sunday."""
    found = []
    if day < today:
        found.append(Doubtful("past"))
    elif day - today > TOO_FAR_AHEAD:
        found.append(Doubtful("far_ahead"))
    if day >= today and (reason := calendar.reason(day)):
        found.append(Doubtful("day_off", reason if reason not in WEEKEND.values() else f"hari {reason}"))
    if day < period_start:
        found.append(Doubtful("before_period"))
    if not OFFICES_OPEN <= starts < OFFICES_SHUT:
        found.append(Doubtful("odd_hour"))
    return found


def grown_old(last_checked: date | None, today: date) -> bool:
    """True where nobody has looked the fact up within a year, or ever."""
    return last_checked is None or today - last_checked > FACTS_GROW_OLD_AFTER
