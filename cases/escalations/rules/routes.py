"""The ladder: which office comes first, which next, and why; and what an office asks for. Pure: the routes are rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cases.casefiles.choices import Category, Status
from cases.escalations.choices import Matter, Need, OfficeKind, Solves, SubmissionStatus, Word

# What somebody in RT or RW may have done: they are never asked about it, whatever a row says.
NEVER_TO_RT_RW = frozenset({Category.LEVY, Category.DEDUCTION, Category.INTIMIDATION})
# What officers did is watched over by an office of their own, with a time of its own.
OVERSIGHT = frozenset({Category.LEVY, Category.DEDUCTION, Category.INTIMIDATION})

# Cases that wait to be sent. One that lies with an office may go to another one too, but is not offered among many.
READY = (Status.VERIFIED, Status.ANSWERED, Status.REOPENED)
# What is shown first where an office is chosen.
USUAL_RUNGS = (
    OfficeKind.RT_RW,
    OfficeKind.VILLAGE,
    OfficeKind.DISTRICT,
    OfficeKind.CITY_SOCIAL,
    OfficeKind.PROVINCE_SOCIAL,
)
# An office without a clock is asked again, or passed over, after as long as the law gives the others.
PATIENCE = 14  # days
MOST_CASES = 60  # in one submission; a letter with a longer list is split

# On a rung the first office that exists is proposed; the others of the rung will do as well.
type Rung = tuple[OfficeKind, ...]


@dataclass(frozen=True)
class Route:
    """One row: `rung` counts from 1 at the bottom; `beside` runs at the same time as the ladder, at no rung of it."""

    category: str
    area: str
    kind: OfficeKind
    rung: int
    beside: bool = False


@dataclass(frozen=True)
class Ladder:
    """What holds for one case: rungs from the bottom up, and what may run beside them."""

    rungs: tuple[Rung, ...]
    beside: Rung = ()


def ladder_of(category: str, area: str, routes: Iterable[Route]) -> Ladder:
    """Of the rows that hold for the area: those of the nearest area, and of them the category's own before the general ones.

    Rows beside the ladder are added to it, wherever they come from.
    """
    there = [
        route
        for route in routes
        if route.category in ("", category)
        and (area == route.area or area.startswith(f"{route.area}."))
        and may_go_to(category, route.kind)
    ]
    beside = tuple(dict.fromkeys(route.kind for route in there if route.beside))
    climbing = [route for route in there if not route.beside]
    best = max(((bool(route.category), len(route.area)) for route in climbing), default=None)
    chosen = [route for route in climbing if (bool(route.category), len(route.area)) == best]
    heights = sorted({route.rung for route in chosen})
    rungs = tuple(tuple(route.kind for route in chosen if route.rung == height) for height in heights)
    return Ladder(rungs, tuple(kind for kind in beside if all(kind not in rung for rung in rungs)))


def matter_of(category: str, kind: str) -> Matter:
    """Which of an office's times holds for a case: asking for a list is no complaint, and officers' conduct takes longer."""
    if category == Category.CLOSED_LIST and kind in (OfficeKind.LAPOR, OfficeKind.PPID):
        return Matter.INFORMATION
    return Matter.OVERSIGHT if category in OVERSIGHT and kind == OfficeKind.LAPOR else Matter.ORDINARY


# --- what an office asks for ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is at hand of a case; `happened_on` None where only "about when" is known."""

    named: bool
    happened_on: date | None
    complained_before: bool
    evidence: int


def missing(needs: Iterable[tuple[Need, int]], known: Known, today: date) -> list[tuple[Need, int]]:
    """Needs (with years where they have any) that are not met yet. A statement is paper: it is always reminded of."""
    return [(need, amount) for need, amount in needs if not _is_met(need, amount, known, today)]


def _is_met(need: Need, amount: int, known: Known, today: date) -> bool:
    match need:
        case Need.IDENTITY:
            return known.named
        case Need.EARLIER:
            return known.complained_before
        case Need.WITHIN_YEARS:
            return known.happened_on is not None and _years_before(today, amount) <= known.happened_on
        case Need.EVIDENCE:
            return known.evidence > 0
        case Need.STATEMENT:
            return False
    raise ValueError(f"unknown need {need!r}")


def _years_before(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


# --- where it goes next --------------------------------------------------------------------------------------------------


class Why(Enum):
    FIRST = "first"
    LATE = "late"
    SILENT = "silent"
    NOT_SOLVED = "not_solved"
    PARALLEL = "parallel"
    OBJECTION = "objection"
    DISPUTE = "dispute"


@dataclass(frozen=True)
class Tried:
    """What was sent before. `solves` is that of the last answer; `due_on` the last day for one; `incomplete`: it waits for us."""

    kind: str
    status: str
    sent_on: date
    due_on: date | None = None
    solves: str = ""
    matter: str = ""
    incomplete: bool = False

    def failed(self, today: date) -> bool:
        """Past its time without an answer, or answered without solving it."""
        if self.status == SubmissionStatus.ANSWERED:
            return self.solves != Solves.YES
        return self.due_on is not None and today > self.due_on


@dataclass(frozen=True)
class Advice:
    """One proposal. `because_of`: the kind of office whose silence or answer leads there; `days` late or silent."""

    kind: OfficeKind
    why: Why
    because_of: str = ""
    days: int = 0
    also: Rung = ()


def may_go_to(category: str, kind: str) -> bool:
    """RT and RW are never asked about levies, deductions and threats."""
    return not (kind == OfficeKind.RT_RW and category in NEVER_TO_RT_RW)


def next_steps(
    ladder: Ladder, tried: Iterable[Tried], available: Collection[str], today: date
) -> list[Advice]:
    """The next rung, where it is time for one, and what may run beside it; nothing while an office is within its time."""
    tried = [item for item in tried if item.status != SubmissionStatus.WITHDRAWN]
    steps = [step] if (step := _up(ladder.rungs, tried, available, today)) else []
    known = {item.kind for item in tried} | {step.kind for step in steps}
    solved = any(item.solves == Solves.YES for item in tried)
    for kind in () if solved else ladder.beside:
        if kind in available and kind not in known:
            steps.append(Advice(kind, Why.PARALLEL))
    if not solved and (step := _information(tried, available, today)):
        steps.append(step)
    return steps


def _information(tried: list[Tried], available: Collection[str], today: date) -> Advice | None:
    """A request for information climbs by itself: objection at the same place, then the Komisi Informasi (UU 14/2008)."""
    asked = [item for item in tried if item.kind == OfficeKind.PPID]
    if not asked or any(item.kind == OfficeKind.COMMISSION for item in tried):
        return None
    last = max(asked, key=lambda item: item.sent_on)
    if not last.failed(today) or last.incomplete:
        return None
    days = max(0, (today - last.due_on).days) if last.due_on else 0
    if last.matter != Matter.OBJECTION:
        return Advice(OfficeKind.PPID, Why.OBJECTION, last.kind, days)
    if OfficeKind.COMMISSION not in available:
        return None
    return Advice(OfficeKind.COMMISSION, Why.DISPUTE, last.kind, days)


def _up(rungs: Sequence[Rung], tried: list[Tried], available: Collection[str], today: date) -> Advice | None:
    # What runs beside the ladder does not hold it up.
    on_ladder = [item for item in tried if _height(rungs, item.kind) >= 0]
    if not on_ladder:
        return _first_above(rungs, -1, available, Why.FIRST)
    highest = max(_height(rungs, item.kind) for item in on_ladder)
    last = max(
        (item for item in on_ladder if _height(rungs, item.kind) == highest), key=lambda item: item.sent_on
    )
    if last.incomplete:
        return None
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


def _height(rungs: Sequence[Rung], kind: str) -> int:
    return next((height for height, rung in enumerate(rungs) if kind in rung), -1)


def _first_above(
    rungs: Sequence[Rung],
    height: int,
    available: Collection[str],
    why: Why,
    because_of: str = "",
    days: int = 0,
) -> Advice | None:
    for rung in rungs[height + 1 :]:
        there = tuple(kind for kind in rung if kind in available)
        if there:
            return Advice(there[0], why, because_of, days, there[1:])
    return None


def order_of(kind: str) -> int:
    """Offices as one climbs: RT/RW first, the country last; in lists."""
    return list(OfficeKind).index(OfficeKind(kind))


CRM_WORDS = tuple(word for word in Word if word.value.startswith("crm_"))
LAPOR_WORDS = tuple(word for word in Word if word.value.startswith("lapor_"))


def words_of(kind: str) -> tuple[Word, ...]:
    """What can be noted of a submission there: the channel's own status words in their order, then what holds everywhere."""
    own = {OfficeKind.CRM: CRM_WORDS, OfficeKind.LAPOR: LAPOR_WORDS}.get(
        OfficeKind(kind), (Word.FIRST_ACTION,)
    )
    return (*own, Word.COMPLETED, Word.RESPONDED)
