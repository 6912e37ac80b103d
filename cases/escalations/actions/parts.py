"""What all actions on a submission share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.calendar import load_calendar
from cases.audit.actions import record
from cases.casefiles import actions as casefiles
from cases.casefiles.models import Case
from cases.escalations import rules
from cases.escalations.choices import SubmissionStatus
from cases.escalations.models import Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused
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


def due_by_rule(submission: Submission) -> date | None:
    counted = rules.deadline(
        submission.clock_starts_on, submission.rule_amount, submission.rule_unit, load_calendar()
    )
    return counted.date if counted else None


def refresh_due(cases: list[Case], by: User | None) -> None:
    """Each case carries the earliest deadline that still runs for it."""
    running: dict[int, list[date | None]] = {}
    links = SubmissionCase.objects.filter(case__in=cases, submission__status=SubmissionStatus.OPEN)
    for case_id, due_on in links.values_list("case_id", "submission__due_on"):
        running.setdefault(case_id, []).append(due_on)
    for case in cases:
        casefiles.set_due(case=case, due_on=rules.earliest(running.get(case.pk, [])), by=by)


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
