"""What is said in the demo: the rows of seeds/demo, and a story with its places filled in."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cases.kernel.names import normalise_name

type Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """Rows by file of seeds/demo."""

    stories: list[Row]
    levies: list[Row]
    answers: list[Row]
    closing: list[Row]
    visits: list[Row]
    notes: list[Row]
    coordinator: list[Row]
    details: list[Row]
    boards: list[Row]
    places: list[Row]

    def about(self, subject: str) -> list[Row]:
        """What a volunteer jots down about a "family" or a "case"."""
        return [row for row in self.notes if row["about"] == subject]

    def words_told(self) -> set[str]:
        """Every word that may be written into a case, to be held against a reporter's name."""
        rows = self.stories + self.answers + self.closing + self.notes + self.coordinator
        texts = [row["text"] for row in rows] + [row["answer"] for row in self.details]
        texts += [row["reply"] for row in self.coordinator]
        texts += [row["place"] for row in self.places] + [row["words"] for row in self.levies]
        return {normalise_name(word) for word in set(re.findall(r"\w+", " ".join(texts)))}


def load_texts(directory: Path) -> Texts:
    def rows(name: str) -> list[Row]:
        with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return Texts(
        stories=rows("stories"),
        levies=rows("levies"),
        answers=rows("office_answers"),
        closing=rows("closing_notes"),
        visits=rows("visit_notes"),
        notes=rows("volunteer_notes"),
        coordinator=rows("coordinator_notes"),
        details=rows("details"),
        boards=rows("notice_boards"),
        places=rows("distribution_places"),
    )


def suiting(rows: list[Row], category: str, **wanted: str) -> list[Row]:
    """Rows that fit the category (none named: every one) and have these values."""
    return [
        row
        for row in rows
        if (not row["suits"] or category in row["suits"].split())
        and all(row[name] == value for name, value in wanted.items())
    ]


def pick(rng: Random, rows: list[Row], category: str, **wanted: str) -> Row:
    """One of those that fit, rather one that speaks of this category than one that suits all."""
    found = suiting(rows, category, **wanted)
    return rng.choice([row for row in found if row["suits"]] or found)


class Turns:
    """Hands out the stories of a category one after the other, so that none is told twice before all were told."""

    def __init__(self, rows: list[Row], rng: Random) -> None:
        self.left: dict[str, list[Row]] = {}
        self.rows, self.rng = rows, rng

    def next(self, category: str) -> Row:
        if not self.left.get(category):
            fresh = [row for row in self.rows if row["category"] == category]
            self.rng.shuffle(fresh)
            self.left[category] = fresh
        return self.left[category].pop()
