"""The one way an event is written, and the one way it leaves the outbox."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.kernel import logs


def record(
    verb: str,
    *,
    subject: models.Model,
    by: Any,
    about: models.Model | None = None,
    area: str = "",
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write an event inside the caller's transaction.

    `verb` is dotted and in the past tense ("case.verified"); `subject` is whose timeline it stands on; `about` the row it
    concerns where that is another; `data` holds codes, dates, ids and names of fields, never names or numbers of people.
    """
    return AuditEvent.objects.create(
        verb=verb,
        actor_id=getattr(by, "pk", None),
        actor_name=by.get_username() if by is not None else "",
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        area_code=area or str(getattr(subject, "area_id", "") or ""),
        data=data or {},
        request_id=logs.request_id.get().strip("-"),
    )


def timeline(subject: models.Model) -> models.QuerySet[AuditEvent]:
    """All that happened to a row, oldest first; the caller has already checked that the row may be seen."""
    return AuditEvent.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def outbox(*, most: int, but: Collection[str] = ()) -> list[AuditEvent]:
    """The oldest events that were not handed to notification yet, those of some verbs left out.

    Locked until the caller's transaction ends; what another worker holds is passed over (SQLite has one writer anyway).
    """
    waiting = AuditEvent.objects.select_for_update(skip_locked=True).filter(notified_at=None)
    return list(waiting.exclude(verb__in=but).order_by("id")[:most])


def handed_over(events: Collection[AuditEvent]) -> None:
    """They are told, or nobody wants to hear of them: in the transaction that wrote down to whom."""
    ids = [event.pk for event in events]
    AuditEvent.objects.filter(pk__in=ids).update(notified_at=timezone.now())
