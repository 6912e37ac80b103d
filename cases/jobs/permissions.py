"""A job belongs to the person who asked for it."""

from django.utils.translation import gettext_lazy as _

from cases.jobs.choices import JobStatus
from cases.jobs.models import Job
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.people.models import User


def check_can_run_again(user: User, job: Job) -> None:
    if job.by_id != user.pk:
        raise NotAllowed(_("Only the person who asked for this can run it again."))
    if job.status != JobStatus.FAILED:
        raise ActionRefused(_("Only work that failed can be run again."))


def can_run_again(user: User, job: Job) -> bool:
    return allowed(check_can_run_again, user, job)
