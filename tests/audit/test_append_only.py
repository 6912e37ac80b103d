"""History can not be changed, by code or by SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.audit.actions import record, timeline
from cases.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(areas, cast):
    return record("area.added", subject=areas.gedong_rt, by=cast.coordinator, area=areas.gedong_rt.code)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_auditevent",
        "UPDATE audit_auditevent SET verb = 'x'",
        "UPDATE audit_auditevent SET actor_name = 'x'",
        "UPDATE audit_auditevent SET data = '{\"a\": 1}'",
        "UPDATE audit_auditevent SET at = '2020-01-01'",
    ],
)
def test_the_database_refuses_to_rewrite_history(event, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get(pk=event.pk).verb == "area.added"


def test_the_outbox_may_note_that_an_event_was_handed_on(event):
    AuditEvent.objects.filter(pk=event.pk).update(notified_at=timezone.now())
    assert AuditEvent.objects.get(pk=event.pk).notified_at is not None


def test_a_timeline_holds_its_own_events_only(event, areas, cast):
    record("area.added", subject=areas.tengah_rt, by=cast.other_coordinator)
    assert list(timeline(areas.gedong_rt)) == [event]


@pytest.mark.django_db(transaction=True)
def test_tables_can_still_be_emptied_between_tests(event):
    assert AuditEvent.objects.count() == 1
