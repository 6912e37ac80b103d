"""One-time links: a token that is handed over, a digest that is kept."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.kernel import crypto
from cases.people.choices import LinkState
from cases.people.models import OneTimeLink


def new_token() -> str:
    return secrets.token_urlsafe(24)


def link_digest(token: str) -> str:
    return crypto.digest(token, purpose="link")


def dead_link_sentence(link: OneTimeLink | None) -> str:
    """Why a link opens nothing, and what to do; "" while it is open."""
    state = link.state if link is not None else None
    if state == LinkState.OPEN:
        return ""
    if state == LinkState.USED:
        return _("This link has been used already. If you have an account, log in with it.")
    if state == LinkState.EXPIRED:
        return _("This link is too old. Ask your coordinator for a new one.")
    if state == LinkState.REVOKED:
        return _("This link was taken back. Ask your coordinator for a new one.")
    return _("This link is not known. Check that it is whole, or ask your coordinator for a new one.")


def revoke(link: OneTimeLink) -> None:
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
