"""Who may send, and in which state what was sent may be received, answered or withdrawn."""

from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.casefiles import permissions as casefiles
from cases.casefiles.models import Case
from cases.escalations import rules
from cases.escalations.choices import OfficeKind, SubmissionStatus
from cases.escalations.models import Answer, Office, Submission
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.kernel.scope import covers
from cases.people.models import User

ANSWERED_ALREADY = _("The office has answered already.")
WITHDRAWN_ALREADY = _("This was withdrawn already.")


def check_can_send(user: User, case: Case) -> None:
    """Whether the case may go to any office."""
    casefiles.check_can_send(user, case)


def can_send(user: User, case: Case) -> bool:
    return allowed(check_can_send, user, case)


def check_can_send_to(user: User, case: Case, office: Office) -> None:
    check_can_send(user, case)
    if not office.active:
        raise ActionRefused(_("This office is no longer in use. Choose another one."))
    if not covers([office.area_id], case.area_id):
        raise ActionRefused(_("This office is not responsible for the area of the case."))
    if not rules.may_go_to(case.category, office.kind):
        raise ActionRefused(
            _(
                "Levies, deductions and threats are never sent to RT or RW: whoever is accused may be near them."
            )
        )


def can_send_to(user: User, case: Case, office: Office) -> bool:
    return allowed(check_can_send_to, user, case, office)


def _coordinates(user: User, submission: Submission) -> None:
    """All its cases: an answer moves every one of them. Read from `links` with their cases, prefetched where many are shown."""
    areas = {link.case.area_id for link in submission.links.all()}
    if not any(user.sees(code) for code in areas):
        raise NotAllowed(casefiles.OUT_OF_SCOPE)
    if not any(user.coordinates(code) for code in areas):
        raise NotAllowed(casefiles.COORDINATOR_ONLY)
    if not all(user.coordinates(code) for code in areas):
        raise NotAllowed(_("It holds cases of another area too. Ask the pengurus."))


def check_can_open_letter(user: User, answer: Answer) -> None:
    """An office's letter may name the reporter who let the office know: it opens for those who may know."""
    cases = [link.case for link in answer.submission.links.select_related("case")]
    if not any(user.coordinates(case.area_id) or casefiles.works_on(user, case) for case in cases):
        raise NotAllowed(
            _("An office's letter may name people: coordinators and those who work on the case open it.")
        )


def can_open_letter(user: User, answer: Answer) -> bool:
    return allowed(check_can_open_letter, user, answer)


def _open(submission: Submission) -> None:
    if submission.status == SubmissionStatus.WITHDRAWN:
        raise ActionRefused(WITHDRAWN_ALREADY)
    if submission.status == SubmissionStatus.ANSWERED:
        raise ActionRefused(ANSWERED_ALREADY)


def check_can_receive(user: User, submission: Submission) -> None:
    _coordinates(user, submission)
    _open(submission)


def can_receive(user: User, submission: Submission) -> bool:
    return allowed(check_can_receive, user, submission)


def check_can_answer(user: User, submission: Submission) -> None:
    """A second answer may follow the first."""
    _coordinates(user, submission)
    if submission.status == SubmissionStatus.WITHDRAWN:
        raise ActionRefused(WITHDRAWN_ALREADY)


def can_answer(user: User, submission: Submission) -> bool:
    return allowed(check_can_answer, user, submission)


def check_can_note(user: User, submission: Submission) -> None:
    """What their channel says may still come after the answer."""
    check_can_answer(user, submission)


def can_note(user: User, submission: Submission) -> bool:
    return allowed(check_can_note, user, submission)


def check_can_withdraw(user: User, submission: Submission) -> None:
    _coordinates(user, submission)
    _open(submission)


def can_withdraw(user: User, submission: Submission) -> bool:
    return allowed(check_can_withdraw, user, submission)


def check_can_have_feed(user: User) -> None:
    if not user.row_areas:
        raise NotAllowed(_("Deadlines are followed by volunteers, coordinators and the pengurus."))


def check_can_keep_office(user: User, kind: str, area: Area) -> None:
    """The pengurus keep all offices; RT and RW are known to the coordinator of the area."""
    if user.is_board:
        return
    if not user.is_coordinator:
        raise NotAllowed(_("Offices are kept by the pengurus. Tell them what has changed."))
    if kind != OfficeKind.RT_RW:
        raise NotAllowed(_("Coordinators keep RT and RW only; other offices are kept by the pengurus."))
    if not user.coordinates(area.pk):
        raise NotAllowed(_("This area is kept by another coordinator."))


def check_can_add_office(user: User) -> None:
    if not user.is_coordinator:
        raise NotAllowed(_("Offices are kept by the pengurus. Tell them what has changed."))


def can_add_office(user: User) -> bool:
    return allowed(check_can_add_office, user)


def can_keep_office(user: User, office: Office) -> bool:
    return allowed(check_can_keep_office, user, office.kind, office.area)


def check_can_see_record(user: User) -> None:
    if not user.is_coordinator:
        raise NotAllowed(_("An office's record is for coordinators and the pengurus."))
