"""A case moves along workflow.ALLOWED, and only here."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.casefiles import permissions, rules
from cases.casefiles.actions.relating import link_later_to_earlier
from cases.casefiles.choices import CloseReason, Confirmed, LinkKind, Outcome, Status
from cases.casefiles.models import Case
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people.models import User


@action
def ask_details(*, case: Case, by: User, needs: str) -> Case:
    """Back to the volunteer, with a sentence that says what is missing."""
    case = locked(case)
    permissions.check_can_ask_details(by, case)
    needs = needs.strip()
    if not needs:
        raise ActionRefused(_("Write what is missing, so that the volunteer knows what to ask."))
    if len(needs) > rules.NEEDS_LENGTH:
        raise ActionRefused(_("What is missing is too long. Write it in one or two sentences."))
    permissions.check_keeps_reporter(case, needs)
    case.needs = needs
    return _move(case, Status.NEEDS_DETAILS, "case.details_asked", by, {"needs": needs}, "needs")


@action
def supply_details(*, case: Case, by: User, note: str = "") -> Case:
    """What was missing is there; `note` is added to the end of the story."""
    case = locked(case)
    permissions.check_can_supply_details(by, case)
    fields = ["needs"]
    note = note.strip()
    if note:
        story = f"{case.story}\n\n{note}"
        if len(story) > rules.STORY_LENGTH:
            raise ActionRefused(_("The story is too long. Keep what matters most."))
        permissions.check_keeps_reporter(case, note, by=by)
        case.story = story
        fields.append("story")
    case.needs = ""
    return _move(case, Status.NEW, "case.details_supplied", by, {"added": bool(note)}, *fields)


@action
def verify(*, case: Case, by: User) -> Case:
    case = locked(case)
    permissions.check_can_verify(by, case)
    case.needs = ""
    return _move(case, Status.VERIFIED, "case.verified", by, {}, "needs")


@action
def mark_sent(*, case: Case, by: User, data: dict[str, Any] | None = None) -> Case:
    """It lies with an office (called by escalations); no move where it already does."""
    case = locked(case)
    permissions.check_can_send(by, case)
    if case.status == Status.SENT:
        return case
    return _move(case, Status.SENT, "case.sent", by, data or {})


@action
def mark_answered(*, case: Case, by: User, data: dict[str, Any] | None = None) -> Case:
    """The office has answered (called by escalations); no move for a second answer."""
    case = locked(case)
    permissions.check_can_mark_answered(by, case)
    if case.status == Status.ANSWERED:
        return case
    return _move(case, Status.ANSWERED, "case.answered", by, data or {})


@action
def back_to_verified(*, case: Case, by: User, data: dict[str, Any] | None = None) -> Case:
    """What was sent was withdrawn and nothing else is under way (called by escalations)."""
    case = locked(case)
    permissions.check_can_take_back(by, case)
    if case.status == Status.VERIFIED:
        return case
    return _move(case, Status.VERIFIED, "case.taken_back", by, data or {})


@action
def resolve(*, case: Case, by: User, outcome: str, confirmed: str, note: str = "") -> Case:
    """Over with a solution, and how the posko knows; where nobody could be asked, the note says what was tried."""
    case = locked(case)
    permissions.check_can_resolve(by, case)
    if outcome not in Outcome.values:
        raise ActionRefused(_("Choose how it was solved."))
    if confirmed not in Confirmed.values:
        raise ActionRefused(_("Ask the family first, then choose how you know that it is solved."))
    if confirmed == Confirmed.UNREACHABLE and not note.strip():
        raise ActionRefused(_("Write how you tried to reach the family or whoever reported."))
    case.outcome, case.outcome_confirmed = outcome, confirmed
    data = _with_note(case, {"outcome": outcome, "confirmed": confirmed}, note)
    return _move(case, Status.RESOLVED, "case.resolved", by, data, "outcome", "outcome_confirmed")


@action
def close(*, case: Case, by: User, reason: str, duplicate_of: Case | None = None, note: str = "") -> Case:
    """Over without a solution; a duplicate names the case that goes on."""
    case = locked(case)
    permissions.check_can_close(by, case)
    if reason not in CloseReason.values:
        raise ActionRefused(_("Choose why the case is closed."))
    data: dict[str, Any] = {"reason": reason}
    original = None
    if reason == CloseReason.DUPLICATE:
        original = _original_of(case, duplicate_of, by)
        data["duplicate_of"] = original.number
    elif duplicate_of is not None:
        raise ActionRefused(_("Only a duplicate names another case."))
    case.close_reason = reason
    data = _with_note(case, data, note)
    return _move(case, Status.CLOSED, "case.closed", by, data, "close_reason", about=original)


@action
def reopen(*, case: Case, by: User, reason: str) -> Case:
    case = locked(case)
    permissions.check_can_reopen(by, case)
    reason = reason.strip()
    if not reason:
        raise ActionRefused(_("Write why the case is opened again."))
    data = _with_note(case, {"outcome": case.outcome, "close_reason": case.close_reason}, reason)
    case.outcome = case.outcome_confirmed = case.close_reason = ""
    return _move(
        case, Status.REOPENED, "case.reopened", by, data, "outcome", "outcome_confirmed", "close_reason"
    )


@action
def set_due(*, case: Case, due_on: date | None, by: User | None = None) -> Case:
    """The earliest open deadline, kept by escalations; `by` is None where a changed calendar moved it."""
    case = locked(case)
    if case.due_on == due_on:
        return case
    before, case.due_on = case.due_on, due_on
    case.save(update_fields=["due_on", "updated_at"])
    record("case.due_set", subject=case, by=by, data={"from": _iso(before), "to": _iso(due_on)})
    return case


def _move(
    case: Case,
    then: Status,
    verb: str,
    by: User,
    data: dict[str, Any],
    *fields: str,
    about: Case | None = None,
) -> Case:
    """The checks were made by the caller; the row is locked."""
    now, case.status = case.status, then
    case.save(update_fields=["status", "updated_at", *fields])
    record(verb, subject=case, by=by, about=about, data={"from": now, "to": then.value, **data})
    return case


def _with_note(case: Case, data: dict[str, Any], note: str) -> dict[str, Any]:
    note = note.strip()[: rules.NEEDS_LENGTH]
    if not note:
        return data
    permissions.check_keeps_reporter(case, note)
    return {**data, "note": note}


def _original_of(case: Case, original: Case | None, by: User) -> Case:
    if original is None:
        raise ActionRefused(_("Choose the case of which this one is a duplicate."))
    if original.pk == case.pk:
        raise ActionRefused(_("A case cannot be a duplicate of itself."))
    if not Case.objects.visible_to(by).filter(pk=original.pk).exists():
        raise ActionRefused(_("There is no such case in the areas you work in."))
    if original.status == Status.CLOSED and original.close_reason == CloseReason.DUPLICATE:
        raise ActionRefused(_("That case is itself closed as a duplicate. Choose the one that goes on."))
    link_later_to_earlier(case, original, LinkKind.DUPLICATE, by)
    return original


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
