"""The private calendar address of a person."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.escalations import permissions
from cases.escalations.models import CalendarFeed
from cases.kernel import crypto
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action
from cases.people.models import User


def feed_digest(token: str) -> str:
    return crypto.digest(token, purpose="calendar")


@action
def open_feed(*, by: User) -> tuple[CalendarFeed, str]:
    """A new address and its token, which is not kept; the one before stops working."""
    permissions.check_can_have_feed(by)
    User.objects.select_for_update().get(pk=by.pk)
    CalendarFeed.objects.open().filter(user=by).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(24)
    feed = CalendarFeed(user=by, digest=feed_digest(token))
    feed.save()
    record("feed.opened", subject=feed, by=by)
    return feed, token


@action
def revoke_feed(*, by: User) -> None:
    feed = CalendarFeed.objects.open().select_for_update().filter(user=by).first()
    if feed is None:
        raise ActionRefused(_("There is no calendar address to take back."))
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    record("feed.revoked", subject=feed, by=by)


@action
def note_read(*, feed: CalendarFeed) -> None:
    """Once a day, so that a phone that asks every hour writes nothing."""
    CalendarFeed.objects.filter(pk=feed.pk).update(read_on=timezone.localdate())
