"""What the office said."""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casefiles import actions as casefiles
from cases.casefiles.choices import Status
from cases.casefiles.models import Case
from cases.casefiles.permissions import check_keeps_reporter
from cases.escalations import permissions
from cases.escalations.actions.parts import (
    IN_THE_FUTURE,
    locked_submission,
    record_on_all,
    refresh_due,
    set_clock,
)
from cases.escalations.choices import AnswerKind, Solves, SubmissionStatus
from cases.escalations.models import Answer, Submission, SubmissionCase
from cases.kernel import uploads
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action
from cases.people.models import User

CONTENT_LENGTH = 4000
NO_ANSWER_YET = (AnswerKind.INCOMPLETE, AnswerKind.MORE_TIME)
# It is the posko's turn again.
MOVES = (AnswerKind.ANSWER, AnswerKind.INCOMPLETE)


@action
def record_answer(
    *,
    submission: Submission,
    answered_on: date,
    content: str,
    by: User,
    solves: str = "",
    kind: str = AnswerKind.ANSWER,
    cases: Iterable[Case] | None = None,
    their_number: str = "",
    attachment: bytes | BinaryIO | None = None,
    client_id: UUID | None = None,
) -> Answer:
    """What the office said, for some of the cases or (`cases` None) for all that wait. A photo is kept without EXIF.

    An answer stops the office's clock once every case has one, and moves those that lay there. A part of an answer moves
    nothing. "Complete your file" gives the cases back to the posko and starts its own clock.
    """
    submission, rows = locked_submission(submission)
    content, their_number = content.strip(), their_number.strip()
    chosen = None if cases is None else sorted({case.pk for case in cases})
    file = _read(attachment)
    digest = content_digest(
        {
            "submission": submission.pk,
            "answered_on": answered_on,
            "content": content,
            "solves": solves,
            "their_number": their_number,
            "attachment": content_digest(file.hex()) if file else "",
            # Left out where it says nothing new, so that an answer sent before they existed is still known again.
            **({"kind": kind} if kind != AnswerKind.ANSWER else {}),
            **({"cases": chosen} if chosen is not None else {}),
        }
    )
    if before := stored_before(Answer, client_id, digest):
        return before
    permissions.check_can_answer(by, submission)
    _check_answer(submission, answered_on, content, kind, solves)
    links = _links(submission, kind, chosen)
    covered = [case for case in rows if case.pk in {link.case_id for link in links}]
    for case in covered:
        check_keeps_reporter(case, content, their_number)
    answer = Answer(
        submission=submission,
        answered_on=answered_on,
        kind=kind,
        content=content,
        solves=solves,
        their_number=their_number,
        by=by,
        client_id=client_id,
        client_digest=digest,
    )
    _save_with_file(answer, file)
    answer.links.set(links)
    if kind == AnswerKind.ANSWER:
        _settle(submission, links, answered_on, solves)
    set_clock(submission)
    data = {
        "office": submission.office.name,
        "answered_on": answered_on.isoformat(),
        "kind": kind,
        "solves": solves,
        "cases": len(covered),
    }
    record_on_all("answer.recorded", submission, covered, by, data)
    for case in covered:
        # Over, or back with a volunteer in the meantime: the answer is on its timeline and moves nothing.
        if case.status == Status.SENT and kind in MOVES:
            casefiles.mark_answered(case=case, by=by, data={"office": submission.office.name})
    refresh_due(rows, by)
    return answer


def _links(submission: Submission, kind: str, chosen: list[int] | None) -> list[SubmissionCase]:
    """The cases it speaks of: those chosen, else those that still wait, else (a second answer) all."""
    links = list(submission.links.all())
    if chosen is not None:
        found = [link for link in links if link.case_id in chosen]
        if not found or len(found) != len(chosen):
            raise ActionRefused(_("Choose cases of this letter."))
        return found
    waiting = [link for link in links if link.answered_on is None]
    return waiting if waiting and kind == AnswerKind.ANSWER else links


def _settle(submission: Submission, links: list[SubmissionCase], answered_on: date, solves: str) -> None:
    for link in links:
        link.answered_on = min(link.answered_on or answered_on, answered_on)
        later = link.answers.filter(kind=AnswerKind.ANSWER, answered_on__gt=answered_on)
        if not later.exists():
            link.solves = solves
        link.save(update_fields=["answered_on", "solves"])
    if not submission.links.filter(answered_on=None).exists():
        submission.status = SubmissionStatus.ANSWERED
        submission.save(update_fields=["status"])


def _check_answer(submission: Submission, answered_on: date, content: str, kind: str, solves: str) -> None:
    if kind not in AnswerKind.values:
        raise ActionRefused(_("Choose what kind of answer it is."))
    if kind in NO_ANSWER_YET and submission.status == SubmissionStatus.ANSWERED:
        raise ActionRefused(_("The office has answered already: more time or papers come before the answer."))
    if not content:
        raise ActionRefused(_("Write what the office said."))
    if len(content) > CONTENT_LENGTH:
        raise ActionRefused(_("The answer is too long. Write the main point and attach the letter."))
    if kind == AnswerKind.ANSWER and solves not in Solves.values:
        raise ActionRefused(_("Choose whether the answer solves the matter."))
    if kind != AnswerKind.ANSWER and solves:
        raise ActionRefused(_("Only a whole answer can solve the matter."))
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
