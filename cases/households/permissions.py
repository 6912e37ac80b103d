"""Who may do what with a family: volunteers in their area record, coordinators merge and reveal, observers nothing."""

from django.utils.translation import gettext_lazy as _

from cases.households.choices import HouseholdStatus
from cases.households.models import Household, StatusCheck
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.people.models import User


def check_can_record(user: User, code: str) -> None:
    """`code` is that of the RT."""
    if not user.sees(code):
        raise NotAllowed(_("You may record families of your own area only."))


def check_can_edit(user: User, household: Household) -> None:
    """To change the family, its members, consent, checks, receipts and visits."""
    if not user.sees(household.area_id):
        raise NotAllowed(_("This family does not live in your area."))
    if household.status == HouseholdStatus.MERGED:
        raise ActionRefused(_("This record was merged into another. Change that one."))


def check_can_reveal(user: User, household: Household) -> None:
    if not (
        user.coordinates(household.area_id)
        or (user.sees(household.area_id) and household.created_by_id == user.pk)
    ):
        raise NotAllowed(
            _("Whole numbers are shown only to a coordinator and to the person who recorded the family.")
        )


def check_can_open_screenshot(user: User, check: StatusCheck) -> None:
    """It may show a whole NIK, so it opens for those who may see one, and for whoever took it."""
    if check.by_id != user.pk:
        check_can_reveal(user, check.household)


def check_can_merge_any(user: User, household: Household) -> None:
    """To merge this record with some other one."""
    if not user.coordinates(household.area_id):
        raise NotAllowed(_("Only a coordinator of the area may merge two records."))
    if household.status == HouseholdStatus.MERGED:
        raise ActionRefused(_("This record was already merged into another."))


def check_can_merge(user: User, keep: Household, gone: Household) -> None:
    if keep.pk == gone.pk:
        raise ActionRefused(_("These are the same record. Choose two different ones."))
    check_can_merge_any(user, keep)
    check_can_merge_any(user, gone)


def check_can_unmerge(user: User, gone: Household) -> None:
    if not user.coordinates(gone.area_id):
        raise NotAllowed(_("Only a coordinator of the area may take a merged record apart."))
    if gone.status != HouseholdStatus.MERGED:
        raise ActionRefused(_("This record is not merged into another."))


def can_record(user: User, code: str) -> bool:
    return allowed(check_can_record, user, code)


def can_edit(user: User, household: Household) -> bool:
    return allowed(check_can_edit, user, household)


def can_reveal(user: User, household: Household) -> bool:
    return allowed(check_can_reveal, user, household)


def can_merge_any(user: User, household: Household) -> bool:
    return allowed(check_can_merge_any, user, household)


def can_unmerge(user: User, gone: Household) -> bool:
    return allowed(check_can_unmerge, user, gone)
