"""Deadlines in calendar days and in working days, with the arithmetic that a page can show."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal

from holidays import country_holidays

from cases.kernel.indonesian import long_date, short_date

Unit = Literal["hari", "hari_kerja"]
type Day = date  # Due.date hides the name inside its class

LONGEST = 3660  # days; no office may take ten years, and a typing mistake must not count for ever
WEEKEND = {5: "Sabtu", 6: "Minggu"}
ESTIMATE_MARK = "(perkiraan)"
FIRST_CUTI_BERSAMA = 2002  # a later year of which the library knows none is not yet decreed


@dataclass(frozen=True)
class Calendar:
    """Official holidays with cuti bersama, corrected by the organisation: days added with a name, holidays struck.

    A struck day is a working day again unless it is a Saturday or Sunday. A day both struck and added is off, under the
    added name.
    """

    added: Mapping[date, str] = field(default_factory=dict)
    struck: Set[date] = frozenset()

    def reason(self, day: date) -> str:
        """Why nobody works on this day, in Indonesian; "" on a working day."""
        return WEEKEND.get(day.weekday()) or self._holiday(day)

    def is_estimated(self, day: date) -> bool:
        """True where the official calendar may still change: no decree for the year, or a day given as an estimate."""
        return not _is_decreed(day.year) or ESTIMATE_MARK in self._holiday(day)

    def _holiday(self, day: date) -> str:
        if day in self.added:
            return self.added[day]
        return "" if day in self.struck else _official(day.year).get(day, "")


@dataclass(frozen=True)
class Due:
    """The last day on which an answer is in time. `skipped` holds the days not counted, each with its reason."""

    date: Day
    counted: int
    skipped: tuple[tuple[Day, str], ...]
    estimated: bool
    unit: Unit


def due(start: date, amount: int, unit: Unit, calendar: Calendar) -> Due:
    """Count `amount` days after `start`; the day of receipt itself is day nought.

    Calendar days ("hari") may end on a holiday, as UU 25/2009 knows no extension. Raises ValueError on an unknown unit or an
    amount outside 0..3660.
    """
    if unit not in ("hari", "hari_kerja"):
        raise ValueError(f"unknown unit {unit!r}")
    if not 0 <= amount <= LONGEST:
        raise ValueError(f"cannot count {amount} days")
    if unit == "hari":
        return Due(start + timedelta(days=amount), amount, (), False, unit)
    day, left, estimated = start, amount, False
    skipped: list[tuple[date, str]] = []
    while left:
        day += timedelta(days=1)
        estimated = estimated or calendar.is_estimated(day)
        if reason := calendar.reason(day):
            skipped.append((day, reason))
        else:
            left -= 1
    return Due(day, amount, tuple(skipped), estimated, unit)


def explain(due: Due, start: date) -> str:
    """The arithmetic as an Indonesian sentence, Saturdays and Sundays taken together."""
    unit = "hari kerja" if due.unit == "hari_kerja" else "hari kalender"
    sentence = f"{due.counted} {unit} dari {long_date(start)}"
    weekends = sum(reason in WEEKEND.values() for _, reason in due.skipped)
    left_out = [f"{weekends} hari Sabtu/Minggu"] if weekends else []
    left_out += [
        f"{short_date(day)} {reason}" for day, reason in due.skipped if reason not in WEEKEND.values()
    ]
    if left_out:
        sentence += f"; dilewati: {_listed(left_out)}"
    if due.estimated:
        sentence += "; masih perkiraan karena hari libur resminya dapat berubah"
    return sentence + "."


def _listed(things: list[str]) -> str:
    *first, last = things
    return f"{', '.join(first)} dan {last}" if first else last


@cache
def _official(year: int) -> dict[date, str]:
    return dict(country_holidays("ID", years=year, categories=("public", "government"), language="id"))


@cache
def _is_decreed(year: int) -> bool:
    return year < FIRST_CUTI_BERSAMA or bool(country_holidays("ID", years=year, categories="government"))
