"""After sending: the receipt, what their channel says, taking back, and a calendar that changed."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.calendar import load_calendar
from cases.casefiles import actions as casefiles
from cases.casefiles.choices import Status
from cases.casefiles.models import Case
from cases.casefiles.permissions import check_keeps_reporter
from cases.escalations import permissions, rules
from cases.escalations.actions.parts import (
    IN_THE_FUTURE,
    check_receipt,
    iso,
    locked_submission,
    record_on_all,
    refresh_due,
    set_clock,
)
from cases.escalations.choices import DayUnit, SubmissionStatus, Word
from cases.escalations.facts import facts_of
from cases.escalations.models import Progress, Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
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
    submission.save(update_fields=["received_on", "received_by", "their_number"])
    set_clock(submission)
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
    # Nothing runs of what was withdrawn, in the same write as the constraint asks.
    submission.due_on = None
    submission.save(update_fields=["status", "withdrawn_reason", "due_on"])
    if submission.appeal_of is not None:
        set_clock(locked(submission.appeal_of))
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
def note_progress(
    *, submission: Submission, word: str, on: date, by: User, client_id: UUID | None = None
) -> Progress:
    """What the office's channel says in its own words, or what the posko did in between; clocks stop and start by it.

    The same word on the same day is noted once. A completed file goes back to the office.
    """
    submission, rows = locked_submission(submission)
    digest = content_digest({"submission": submission.pk, "word": word, "on": on})
    if before := stored_before(Progress, client_id, digest):
        return before
    permissions.check_can_note(by, submission)
    if word not in rules.words_of(submission.office.kind):
        raise ActionRefused(_("Choose a status that this office uses."))
    if on > timezone.localdate():
        raise ActionRefused(IN_THE_FUTURE)
    if on < submission.sent_on:
        raise ActionRefused(_("This cannot have happened before it was sent. Check both days."))
    if known := submission.progress.filter(word=word, on=on).first():
        return known
    if word == Word.COMPLETED:
        _check_completed(submission, rows, on)
    progress = Progress(
        submission=submission, word=word, on=on, by=by, client_id=client_id, client_digest=digest
    )
    progress.save()
    set_clock(submission)
    data = {"office": submission.office.name, "word": word, "on": on.isoformat()}
    record_on_all("submission.progress", submission, rows, by, data)
    if word == Word.COMPLETED:
        for case in rows:
            if case.status in (Status.ANSWERED, Status.VERIFIED):
                casefiles.mark_sent(case=case, by=by, data={"office": submission.office.name})
    refresh_due(rows, by)
    return progress


def _check_completed(submission: Submission, rows: list[Case], on: date) -> None:
    facts = facts_of(submission)
    if not facts.is_incomplete or facts.asked_on is None:
        raise ActionRefused(_("The office has not asked for more papers."))
    if on < facts.asked_on:
        raise ActionRefused(_("The file cannot be completed before the office asked. Check both days."))
    for case in rows:
        if case.status in (Status.NEW, Status.NEEDS_DETAILS):
            raise ActionRefused(
                _("%(number)s still needs details: verify it, then complete the file.")
                % {"number": case.number}
            )


@action
def recompute_open_deadlines(by: User | None = None) -> int:
    """After a day was added or struck: how many submissions moved. The earlier dates stay in the event."""
    calendar = load_calendar()
    moved = 0
    counted = (
        Submission.objects.exclude(status=SubmissionStatus.WITHDRAWN)
        .filter(
            deadlines__unit=DayUnit.WORKING_DAYS, deadlines__met_on=None, deadlines__started_on__isnull=False
        )
        .distinct()
    )
    for pk in counted.order_by("pk").values_list("pk", flat=True):
        submission, rows = locked_submission(Submission(pk=pk))
        moves = [] if submission.status == SubmissionStatus.WITHDRAWN else set_clock(submission, calendar)
        if not moves:
            continue
        first = moves[0]
        data = {
            "office": submission.office.name,
            "from": iso(first.before),
            "to": iso(first.after),
            "step": first.step,
            "moves": [[move.step, iso(move.before), iso(move.after)] for move in moves],
        }
        record_on_all("submission.deadline_moved", submission, rows, by, data)
        refresh_due(rows, by)
        moved += 1
    return moved
