"""An office's record: how many, answered in time or late, how long it took, and what became of the cases.

For whoever coordinates the areas concerned; small numbers are said as they are. The database gives a histogram (year, what became
of it, days), small however many submissions there are, and the median is read off it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    Count,
    Exists,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casefiles.choices import CloseReason, Outcome, Status
from cases.escalations import rules
from cases.escalations.choices import Step, SubmissionStatus
from cases.escalations.models import Deadline, Office, Submission, SubmissionCase
from cases.kernel.scope import within
from cases.people.models import User

IN_TIME, LATE, NO_CLOCK = "in_time", "late", "no_clock"
WAITING, OVERDUE, OVER, WITHDRAWN = "waiting", "overdue", "over", "withdrawn"
ANSWERED = (IN_TIME, LATE, NO_CLOCK)
YEARS_SHOWN = 6
STILL_OPEN = _("still open")

# The office's clock for its answer, with the time it asked for in addition; None while it waits for papers or where no law gives one.
CLOCK = Deadline.objects.filter(
    submission_id=OuterRef("pk"), step__in=(Step.ANSWER, Step.EXTENDED), due_on__isnull=False
).order_by("-due_on", "-id")
# Any of the office's deadlines that it lets pass.
PASSED = Deadline.objects.filter(submission_id=OuterRef("pk"), met_on=None).exclude(step__in=rules.OURS)
# The day on which the last of its cases had an answer.
ANSWERED_ON = Subquery(
    SubmissionCase.objects.filter(submission_id=OuterRef("pk"))
    .order_by()
    .values("submission_id")
    .annotate(last=Max("answered_on"))
    .values("last")
)


class DaysBetween(Func):
    """Whole days from the second date to the first; each database in its own words, as Django's would call Python a row."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **more)


class Year(Func):
    """The year of a date, for the same reason."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(substr(%(expressions)s, 1, 4) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(EXTRACT(YEAR FROM %(expressions)s) AS integer)"
        return self.as_sql(compiler, connection, template=template, **more)


@dataclass
class Figures:
    """Of one year (`year` None: of all). Counted by the day of sending; what was withdrawn counts nowhere else."""

    year: int | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    def add(self, kind: str, days: int | None, count: int) -> None:
        self.kinds[kind] += count
        if kind in ANSWERED and days is not None:
            self.days[days] += count

    @property
    def sent(self) -> int:
        return self.kinds.total() - self.kinds[WITHDRAWN]

    @property
    def answered(self) -> int:
        return sum(self.kinds[kind] for kind in ANSWERED)

    @property
    def in_time(self) -> int:
        return self.kinds[IN_TIME]

    @property
    def late(self) -> int:
        return self.kinds[LATE]

    @property
    def no_clock(self) -> int:
        return self.kinds[NO_CLOCK]

    @property
    def waiting(self) -> int:
        """Still within its time, or without one."""
        return self.kinds[WAITING]

    @property
    def overdue(self) -> int:
        return self.kinds[OVERDUE]

    @property
    def over(self) -> int:
        """Never answered, and nobody waits any more."""
        return self.kinds[OVER]

    @property
    def withdrawn(self) -> int:
        return self.kinds[WITHDRAWN]

    @property
    def median_days(self) -> float | int | None:
        return median(self.days)


@dataclass(frozen=True)
class Record:
    total: Figures
    years: list[Figures]
    outcomes: list[tuple[str, int]]
    cases: int


def of_office(office: Office, user: User) -> Record | None:
    """For whoever coordinates an area, over the cases of those areas; nobody else is told."""
    codes = user.coordinated_areas
    if not codes:
        return None
    total, years = Figures(), dict[int, Figures]()
    for year, kind, days, count in _histogram(office, codes):
        for figures in (total, years.setdefault(year, Figures(year))):
            figures.add(kind, days, count)
    outcomes, cases = _outcomes(office, codes)
    newest = sorted(years.values(), key=lambda figures: -(figures.year or 0))
    return Record(total=total, years=newest[:YEARS_SHOWN], outcomes=outcomes, cases=cases)


def median(days: Counter[int]) -> float | int | None:
    """Of a histogram; half a day between the two in the middle."""
    many = days.total()
    if not many:
        return None
    middle = [(many - 1) // 2, many // 2]
    found, seen = [], 0
    for value in sorted(days):
        seen += days[value]
        while len(found) < 2 and middle[len(found)] < seen:
            found.append(value)
    half = sum(found) / 2
    return int(half) if half.is_integer() else half


def _histogram(office: Office, codes: Iterable[str]) -> Iterator[tuple[int, str, int | None, int]]:
    """(Year, what became of it, days until the answer, how many): two queries, as what is answered needs no look at its cases."""
    mine = SubmissionCase.objects.filter(within(codes, "case__area_id"), submission_id=OuterRef("pk"))
    rows = Submission.objects.filter(Exists(mine), office=office).order_by().annotate(year=Year("sent_on"))
    answered = (
        rows.filter(status=SubmissionStatus.ANSWERED)
        .annotate(
            over=Subquery(CLOCK.values(over=DaysBetween("met_on", "due_on"))[:1]),
            days=DaysBetween(ANSWERED_ON, Coalesce("received_on", "sent_on")),
        )
        .values_list("year", "over", "days")
        .annotate(count=Count("pk"))
    )
    for year, over, days, count in answered:
        yield year, NO_CLOCK if over is None else LATE if over > 0 else IN_TIME, days, count
    kind = Choose(
        When(status=SubmissionStatus.WITHDRAWN, then=Value(WITHDRAWN)),
        When(has_open_case=False, then=Value(OVER)),
        When(Exists(PASSED.filter(due_on__lt=timezone.localdate())), then=Value(OVERDUE)),
        default=Value(WAITING),
        output_field=CharField(),
    )
    others = (
        rows.exclude(status=SubmissionStatus.ANSWERED)
        .with_open_case()
        .annotate(kind=kind)
        .values_list("year", "kind")
        .annotate(count=Count("pk"))
    )
    for year, what, count in others:
        yield year, what, None, count


def _outcomes(office: Office, codes: Iterable[str]) -> tuple[list[tuple[str, int]], int]:
    """What became of the cases that lay there, the most frequent first; a case counts once however often it was sent."""
    rows = (
        SubmissionCase.objects.filter(within(codes, "case__area_id"), submission__office=office)
        .exclude(submission__status=SubmissionStatus.WITHDRAWN)
        .order_by()
        .values_list("case__status", "case__outcome", "case__close_reason")
        .annotate(count=Count("case_id", distinct=True))
    )
    told: Counter[str] = Counter()
    for status, outcome, reason, count in rows:
        told[_ending(status, outcome, reason)] += count
    return sorted(told.items(), key=lambda line: (-line[1], line[0])), told.total()


def _ending(status: str, outcome: str, reason: str) -> str:
    if status == Status.RESOLVED:
        return str(Outcome(outcome).label)
    if status == Status.CLOSED:
        return str(CloseReason(reason).label)
    return str(STILL_OPEN)
