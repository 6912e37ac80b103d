"""What the office said."""

from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casefiles import actions as casefiles
from cases.casefiles.choices import Status
from cases.casefiles.permissions import check_keeps_reporter
from cases.escalations import permissions
from cases.escalations.actions.parts import IN_THE_FUTURE, locked_submission, record_on_all, refresh_due
from cases.escalations.choices import Solves, SubmissionStatus
from cases.escalations.models import Answer, Submission
from cases.kernel import uploads
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action
from cases.people.models import User

CONTENT_LENGTH = 4000


@action
def record_answer(
    *,
    submission: Submission,
    answered_on: date,
    content: str,
    solves: str,
    by: User,
    their_number: str = "",
    attachment: bytes | BinaryIO | None = None,
    client_id: UUID | None = None,
) -> Answer:
    """What the office said; it stops the clock, and cases that lay there are answered. A photo is kept without EXIF."""
    submission, rows = locked_submission(submission)
    content, their_number = content.strip(), their_number.strip()
    file = _read(attachment)
    digest = content_digest(
        {
            "submission": submission.pk,
            "answered_on": answered_on,
            "content": content,
            "solves": solves,
            "their_number": their_number,
            "attachment": content_digest(file.hex()) if file else "",
        }
    )
    if before := stored_before(Answer, client_id, digest):
        return before
    permissions.check_can_answer(by, submission)
    _check_answer(submission, answered_on, content, solves)
    for case in rows:
        check_keeps_reporter(case, content, their_number)
    answer = Answer(
        submission=submission,
        answered_on=answered_on,
        content=content,
        solves=solves,
        their_number=their_number,
        by=by,
        client_id=client_id,
        client_digest=digest,
    )
    _save_with_file(answer, file)
    submission.status = SubmissionStatus.ANSWERED
    submission.save(update_fields=["status"])
    data = {"office": submission.office.name, "answered_on": answered_on.isoformat(), "solves": solves}
    record_on_all("answer.recorded", submission, rows, by, data)
    for case in rows:
        # Over, or back with a volunteer in the meantime: the answer is on its timeline and moves nothing.
        if case.status == Status.SENT:
            casefiles.mark_answered(case=case, by=by, data={"office": submission.office.name})
    refresh_due(rows, by)
    return answer


def _check_answer(submission: Submission, answered_on: date, content: str, solves: str) -> None:
    if not content:
        raise ActionRefused(_("Write what the office said."))
    if len(content) > CONTENT_LENGTH:
        raise ActionRefused(_("The answer is too long. Write the main point and attach the letter."))
    if solves not in Solves.values:
        raise ActionRefused(_("Choose whether the answer solves the matter."))
    if answered_on > timezone.localdate():
        raise ActionRefused(IN_THE_FUTURE)
    if answered_on < submission.sent_on:
        raise ActionRefused(_("An answer cannot come before it was sent. Check both days."))
    if submission.received_on is not None and answered_on < submission.received_on:
        raise ActionRefused(_("An answer cannot come before the receipt. Check both days."))


def _read(attachment: bytes | BinaryIO | None) -> bytes:
    if attachment is None or isinstance(attachment, bytes):
        return attachment or b""
    attachment.seek(0)
    return attachment.read(uploads.PDF_BYTES + 1)


def _save_with_file(answer: Answer, file: bytes) -> None:
    if not file:
        answer.save()
        return
    kind = uploads.inspect(file)
    photo = kind in uploads.PHOTO_KINDS.values()
    answer.attachment_type = uploads.MEDIA_TYPES["jpeg"] if photo else uploads.media_type(file)
    answer.attachment.save("", ContentFile(uploads.clean_image(file) if photo else file), save=False)
    try:
        answer.save()
    except BaseException:
        answer.attachment.delete(save=False)
        raise
