"""Which function does which kind of job. A slice registers its workers in its AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cases.jobs.models import Job
from cases.people.models import User

# Called with (done, total) as often as the worker likes; rows are written at most twice a second.
type Report = Callable[[int, int], None]
type Worker = Callable[[Job, Report], "Outcome"]

# Raises where the person may no longer have the file: a role may have ended since it was made.
type Check = Callable[[User, Job], None]

_workers: dict[str, Worker] = {}
_checks: dict[str, Check] = {}


@dataclass(frozen=True)
class Outcome:
    """What a worker gives back: a file (sealed before it touches the disk), facts for the page, or both."""

    file: bytes | None = None
    file_name: str = ""
    file_type: str = ""
    result: dict[str, Any] = field(default_factory=dict)


def register(kind: str, worker: Worker, *, check: Check) -> None:
    """A worker must be safe to run again: after a crash the same job starts from its beginning.

    `check` is asked each time the file is fetched.
    """
    _workers[kind], _checks[kind] = worker, check


def check_can_fetch(user: User, job: Job) -> None:
    _checks[job.kind](user, job)


def worker_for(kind: str) -> Worker:
    return _workers[kind]
