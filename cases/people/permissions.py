"""Who may do what with people: never beyond one's own areas, never above one's own rank."""

from collections.abc import Iterable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.kernel.scope import covers
from cases.people.choices import Role
from cases.people.models import Invitation, Membership, SavedFilter, User
from cases.people.rules import MAY_INVITE

ONLY_COORDINATORS = _("Only coordinators and the board look after people.")
ONLY_BOARD = _("Only the board does this.")
SECOND_FACTOR_FIRST = _("The board signs in with a second factor. Set it up first.")
SECOND_FACTOR_STAYS = _("The board keeps its second factor.")


def is_second_factor_required(user: User) -> bool:
    return bool(settings.POSKO_SECOND_FACTOR_FOR_BOARD and user.is_authenticated and user.is_board)


def check_second_factor(user: User) -> None:
    """Whoever sees everything shows more than a password, on pages and by key alike."""
    if is_second_factor_required(user) and not is_mfa_enabled(user):
        raise NotAllowed(SECOND_FACTOR_FIRST)


def grantable_roles(user: User) -> list[Role]:
    """Roles this person may give somewhere, in the order of rank."""
    given = {role for own in user.current_memberships for role in MAY_INVITE.get(Role(own.role), ())}
    return [role for role in Role if role in given]


def may_grant(user: User, role: str, code: str) -> bool:
    """Has this person a role, over this area, that may give the other role?"""
    return any(
        role in MAY_INVITE.get(Role(own.role), ()) and covers([own.area_id], code)
        for own in user.current_memberships
    )


def check_owns_filter(user: User, saved: SavedFilter) -> None:
    if saved.user_id != user.pk:
        raise NotAllowed(_("This filter belongs to somebody else."))


def check_can_look_after_people(user: User) -> None:
    if not user.is_coordinator:
        raise NotAllowed(ONLY_COORDINATORS)


def can_look_after_people(user: User) -> bool:
    return allowed(check_can_look_after_people, user)


def check_can_grant(user: User, role: str, code: str) -> None:
    check_can_look_after_people(user)
    if not user.coordinates(code):
        raise NotAllowed(_("This area is outside your own."))
    if not may_grant(user, role, code):
        raise NotAllowed(_("This role is above your own: ask the board."))


def can_grant(user: User, role: str, code: str) -> bool:
    return allowed(check_can_grant, user, role, code)


def check_can_revoke(user: User, invitation: Invitation) -> None:
    check_can_grant(user, invitation.role, invitation.area_id)
    if not invitation.is_open:
        raise ActionRefused(_("This invitation is not open any more."))


def can_revoke(user: User, invitation: Invitation) -> bool:
    return allowed(check_can_revoke, user, invitation)


def check_can_end_membership(user: User, membership: Membership) -> None:
    check_can_grant(user, membership.role, membership.area_id)
    if membership.ended_at is not None:
        raise ActionRefused(_("This role has already ended."))
    check_board_stays(user_left_out=None, membership_left_out=membership)


def can_end_membership(user: User, membership: Membership) -> bool:
    return allowed(check_can_end_membership, user, membership)


def check_board_stays(*, user_left_out: User | None, membership_left_out: Membership | None) -> None:
    """The posko never stands without a board. Actions lock these rows first, so that the last two cannot end each other."""
    board = Membership.objects.current().filter(role=Role.BOARD, user__is_active=True)
    staying: Iterable[Membership] = board
    if membership_left_out is not None:
        if membership_left_out.role != Role.BOARD:
            return
        staying = board.exclude(pk=membership_left_out.pk)
    if user_left_out is not None:
        if not board.filter(user=user_left_out).exists():
            return
        staying = board.exclude(user=user_left_out)
    if not staying:
        raise ActionRefused(_("This is the last of the board. Invite another first."))


def check_can_manage(user: User, person: User) -> None:
    """Taking hold of an account (a new password, shutting it) needs power over every role that it holds."""
    check_can_look_after_people(user)
    if user.pk == person.pk:
        raise ActionRefused(_("This is your own account; you find this under My account."))
    held = list(Membership.objects.current().filter(user=person))
    if not held and not user.is_board:
        raise NotAllowed(ONLY_BOARD)
    if not all(may_grant(user, own.role, own.area_id) for own in held):
        raise NotAllowed(_("This person also has a role above yours or outside your area: ask the board."))


def can_manage(user: User, person: User) -> bool:
    return allowed(check_can_manage, user, person)


def check_can_make_password_link(user: User, person: User) -> None:
    check_can_manage(user, person)
    if not person.is_active:
        raise ActionRefused(_("This account is shut. Open it again first."))


def can_make_password_link(user: User, person: User) -> bool:
    return allowed(check_can_make_password_link, user, person)


def check_can_deactivate(user: User, person: User) -> None:
    check_can_manage(user, person)
    if not person.is_active:
        raise ActionRefused(_("This account is already shut."))
    check_board_stays(user_left_out=person, membership_left_out=None)


def can_deactivate(user: User, person: User) -> bool:
    return allowed(check_can_deactivate, user, person)


def check_can_activate(user: User, person: User) -> None:
    check_can_manage(user, person)
    if person.is_active:
        raise ActionRefused(_("This account is already open."))


def can_activate(user: User, person: User) -> bool:
    return allowed(check_can_activate, user, person)


def check_is_board(user: User) -> None:
    if not user.is_board:
        raise NotAllowed(ONLY_BOARD)


def is_board(user: User) -> bool:
    return allowed(check_is_board, user)


def check_can_lift_second_factor(user: User, person: User) -> None:
    check_is_board(user)
    check_can_manage(user, person)


def can_lift_second_factor(user: User, person: User) -> bool:
    return allowed(check_can_lift_second_factor, user, person)
