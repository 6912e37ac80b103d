"""The coordinator's board: open cases by whose move it is and by deadline, and what lies at which office.

Three queries however many cases there are; every line leads to the list that holds exactly its rows.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, Min, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from cases.areas.models import Area
from cases.casefiles.choices import Due, Status, Turn
from cases.casefiles.due import due_within
from cases.casefiles.models import Case
from cases.casefiles.rules import DUE_BUCKETS, NOT_DUE
from cases.casefiles.workflow import OPEN, statuses_of
from cases.escalations.models import Submission, SubmissionCase
from cases.kernel.scope import within
from cases.people.models import User

MOST_OFFICES = 40
SOON = 3
TURNS = (Turn.COORDINATOR, Turn.VOLUNTEER, Turn.OFFICE)
LATE = (Due.LATE_LONG, Due.LATE_MONTH, Due.LATE_WEEK)


@dataclass(frozen=True)
class Line:
    """One line: what, how many, how many of them past the deadline, and the lists of both."""

    code: str
    label: str
    count: int
    url: str
    late: int = 0
    late_url: str = ""
    inner: bool = False  # a part of the line above
    bad: bool = False


@dataclass(frozen=True)
class OfficeLine:
    office: int
    name: str
    waiting: int
    late: int
    soon: int
    first_due: datetime.date | None
    url: str
    late_url: str


@dataclass(frozen=True)
class Board:
    today: datetime.date
    area: Area | None
    total: int
    late: int
    oldest: datetime.date | None
    turns: list[Line]
    due: list[Line]
    offices: list[OfficeLine]
    more_offices: bool

    @property
    def oldest_days(self) -> int:
        """How long the oldest of the late has been late."""
        return (self.today - self.oldest).days if self.oldest else 0


def board(user: User, area: Area | None = None) -> Board:
    today = timezone.localdate()
    counts, oldest = _counts(user, area, today)
    late = sum(count for (_status, due), count in counts.items() if due in LATE)
    offices = _offices(user, area, today)
    return Board(
        today=today,
        area=area,
        total=sum(counts.values()),
        late=late,
        oldest=oldest if late else None,
        turns=_turn_lines(counts, area),
        due=_due_lines(counts, area),
        offices=offices[:MOST_OFFICES],
        more_offices=len(offices) > MOST_OFFICES,
    )


def _counts(
    user: User, area: Area | None, today: datetime.date
) -> tuple[Counter[tuple[str, str]], datetime.date | None]:
    """Open cases by (status, deadline), and the earliest deadline of all: one query, at most 6 x 8 rows."""
    due = Choose(
        *(When(due_within(bucket, today), then=Value(bucket)) for bucket in DUE_BUCKETS),
        default=Value(NOT_DUE),
        output_field=CharField(),
    )
    cases = Case.objects.visible_to(user).filter(status__in=OPEN)
    if area is not None:
        cases = cases.filter(within([area.pk]))
    rows = (
        cases.order_by()
        .annotate(due=due)
        .values_list("status", "due")
        .annotate(count=Count("pk"), first=Min("due_on"))
    )
    counts: Counter[tuple[str, str]] = Counter()
    earliest: list[datetime.date] = []
    for status, bucket, count, first in rows:
        counts[status, bucket] += count
        if first is not None:
            earliest.append(first)
    return counts, min(earliest, default=None)


def _turn_lines(counts: Counter[tuple[str, str]], area: Area | None) -> list[Line]:
    """Whose move it is, with the statuses in which it is theirs."""
    lines = []
    for turn in TURNS:
        statuses = [status for status in statuses_of(turn) if status in OPEN]
        lines.append(_turn_line(turn.value, str(turn.label), counts, statuses, area, {"turn": turn.value}))
        if len(statuses) > 1:
            for status in statuses:
                wanted = {"status": status.value}
                label = str(Status(status).label)
                lines.append(_turn_line(status.value, label, counts, [status], area, wanted, inner=True))
    return lines


def _turn_line(
    code: str,
    label: str,
    counts: Counter[tuple[str, str]],
    statuses: Iterable[str],
    area: Area | None,
    wanted: dict[str, str],
    inner: bool = False,
) -> Line:
    statuses = set(statuses)
    found = {key: count for key, count in counts.items() if key[0] in statuses}
    return Line(
        code=code,
        label=label,
        count=sum(found.values()),
        url=_cases_url(area, **wanted),
        late=sum(count for (_status, due), count in found.items() if due in LATE),
        late_url=_cases_url(area, **wanted, due="overdue"),
        inner=inner,
    )


def _due_lines(counts: Counter[tuple[str, str]], area: Area | None) -> list[Line]:
    by_due: Counter[str] = Counter()
    for (_status, due), count in counts.items():
        by_due[due] += count
    return [
        Line(
            code=due.value,
            label=str(due.label),
            count=by_due[due],
            url=_cases_url(area, due=due.value),
            bad=due in LATE and by_due[due] > 0,
        )
        for due in Due
    ]


def _offices(user: User, area: Area | None, today: datetime.date) -> list[OfficeLine]:
    """What waits where; the office that lets us wait longest first."""
    waiting = Submission.objects.visible_to(user).awaited()
    if area is not None:
        links = SubmissionCase.objects.filter(within([area.pk], "case__area_id"))
        waiting = waiting.filter(Exists(links.filter(submission_id=OuterRef("pk"))))
    soon = today + datetime.timedelta(days=SOON)
    rows = (
        waiting.order_by()
        .values("office_id", "office__name")
        .annotate(
            waiting=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            soon=Count("pk", filter=Q(due_on__range=(today, soon))),
            first_due=Min("due_on"),
        )
        .order_by("-late", "-waiting", "office__name")
    )
    return [
        OfficeLine(
            office=row["office_id"],
            name=row["office__name"],
            waiting=row["waiting"],
            late=row["late"],
            soon=row["soon"],
            first_due=row["first_due"],
            url=_submissions_url(area, office=row["office_id"], due="waiting"),
            late_url=_submissions_url(area, office=row["office_id"], status="open", due="overdue"),
        )
        for row in rows[: MOST_OFFICES + 1]
    ]


def _cases_url(area: Area | None, **wanted: Any) -> str:
    """A status or a turn alone lists over-and-done rows of none: every status of the board is an open one."""
    return _url("casefiles:list", area, wanted)


def _submissions_url(area: Area | None, **wanted: Any) -> str:
    return _url("escalations:list", area, wanted)


def _url(name: str, area: Area | None, wanted: dict[str, Any]) -> str:
    if area is not None:
        wanted = {**wanted, "area": area.pk}
    return f"{reverse(name)}?{urlencode(wanted)}"
