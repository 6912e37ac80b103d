"""What all actions on a submission share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.calendar import load_calendar
from cases.audit.actions import record
from cases.casefiles import actions as casefiles
from cases.casefiles.models import Case
from cases.escalations import rules
from cases.escalations.choices import SubmissionStatus
from cases.escalations.facts import clock
from cases.escalations.models import Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused
from cases.kernel.workdays import Calendar
from cases.kernel.writes import locked
from cases.people.models import User

IN_THE_FUTURE = _("This date has not come yet. Check the day.")


def locked_cases(cases: Iterable[Case]) -> list[Case]:
    """In the order of their ids, so that two people locking the same cases cannot block each other."""
    return list(Case.objects.select_for_update().filter(pk__in={case.pk for case in cases}).order_by("pk"))


def locked_submission(submission: Submission) -> tuple[Submission, list[Case]]:
    """Cases first, then the submission: the same order as sending, so that nobody waits in a ring."""
    ids = SubmissionCase.objects.filter(submission_id=submission.pk).values_list("case_id", flat=True)
    rows = list(Case.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk"))
    return locked(submission), rows


@dataclass(frozen=True)
class Moved:
    """A deadline that is no longer where it was."""

    step: str
    before: date | None
    after: date | None


def set_clock(submission: Submission, calendar: Calendar | None = None) -> list[Moved]:
    """Compute all deadlines of a locked submission afresh and keep them; what moved from one day to another is told.

    The submission carries the earliest that runs.
    """
    for relation in ("answers", "links", "progress", "appeals", "deadlines"):
        getattr(submission, "_prefetched_objects_cache", {}).pop(relation, None)
    moved = []
    running = []
    for row, now in clock(submission, calendar or load_calendar()):
        running.append(now)
        if row.met_on and now.met_on == row.met_on and now.started_on == row.started_on:
            # Kept in time by the calendar of its day: a holiday decreed later does not rewrite it.
            continue
        if row.due_on != now.due_on and row.due_on is not None:
            moved.append(Moved(row.step, row.due_on, now.due_on))
        if (row.started_on, row.due_on, row.met_on) != (now.started_on, now.due_on, now.met_on):
            row.started_on, row.due_on, row.met_on = now.started_on, now.due_on, now.met_on
            row.save(update_fields=["started_on", "due_on", "met_on"])
    first = None if submission.status == SubmissionStatus.WITHDRAWN else rules.earliest(running)
    due_on = first.due_on if first else None
    if submission.due_on != due_on:
        submission.due_on = due_on
        submission.save(update_fields=["due_on"])
    return moved


def refresh_due(cases: list[Case], by: User | None) -> None:
    """Each case carries the earliest deadline that runs for it: the office's until it is answered, and ours.

    An office whose silence was carried on to the next rung stays late on its own page; the case follows the next one.
    """
    carried_on = set(
        SubmissionCase.objects.exclude(submission__status=SubmissionStatus.WITHDRAWN)
        .filter(case__in=cases, submission__appeal_of__isnull=False)
        .values_list("case_id", "submission__appeal_of_id")
    )
    running: dict[int, list[date]] = {}
    links = SubmissionCase.objects.filter(
        ~Q(submission__status=SubmissionStatus.WITHDRAWN),
        Q(answered_on=None) | Q(submission__deadlines__step__in=rules.OURS),
        case__in=cases,
        submission__deadlines__met_on=None,
        submission__deadlines__due_on__isnull=False,
    )
    for case_id, at, due_on in links.values_list("case_id", "submission_id", "submission__deadlines__due_on"):
        if due_on is not None and (case_id, at) not in carried_on:
            running.setdefault(case_id, []).append(due_on)
    for case in cases:
        casefiles.set_due(case=case, due_on=min(running.get(case.pk, []), default=None), by=by)


def record_on_all(
    verb: str, submission: Submission, cases: list[Case], by: User | None, data: Mapping[str, Any]
) -> None:
    """Once for the submission, and once on the timeline of each of its cases."""
    record(verb, subject=submission, by=by, area=submission.office.area_id, data=dict(data))
    for case in cases:
        record(verb, subject=case, about=submission, by=by, data=dict(data))


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def check_receipt(sent_on: date, received_on: date | None) -> None:
    if received_on is None:
        return
    if received_on > timezone.localdate():
        raise ActionRefused(IN_THE_FUTURE)
    if received_on < sent_on:
        raise ActionRefused(_("It cannot be received before it was sent. Check both days."))
