"""Job: the row beside a background task; what the person who waits looks at."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.jobs.choices import JobStatus
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.writes import GuardedModel, GuardedQuerySet


class JobQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        """One's own jobs only: their results may hold names of an area that a colleague does not see."""
        return self.filter(by=user)


class Job(GuardedModel):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The name under which a slice registered its worker function (jobs.registry).
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what"), max_length=200)
    params = models.JSONField(_("parameters without personal data"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("by")
    )
    status = models.CharField(_("status"), max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    done = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    result = models.JSONField(_("result"), default=dict)
    # A list of families lies in the clear nowhere on the disk.
    file = SealedFileField(_("file"), upload_to="jobs/%Y/%m", blank=True)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    file_type = models.CharField(_("type"), max_length=60, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True)
    beat_at = models.DateTimeField(_("last sign of life"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["status", "created_at"], name="job_waiting")]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        if self.status == JobStatus.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.status in {JobStatus.DONE, JobStatus.FAILED}
