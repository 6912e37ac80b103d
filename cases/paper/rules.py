"""How a walk is shared out and cut into sheets: pure arithmetic over the RT of each family in walking order."""

from collections.abc import Sequence
from dataclasses import dataclass

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
