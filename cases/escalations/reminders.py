"""What escalations tell people each morning: deadlines that come near, and what came back. Counts and links only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.audit.models import AuditEvent
from cases.casefiles.models import Case
from cases.casefiles.workflow import OPEN
from cases.escalations import rules
from cases.escalations.choices import Mark, SubmissionStatus
from cases.escalations.models import Deadline, Submission, SubmissionCase
from cases.kernel.scope import path_to
from cases.notices import registry
from cases.notices.registry import Figure, Told
from cases.people.choices import Role
from cases.people.models import Membership, User

SOON_DAYS = 3


# --- whom ------------------------------------------------------------------------------------------------------------------


def followers(events: Sequence[AuditEvent]) -> Mapping[int, set[int]]:
    """Coordinators over the cases of a submission, and whoever has one of them as a task; three queries a batch.

    Events stand on the submission; an event that stands on a case as well is told once, by the submission.
    """
    mine = {event.pk: int(event.subject_id) for event in events if event.subject_type == SUBMISSION}
    links = list(
        SubmissionCase.objects.filter(
            submission_id__in=set(mine.values()), case__status__in=OPEN
        ).values_list("submission_id", "case__area_id", "case__assigned_to_id")
    )
    over = _coordinators({area for _row, area, _task in links})
    wanted: dict[int, set[int]] = defaultdict(set)
    for submission_id, area, assigned_to in links:
        wanted[submission_id] |= over[area]
        if assigned_to is not None:
            wanted[submission_id].add(assigned_to)
    return {pk: wanted[submission_id] for pk, submission_id in mine.items()}


def _coordinators(areas: set[str]) -> dict[str, set[int]]:
    """{area: coordinators whose own area holds it}. The pengurus see it all on their board and are not woken for each case."""
    ways = {area: path_to(area) for area in areas}
    holders: dict[str, set[int]] = defaultdict(set)
    current = Membership.objects.current().filter(
        role=Role.COORDINATOR, area_id__in={code for way in ways.values() for code in way}
    )
    for code, user_id in current.order_by().values_list("area_id", "user_id"):
        holders[code].add(user_id)
    return {area: set().union(*(holders[code] for code in way)) for area, way in ways.items()}


SUBMISSION = Submission._meta.label_lower


# --- what comes near -------------------------------------------------------------------------------------------------------


def near_deadlines(today: date, horizon: date) -> Iterator[tuple[Deadline, date, Mark]]:
    """Deadlines that run and the furthest mark each has reached; what falls on quiet days until `horizon` is told before them.

    An office that was passed over is left alone: the case waits for the next one.
    """
    passed_over = Submission.objects.exclude(status=SubmissionStatus.WITHDRAWN).filter(
        appeal_of=OuterRef("submission_id")
    )
    running = (
        Deadline.objects.filter(
            ~Q(submission__status=SubmissionStatus.WITHDRAWN),
            met_on=None,
            due_on__lte=horizon + timedelta(days=SOON_DAYS),
            submission__in=Submission.objects.running(),
        )
        .exclude(Exists(passed_over))
        .select_related("submission__office")
        .order_by("pk")
    )
    for row in running:
        if row.due_on is not None:
            yield row, row.due_on, mark_of(row.due_on, today, horizon)


def mark_of(due_on: date, today: date, horizon: date) -> Mark:
    if due_on < today:
        return Mark.OVERDUE
    return Mark.TODAY if due_on <= horizon else Mark.SOON


# --- how it is told ----------------------------------------------------------------------------------------------------------


def _list(query: str) -> str:
    return f"{reverse('escalations:list')}?{query}"


def register() -> None:
    """Named in AppConfig.ready."""
    from cases.escalations.actions import record_near_deadlines

    registry.before_drain("escalations", record_near_deadlines)
    registry.summary("escalations", figures)
    for verb, told in TOLD.items():
        registry.register(verb, told)


def figures(user: User, today: date) -> list[Figure]:
    """For the coordinators' group: how many letters are late, due soon, and how many cases wait for a coordinator."""
    running = Submission.objects.visible_to(user).running()
    soon = running.filter(due_on__range=(today, today + timedelta(days=SOON_DAYS)))
    ready = Case.objects.visible_to(user).filter(status__in=rules.READY)
    return [
        Figure(_("past the deadline"), running.filter(due_on__lt=today).count(), _list("due=overdue")),
        Figure(_("due within 3 days"), soon.count(), _list("due=soon")),
        Figure(
            _("cases wait for a coordinator"), ready.count(), f"{reverse('casefiles:list')}?turn=coordinator"
        ),
    ]


TOLD = {
    "deadline.overdue": Told(
        label=ngettext_lazy(
            "%(n)s letter is past its deadline", "%(n)s letters are past their deadline", "n"
        ),
        audience=followers,
        url=lambda user: _list("due=overdue"),
        icon="warning",
        order=10,
    ),
    "deadline.today": Told(
        label=ngettext_lazy(
            "%(n)s deadline ends today or before the next working day",
            "%(n)s deadlines end today or before the next working day",
            "n",
        ),
        audience=followers,
        url=lambda user: _list("due=soon"),
        icon="clock",
        order=11,
    ),
    "deadline.soon": Told(
        label=ngettext_lazy(
            "%(n)s deadline ends within three days", "%(n)s deadlines end within three days", "n"
        ),
        audience=followers,
        url=lambda user: _list("due=soon"),
        icon="clock",
        order=12,
    ),
    "submission.deadline_moved": Told(
        label=ngettext_lazy(
            "%(n)s deadline moved with the calendar", "%(n)s deadlines moved with the calendar", "n"
        ),
        audience=followers,
        url=lambda user: _list("due=any"),
        icon="calendar",
        order=20,
        tell_actor=True,
    ),
    "answer.recorded": Told(
        label=ngettext_lazy("%(n)s answer came in", "%(n)s answers came in", "n"),
        audience=followers,
        url=lambda user: _list("status=answered"),
        icon="answer",
        order=30,
    ),
}
