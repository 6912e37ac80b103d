"""Deadlines sorted as on the board: one definition for its counts and for the lists that its lines lead to."""

from datetime import date, timedelta

from django.db.models import Q

from cases.casefiles.rules import DUE_BUCKETS


def due_within(bucket: str, today: date) -> Q:
    """The deadline lies in that many days from today."""
    first, last = DUE_BUCKETS[bucket]
    wanted = Q(due_on__isnull=False)
    if first is not None:
        wanted &= Q(due_on__gte=today + timedelta(days=first))
    if last is not None:
        wanted &= Q(due_on__lte=today + timedelta(days=last))
    return wanted
