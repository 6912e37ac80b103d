"""The one task that runs every kind of job, and the clock's two errands."""

import datetime
import logging
import time

from celery import shared_task
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.jobs import actions
from cases.jobs.choices import JobStatus
from cases.jobs.models import Job
from cases.jobs.registry import worker_for
from cases.kernel.exceptions import PoskoError

log = logging.getLogger(__name__)


@shared_task
def run(job_id: str) -> None:
    """Do a job once; a second delivery of the same message finds it claimed and goes away."""
    job = actions.claim(job_id=job_id)
    if job is None:
        return
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 0.5 or done >= total:
            last = time.monotonic()
            actions.beat(job=job, done=done, total=total)

    try:
        outcome = worker_for(job.kind)(job, report)
    except PoskoError as refusal:
        actions.fail(job=job, sentence=str(refusal))
    except Exception:
        # The trace may hold rows of people: the page gets a sentence, the log gets the place and no values.
        log.exception("job %s of kind %s failed", job.pk, job.kind)
        actions.fail(job=job, sentence=_("Something went wrong at the posko itself. Please try again later."))
    else:
        actions.finish(job=job, outcome=outcome)


@shared_task
def pick_up() -> int:
    """Send again what no worker took: the broker was down when it was asked for, or its worker was killed."""
    now = timezone.now()
    waiting = Q(status=JobStatus.QUEUED, created_at__lt=now - datetime.timedelta(seconds=30))
    silent = Q(status=JobStatus.RUNNING, beat_at__lt=now - actions.SILENCE)
    return sum(actions.send(job) for job in Job.objects.filter(waiting | silent).order_by("created_at")[:50])


@shared_task
def clear_old() -> int:
    return actions.drop_old_files()
