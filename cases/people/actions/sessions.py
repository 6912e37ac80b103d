"""Passwords, signed-in phones, keys to the API and second factors."""

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.audit.actions import record
from cases.kernel import crypto
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people import permissions
from cases.people.actions.checks import check_password
from cases.people.actions.links import dead_link_sentence, link_digest, new_token, revoke
from cases.people.models import ApiToken, PasswordLink, User
from cases.people.rules import PASSWORD_LINK_HOURS


def token_digest(token: str) -> str:
    return crypto.digest(token, purpose="api-token")


def end_sessions(user: User, keep: str = "") -> int:
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in sessions:
        session.end()
    return len(sessions)


@action
def make_password_link(*, user: User, by: User) -> tuple[PasswordLink, str]:
    """A link with which the person sets a new password; links made before work no more."""
    user = locked(user)
    permissions.check_can_make_password_link(by, user)
    for old in PasswordLink.objects.filter(user=user, password_set_at=None, revoked_at=None):
        revoke(old)
    token = new_token()
    link = PasswordLink.objects.create(
        token_digest=link_digest(token),
        user=user,
        made_by=by,
        expires_at=timezone.now() + timedelta(hours=PASSWORD_LINK_HOURS),
    )
    record("password.link_made", subject=user, about=link, by=by)
    return link, token


@action
def set_password_by_link(*, token: str, password: str) -> User:
    """The new password ends every session and key of the old one; a second factor is still asked for at the next sign-in."""
    link = (
        PasswordLink.objects.select_for_update(of=("self",)).filter(token_digest=link_digest(token)).first()
    )
    if link is None or not link.is_open:
        raise ActionRefused(dead_link_sentence(link))
    user = locked(link.user)
    if not user.is_active:
        raise ActionRefused(_("This account is shut. Ask your coordinator."))
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    link.password_set_at = timezone.now()
    link.save(update_fields=["password_set_at"])
    end_sessions(user)
    # Whoever had the old password may have made a key with it.
    if ApiToken.objects.filter(user=user).delete()[0]:
        record("token.revoked", subject=user, by=user)
    record("password.set_by_link", subject=user, about=link, by=user)
    return user


@action
def end_session(*, session_id: int, by: User) -> None:
    """Sign one of one's own phones out."""
    session = UserSession.objects.select_for_update().filter(pk=session_id, user=by).first()
    if session is None:
        raise ActionRefused(_("This phone is signed out already."))
    session.end()
    record("session.ended", subject=by, by=by)


@action
def end_other_sessions(*, by: User, keep: str) -> int:
    """Sign out everywhere but here; `keep` is the key of this session."""
    count = end_sessions(by, keep=keep)
    record("session.ended", subject=by, by=by, data={"count": count})
    return count


@action
def make_api_token(*, by: User) -> str:
    """A new key; the one before works no more."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.update_or_create(
        user=by, defaults={"digest": token_digest(token), "created_at": timezone.now()}
    )
    record("token.made", subject=by, by=by)
    return token


@action
def revoke_api_token(*, by: User) -> None:
    if not ApiToken.objects.filter(user=by).delete()[0]:
        raise ActionRefused(_("There is no key to take back."))
    record("token.revoked", subject=by, by=by)


@action
def lift_second_factor(*, user: User, by: User) -> None:
    """For a lost phone whose recovery codes are lost as well."""
    user = locked(user)
    permissions.check_can_lift_second_factor(by, user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise ActionRefused(_("This person has no second factor."))
    end_sessions(user)
    record("person.second_factor_lifted", subject=user, by=by)
