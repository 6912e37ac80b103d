"""The code with which a resident asks how the case goes: handed out, taken back, made anew. No event holds the code."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.casefiles import codes, permissions
from cases.casefiles.choices import RevokeReason
from cases.casefiles.models import Case, LookupCode
from cases.kernel import crypto
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.people.models import User

PURPOSE = "casefiles.lookup_code"


def code_digest(code: str) -> str:
    return crypto.digest(code, purpose=PURPOSE)


@action
def hand_out_code(*, case: Case, by: User) -> str:
    """The case's current code, made where there is none; every look is on record. Without dashes."""
    case = locked(case)
    permissions.check_can_hand_out_code(by, case)
    row = current_code(case)
    if row is None:
        row = _new_code(case, by)
        record("case.code_made", subject=case, by=by)
    else:
        record("case.code_shown", subject=case, by=by)
    return row.opened()


@action
def revoke_code(*, case: Case, by: User, reason: str) -> None:
    """The slip answers no more, from this moment on."""
    case = locked(case)
    permissions.check_can_revoke_code(by, case)
    row = current_code(case)
    if row is None:
        raise ActionRefused(_("This case has no code that could be taken back."))
    _revoke(row, by, reason)
    record("case.code_revoked", subject=case, by=by, data={"reason": reason})


@action
def renew_code(*, case: Case, by: User, reason: str, client_id: UUID | None = None) -> str:
    """A new code for a slip that was lost or seen; the old one answers no more. The same client id gives the same code."""
    case = locked(case)
    permissions.check_can_revoke_code(by, case)
    digest = content_digest({"case": case.pk, "reason": reason})
    if (before := stored_before(LookupCode, client_id, digest)) is not None:
        if before.revoked_at is not None:
            raise ActionRefused(_("That code was taken back since then. Open the page again."))
        return before.opened()
    if (row := current_code(case)) is not None:
        _revoke(row, by, reason)
    row = _new_code(case, by, client_id=client_id, digest=digest)
    record("case.code_renewed", subject=case, by=by, data={"reason": reason})
    return row.opened()


def current_code(case: Case) -> LookupCode | None:
    return LookupCode.objects.filter(case=case, revoked_at=None).first()


def case_of_code(code: str) -> Case | None:
    """The case of a code that stands; one that was revoked is as unknown as one that never was."""
    row = LookupCode.objects.filter(digest=code_digest(code), revoked_at=None).select_related("case").first()
    return row.case if row else None


def _new_code(case: Case, by: User, client_id: UUID | None = None, digest: str = "") -> LookupCode:
    code = codes.make()
    row = LookupCode(case=case, digest=code_digest(code), code_sealed=code, created_by=by)
    row.client_id, row.client_digest = client_id, digest if client_id else ""
    row.save(force_insert=True)
    return row


def _revoke(row: LookupCode, by: User, reason: str) -> None:
    if reason not in RevokeReason.values:
        raise ActionRefused(_("Choose why the code is taken back."))
    row.revoked_at, row.revoked_by, row.revoked_reason = timezone.now(), by, reason
    row.code_sealed = None
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_reason", "code_sealed"])
