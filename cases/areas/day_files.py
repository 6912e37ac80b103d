"""A file of days off, as a decree or a spreadsheet gives it: CSV (date; name; libur or masuk) or iCalendar."""

import csv
import datetime
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from icalendar import Calendar

from cases.areas.choices import DayChange
from cases.kernel.exceptions import ActionRefused

MOST_BYTES = 200_000
MOST_LINES = 200
MOST_TOLD = 10  # mistakes named in one sentence
NAME_LENGTH = 120
MONTHS = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
]
WORDS = {"": DayChange.ADDED, "libur": DayChange.ADDED, "masuk": DayChange.STRUCK, "kerja": DayChange.STRUCK}
HEADERS = {"tanggal", "tgl", "hari", "date"}
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class DayLine:
    day: datetime.date
    change: DayChange
    name: str


def read_days(data: bytes) -> list[DayLine]:
    """Every line, or an ActionRefused that names the lines which cannot be read: the whole file or nothing."""
    if len(data) > MOST_BYTES:
        raise ActionRefused(_("The file is too large for a list of days."))
    lines = (
        _from_calendar(data) if data.lstrip().upper().startswith(b"BEGIN:VCALENDAR") else _from_table(data)
    )
    if not lines:
        raise ActionRefused(_("There is no day in this file. Each line needs a date and a name."))
    if len(lines) > MOST_LINES:
        raise ActionRefused(
            _("These are too many days for one file: %(most)s at most.") % {"most": MOST_LINES}
        )
    return lines


def _from_calendar(data: bytes) -> list[DayLine]:
    try:
        events = Calendar.from_ical(data).walk("VEVENT")
        found = [(event.decoded("dtstart"), str(event.get("summary", ""))) for event in events]
    except Exception as error:  # the library raises many kinds of its own
        raise ActionRefused(
            _("This calendar file is broken. Export it again, or send a CSV file.")
        ) from error
    lines = []
    for day, name in found:
        day = day.date() if isinstance(day, datetime.datetime) else day
        lines.append(DayLine(day, DayChange.ADDED, name.strip()[:NAME_LENGTH]))
    if not all(line.name and FIRST_YEAR <= line.day.year <= LAST_YEAR for line in lines):
        raise ActionRefused(_("A day in this calendar has no name, or a year that cannot be."))
    return lines


def _from_table(data: bytes) -> list[DayLine]:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";\t,", key=first.count)
    lines: list[DayLine] = []
    wrong: list[str] = []
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise ActionRefused(_("This file cannot be read as a table.")) from error
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].casefold() in HEADERS):
            continue  # an empty line, or the names of the columns
        line = _line(cells)
        if isinstance(line, DayLine):
            lines.append(line)
        else:
            wrong.append(_("line %(number)s: %(why)s") % {"number": number, "why": line})
    if wrong:
        more = len(wrong) - MOST_TOLD
        told = "; ".join(wrong[:MOST_TOLD]) + (f"; +{more}" if more > 0 else "")
        raise ActionRefused(_("Nothing was saved. Mend the file first: %(told)s.") % {"told": told})
    return lines


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ActionRefused(_("This is no text file. Save the table as CSV."))


def _line(cells: list[str]) -> DayLine | str:
    day = read_day(cells[0])
    if day is None:
        return _("“%(text)s” is no date") % {"text": cells[0][:40]}
    name = cells[1] if len(cells) > 1 else ""
    if not name:
        return _("the name is missing")
    if len(name) > NAME_LENGTH:
        return _("the name is too long")
    change = WORDS.get(cells[2].casefold() if len(cells) > 2 else "")
    if change is None:
        return _("“%(text)s” is neither “libur” nor “masuk”") % {"text": cells[2][:40]}
    return DayLine(day, change, name)


def read_day(text: str) -> datetime.date | None:
    """ "2027-03-10", "10/3/2027", "10-03-2027", "Rabu, 10 Maret 2027"; None for anything else."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(?:[A-Za-z']+,?\s+)?(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})", text):
        if match[2].casefold() not in MONTHS:
            return None
        day, month, year = int(match[1]), MONTHS.index(match[2].casefold()) + 1, int(match[3])
    else:
        return None
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= year <= LAST_YEAR else None
