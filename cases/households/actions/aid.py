"""What the volunteer learns about a family: answers of portals, aid received, visits."""

import uuid
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.households import permissions
from cases.households.actions.record import clean
from cases.households.choices import CheckAnswer
from cases.households.models import AidReceipt, Household, StatusCheck, Visit
from cases.kernel import uploads
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import ClientStamped, content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.people.models import User
from cases.programmes.models import Programme, Round

STILL_TO_COME = _("The day is still to come.")
RECEIPT_ONCE = _("What the family received in this round is already recorded. Change that entry.")


@action
def record_check(
    *,
    household: Household,
    portal: str,
    checked_on: date,
    asked_with: str,
    answer: str,
    by: User,
    desil: int | None = None,
    programme: Programme | None = None,
    period: str = "",
    notes: str = "",
    screenshot: bytes = b"",
    client_id: uuid.UUID | None = None,
) -> StatusCheck:
    """What a portal or list answered; the screenshot is made small, stripped and sealed."""
    household = locked(household)
    permissions.check_can_edit(by, household)
    if checked_on > timezone.localdate():
        raise ActionRefused(STILL_TO_COME)
    if desil is not None and not 1 <= desil <= 10:
        raise ActionRefused(_("A desil lies between 1 and 10."))
    if answer == CheckAnswer.NO_DESIL and desil is not None:
        raise ActionRefused(_("The answer says that there is no desil yet, so leave the desil empty."))
    row = StatusCheck(
        household=household,
        portal=portal,
        checked_on=checked_on,
        asked_with=asked_with,
        answer=answer,
        desil=desil,
        programme=programme,
        period=period.strip(),
        notes=notes.strip(),
        by=by,
    )
    if before := _stamp(row, client_id, picture=content_digest(screenshot.hex()) if screenshot else ""):
        return before
    clean(row)
    if screenshot:
        picture = ContentFile(uploads.clean_image(screenshot))
        row.screenshot.save("", picture, save=False)
    try:
        stored = _insert(row, client_id)
        record(
            "household.checked",
            subject=household,
            by=by,
            about=stored,
            data={
                "portal": portal,
                "answer": answer,
                "desil": desil,
                "programme": programme.code if programme else "",
                "on": str(checked_on),
                "screenshot": bool(screenshot),
            },
        )
    except Exception:
        if screenshot:
            row.screenshot.delete(save=False)
        raise
    return stored


@action
def record_receipt(
    *,
    household: Household,
    round: Round,  # noqa: A002  (the word of the domain)
    by: User,
    due_amount: int | None = None,
    actual_amount: int | None = None,
    received_on: date | None = None,
    notes: str = "",
    client_id: uuid.UUID | None = None,
) -> AidReceipt:
    """What the family should have received in a round, and what it did."""
    household = locked(household)
    permissions.check_can_edit(by, household)
    row = AidReceipt(
        household=household,
        round=round,
        due_amount=due_amount,
        actual_amount=actual_amount,
        received_on=received_on,
        notes=notes.strip(),
        by=by,
    )
    if before := _stamp(row, client_id):
        return before
    _check_receipt(row)
    if AidReceipt.objects.filter(household=household, round=round).exists():
        raise ActionRefused(RECEIPT_ONCE)
    stored = _insert(row, client_id)
    record("household.receipt_recorded", subject=household, by=by, about=stored, data=_said(stored))
    return stored


@action
def edit_receipt(
    *,
    receipt: AidReceipt,
    by: User,
    due_amount: int | None,
    actual_amount: int | None,
    received_on: date | None,
    notes: str = "",
) -> AidReceipt:
    receipt = locked(receipt)
    household = locked(receipt.household)
    permissions.check_can_edit(by, household)
    before = _said(receipt)
    receipt.due_amount, receipt.actual_amount = due_amount, actual_amount
    receipt.received_on, receipt.notes = received_on, notes.strip()
    _check_receipt(receipt)
    receipt.save()
    record(
        "household.receipt_edited",
        subject=household,
        by=by,
        about=receipt,
        data={**_said(receipt), "before": before},
    )
    return receipt


@action
def record_visit(
    *,
    household: Household,
    visited_on: date,
    task: str,
    result: str,
    by: User,
    round: Round | None = None,  # noqa: A002
    notes: str = "",
    client_id: uuid.UUID | None = None,
) -> Visit:
    household = locked(household)
    permissions.check_can_edit(by, household)
    if visited_on > timezone.localdate():
        raise ActionRefused(STILL_TO_COME)
    row = Visit(
        household=household,
        visited_on=visited_on,
        task=task,
        result=result,
        round=round,
        notes=notes.strip(),
        by=by,
    )
    if before := _stamp(row, client_id):
        return before
    clean(row)
    stored = _insert(row, client_id)
    record(
        "household.visited",
        subject=household,
        by=by,
        about=stored,
        data={"task": task, "result": result, "on": str(visited_on), "round": round.pk if round else None},
    )
    return stored


def _check_receipt(receipt: AidReceipt) -> None:
    if receipt.received_on and receipt.received_on > timezone.localdate():
        raise ActionRefused(STILL_TO_COME)
    if receipt.due_amount is None and receipt.actual_amount is None:
        raise ActionRefused(_("Write what was due, or what was received. Nothing received is 0."))
    clean(receipt)


def _said(receipt: AidReceipt) -> dict[str, Any]:
    return {"round": receipt.round_id, "due": receipt.due_amount, "actual": receipt.actual_amount}


def _stamp[Row: ClientStamped](row: Row, client_id: uuid.UUID | None, **more: Any) -> Row | None:
    """Put the client's id and the digest of the content on a new row; the row that this client already made, if any."""
    content = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "client_id", "client_digest", "created_at", "by", "screenshot"}
    }
    digest = content_digest({**content, **more})
    row.client_id, row.client_digest = client_id, digest if client_id else ""
    return stored_before(type(row), client_id, digest)


def _insert[Row: ClientStamped](row: Row, client_id: uuid.UUID | None) -> Row:
    """Insert; a client id that another family's form took at the same moment is a Conflict."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        stored_before(type(row), client_id, row.client_digest)
        raise
    return row
