"""Numbers of RW and RT as people type them."""

import re

from cases.areas.choices import Level

# What a coordinator may add below what.
BELOW = {Level.VILLAGE: Level.RW, Level.RW: Level.RT}
MOST_AT_ONCE = 50
PART = re.compile(
    r"(?:RW|RT)?\.?\s*(\d{1,3})(?:\s*(?:-|–|s/d|sampai)\s*(?:RW|RT)?\.?\s*(\d{1,3}))?", re.IGNORECASE
)


class Unreadable(ValueError):
    """`part` is what could not be read; empty where there are too many numbers."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def read_numbers(text: str) -> list[str]:
    """ "RW 001-011, 13" -> ["001", ..., "011", "013"]: three digits, in order, each once; raises Unreadable."""
    numbers: set[int] = set()
    for part in (part.strip() for part in re.split(r"[,;\n]|\bdan\b", text)):
        if not part:
            continue
        match = PART.fullmatch(part)
        if match is None:
            raise Unreadable(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last:
            raise Unreadable(part)
        numbers.update(range(first, last + 1))
    if not numbers or len(numbers) > MOST_AT_ONCE:
        raise Unreadable("" if numbers else text.strip())
    return [f"{number:03}" for number in sorted(numbers)]
