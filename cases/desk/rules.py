"""Figures that give nobody away, and what a text in the search field may be."""

import re
from collections.abc import Mapping

STEP = 5  # counts are told in steps of this, so that one case more or less does not show
FEWEST = 30  # cases over all categories; below it no figure is told at all

NUMBER = re.compile(r"\d")
WHOLE_NUMBER = 16  # digits of a NIK or KK
LONGEST = 100  # characters of a text that is looked for
PERSONAL = 9  # from so many digits on, a text may be a person's number and stays out of addresses and logs


def safe_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts rounded down to steps; None for "fewer than one step", zero included.

    No total is told beside them: from a total and the other categories a hidden count could be worked out.
    """
    if sum(counts.values()) < FEWEST:
        return {}
    return {name: (count // STEP * STEP or None) for name, count in counts.items()}


def digits_in(text: str) -> int:
    return len(NUMBER.findall(text))


def is_personal(text: str) -> bool:
    """May this be a NIK, a KK or a telephone number? Dates and house numbers are shorter."""
    return digits_in(text) >= PERSONAL
