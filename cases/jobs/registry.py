"""Which function does which kind of job. A slice registers its workers in its AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cases.jobs.models import Job

# Called with (done, total) as often as the worker likes; rows are written at most twice a second.
type Report = Callable[[int, int], None]
type Worker = Callable[[Job, Report], "Outcome"]

_workers: dict[str, Worker] = {}


@dataclass(frozen=True)
class Outcome:
    """What a worker gives back: a file (sealed before it touches the disk), facts for the page, or both."""

    file: bytes | None = None
    file_name: str = ""
    file_type: str = ""
    result: dict[str, Any] = field(default_factory=dict)


def register(kind: str, worker: Worker) -> None:
    """A worker must be safe to run again: after a crash the same job starts from its beginning."""
    _workers[kind] = worker


def worker_for(kind: str) -> Worker:
    return _workers[kind]
