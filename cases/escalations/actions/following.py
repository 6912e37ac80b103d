"""After sending: the receipt, taking back, and a calendar that changed."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.areas.calendar import load_calendar
from cases.casefiles import actions as casefiles
from cases.casefiles.choices import Status
from cases.casefiles.permissions import check_keeps_reporter
from cases.escalations import permissions, rules
from cases.escalations.actions.parts import (
    check_receipt,
    due_by_rule,
    iso,
    locked_submission,
    record_on_all,
    refresh_due,
)
from cases.escalations.choices import DayUnit, SubmissionStatus
from cases.escalations.models import Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action
from cases.people.models import User

REASON_LENGTH = 200


@action
def receive(
    *, submission: Submission, received_on: date, by: User, received_by: str = "", their_number: str = ""
) -> Submission:
    """The dated receipt starts the clock anew; what was there before stays in the event. May be corrected while open."""
    submission, rows = locked_submission(submission)
    permissions.check_can_receive(by, submission)
    check_receipt(submission.sent_on, received_on)
    words = {"received_by": received_by.strip(), "their_number": their_number.strip()}
    for case in rows:
        check_keeps_reporter(case, *words.values())
    before = (submission.received_on, submission.received_by, submission.their_number)
    if before == (received_on, *words.values()):
        return submission
    due_before = submission.due_on
    submission.received_on = received_on
    submission.received_by, submission.their_number = words["received_by"], words["their_number"]
    submission.due_on = due_by_rule(submission)
    submission.save(update_fields=["received_on", "received_by", "their_number", "due_on"])
    data = {
        "office": submission.office.name,
        "received_on": received_on.isoformat(),
        "received_before": iso(before[0]),
        "due_from": iso(due_before),
        "due_to": iso(submission.due_on),
    }
    record_on_all("submission.received", submission, rows, by, data)
    refresh_due(rows, by)
    return submission


@action
def withdraw(*, submission: Submission, reason: str, by: User) -> Submission:
    """Taken back before an answer came; a case with nothing else under way is verified again."""
    submission, rows = locked_submission(submission)
    permissions.check_can_withdraw(by, submission)
    reason = reason.strip()
    if not reason:
        raise ActionRefused(_("Write why it is withdrawn."))
    if len(reason) > REASON_LENGTH:
        raise ActionRefused(_("The reason is too long. Write it in one sentence."))
    for case in rows:
        check_keeps_reporter(case, reason)
    submission.status = SubmissionStatus.WITHDRAWN
    submission.withdrawn_reason = reason
    submission.save(update_fields=["status", "withdrawn_reason"])
    record_on_all("submission.withdrawn", submission, rows, by, {"office": submission.office.name})
    elsewhere = set(
        SubmissionCase.objects.filter(case__in=rows, submission__status=SubmissionStatus.OPEN).values_list(
            "case_id", flat=True
        )
    )
    for case in rows:
        if case.status == Status.SENT and case.pk not in elsewhere:
            casefiles.back_to_verified(case=case, by=by, data={"office": submission.office.name})
    refresh_due(rows, by)
    return submission


@action
def recompute_open_deadlines(by: User | None = None) -> int:
    """After a day was added or struck: how many deadlines moved. The earlier date stays in the event."""
    calendar = load_calendar()
    moved = 0
    counted = Submission.objects.filter(status=SubmissionStatus.OPEN, rule_unit=DayUnit.WORKING_DAYS)
    for pk in counted.order_by("pk").values_list("pk", flat=True):
        submission, rows = locked_submission(Submission(pk=pk))
        fresh = rules.deadline(
            submission.clock_starts_on, submission.rule_amount, submission.rule_unit, calendar
        )
        if not submission.is_open or fresh is None or fresh.date == submission.due_on:
            continue
        before, submission.due_on = submission.due_on, fresh.date
        submission.save(update_fields=["due_on"])
        data = {"office": submission.office.name, "from": iso(before), "to": iso(fresh.date)}
        record_on_all("submission.deadline_moved", submission, rows, by, data)
        refresh_due(rows, by)
        moved += 1
    return moved
