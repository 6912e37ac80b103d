"""The ladder: which office comes first, which next, and why. Pure; the full routes as data come with their own issue."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cases.casefiles.choices import Category, Status
from cases.escalations.choices import OfficeKind, Solves, SubmissionStatus
from cases.kernel.workdays import Calendar, Due, due

# What somebody in RT or RW may have done: they are never asked about it.
NEVER_TO_RT_RW = frozenset({Category.LEVY, Category.DEDUCTION, Category.INTIMIDATION})
# What RT and RW can mend by themselves and nobody is accused of.
FIRST_TO_RT_RW = frozenset(
    {
        Category.NOT_REGISTERED,
        Category.OUTSIDE_ID,
        Category.NOT_RECEIVED,
        Category.CUT_OFF,
        Category.DOUBLE,
        Category.DECEASED,
        Category.NIK_OFF,
    }
)

# Cases that wait to be sent. One that lies with an office may go to another one too, but is not offered among many.
READY = (Status.VERIFIED, Status.ANSWERED, Status.REOPENED)

type Rung = tuple[OfficeKind, ...]

K = OfficeKind
# On a rung the first office that exists is proposed; the others of the rung will do as well.
LADDER: tuple[Rung, ...] = (
    (K.VILLAGE,),
    (K.CITY_SOCIAL, K.DISTRICT),
    (K.PROVINCE_SOCIAL,),
    (K.OMBUDSMAN, K.MINISTRY),
)
# What is shown first where an office is chosen.
USUAL_RUNGS = (K.RT_RW, K.VILLAGE, K.DISTRICT, K.CITY_SOCIAL, K.PROVINCE_SOCIAL)
OTHER_LADDERS: dict[Category, tuple[Rung, ...]] = {
    # Whoever was threatened does not go back to those who threaten.
    Category.INTIMIDATION: ((K.INSPECTORATE,), (K.PROVINCE_SOCIAL,), (K.OMBUDSMAN,)),
    Category.FRAUD: ((K.POLICE,), (K.CITY_SOCIAL,), (K.PROVINCE_SOCIAL,)),
}
# Beside the ladder, where the law allows it at the same time.
PARALLEL: dict[Category, Rung] = {
    Category.LEVY: (K.INSPECTORATE,),
    Category.DEDUCTION: (K.INSPECTORATE,),
    Category.INTIMIDATION: (K.POLICE,),
    Category.CLOSED_LIST: (K.PPID,),
}
# An office without a clock is asked again, or passed over, after as long as the law gives the others.
PATIENCE = 14  # days


class Why(Enum):
    FIRST = "first"
    LATE = "late"
    SILENT = "silent"
    NOT_SOLVED = "not_solved"
    PARALLEL = "parallel"


@dataclass(frozen=True)
class Tried:
    """What was sent before, without what was withdrawn. `solves` is that of the last answer."""

    kind: str
    status: str
    sent_on: date
    due_on: date | None = None
    solves: str = ""


@dataclass(frozen=True)
class Step:
    """One proposal. `because_of`: the kind of office whose silence or answer leads there; `days` late or silent."""

    kind: OfficeKind
    why: Why
    because_of: str = ""
    days: int = 0
    also: Rung = ()


def ladder_of(category: str) -> tuple[Rung, ...]:
    rungs = OTHER_LADDERS.get(Category(category), LADDER)
    return ((K.RT_RW,), *rungs) if category in FIRST_TO_RT_RW else rungs


def may_go_to(category: str, kind: str) -> bool:
    """RT and RW are never asked about levies, deductions and threats."""
    return not (kind == OfficeKind.RT_RW and category in NEVER_TO_RT_RW)


def next_steps(category: str, tried: Iterable[Tried], available: Collection[str], today: date) -> list[Step]:
    """The next rung, where it is time for one, and what may run beside it; nothing while an office is within its time."""
    tried = [item for item in tried if item.status != SubmissionStatus.WITHDRAWN]
    steps = [step] if (step := _up(ladder_of(category), tried, available, today)) else []
    known = {item.kind for item in tried} | {step.kind for step in steps}
    solved = any(item.solves == Solves.YES for item in tried)
    for kind in () if solved else PARALLEL.get(Category(category), ()):
        if kind in available and kind not in known:
            steps.append(Step(kind, Why.PARALLEL))
    return steps


def _up(rungs: tuple[Rung, ...], tried: list[Tried], available: Collection[str], today: date) -> Step | None:
    # What runs beside the ladder does not hold it up.
    on_ladder = [item for item in tried if _height(rungs, item.kind) >= 0]
    if not on_ladder:
        return _first_above(rungs, -1, available, Why.FIRST)
    highest = max(_height(rungs, item.kind) for item in on_ladder)
    last = max(
        (item for item in on_ladder if _height(rungs, item.kind) == highest), key=lambda item: item.sent_on
    )
    if last.status == SubmissionStatus.ANSWERED:
        if last.solves == Solves.YES:
            return None
        return _first_above(rungs, highest, available, Why.NOT_SOLVED, last.kind)
    if last.due_on is not None:
        late = (today - last.due_on).days
        return _first_above(rungs, highest, available, Why.LATE, last.kind, late) if late > 0 else None
    silent = (today - last.sent_on).days
    return (
        _first_above(rungs, highest, available, Why.SILENT, last.kind, silent) if silent > PATIENCE else None
    )


def _height(rungs: tuple[Rung, ...], kind: str) -> int:
    return next((height for height, rung in enumerate(rungs) if kind in rung), -1)


def _first_above(
    rungs: tuple[Rung, ...],
    height: int,
    available: Collection[str],
    why: Why,
    because_of: str = "",
    days: int = 0,
) -> Step | None:
    for rung in rungs[height + 1 :]:
        there = tuple(kind for kind in rung if kind in available)
        if there:
            return Step(there[0], why, because_of, days, there[1:])
    return None


def order_of(kind: str) -> int:
    """Offices as one climbs: RT/RW first, the country last; in lists."""
    return list(OfficeKind).index(OfficeKind(kind))


def deadline(start: date, amount: int | None, unit: str, calendar: Calendar) -> Due | None:
    """The last day in time and how it was counted; None where the office has no clock."""
    if amount is None:
        return None
    return due(start, amount, unit, calendar)  # type: ignore[arg-type]


def earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


MOST_CASES = 60  # in one submission; a letter with a longer list is split
