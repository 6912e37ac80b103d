"""Long work by a real worker on Redis and PostgreSQL: done, taken over from a killed worker, and not lost with the broker."""

import datetime
import io
import time
from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from advocacy.celery import app as celery_app
from cases.jobs import actions
from cases.jobs.choices import JobStatus
from cases.jobs.models import Job
from cases.kernel.writes import open_gate
from cases.paper import rules
from cases.paper.models import DoorSheet, PrintRecord, SheetCounter
from tests.paper.helpers import make_world
from tests.service.conftest import kill, use_broker

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds: a worker takes several to start on a busy machine


@pytest.fixture
def world(areas, cast, monkeypatch):
    """Sixteen families in Gedong, where a list of more than five is work for the background."""
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 5)
    return make_world(areas, cast)


def wait_for(job: Job, status: JobStatus) -> Job:
    return wait_until(job, lambda: job.status == status, f"the job never became {status}")


def wait_until(job: Job, come: Callable[[], bool], why: str) -> Job:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        job.refresh_from_db()
        if come():
            return job
        time.sleep(0.1)
    raise AssertionError(f"{why}: {job.status} {job.error!r}, {job.attempts} attempts")


def drained(broker) -> None:
    """Until a worker has taken every message and is done with it."""
    until = time.monotonic() + PATIENCE
    while broker.llen("celery") or broker.hlen("unacked"):
        assert time.monotonic() < until, "messages are left lying"
        time.sleep(0.1)


def silent_for(job: Job, minutes: int) -> None:
    """Let so much time have passed since the last sign of life, and since it was asked for."""
    then = timezone.now() - datetime.timedelta(minutes=minutes)
    with open_gate():
        Job.objects.filter(pk=job.pk, beat_at__isnull=False).update(beat_at=then)
        Job.objects.filter(pk=job.pk).update(created_at=then)


def order_doors(client, world) -> Job:
    """Through the page, as a coordinator asks for it."""
    address = (
        reverse("paper:doors_print") + f"?task=round&round={world.round.pk}&areas=31.75.05.1001&whom=all"
    )
    page = client.get(address)
    form = page.context["form"]
    answer = client.post(
        address,
        {
            "say": form["say"].value(),
            "paper": "f4",
            "piles": "1",
            "client_id": str(form["client_id"].value()),
        },
    )
    job = Job.objects.get()
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert answer["Location"] == reverse("jobs:detail", args=[job.pk])
    return job


def test_a_door_list_made_by_a_worker_is_fetched_from_its_page(world, cast, as_user, start_worker):
    client = as_user(cast.coordinator)
    job = order_doors(client, world)
    assert job.status == JobStatus.QUEUED
    waiting = client.get(reverse("jobs:detail", args=[job.pk]), headers={"HX-Request": "true"})
    assert waiting.status_code == 200
    start_worker()
    wait_for(job, JobStatus.DONE)
    over = client.get(reverse("jobs:detail", args=[job.pk]), headers={"HX-Request": "true"})
    assert over.status_code == 286, "the page stops asking"
    file = client.get(reverse("jobs:download", args=[job.pk]))
    pdf = PdfReader(io.BytesIO(file.content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    for household in [*world.here, world.next_door]:
        assert household.head_name in text
    assert world.far.head_name not in text
    assert not [kk for kk in world.kks if kk in text.replace(" ", "")]
    row = PrintRecord.objects.get()
    assert (row.by, row.job, row.names, row.pages) == (cast.coordinator, job, 16, len(pdf.pages))
    assert job.result["families"] == 16


def test_what_a_killed_worker_left_is_finished_by_another(world, cast, as_user, broker, start_worker):
    with open_gate():
        SheetCounter.objects.create(pk=1, last=0)
    job = order_doors(as_user(cast.coordinator), world)
    with transaction.atomic():
        # The worker claims the job, then waits for a number that is held here: so it dies in the middle.
        SheetCounter.objects.select_for_update().get(pk=1)
        first = start_worker()
        wait_until(job, lambda: job.status == JobStatus.RUNNING and job.done > 0, "no worker began")
        kill(first)
    # Redis still believes that the first worker has the message, for an hour.
    assert broker.hlen("unacked") == 1
    broker.delete("unacked", "unacked_index")
    assert not PrintRecord.objects.exists()

    start_worker()
    celery_app.send_task("cases.jobs.tasks.run", args=[str(job.pk)])
    celery_app.send_task("cases.jobs.tasks.pick_up")
    drained(broker)
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.RUNNING, 1), (
        "it may still be alive: nobody takes it over yet"
    )

    silent_for(job, minutes=3)
    celery_app.send_task("cases.jobs.tasks.pick_up")
    wait_for(job, JobStatus.DONE)
    assert job.attempts == 2
    assert PrintRecord.objects.count() == 1
    assert list(DoorSheet.objects.order_by("number").values_list("page", flat=True)) == [1, 2, 3]


def test_what_was_asked_while_the_broker_was_down_is_done_when_it_is_back(
    world, cast, as_user, broker, start_worker, monkeypatch
):
    with monkeypatch.context() as patch:
        use_broker("redis://127.0.0.1:1/0", patch)
        began = time.monotonic()
        job = order_doors(as_user(cast.coordinator), world)
        assert time.monotonic() - began < 15, "nobody waits long for a dead broker"
    celery_app._after_fork()
    assert job.status == JobStatus.QUEUED
    start_worker()
    celery_app.send_task("cases.jobs.tasks.pick_up")
    drained(broker)
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED, "what was asked for a moment ago may still be on its way"
    silent_for(job, minutes=1)
    celery_app.send_task("cases.jobs.tasks.pick_up")
    wait_for(job, JobStatus.DONE)
    assert PrintRecord.objects.count() == 1


def test_the_same_message_three_times_prints_once(world, cast, as_user, broker, start_worker):
    job = order_doors(as_user(cast.coordinator), world)
    actions.send(job)
    actions.send(job)
    start_worker()
    drained(broker)
    wait_for(job, JobStatus.DONE)
    assert job.attempts == 1
    assert PrintRecord.objects.count() == 1


def test_the_clock_calls_tasks_that_exist():
    celery_app.loader.import_default_modules()
    for name, entry in celery_app.conf.beat_schedule.items():
        assert entry["task"] in celery_app.tasks, name
