"""Small pieces of Indonesian that all letters are put together from."""

from collections.abc import Iterable, Sequence
from datetime import date

from cases.kernel.indonesian import MONTHS, long_date
from cases.paper.letters.facts import Brief, CaseFacts


def numbered(sentences: Iterable[str]) -> str:
    return "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, 1))


def clauses(asked: Sequence[str]) -> str:
    """Clauses of one sentence, a line each: "1. ...;", "2. ...; dan", "3. ...."."""
    last = len(asked) - 1
    ends = [";"] * (last - 1) + ["; dan"] * (last > 0) + ["."]
    return "\n".join(
        f"{n}. {clause}{end}" for n, (clause, end) in enumerate(zip(asked, ends, strict=True), 1)
    )


def paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def plain_date(day: date) -> str:
    """12 Januari 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def place_date(city: str, day: date) -> str:
    return f"{city}, {plain_date(day)}"


def listed(things: Sequence[str], last: str = "dan") -> str:
    *first, end = things
    return f"{', '.join(first)} {last} {end}" if first else end


def aid_of(case: CaseFacts) -> str:
    return case.aid_round or case.programme or "bantuan sosial"


def when_of(case: CaseFacts) -> str:
    """The day ("pada Senin, 12 Oktober 2026"), else about when, else nothing."""
    if case.happened_on:
        return f"pada {long_date(case.happened_on)}"
    return f"kira-kira {case.happened_about}" if case.happened_about else ""


def person_of(case: CaseFacts) -> str:
    """To whom it happened."""
    if case.reporter_is_hurt:
        return f"Bapak/Ibu {case.reporter}"
    return f"keluarga Bapak/Ibu {case.family}" if case.family else "warga"


def shared_aid(brief: Brief) -> str:
    """The aid that all cases of the letter are about."""
    aids = {aid_of(case) for case in brief.cases}
    return aids.pop() if len(aids) == 1 else "bantuan sosial"
