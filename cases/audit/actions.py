"""The one way an event is written."""

from typing import Any

from django.db import models

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
