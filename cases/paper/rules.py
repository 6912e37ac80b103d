"""How a walk is shared out and cut into sheets, and how letters are numbered and put together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.escalations.choices import OfficeKind
from cases.paper.choices import Enclosure, LetterKind

PRINT_AT_ONCE = 300  # families; more than that is work for the background
MOST_PILES = 20
MOST_SLIPS = 300
# A pile may be this much larger or smaller than its share when that spares an RT from being split.
GIVE = 0.2


@dataclass(frozen=True, slots=True)
class Span:
    """One sheet: the families from `start` to before `end`, all of one RT, carried by one volunteer."""

    area: str
    pile: int  # from 1
    start: int
    end: int


def shares(areas: Sequence[str], piles: int) -> list[int]:
    """Where each pile ends; as equal as can be, but at the border of an RT where one is near.

    `areas` holds the code of each family's RT in walking order. There may be fewer piles than asked for, never an empty one.
    """
    total = len(areas)
    borders = [at for at in range(1, total) if areas[at] != areas[at - 1]]
    ends: list[int] = []
    for pile in range(1, piles):
        ideal = round(pile * total / piles)
        near = min(borders, key=lambda border: abs(border - ideal), default=ideal)
        end = near if abs(near - ideal) <= GIVE * total / piles else ideal
        if end > (ends[-1] if ends else 0) and end < total:
            ends.append(end)
    return [*ends, total] if total else []


def spans(areas: Sequence[str], *, piles: int, rows_a_page: int) -> list[Span]:
    """Every sheet in the order in which it is printed; a sheet never mixes two RT or two volunteers."""
    found, start = [], 0
    for pile, pile_end in enumerate(shares(areas, piles), start=1):
        while start < pile_end:
            end = start + 1
            while end < min(pile_end, start + rows_a_page) and areas[end] == areas[start]:
                end += 1
            found.append(Span(area=areas[start], pile=pile, start=start, end=end))
            start = end
    return found


def common_area(codes: Sequence[str]) -> str:
    """The smallest area that holds all of them: RW 011 for two of its RT; "" where there is none."""
    common = []
    for parts in zip(*(code.split(".") for code in codes), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ".".join(common)


# --- letters ------------------------------------------------------------------------------------------------------

MOST_CASES = 60  # in one letter, as in one submission
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

K, E = LetterKind, Enclosure
# What stands between the running number and the organisation. One series runs through all of them.
CODES: dict[LetterKind, str] = {
    K.COMPLAINT: "ADU",
    K.COVER: "PNG",
    K.INFORMATION: "INF",
    K.OBJECTION: "KBT",
    K.OMBUDSMAN: "LAP",
    K.POWER: "SK",
}
# What goes to an office and is handed over there; the others are signed by residents or lie behind a letter.
TO_OFFICE = frozenset({K.COMPLAINT, K.COVER, K.INFORMATION, K.OBJECTION, K.OMBUDSMAN})
# These find their office by themselves.
OWN_OFFICE: dict[LetterKind, OfficeKind] = {
    K.INFORMATION: OfficeKind.PPID,
    K.OBJECTION: OfficeKind.PPID,
    K.OMBUDSMAN: OfficeKind.OMBUDSMAN,
}
# A supplement to what lies there already: its receipt starts no clock.
SUPPLEMENTS = frozenset({K.COVER})
ENCLOSURES: dict[LetterKind, tuple[Enclosure, ...]] = {
    K.COMPLAINT: (E.CONTENTS, E.ANNEX, E.CHRONOLOGY, E.EVIDENCE, E.POWER, E.RECEIPT),
    K.COVER: (E.ANNEX, E.CHRONOLOGY, E.EVIDENCE, E.POWER, E.RECEIPT),
    K.INFORMATION: (E.POWER, E.RECEIPT),
    K.OBJECTION: (E.CHRONOLOGY, E.RECEIPT),
    K.OMBUDSMAN: (E.CONTENTS, E.ANNEX, E.CHRONOLOGY, E.EVIDENCE, E.POWER, E.RECEIPT),
    K.POWER: (),
    K.STATEMENT: (),
    K.CHRONOLOGY: (E.EVIDENCE,),
}


def is_numbered(kind: str) -> bool:
    """A witness's own statement and a table behind a letter stand in nobody's book of letters."""
    return LetterKind(kind) in CODES


def letter_number(serial: int, kind: str, organisation: str, day: date) -> str:
    """017/ADU/JRMK/XI/2026."""
    return f"{serial:03}/{CODES[LetterKind(kind)]}/{organisation}/{ROMAN[day.month - 1]}/{day.year}"


def enclosures_of(kind: str, wanted: Sequence[str], cases: int) -> tuple[Enclosure, ...]:
    """Those of the wanted ones that the letter can have, in printing order; many cases always bring their table."""
    chosen = set(wanted) | ({E.ANNEX.value} if cases > 1 else set())
    return tuple(part for part in possible_enclosures(kind, cases) if part.value in chosen)


def possible_enclosures(kind: str, cases: int) -> tuple[Enclosure, ...]:
    """A table is of many; a power of attorney is given by one."""
    never = {E.POWER} if cases > 1 else {E.ANNEX}
    return tuple(part for part in ENCLOSURES[LetterKind(kind)] if part not in never)


def usual_enclosures(kind: str, cases: int, *, has_evidence: bool) -> list[str]:
    """What is ticked before anybody chooses."""
    wanted = {E.ANNEX, E.RECEIPT}
    if kind in (K.COMPLAINT, K.COVER, K.OMBUDSMAN, K.OBJECTION):
        wanted.add(E.CHRONOLOGY)
    if has_evidence:
        wanted.add(E.EVIDENCE)
    return [part.value for part in enclosures_of(kind, [part.value for part in wanted], cases)]
