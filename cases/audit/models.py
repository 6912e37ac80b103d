"""AuditEvent: what happened, to what, by whom. No foreign keys, so history outlives what it speaks of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One row of history; the database itself refuses to change or delete it (see migration 0002)."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    verb = models.CharField(_("verb"), max_length=60)
    actor_id = models.BigIntegerField(_("actor"), null=True)
    actor_name = models.CharField(_("actor's user name"), max_length=150, blank=True)
    # What the event is part of (a case's timeline) ...
    subject_type = models.CharField(_("subject's kind"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=40)
    # ... and the row it is about, where that is another one (a submission of that case).
    object_type = models.CharField(_("object's kind"), max_length=60, blank=True)
    object_id = models.CharField(_("object"), max_length=40, blank=True)
    area_code = models.CharField(_("area"), max_length=40, blank=True)
    data = models.JSONField(_("details without personal data"), default=dict)
    request_id = models.CharField(_("request"), max_length=20, blank=True)
    notified_at = models.DateTimeField(_("handed to notification at"), null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_subject"),
            models.Index(fields=["id"], condition=models.Q(notified_at=None), name="audit_outbox"),
            models.Index(fields=["area_code", "id"], name="audit_area"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
