"""Roles by area: given and ended, never deleted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people import permissions
from cases.people.actions.links import revoke
from cases.people.choices import Role
from cases.people.models import Invitation, Membership, User


@action
def add_membership(*, user: User, role: str, area: Area, by: User) -> Membership:
    permissions.check_can_grant(by, role, area.pk)
    membership, new = join(locked(user), role, area)
    if not new:
        raise ActionRefused(_("This person already has this role here."))
    record("membership.added", subject=user, about=membership, by=by, area=area.pk, data={"role": role})
    return membership


@action
def end_membership(*, membership: Membership, by: User) -> Membership:
    lock_board()
    membership = locked(membership)
    permissions.check_can_end_membership(by, membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    revoke_invitations_beyond(membership.user)
    record(
        "membership.ended",
        subject=membership.user,
        about=membership,
        by=by,
        area=membership.area_id,
        data={"role": membership.role},
    )
    return membership


def join(user: User, role: str, area: Area) -> tuple[Membership, bool]:
    membership, new = Membership.objects.get_or_create(user=user, role=role, area=area, ended_at=None)
    user.__dict__.pop("current_memberships", None)
    return membership, new


def lock_board() -> None:
    list(Membership.objects.select_for_update().filter(role=Role.BOARD, ended_at=None))


def revoke_invitations_beyond(user: User) -> None:
    """Links this person made die with the rank that made them."""
    user.__dict__.pop("current_memberships", None)
    for invitation in Invitation.objects.filter(invited_by=user, accepted_at=None, revoked_at=None):
        if not permissions.may_grant(user, invitation.role, invitation.area_id):
            revoke(invitation)
