"""Out of the outbox exactly once: a worker killed at any step, two at once, faults of one slice, and what a line counts."""

import logging
import threading
from contextlib import contextmanager

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections

from cases.audit.models import AuditEvent
from cases.notices import actions, registry, rules, tasks
from cases.notices.models import Digest, DigestLine, DigestRun
from cases.people.choices import Role
from tests.notices.helpers import (
    LATE,
    NEVER,
    SOON,
    at,
    outbox_of,
    told,
    told_to,
    waiting,
    working_days,
)

MONDAY = "2026-11-30"


class Killed(BaseException):
    """Nothing in the code may catch it, as nothing survives a kill."""


class Killer:
    """Counts the steps of a run (before and after each statement, each commit, each e-mail) and kills at one of them."""

    def __init__(self, at_step: int) -> None:
        self.at_step, self.steps = at_step, 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at_step:
            raise Killed

    def around(self, execute, sql, params, many, context):
        self.step()
        result = execute(sql, params, many, context)
        self.step()
        return result

    @contextmanager
    def at_work(self, monkeypatch):
        commit, send = connection._commit, EmailBackend.send_messages

        def commit_or_die():
            try:
                self.step()
            except Killed:
                connection._rollback()  # or Python's sqlite3 would commit while Django cleans up
                raise
            commit()
            self.step()

        def send_or_die(backend, messages):
            self.step()
            sent = send(backend, messages)
            self.step()
            return sent

        with monkeypatch.context() as patch, connection.execute_wrapper(self.around):
            patch.setattr(connection, "_commit", commit_or_die)
            patch.setattr(EmailBackend, "send_messages", send_or_die)
            yield self


def client_is_gone():
    """What a database does then: all that was not committed is undone. Django's memory of it died with the worker."""
    if connection.vendor != "sqlite":
        connection.ensure_connection()
        connection.connection.close()
        connection.connection = None
    else:
        connection._rollback()
    connection.in_atomic_block = connection.needs_rollback = False
    connection.atomic_blocks, connection.savepoint_ids, connection.run_on_commit = [], [], []
    connection.autocommit = True


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_every_step_tells_everything_exactly_once(readers, with_mail, monkeypatch):
    """Each round is a morning of its own: killed at step n, then done by another worker; until a run has no step n."""
    monkeypatch.setattr(tasks, "BATCH", 3)
    coordinator, volunteer = readers.coordinator, readers.volunteer
    registry.register(SOON, told_to(coordinator, volunteer))
    registry.register(LATE, told_to(coordinator))

    def near(today, horizon):
        """Once however often it is asked, as the contract of before_drain says."""
        if not AuditEvent.objects.filter(verb=LATE, subject_id=today.isoformat()).exists():
            AuditEvent.objects.create(verb=LATE, subject_type="toy", subject_id=today.isoformat())

    registry.before_drain("toy", near)
    mails = []
    for step, day in enumerate(working_days(), start=1):
        django_mail.outbox.clear()
        outbox_of(range(4))
        outbox_of([1], verb=NEVER)
        with time_machine.travel(at(day), tick=False):
            with Killer(step).at_work(monkeypatch) as killer:
                try:
                    tasks.tick()
                    survived = True
                except Killed:
                    survived = False
            if not survived:
                client_is_gone()
            tasks.tick()
        assert told(coordinator, day=day) == {SOON: 4, LATE: 1}, f"killed at step {step}"
        assert told(volunteer, day=day) == {SOON: 4}, f"killed at step {step}"
        assert waiting() == 0
        assert [message.to for message in django_mail.outbox] in ([], [["koordinator@example.org"]])
        mails.append(len(django_mail.outbox))
        if survived:
            break
    assert killer.steps < step
    assert step > 60
    assert told(coordinator) == {SOON: 4 * step, LATE: step}
    # Killed between the promise to send and the answer of the server: not sent rather than sent twice.
    assert mails[-1] == 1
    assert 0 < mails.count(0) < step / 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory has one writer; PostgreSQL runs these"
)
def test_four_workers_at_once_tell_everything_exactly_once(readers, with_mail, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 7)
    registry.register(SOON, told_to(readers.coordinator, readers.volunteer))
    registry.register(LATE, told_to(readers.coordinator))
    asked = []

    def near(today, horizon):
        asked.append(today)
        if not AuditEvent.objects.filter(verb=LATE).exists():
            outbox_of(range(5), verb=LATE)

    registry.before_drain("toy", near)
    outbox_of(range(100))
    start, faults = threading.Barrier(4), []

    def work():
        try:
            start.wait()
            tasks.tick()
        except Exception as error:  # noqa: BLE001  shown by the assertion
            faults.append(error)
        finally:
            connections.close_all()

    with time_machine.travel(at(MONDAY)):
        threads = [threading.Thread(target=work) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert faults == []
    assert told(readers.coordinator) == {SOON: 100, LATE: 5}
    assert told(readers.volunteer) == {SOON: 100}
    assert (waiting(), Digest.objects.count()) == (0, 2)
    assert len(django_mail.outbox) == 1


pytestmark = pytest.mark.django_db


@pytest.fixture
def monday():
    with time_machine.travel(at(MONDAY), tick=False) as traveller:
        yield traveller


def test_before_the_hour_nothing_happens_and_later_it_is_caught_up(cast, settings):
    registry.register(SOON, told_to(cast.coordinator))
    outbox_of(range(2))
    with time_machine.travel(at(MONDAY, "05:59"), tick=False):
        tasks.tick()
    assert (waiting(), DigestRun.objects.count()) == (2, 0)
    # The broker was dead at six; the first tick that comes through does it.
    with time_machine.travel(at(MONDAY, "17:20"), tick=False):
        tasks.tick()
    assert told(cast.coordinator) == {SOON: 2}
    settings.POSKO_DIGEST_HOUR = 0
    outbox_of(range(3))
    with time_machine.travel(at("2026-12-01", "00:00"), tick=False):
        tasks.tick()
    assert told(cast.coordinator, day="2026-12-01") == {SOON: 3}


def test_days_without_any_worker_lose_nothing(cast):
    registry.register(SOON, told_to(cast.coordinator))
    outbox_of(range(2))
    with time_machine.travel(at("2026-12-04"), tick=False):
        tasks.tick()
    assert told(cast.coordinator) == {SOON: 2}


def test_what_comes_after_the_morning_waits_for_the_next(cast, monday, django_assert_num_queries):
    registry.register(SOON, told_to(cast.coordinator))
    outbox_of(range(2))
    tasks.tick()
    outbox_of(range(2, 7))
    with django_assert_num_queries(4):  # the morning's row, found and locked, between two savepoints
        tasks.tick()
    assert told(cast.coordinator) == {SOON: 2}
    monday.move_to(at("2026-12-01"))
    tasks.tick()
    assert told(cast.coordinator, day="2026-12-01") == {SOON: 5}


def test_a_line_counts_rows_and_not_events(cast, monday, monkeypatch):
    """A letter for 40 cases is one deadline, also where its events lie in several batches."""
    monkeypatch.setattr(tasks, "BATCH", 7)
    registry.register(SOON, told_to(cast.coordinator))
    outbox_of(range(40), letter=1)
    outbox_of(range(3), letter=2)
    outbox_of([5, 5, 6])
    tasks.tick()
    assert told(cast.coordinator) == {SOON: 4}
    assert DigestLine.objects.get().counted == []


def test_one_s_own_doing_is_no_news(cast, monday):
    registry.register(SOON, told_to(cast.coordinator, cast.board))
    registry.register(LATE, told_to(cast.coordinator, tell_actor=True))
    outbox_of([1], by=cast.coordinator)
    outbox_of([1], verb=LATE, by=cast.coordinator)
    tasks.tick()
    assert told(cast.coordinator) == {LATE: 1}
    assert told(cast.board) == {SOON: 1}


def test_an_account_that_is_shut_is_told_nothing(cast, monday):
    cast.coordinator.is_active = False
    cast.coordinator.save()
    registry.register(SOON, told_to(cast.coordinator))
    outbox_of([1])
    tasks.tick()
    assert (Digest.objects.count(), waiting()) == (0, 0)


def test_verbs_that_nobody_registered_are_handed_over_without_a_word(cast, monday):
    outbox_of(range(3), verb=NEVER)
    tasks.tick()
    assert (Digest.objects.count(), waiting()) == (0, 0)


def test_a_batch_is_bounded_in_queries(cast, make_user, monday, django_assert_max_num_queries):
    people = [make_user(f"koordinator.{number}", (Role.COORDINATOR, "31")) for number in range(20)]
    registry.register(SOON, told_to(*people))
    registry.register(LATE, told_to(*people))
    outbox_of(range(rules.BATCH // 2))
    outbox_of(range(rules.BATCH // 2), verb=LATE)
    actions.begin(day=at(MONDAY).date())
    with django_assert_max_num_queries(16):
        handed = actions.hand_over(day=at(MONDAY).date(), most=rules.BATCH)
    assert handed.events == rules.BATCH
    assert Digest.objects.count() == 20


# --- faults of one slice ---------------------------------------------------------------------------------------------


def test_an_audience_that_fails_silences_nobody_else_and_loses_nothing(cast, monday, caplog):
    def broken(events):
        raise KeyError("Karsinah")

    registry.register(SOON, told_to(cast.coordinator, audience=broken))
    registry.register(LATE, told_to(cast.coordinator))
    outbox_of(range(3))
    outbox_of(range(2), verb=LATE)
    with caplog.at_level(logging.ERROR):
        tasks.tick()
    assert "toy.soon" in caplog.text
    assert (waiting(verb=SOON), waiting(verb=LATE)) == (3, 0)
    assert told(cast.coordinator) == {}, "the morning is put off for a moment"
    for _again in range(rules.MOST_RUNS - 1):
        tasks.tick()
    assert told(cast.coordinator) == {LATE: 2}, "but not for ever"
    registry.register(SOON, told_to(cast.coordinator))
    monday.move_to(at("2026-12-01"))
    tasks.tick()
    assert told(cast.coordinator) == {LATE: 2, SOON: 3}


def test_a_preparation_that_fails_leaves_nothing_half_and_is_asked_again(cast, monday, caplog):
    registry.register(LATE, told_to(cast.coordinator))
    asked = []

    def near(today, horizon):
        asked.append(today)
        outbox_of(range(len(asked)), verb=LATE)
        if len(asked) == 1:
            raise ZeroDivisionError

    registry.before_drain("toy", near)
    tasks.tick()
    assert (AuditEvent.objects.count(), told(cast.coordinator)) == (0, {})
    assert "toy could not prepare" in caplog.text
    tasks.tick()
    tasks.tick()
    assert (len(asked), told(cast.coordinator)) == (2, {LATE: 2})
