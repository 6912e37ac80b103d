"""Life of a job: queued, claimed by one worker, finished or failed, run again."""

import datetime
import logging
from typing import Any

from celery import current_app
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from cases.audit.actions import record
from cases.jobs import permissions
from cases.jobs.choices import JobStatus
from cases.jobs.models import Job
from cases.jobs.registry import Outcome
from cases.kernel.writes import action, locked
from cases.people.models import User

log = logging.getLogger(__name__)

# A running worker gives a sign of life at least this often; a longer silence means that it was killed.
SILENCE = datetime.timedelta(minutes=2)
# Work that kills its worker every time must not go round for ever.
MOST_ATTEMPTS = 3
KEPT = datetime.timedelta(days=7)


@action
def enqueue(*, kind: str, title: str, params: dict[str, Any], by: User) -> Job:
    """Ask for long work. `params` are codes, ids and words of choice, never names or numbers of people."""
    job = Job.objects.create(kind=kind, title=title, params=params, by=by)
    record("job.queued", subject=job, by=by, data={"kind": kind})
    transaction.on_commit(lambda: send(job))
    return job


def send(job: Job) -> bool:
    """Tell a worker. A dead broker loses nothing: the row stays queued, and the clock's `pick_up` tells again."""
    try:
        # By name: tasks stand above actions and import them.
        current_app.send_task("cases.jobs.tasks.run", args=[str(job.pk)], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("no broker for job %s (%s); it stays queued", job.pk, type(error).__name__)
        return False
    return True


@action
def claim(*, job_id: str) -> Job | None:
    """Take a job for this worker, or None where another has it, it is over, or it has failed too often."""
    now = timezone.now()
    free = Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RUNNING, beat_at__lt=now - SILENCE)
    job = Job.objects.select_for_update().filter(free, pk=job_id).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        fail(job=job, sentence=_("This work stopped half-way several times. Try again, or ask for less."))
        return None
    job.status, job.started_at, job.beat_at, job.finished_at = JobStatus.RUNNING, now, now, None
    job.done, job.error, job.attempts = 0, "", job.attempts + 1
    job.save()
    return job


@action
def beat(*, job: Job, done: int, total: int) -> None:
    Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
        done=done, total=total, beat_at=timezone.now()
    )


@action
def finish(*, job: Job, outcome: Outcome) -> Job:
    job = locked(job)
    job.status, job.finished_at, job.result = JobStatus.DONE, timezone.now(), outcome.result
    if outcome.file is not None:
        job.file.save(outcome.file_name, ContentFile(outcome.file), save=False)
        job.file_name, job.file_type = outcome.file_name, outcome.file_type
    job.save()
    record("job.done", subject=job, by=None, data={"kind": job.kind})
    return job


@action
def fail(*, job: Job, sentence: str) -> None:
    job = locked(job)
    job.status, job.error, job.finished_at = JobStatus.FAILED, sentence[:500], timezone.now()
    job.save()
    record("job.failed", subject=job, by=None, data={"kind": job.kind})


@action
def run_again(*, job: Job, by: User) -> Job:
    job = locked(job)
    permissions.check_can_run_again(by, job)
    job.status, job.attempts, job.error, job.finished_at = JobStatus.QUEUED, 0, "", None
    job.save()
    record("job.queued", subject=job, by=by, data={"kind": job.kind, "again": True})
    transaction.on_commit(lambda: send(job))
    return job


@action
def drop_old_files() -> int:
    """Results are for fetching, not for keeping: after a week the file goes, the row stays."""
    old = Job.objects.filter(finished_at__lt=timezone.now() - KEPT).exclude(file="")
    count = 0
    for job in old:
        job.file.delete(save=False)
        job.file = ""
        job.save(update_fields=["file"])
        count += 1
    return count
