"""The morning's digests by a real worker: killed in the middle, followed by another, told exactly once."""

import time

import pytest
from django.db import connection, transaction

from advocacy.celery import app as celery_app
from cases.audit.models import AuditEvent
from cases.notices.models import Digest, DigestRun
from tests.service.conftest import kill

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds: a worker takes several to start on a busy machine


def wait_until(come, why: str) -> None:
    until = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < until, why
        time.sleep(0.1)


def someone_waits_for_the_table() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'audit_auditevent'::regclass"
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def any_hour(monkeypatch):
    """Before the worker's environment is taken down."""
    monkeypatch.setenv("POSKO_DIGEST_HOUR", "0")


def test_a_worker_killed_in_the_middle_of_a_batch_is_followed_by_another(
    any_hour, cast, broker, start_worker
):
    """No slice need be registered: events leave the outbox all the same, together or not at all."""
    AuditEvent.objects.bulk_create(
        AuditEvent(verb="toy.never_told", subject_type="toy", subject_id=str(number)) for number in range(50)
    )
    celery_app.send_task("cases.notices.tasks.tick")
    with transaction.atomic(), connection.cursor() as cursor:
        # Others may read the outbox and not write it: so the worker stops between claiming a batch and marking it.
        cursor.execute("LOCK TABLE audit_auditevent IN SHARE MODE")
        first = start_worker()
        wait_until(someone_waits_for_the_table, "no worker came as far as the outbox")
        kill(first)
    assert DigestRun.objects.get().opened_at is None
    assert AuditEvent.objects.filter(notified_at=None).count() == 50

    # Redis still believes that the first worker has the message; the clock's next tick does not wait for that.
    broker.delete("unacked", "unacked_index")
    start_worker()
    celery_app.send_task("cases.notices.tasks.tick")
    celery_app.send_task("cases.notices.tasks.tick")
    wait_until(lambda: DigestRun.objects.get().opened_at is not None, "nobody took over")
    run = DigestRun.objects.get()
    assert run.tries == 2
    assert AuditEvent.objects.filter(notified_at=None).count() == 0
    assert not Digest.objects.exists()
