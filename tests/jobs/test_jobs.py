"""Long work: nothing is lost with the broker or the worker, nothing runs twice, and only its owner sees it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.jobs import actions, registry, tasks
from cases.jobs.choices import JobStatus
from cases.jobs.models import Job
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """A worker that counts how often it ran and gives a small file."""
    calls = []

    def work(job, report):
        calls.append(job.pk)
        report(1, 2)
        report(2, 2)
        return registry.Outcome(file=b"isi rahasia", file_name="daftar.pdf", file_type="application/pdf")

    monkeypatch.setitem(registry._workers, "test", work)
    monkeypatch.setitem(registry._checks, "test", lambda user, job: None)
    return calls


@pytest.fixture
def job(cast, done):
    return actions.enqueue(kind="test", title="Daftar RT 005", params={}, by=cast.volunteer)


def silent(job: Job, minutes: int) -> None:
    """A worker took it and was heard of last so many minutes ago."""
    with open_gate():
        Job.objects.filter(pk=job.pk).update(
            status=JobStatus.RUNNING, beat_at=timezone.now() - datetime.timedelta(minutes=minutes), attempts=1
        )


def test_a_job_runs_once_even_when_its_message_comes_twice(job, done):
    tasks.run(str(job.pk))
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert done == [job.pk]
    assert (job.status, job.done, job.total, job.percent) == (JobStatus.DONE, 2, 2, 100)


def test_the_result_lies_sealed_on_the_disk(job):
    tasks.run(str(job.pk))
    job.refresh_from_db()
    with job.file.storage.open(job.file.name, "rb") as handle:
        assert b"rahasia" not in handle.read()
    assert "daftar" not in job.file.name
    assert job.file.unsealed() == b"isi rahasia"


def test_a_dead_broker_leaves_the_job_queued_and_the_clock_sends_it_again(
    cast, done, monkeypatch, django_capture_on_commit_callbacks
):
    def dead(*args, **kwargs):
        raise OSError("no route to broker")

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr("celery.current_app.send_task", dead)
        job = actions.enqueue(kind="test", title="x", params={}, by=cast.volunteer)
    assert job.status == JobStatus.QUEUED
    with open_gate():
        Job.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=1))
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args, **_: sent.append(args))
    assert tasks.pick_up() == 1
    assert sent == [[str(job.pk)]]


def test_a_killed_worker_is_followed_by_another(job, done):
    silent(job, minutes=3)
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 2)


def test_a_worker_that_was_heard_of_just_now_keeps_its_job(job, done):
    silent(job, minutes=1)
    tasks.run(str(job.pk))
    assert done == []


def test_work_that_kills_every_worker_ends_with_a_sentence(job, done):
    silent(job, minutes=3)
    with open_gate():
        Job.objects.filter(pk=job.pk).update(attempts=actions.MOST_ATTEMPTS)
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert "beberapa kali" in job.error
    assert done == []


def test_a_refusal_is_shown_and_a_fault_is_not(job, monkeypatch):
    def refuse(job, report):
        raise ActionRefused("Tidak ada keluarga di RT ini.")

    monkeypatch.setitem(registry._workers, "test", refuse)
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, "Tidak ada keluarga di RT ini.")

    def fault(job, report):
        raise KeyError("Siti Aminah 3175040101019001")

    monkeypatch.setitem(registry._workers, "test", fault)
    actions.run_again(job=job, by=job.by)
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert "Siti" not in job.error


def test_only_the_owner_sees_and_only_failed_work_runs_again(job, cast, as_user):
    url = reverse("jobs:detail", args=[job.pk])
    assert as_user(cast.volunteer).get(url).status_code == 200
    for other in (cast.coordinator, cast.board, cast.other_volunteer, cast.observer, cast.stranger):
        for name in ("detail", "download"):
            assert as_user(other).get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.run_again(job=job, by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.run_again(job=job, by=cast.volunteer)


def test_the_page_polls_until_the_work_is_over(job, cast, as_user):
    client, url = as_user(cast.volunteer), reverse("jobs:detail", args=[job.pk])
    headers = {"HX-Request": "true"}
    waiting = client.get(url, headers=headers)
    assert waiting.status_code == 200
    assert "menunggu giliran" in waiting.content.decode()
    tasks.run(str(job.pk))
    over = client.get(url, headers=headers)
    assert over.status_code == 286
    assert "Unduh" in over.content.decode()
    file = client.get(reverse("jobs:download", args=[job.pk]))
    assert file.content == b"isi rahasia"
    assert file["Content-Disposition"] == 'attachment; filename="daftar.pdf"'


def test_old_files_go_and_the_row_stays(job, cast, as_user):
    tasks.run(str(job.pk))
    with open_gate():
        Job.objects.update(finished_at=timezone.now() - datetime.timedelta(days=8))
    assert tasks.clear_old() == 1
    assert tasks.clear_old() == 0
    page = as_user(cast.volunteer).get(reverse("jobs:download", args=[job.pk]), follow=True)
    assert "tidak disimpan" in page.content.decode()


def test_events_hold_no_title(job):
    tasks.run(str(job.pk))
    events = AuditEvent.objects.filter(subject_id=str(job.pk))
    assert [event.verb for event in events] == ["job.queued", "job.done"]
    assert all("RT 005" not in str(event.data) for event in events)


def test_an_empty_list_says_what_to_do(cast, as_user):
    assert "Belum ada apa-apa" in as_user(cast.volunteer).get(reverse("jobs:list")).content.decode()
