"""Invitations: nobody signs up uninvited."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.areas.choices import Level
from cases.areas.models import Area
from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people import permissions
from cases.people.actions.checks import check_password, read_phone, save_unique
from cases.people.actions.links import dead_link_sentence, link_digest, new_token, revoke
from cases.people.actions.roles import join
from cases.people.choices import LinkState, Role
from cases.people.models import Invitation, Membership, Organisation, User
from cases.people.rules import INVITATION_DAYS, USERNAME


@action
def invite(
    *, by: User, name: str, role: str, area: Area, organisation: Organisation | None = None
) -> tuple[Invitation, str]:
    """The invitation and its token; the token is not kept, so it can be shown only now."""
    permissions.check_can_grant(by, role, area.pk)
    invitation, token = _new_invitation(by=by, name=name, role=role, area=area, organisation=organisation)
    record("person.invited", subject=invitation, by=by, area=area.pk, data={"role": role})
    return invitation, token


@action
def renew_invitation(*, invitation: Invitation, by: User) -> tuple[Invitation, str]:
    """A new link for the same person; the one before works no more."""
    invitation = locked(invitation)
    permissions.check_can_grant(by, invitation.role, invitation.area_id)
    if invitation.state == LinkState.USED:
        raise ActionRefused(_("This invitation has been accepted already."))
    if invitation.revoked_at is None:
        revoke(invitation)
    renewed, token = _new_invitation(
        by=by,
        name=invitation.name,
        role=invitation.role,
        area=invitation.area,
        organisation=invitation.organisation,
    )
    record(
        "person.invited",
        subject=renewed,
        by=by,
        area=renewed.area_id,
        data={"role": renewed.role, "again": True},
    )
    return renewed, token


@action
def revoke_invitation(*, invitation: Invitation, by: User) -> Invitation:
    invitation = locked(invitation)
    permissions.check_can_revoke(by, invitation)
    revoke(invitation)
    record("invitation.revoked", subject=invitation, by=by, area=invitation.area_id)
    return invitation


@action
def first_board_invitation() -> str:
    """The path of a new one-time link for the first of the board; "" where the posko has one already.

    Links made before are taken back, so that only the one on the screen of the machine opens the door.
    """
    if Membership.objects.current().filter(role=Role.BOARD, user__is_active=True).exists():
        return ""
    root = Area.objects.at(Level.PROVINCE).first()
    if root is None:
        raise ActionRefused(_("There are no areas yet: load the seeds first."))
    for old in Invitation.objects.select_for_update().filter(
        invited_by=None, accepted_at=None, revoked_at=None
    ):
        revoke(old)
    invitation, token = _new_invitation(by=None, name=_("The first of the board"), role=Role.BOARD, area=root)
    record(
        "person.invited", subject=invitation, by=None, area=root.pk, data={"role": Role.BOARD, "first": True}
    )
    return reverse("people:join", args=[token])


@action
def accept_invitation(*, token: str, name: str, username: str, password: str, phone: str) -> User:
    """Make the account that a link promises; of two at once the second finds the link used."""
    invitation = _open_invitation(token)
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise ActionRefused(
            _("A user name is 3 to 30 small letters, digits and dots, and begins with a letter.")
        )
    user = User(
        username=username, name=name.strip(), phone=read_phone(phone), organisation=invitation.organisation
    )
    check_password(password, user)
    user.set_password(password)
    save_unique(user)
    _use(invitation, user)
    join(user, invitation.role, invitation.area)
    record(
        "person.joined",
        subject=user,
        about=invitation,
        by=user,
        area=invitation.area_id,
        data={"role": invitation.role},
    )
    return user


@action
def accept_with_account(*, token: str, by: User) -> Membership:
    """Someone who has an account takes the role with it."""
    invitation = _open_invitation(token)
    membership, new = join(by, invitation.role, invitation.area)
    if not new:
        raise ActionRefused(_("You already have this role here."))
    _use(invitation, by)
    record(
        "membership.added",
        subject=by,
        about=membership,
        by=by,
        area=invitation.area_id,
        data={"role": invitation.role, "invitation": invitation.pk},
    )
    return membership


def _new_invitation(
    *, by: User | None, name: str, role: str, area: Area, organisation: Organisation | None = None
) -> tuple[Invitation, str]:
    token = new_token()
    invitation = Invitation.objects.create(
        token_digest=link_digest(token),
        name=name.strip(),
        role=role,
        area=area,
        organisation=organisation,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    return invitation, token


def _open_invitation(token: str) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).filter(token_digest=link_digest(token)).first()
    )
    if invitation is None or not invitation.is_open:
        raise ActionRefused(dead_link_sentence(invitation))
    return invitation


def _use(invitation: Invitation, user: User) -> None:
    invitation.accepted_by, invitation.accepted_at = user, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
