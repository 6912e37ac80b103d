"""Handed over, received with a stamp, or void."""

from datetime import date
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.audit.actions import record
from cases.casefiles.models import Case
from cases.casefiles.permissions import check_keeps_reporter
from cases.escalations import actions as escalations
from cases.escalations import ladder
from cases.escalations.choices import Channel, Matter, OfficeKind, SubmissionStatus
from cases.escalations.models import Submission
from cases.kernel import uploads
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.paper import permissions, rules
from cases.paper.actions.letters.printing import check_may_leave, record_on_cases
from cases.paper.choices import LetterKind, LetterStatus
from cases.paper.letters import drafts
from cases.paper.models import Letter
from cases.people.models import User

REASON_LENGTH = 200


@action
def hand_over(
    *,
    letter: Letter,
    handed_on: date,
    by: User,
    channel: str = Channel.LETTER,
    received_on: date | None = None,
    received_by: str = "",
    their_number: str = "",
    scan: bytes | BinaryIO | None = None,
) -> Letter:
    """The letter is at the office: its cases are sent, and with the dated receipt the clock starts."""
    row = locked(letter)
    if row.status == LetterStatus.HANDED_OVER and row.handed_on == handed_on:
        permissions.check_can_open_letter(by, row)
        return row  # a second tap
    permissions.check_can_hand_over(by, row)
    check_may_leave(row)
    _check_days(row, handed_on, received_on)
    words = {"received_by": received_by.strip(), "their_number": their_number.strip()}
    file = _read(scan)
    if file and received_on is None:
        raise ActionRefused(_("Write the date that stands on the receipt: it starts the clock."))
    cases = drafts.cases_of(row)
    for case in cases:
        check_keeps_reporter(case, *words.values())
    submission = _lying(row, len(cases))
    if submission is None:
        submission = escalations.send(
            cases=cases,
            office=row.office,  # type: ignore[arg-type]  # check_can_hand_over: a kind that goes to an office has one
            channel=channel,
            sent_on=handed_on,
            received_on=received_on,
            received_by=words["received_by"],
            their_number=words["their_number"],
            by=by,
            **_carried_on(row, cases),
        )
    else:
        # It was put on record when it was sent; the letter joins it.
        record_on_cases("letter.handed_over", row, by)
        if received_on is not None:
            _receive(row, submission, received_on, by, words)
    row.submission, row.handed_on, row.status = submission, handed_on, LetterStatus.HANDED_OVER
    row.received_on, row.received_by, row.their_number = (
        received_on,
        words["received_by"],
        words["their_number"],
    )
    _save_with_scan(row, file)
    record("letter.handed_over", subject=row, by=by, data={"number": row.number, "scan": bool(file)})
    return row


def _lying(letter: Letter, many: int) -> Submission | None:
    """What waits at the office about all these cases; an objection goes beside the request that lies there."""
    ids = [link.case_id for link in letter.links.all()]
    objection = Q(matter=Matter.OBJECTION)
    lying = Submission.objects.filter(
        objection if letter.kind == LetterKind.OBJECTION else ~objection,
        office=letter.office,
        status=SubmissionStatus.OPEN,
    )
    waiting = Q(links__case_id__in=ids, links__answered_on=None)
    held = Count("links", filter=waiting, distinct=True)
    return lying.annotate(held=held).filter(held=many).order_by("-sent_on", "-id").first()


def _carried_on(letter: Letter, cases: list[Case]) -> dict[str, Any]:
    """What the letter carries on: for an objection the request, else what the ladder says for all of its cases alike."""
    if letter.kind == LetterKind.OBJECTION:
        asked = Submission.objects.filter(links__case=cases[0], office__kind=OfficeKind.PPID)
        asked = asked.exclude(status=SubmissionStatus.WITHDRAWN).exclude(matter=Matter.OBJECTION)
        return {"appeal_of": asked.order_by("-sent_on", "-id").first(), "matter": Matter.OBJECTION}
    found = {_after(letter, case) for case in cases}
    return {"appeal_of": found.pop()} if len(found) == 1 else {}


def _after(letter: Letter, case: Case) -> Submission | None:
    sent = ladder.told(Submission.objects.filter(links__case=case))
    for proposal in ladder.proposals(case, sent, [letter.office] if letter.office else []):
        if letter.office in (proposal.office, *proposal.also) and proposal.matter is None:
            return proposal.after
    return None


def _receive(
    letter: Letter, submission: Submission, received_on: date, by: User, words: dict[str, str]
) -> None:
    if LetterKind(letter.kind) in rules.SUPPLEMENTS or submission.status != SubmissionStatus.OPEN:
        return
    escalations.receive(submission=submission, received_on=received_on, by=by, **words)


def _check_days(letter: Letter, handed_on: date, received_on: date | None) -> None:
    today = timezone.localdate()
    if handed_on > today or (received_on is not None and received_on > today):
        raise ActionRefused(_("This date has not come yet. Check the day."))
    if letter.dated is not None and handed_on < letter.dated:
        raise ActionRefused(_("A letter cannot be handed over before its own date. Check the day."))
    if received_on is not None and received_on < handed_on:
        raise ActionRefused(_("It cannot be received before it was sent. Check both days."))


@action
def add_receipt(
    *,
    letter: Letter,
    received_on: date,
    by: User,
    received_by: str = "",
    their_number: str = "",
    scan: bytes | BinaryIO | None = None,
) -> Letter:
    """The stamped receipt came later, or is corrected; its date starts the clock where the office has not answered yet."""
    row = locked(letter)
    permissions.check_can_add_receipt(by, row)
    _check_days(row, row.handed_on or received_on, received_on)
    words = {"received_by": received_by.strip(), "their_number": their_number.strip()}
    file = _read(scan)
    for case in drafts.cases_of(row):
        check_keeps_reporter(case, *words.values())
    if row.submission is not None:
        _receive(row, row.submission, received_on, by, words)
    row.received_on, row.received_by, row.their_number = (
        received_on,
        words["received_by"],
        words["their_number"],
    )
    _save_with_scan(row, file)
    record("letter.received", subject=row, by=by, data={"number": row.number, "scan": bool(file)})
    return row


def _read(scan: bytes | BinaryIO | None) -> bytes:
    """A photo without EXIF, or the PDF; raises UploadRefused for what is neither."""
    if scan is None:
        return b""
    if not isinstance(scan, bytes):
        scan.seek(0)
        scan = scan.read(uploads.PDF_BYTES + 1)
    kind = uploads.inspect(scan)
    if kind in uploads.PHOTO_KINDS.values():
        return uploads.clean_image(scan)
    if kind != uploads.PDF:
        raise uploads.UploadRefused(_("The receipt is a photo or a PDF."))
    return scan


def _save_with_scan(letter: Letter, file: bytes) -> None:
    if not file:
        letter.save()
        return
    old = letter.scan.name
    letter.scan_type = uploads.media_type(file)
    letter.scan.save("", ContentFile(file), save=False)
    try:
        letter.save()
    except BaseException:
        letter.scan.delete(save=False)
        raise
    if old:
        transaction.on_commit(lambda: letter.scan.storage.delete(old))


@action
def void_letter(*, letter: Letter, reason: str, by: User) -> Letter:
    """It does not count any more; its number stays its own and is never given again."""
    row = locked(letter)
    permissions.check_can_void_letter(by, row)
    reason = reason.strip()
    if not reason:
        raise ActionRefused(_("Write why the letter is void."))
    if len(reason) > REASON_LENGTH:
        raise ActionRefused(_("The reason is too long. Write it in one sentence."))
    for case in drafts.cases_of(row):
        check_keeps_reporter(case, reason)
    row.status, row.void_reason = LetterStatus.VOID, reason
    row.save(update_fields=["status", "void_reason", "updated_at"])
    record("letter.voided", subject=row, by=by, data={"number": row.number})
    record_on_cases("letter.voided", row, by)
    return row
