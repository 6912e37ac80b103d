"""What waits for whom: the work queues of the home pages, each a bounded query inside the user's scope."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.utils import timezone

from cases.areas.models import Kampung
from cases.casefiles.choices import Status, Turn
from cases.casefiles.models import Case
from cases.casefiles.workflow import OPEN, TURN
from cases.households.choices import HouseholdStatus, VisitResult
from cases.households.models import Household, Visit
from cases.kernel.scope import covers, within
from cases.paper.models import DoorSheet
from cases.people.models import User
from cases.programmes.models import Round, Schedule

SHOWN = 5  # rows of a list on the home page; the whole list is one tap away
SOON = 3  # days before a deadline that deserve a word
AHEAD = 14  # days of schedule
WEEK = 7
MOST = 999  # a count that is larger is told as "more than"
RW_LENGTH = len("31.75.05.1001.011")
# The family heard about it, or is not there to hear it; a closed door is knocked on again.
HEARD = (VisitResult.MET, VisitResult.REFUSED, VisitResult.MOVED)


@dataclass(frozen=True)
class DoorsToKnock:
    """Families who have not yet heard of a date."""

    schedule: Schedule
    families: int
    most: int = MOST

    @property
    def more(self) -> bool:
        return self.families > self.most


@dataclass(frozen=True)
class VolunteerDay:
    to_complete: list[Case]
    more_to_complete: bool
    doors: list[DoorsToKnock]
    schedules: list[Schedule]
    sheets: list[DoorSheet]

    @property
    def free(self) -> bool:
        return not (self.to_complete or self.doors or self.sheets)


def volunteer_day(user: User) -> VolunteerDay:
    cases = list(_to_complete(user)[: SHOWN + 1])
    schedules = upcoming(user)
    return VolunteerDay(
        to_complete=cases[:SHOWN],
        more_to_complete=len(cases) > SHOWN,
        doors=[knock for row in _first_of_rounds(schedules) if (knock := _doors(user, row)).families],
        schedules=schedules[:SHOWN],
        sheets=list(_sheets_out(user)[:SHOWN]),
    )


def _to_complete(user: User) -> QuerySet[Case]:
    """One's own first, then what nobody was asked to do; what a colleague was asked to do is theirs."""
    return (
        Case.objects.visible_to(user)
        .filter(Q(assigned_to=user) | Q(assigned_to=None), status=Status.NEEDS_DETAILS)
        .select_related("area__parent__parent")
        .order_by(
            Choose(
                When(assigned_to=user, then=0),
                When(created_by=user, then=1),
                default=2,
                output_field=IntegerField(),
            ),
            "-created_at",
            "-id",
        )
    )


def upcoming(user: User) -> list[Schedule]:
    """Dates in the user's areas within the next two weeks, the nearest first."""
    today = timezone.localdate()
    return list(
        Schedule.objects.visible_to(user)
        .standing()
        .filter(date__range=(today, today + datetime.timedelta(days=AHEAD)))
        .select_related("round__programme", "area__parent__parent")
        .order_by("date", "starts", "id")[: 2 * SHOWN]
    )


def _first_of_rounds(schedules: Iterable[Schedule], most: int = 2) -> list[Schedule]:
    """The nearest date of each round: whom to tell about what comes first."""
    nearest: dict[int, Schedule] = {}
    for schedule in schedules:
        nearest.setdefault(schedule.round_id, schedule)
    return list(nearest.values())[:most]


def unaware(user: User, aid_round: Round | int, code: str) -> QuerySet[Household]:
    """Families of an area who have not yet heard of a round."""
    heard = Visit.objects.filter(household=OuterRef("pk"), round=aid_round, result__in=HEARD)
    return (
        Household.objects.visible_to(user)
        .filter(within([code]), status=HouseholdStatus.ACTIVE)
        .exclude(Exists(heard))
    )


def _doors(user: User, schedule: Schedule) -> DoorsToKnock:
    families = unaware(user, schedule.round_id, schedule.area_id).order_by()[: MOST + 1].count()
    return DoorsToKnock(schedule=schedule, families=families)


def _sheets_out(user: User) -> QuerySet[DoorSheet]:
    return (
        DoorSheet.objects.visible_to(user)
        .filter(volunteer=user, returned_at=None)
        .select_related("area__parent__parent", "print")
        .annotate(doors=Count("lines"))
        .order_by("number")
    )


@dataclass
class Tally:
    """Open cases by whose move it is, and what is pressing."""

    turns: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    soon: int = 0
    fresh: int = 0

    def add(self, status: str, due: str, fresh: bool, count: int) -> None:
        if status in OPEN:
            self.turns[TURN[Status(status)].value] += count
            self.overdue += count if due == "late" else 0
            self.soon += count if due == "soon" else 0
        self.fresh += count if fresh else 0

    @property
    def coordinator(self) -> int:
        return self.turns[Turn.COORDINATOR]

    @property
    def volunteer(self) -> int:
        return self.turns[Turn.VOLUNTEER]

    @property
    def office(self) -> int:
        return self.turns[Turn.OFFICE]

    @property
    def nothing(self) -> bool:
        return not (self.turns.total() or self.fresh)


@dataclass(frozen=True)
class Overview:
    total: Tally
    by_place: list[tuple[str, Tally]]
    overdue: list[Case]
    soon: list[Case]
    newest: list[Case]
    new_households: int
    schedules: list[Schedule]


def overview(user: User, *, by_kampung: bool = False) -> Overview:
    """What a coordinator looks at in the morning; for the board with one line a kampung."""
    groups = _groups(user)
    total = Tally()
    for _place, *numbers in groups:
        total.add(*numbers)
    pressing = list(_pressing(user)[: 2 * SHOWN])
    return Overview(
        total=total,
        by_place=_by_kampung(groups) if by_kampung else [],
        overdue=[case for case in pressing if case.days_late][:SHOWN],
        soon=[case for case in pressing if not case.days_late][:SHOWN],
        newest=list(_newest(user)[:SHOWN]),
        new_households=_new_households(user),
        schedules=upcoming(user)[:SHOWN],
    )


def _groups(user: User) -> list[tuple[str, str, str, bool, int]]:
    """(RW, status, late|soon|"", came in this week, how many): one pass over open cases and this week's."""
    today = timezone.localdate()
    due = Choose(
        When(due_on__lt=today, then=Value("late")),
        When(due_on__lte=today + datetime.timedelta(days=SOON), then=Value("soon")),
        default=Value(""),
        output_field=CharField(),
    )
    fresh = Choose(
        When(created_at__gte=_week_ago(), then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    rows = (
        Case.objects.visible_to(user)
        .filter(Q(status__in=OPEN) | Q(created_at__gte=_week_ago()))
        .order_by()
        .annotate(place=Substr(F("area_id"), 1, RW_LENGTH), due=due, fresh=fresh)
        .values_list("place", "status", "due", "fresh")
        .annotate(count=Count("pk"))
    )
    return [(place, status, late, bool(new), count) for place, status, late, new, count in rows]


def _by_kampung(groups: list[tuple[str, str, str, bool, int]]) -> list[tuple[str, Tally]]:
    """A line a kampung; what lies in none of them comes last, under no name."""
    kampungs = [
        (kampung.name, [area.pk for area in kampung.areas.all()])
        for kampung in Kampung.objects.prefetch_related("areas")
    ]
    tallies = {name: Tally() for name, _codes in kampungs}
    outside = Tally()
    for place, *numbers in groups:
        homes = [name for name, codes in kampungs if covers(codes, place)]
        for tally in [tallies[name] for name in homes] or [outside]:
            tally.add(*numbers)
    lines = list(tallies.items())
    return lines if outside.nothing else [*lines, ("", outside)]


def _pressing(user: User) -> QuerySet[Case]:
    soon = timezone.localdate() + datetime.timedelta(days=SOON)
    return (
        Case.objects.visible_to(user)
        .still_open()
        .filter(due_on__lte=soon)
        .select_related("area__parent__parent")
        .order_by("due_on", "id")
    )


def _newest(user: User) -> QuerySet[Case]:
    return (
        Case.objects.visible_to(user)
        .filter(created_at__gte=_week_ago())
        .select_related("area__parent__parent")
        .order_by("-created_at", "-id")
    )


def _new_households(user: User) -> int:
    recent = Household.objects.visible_to(user).current().filter(created_at__gte=_week_ago())
    return recent.order_by()[: MOST + 1].count()


def _week_ago() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=WEEK)
