"""Who may do what with a case, and in which state of it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.models import Area
from cases.casefiles import workflow
from cases.casefiles.choices import (
    EvidenceKind,
    Status,
)
from cases.casefiles.models import Case, CaseGroup, Evidence
from cases.households.models import Household
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.people.models import Membership, User
from cases.people.rules import SEES_ROWS

# A case belongs to a kelurahan, or to an RW or RT in it; its number comes from there.
CASE_LEVELS = (Level.VILLAGE, Level.RW, Level.RT)

OUT_OF_SCOPE = _("This case lies outside the areas you work in.")
COORDINATOR_ONLY = _("Only the coordinator of this area may do this.")
OVER = _("This case is over. Open it again first.")


# --- who ---------------------------------------------------------------------------------------------------------------


def check_sees(user: User, case: Case) -> None:
    if not user.sees(case.area_id):
        raise NotAllowed(OUT_OF_SCOPE)


def _coordinates(user: User, case: Case) -> None:
    check_sees(user, case)
    if not user.coordinates(case.area_id):
        raise NotAllowed(COORDINATOR_ONLY)


def works_on(user: User, case: Case) -> bool:
    """Recorded it, or has it as a task, and still works in its area."""
    return user.sees(case.area_id) and user.pk in (case.created_by_id, case.assigned_to_id)


# --- which state -------------------------------------------------------------------------------------------------------


def _may_move(case: Case, then: Status) -> None:
    if not workflow.may_move(case.status, then):
        raise ActionRefused(
            _("A case that is “%(now)s” cannot become “%(then)s”.")
            % {"now": case.get_status_display(), "then": then.label}
        )


def _still_open(case: Case) -> None:
    if case.status in workflow.OVER:
        raise ActionRefused(OVER)


# --- recording ---------------------------------------------------------------------------------------------------------


def check_can_log_any(user: User) -> None:
    """Whether there is any area in which this person records."""
    if not user.row_areas:
        raise NotAllowed(_("Cases are recorded by volunteers, coordinators and the pengurus."))


def check_can_log(user: User, area: Area) -> None:
    if not user.sees(area.code):
        raise NotAllowed(_("You may record cases only in the areas you work in."))
    if area.level not in CASE_LEVELS:
        raise ActionRefused(_("Choose the RT, the RW or at least the kelurahan where it happened."))


def check_can_edit(user: User, case: Case) -> None:
    check_sees(user, case)
    if not user.coordinates(case.area_id):
        if not works_on(user, case):
            raise NotAllowed(
                _("Only the volunteer who recorded this case, or its coordinator, may change it.")
            )
        if case.status not in (Status.NEW, Status.NEEDS_DETAILS):
            raise ActionRefused(_("This case has been verified. Ask the coordinator to change it."))
    _still_open(case)


def check_can_add_evidence(user: User, case: Case) -> None:
    check_sees(user, case)
    _still_open(case)


def check_can_strike_evidence(user: User, evidence: Evidence) -> None:
    check_sees(user, evidence.case)
    if not user.coordinates(evidence.case.area_id):
        raise NotAllowed(COORDINATOR_ONLY)
    if evidence.struck_at is not None:
        raise ActionRefused(_("This piece of evidence has been struck already."))


# --- moving along ------------------------------------------------------------------------------------------------------


def check_can_ask_details(user: User, case: Case) -> None:
    _coordinates(user, case)
    _may_move(case, Status.NEEDS_DETAILS)


def check_can_supply_details(user: User, case: Case) -> None:
    check_sees(user, case)
    _may_move(case, Status.NEW)


def check_can_verify(user: User, case: Case) -> None:
    _coordinates(user, case)
    _may_move(case, Status.VERIFIED)
    if case.status == Status.SENT:
        raise ActionRefused(_("This case lies with an office. Withdraw what was sent first."))


def check_can_send(user: User, case: Case) -> None:
    """Sending to a further office is no move: the case already lies with one."""
    _coordinates(user, case)
    if case.status == Status.NEW:
        raise ActionRefused(_("This case must be verified before it is sent."))
    if case.status == Status.NEEDS_DETAILS:
        raise ActionRefused(_("This case still needs details and must be verified before it is sent."))
    if case.status != Status.SENT:
        _may_move(case, Status.SENT)


def check_can_mark_answered(user: User, case: Case) -> None:
    _coordinates(user, case)
    if case.status != Status.ANSWERED:
        _may_move(case, Status.ANSWERED)


def check_can_take_back(user: User, case: Case) -> None:
    """Back to verified, because what was sent was withdrawn."""
    _coordinates(user, case)
    if case.status not in (Status.SENT, Status.VERIFIED):
        raise ActionRefused(_("This case does not lie with an office."))


def check_can_resolve(user: User, case: Case) -> None:
    _coordinates(user, case)
    _may_move(case, Status.RESOLVED)


def check_can_close(user: User, case: Case) -> None:
    _coordinates(user, case)
    _may_move(case, Status.CLOSED)


def check_can_reopen(user: User, case: Case) -> None:
    _coordinates(user, case)
    if case.status not in workflow.OVER:
        raise ActionRefused(_("This case is not over, so there is nothing to open again."))
    _may_move(case, Status.REOPENED)


# --- beside the states -------------------------------------------------------------------------------------------------


def check_can_assign(user: User, case: Case) -> None:
    _coordinates(user, case)
    _still_open(case)


def check_can_take_on(user: User, case: Case) -> None:
    """A volunteer may take a case that nobody has yet."""
    check_sees(user, case)
    _still_open(case)
    if case.assigned_to_id == user.pk:
        raise ActionRefused(_("This case is your task already."))
    if case.assigned_to_id is not None:
        raise ActionRefused(_("Somebody has this task already. Ask the coordinator to hand it to you."))


def check_can_link(user: User, case: Case) -> None:
    check_sees(user, case)


def check_can_group(user: User, case: Case) -> None:
    _coordinates(user, case)


def check_can_rename_group(user: User, group: CaseGroup) -> None:
    if not user.coordinates(group.area_id):
        raise NotAllowed(COORDINATOR_ONLY)


def workers_of(code: str) -> QuerySet[User]:
    """Active people who work in the area or above it."""
    parts = code.split(".")
    paths = [".".join(parts[: end + 1]) for end in range(len(parts))]
    members = Membership.objects.current().filter(role__in=SEES_ROWS, area_id__in=paths)
    return User.objects.filter(Q(pk__in=members.values("user_id")), is_active=True).order_by(
        "name", "username"
    )


# --- evidence ----------------------------------------------------------------------------------------------------------


def check_can_view_evidence(user: User, evidence: Evidence) -> None:
    """A photo has a clean copy; a voice or a document may give away who spoke, so fewer may open it."""
    case = evidence.case
    check_sees(user, case)
    if evidence.kind == EvidenceKind.PHOTO:
        return
    if not (user.coordinates(case.area_id) or works_on(user, case) or evidence.added_by_id == user.pk):
        raise NotAllowed(
            _(
                "A recording or document may give away who spoke. Only the coordinator and the volunteer of this case may open it."
            )
        )


def check_can_download_original(user: User, evidence: Evidence) -> None:
    check_sees(user, evidence.case)
    if not user.coordinates(evidence.case.area_id):
        raise NotAllowed(_("The original may hold place and device. Only the coordinator may download it."))


def household_for(case: Case, user: User) -> Household | None:
    """The family of a case, where this user may see that family too."""
    household = case.household
    return household if household is not None and user.sees(household.area_id) else None


# --- the resident's slip -----------------------------------------------------------------------------------------------


def check_can_hand_out_code(user: User, case: Case) -> None:
    """Whoever sees the case: the resident meets whoever is at the posko that day. In every status, over or not."""
    check_sees(user, case)


def check_can_revoke_code(user: User, case: Case) -> None:
    """A slip is lost in front of any volunteer too; who took a code back is on record."""
    check_sees(user, case)


def can_log(user: User, area: Area) -> bool:
    return allowed(check_can_log, user, area)


def can_edit(user: User, case: Case) -> bool:
    return allowed(check_can_edit, user, case)


def can_send(user: User, case: Case) -> bool:
    return allowed(check_can_send, user, case)


def can_view_evidence(user: User, evidence: Evidence) -> bool:
    return allowed(check_can_view_evidence, user, evidence)


def can_download_original(user: User, evidence: Evidence) -> bool:
    return allowed(check_can_download_original, user, evidence)


def can_group(user: User, case: Case) -> bool:
    return allowed(check_can_group, user, case)
