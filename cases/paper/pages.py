"""Where everything lies on a door list and a slip, in millimetres, and how large each name may be: plain arithmetic, no Typst.

The typesetter draws from these numbers and a reader of photographed sheets can take its boxes from them: one source for both.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import ImageFont

from .choices import PaperSize
from .sheets import DoorListContent, DoorPage, DoorRow, PaperRefused, SlipSheetContent, to_json

FONT_PACKAGES = ("fontpkg_plus_jakarta_sans", "fontpkg_atkinson_hyperlegible")

MM = 72 / 25.4  # points in a millimetre
BOX, PITCH = 5.0, 13.0  # tick boxes and their distance from one another
MARKER, MARKER_FROM_EDGE = 10.0, 12.0  # corners kept free for the marks of a later reader
QR_ROOM = 25.0  # kept free at the upper right: 18 mm and its quiet zone
AFTER_BOXES = 7.0  # notes begin this far from the last box: a long tick is no note
LINE_HEIGHT = 1.06
NO_CHARACTER = "\U0010ffff"
TITLE, ABOUT = 58.0, 50.0  # at the head: what and where; sheet number, page, volunteer and date


@dataclass(frozen=True, kw_only=True)
class DoorPaper:
    """A lying sheet. Rows meet on the fold in the middle, and so do two columns of boxes: no box is ever folded."""

    width: float
    height: float
    rows: int = 13
    row: float = 12.5
    rows_above_fold: int = 6
    columns_before_fold: int = 1
    side: float = 25.0  # free of table: the corner marks stand there
    number: float = 9.0
    name: float = 56.0
    initials: float = 16.0

    @property
    def top(self) -> float:
        return self.height / 2 - self.rows_above_fold * self.row

    @property
    def boxes(self) -> float:
        """Where the first column of boxes begins."""
        return self.width / 2 - self.columns_before_fold * PITCH

    def box(self, row: int, answer: int) -> tuple[float, float]:
        """Upper left corner of a tick box, both counted from 0."""
        return (self.boxes + answer * PITCH + (PITCH - BOX) / 2, self.top + row * self.row + 1.6)


DOOR_PAPERS = {
    PaperSize.A4: DoorPaper(width=297, height=210),
    PaperSize.F4: DoorPaper(width=330, height=215, name=64, initials=18),
}


def split(
    rows: Iterable[tuple[str, DoorRow]], *, numbers: Iterator[str], volunteer: str = "", rows_a_page: int = 13
) -> tuple[DoorPage, ...]:
    """Pages of (area, row) in the caller's walking order: each area begins a page; lines count from 1 on each sheet."""
    pages = []
    for area, group in groupby(rows, key=lambda pair: pair[0]):
        doors = (row for _area, row in group)
        while batch := tuple(islice(doors, rows_a_page)):
            pages.append(
                DoorPage(
                    sheet=next(numbers),
                    area=area,
                    volunteer=volunteer,
                    rows=tuple(
                        DoorRow(
                            line=line,
                            head=row.head,
                            address=row.address,
                            kk_end=row.kk_end,
                            message=row.message,
                        )
                        for line, row in enumerate(batch, start=1)
                    ),
                )
            )
    return tuple(pages)


# --- how wide a text is -------------------------------------------------------------------------------------------


def font_folders() -> list[Path]:
    """The folders of the faces that come from PyPI; a missing package is named."""
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise PaperRefused(_("The font package %(name)s is not installed.") % {"name": package})
        folders.append(Path(spec.origin).parent / "files")
    return folders


class _Advances(dict[str, float]):
    """Width of a character at 1 pt, measured once."""

    def __init__(self, path: Path) -> None:
        self.font = ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)

    def __missing__(self, character: str) -> float:
        self[character] = width = self.font.getlength(character) / 1000
        return width


@cache
def _advances(bold: bool) -> _Advances:
    return _Advances(font_folders()[1] / f"AtkinsonHyperlegible-{'Bold' if bold else 'Regular'}.ttf")


@cache
def has_glyph(character: str) -> bool:
    """Whether our face for reading has the character; what it lacks would be printed as an empty box."""
    if character.isspace() or "!" <= character <= "~":
        return True
    font = _advances(False).font
    return bytes(font.getmask(character)) != bytes(font.getmask(NO_CHARACTER))


def lines_needed(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Lines of `text` in a column of `width` points; 0 when a single word is wider than the column."""
    advances = _advances(bold)
    room = width / size * 0.985  # a little air: kerning and rounding differ
    if sum(map(advances.__getitem__, text)) <= room:
        return 1
    lines, used, space = 1, 0.0, advances[" "]
    for word in text.split():
        wide = sum(map(advances.__getitem__, word))
        if wide > room:
            return 0
        if used and used + space + wide > room:
            lines, used = lines + 1, wide
        else:
            used += (space if used else 0) + wide
    return lines


def fitted(
    text: str, note: str, width: float, height: float, sizes: Sequence[float], *, bold: bool
) -> tuple[float, float] | None:
    """The largest size of a text and of the small note under it that stay within width x height points, or None."""
    for size in sizes:
        lines = lines_needed(text, size, width, bold=bold)
        small = min(9.5, size - 1)
        note_lines = lines_needed(note, small, width) if note else 0
        if lines and (note_lines or not note) and (lines * size + note_lines * small) * LINE_HEIGHT <= height:
            return size, small
    return None


# --- what the templates get ---------------------------------------------------------------------------------------

ROUND_SIZES = (10.5, 10, 9, 8, 7.5, 7)
SAY_SIZES = (12, 11.5, 11, 10.5, 10, 9.5, 9)
NAME_SIZES = (12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)


def door_paper(paper: str) -> DoorPaper:
    try:
        return DOOR_PAPERS[PaperSize(paper)]
    except (KeyError, ValueError):
        raise PaperRefused(_("Door lists are printed on A4 or F4.")) from None


def door_data(content: DoorListContent, sheet: DoorPaper) -> dict[str, Any]:
    """Everything door_list.typ draws, sizes decided. A name that fits no size is refused by sheet and line."""
    labels = (*content.answers, *content.details)
    notes = sheet.boxes + (len(labels) - 1) * PITCH + (PITCH + BOX) / 2 + AFTER_BOXES
    address = sheet.boxes - sheet.side - sheet.number - sheet.name
    back = ", ".join(part for part in (content.organisation, content.phone) if part)
    return {
        "task": content.task,
        "round": content.round,
        "date": content.date,
        "date_size": _header_size(content.date, (9.5, 9, 8, 7, 6), width=ABOUT - 15, bold=True),
        "organisation": content.organisation,
        "back": back,
        "back_size": _header_size(back, (9, 8, 7), width=sheet.width - 2 * sheet.side - 120),
        "task_size": _header_size(content.task, (12, 11, 10, 9), bold=True),
        "round_size": _header_size(content.round, ROUND_SIZES),
        "say": content.say,
        "say_size": _say_size(content.say, sheet),
        "labels": labels,
        "label_size": _label_size(labels),
        "exclusive": len(content.answers),
        "notes": notes,
        "count": len(content.pages),
        "pages": [_door_page(page, sheet, sheet.name, address) for page in content.pages],
    }


def _door_page(page: DoorPage, sheet: DoorPaper, name: float, address: float) -> dict[str, Any]:
    if len(page.rows) > sheet.rows:
        raise PaperRefused(
            _("Sheet %(sheet)s has %(given)d households; a page has room for %(most)d.")
            % {"sheet": page.sheet, "given": len(page.rows), "most": sheet.rows}
        )
    height = (sheet.row - 1.3) * MM
    rows = []
    for row in page.rows:
        kk = f"KK ...{row.kk_end}" if row.kk_end else ""
        first = fitted(row.head, kk, (name - 3) * MM, height, NAME_SIZES, bold=True)
        second = fitted(row.address, row.message, (address - 3) * MM, height, NAME_SIZES, bold=False)
        if first is None or second is None:
            raise PaperRefused(
                _(
                    "Sheet %(sheet)s, line %(line)d: the name, address or message is too long for its cell. Shorten it."
                )
                % {"sheet": page.sheet, "line": row.line}
            )
        rows.append(
            (row.line, row.head, first[0], kk, first[1], row.address, second[0], row.message, second[1])
        )
    return {
        "sheet": page.sheet,
        "area": page.area,
        "area_size": _header_size(page.area, (14, 13, 12, 11, 10, 9), width=TITLE * 0.88, bold=True),
        "volunteer": page.volunteer,
        "volunteer_size": _header_size(page.volunteer, (9.5, 9, 8, 7, 6), width=ABOUT - 15, bold=True),
        "rows": rows,
    }


def _header_size(text: str, sizes: Sequence[float], *, width: float = TITLE - 1, bold: bool = False) -> float:
    """The largest size at which a line of the header stays one line; a longer one is refused with its words."""
    for size in sizes:
        if lines_needed(text, size, width * MM, bold=bold) == 1:
            return size
    raise PaperRefused(_("“%(text)s” is too long for the head of the sheet. Shorten it.") % {"text": text})


def fits_as_round(text: str) -> bool:
    """Whether a round of this name finds its place at the head of a door list."""
    return lines_needed(text, ROUND_SIZES[-1], (TITLE - 1) * MM) == 1


def _say_size(say: str, sheet: DoorPaper) -> float:
    height = sheet.top - 5.2 - 8.4  # between the edge and the names of the columns
    found = fitted(f"Katakan: {say}", "", say_width(sheet) * MM, height * MM, SAY_SIZES, bold=False)
    if found is None:
        raise PaperRefused(_("The sentence to say at the door is too long. Say it in about 30 words."))
    return found[0]


def say_width(sheet: DoorPaper) -> float:
    return sheet.width - 2 * sheet.side - QR_ROOM - TITLE - 4 - 4 - ABOUT


def _label_size(labels: Sequence[str]) -> float:
    for size in (8, 7.5, 7, 6.5):
        if all(lines_needed(label, size, (PITCH - 0.6) * MM, bold=True) == 1 for label in labels):
            return size
    raise PaperRefused(_("A word under a tick box is too long: at most about ten letters."))


def door_geometry(sheet: DoorPaper) -> dict[str, Any]:
    """The millimetres door_list.typ draws with."""
    return {
        "width": sheet.width,
        "height": sheet.height,
        "side": sheet.side,
        "top": sheet.top,
        "row": sheet.row,
        "rows": sheet.rows,
        "number": sheet.number,
        "name": sheet.name,
        "boxes": sheet.boxes,
        "initials": sheet.initials,
        "box": BOX,
        "pitch": PITCH,
        "box_down": sheet.box(0, 0)[1] - sheet.top,
        "say_width": say_width(sheet),
        "title_width": TITLE,
        "about_width": ABOUT,
    }


# --- slips --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SlipPaper:
    """An upright sheet cut into four."""

    width: float
    height: float
    margin: float = 9.0


SLIP_PAPERS = {PaperSize.A4: SlipPaper(width=210, height=297), PaperSize.F4: SlipPaper(width=215, height=330)}


def slip_paper(paper: str) -> SlipPaper:
    try:
        return SLIP_PAPERS[PaperSize(paper)]
    except (KeyError, ValueError):
        raise PaperRefused(_("Slips are printed on A4 or F4.")) from None


def slip_data(content: SlipSheetContent, sheet: SlipPaper) -> dict[str, Any]:
    """Everything slips.typ draws; a household whose name fits no size is refused by its number."""
    width = (sheet.width / 2 - 2 * sheet.margin) * MM
    slips = []
    for slip in content.slips:
        note = ", ".join(
            part for part in (slip.address, f"KK\u00a0...{slip.kk_end}" if slip.kk_end else "") if part
        )
        first = fitted(slip.head, note, width, 13.5 * MM, (15, 14, 13, 12, 11, 10, 9, 8), bold=True)
        message = (
            fitted(slip.message, "", width, 8.5 * MM, (11, 10, 9, 8), bold=False)
            if slip.message
            else (11.0, 0)
        )
        if first is None or message is None:
            raise PaperRefused(
                _("Slip %(number)s: the name, address or message is too long. Shorten it.")
                % {"number": slip.number}
            )
        slips.append((slip.number, slip.head, first[0], note, max(first[1], 8), slip.message, message[0]))
    common = json.loads(to_json(replace(content, slips=content.slips[:1])))
    return common | {"slips": slips}
