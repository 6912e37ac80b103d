"""Two people at the same moment: one wins, the other reads a sentence, and nothing stands half."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, connections

from cases.audit.models import AuditEvent
from cases.casefiles.choices import Status
from cases.escalations import actions
from cases.escalations.models import Answer, Submission
from cases.kernel.exceptions import ActionRefused
from tests.escalations.helpers import make_answer, make_offices, make_submission, make_verified

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite in memory has one writer; PostgreSQL runs these"
    ),
]


@pytest.fixture
def offices(areas):
    return make_offices()


def at_once(*deeds):
    """Run all at the same moment; what each gave, or the refusal it met."""
    start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            start.wait()
            results[number] = deed()
        except Exception as error:  # noqa: BLE001  shown by the assertions
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_the_same_case_to_the_same_office_goes_once(cast, areas, offices):
    case = make_verified(cast.coordinator, areas.gedong_rt)
    results = at_once(
        *[
            lambda by=by: make_submission([case], offices.village, by)
            for by in (cast.coordinator, cast.board) * 2
        ]
    )
    sent = [row for row in results if isinstance(row, Submission)]
    refused = [row for row in results if isinstance(row, ActionRefused)]
    assert (len(sent), len(refused)) == (1, 3)
    assert all(case.number in str(row) for row in refused)
    assert Submission.objects.count() == 1
    assert AuditEvent.objects.filter(verb="case.sent").count() == 1


def test_a_double_click_sends_and_answers_once(cast, areas, offices):
    case, stamp = make_verified(cast.coordinator, areas.gedong_rt), uuid4()
    results = at_once(
        *[lambda: make_submission([case], offices.village, cast.coordinator, client_id=stamp)] * 4
    )
    assert len({row.pk for row in results}) == 1
    submission, stamp = results[0], uuid4()
    results = at_once(*[lambda: make_answer(submission, cast.coordinator, client_id=stamp)] * 4)
    assert len({row.pk for row in results}) == 1
    assert (Submission.objects.count(), Answer.objects.count()) == (1, 1)


def test_letters_that_share_cases_do_not_wait_for_each_other_for_ever(cast, areas, offices):
    cases = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(4)]
    results = at_once(
        lambda: make_submission(cases, offices.village, cast.coordinator),
        lambda: make_submission(cases[::-1], offices.city, cast.coordinator),
        lambda: make_submission(cases[1:3], offices.province, cast.board),
    )
    assert all(isinstance(row, Submission) for row in results), results
    assert {case.status for case in cases[0].__class__.objects.all()} == {Status.SENT}


def test_answered_and_withdrawn_at_the_same_moment(cast, areas, offices):
    case = make_verified(cast.coordinator, areas.gedong_rt)
    submission = make_submission([case], offices.village, cast.coordinator)
    results = at_once(
        lambda: make_answer(submission, cast.coordinator),
        lambda: actions.withdraw(submission=submission, reason="Salah kantor", by=cast.board),
        lambda: actions.receive(submission=submission, received_on=date(2026, 11, 3), by=cast.board),
    )
    submission.refresh_from_db()
    case.refresh_from_db()
    outcome = {"answered": Status.ANSWERED, "withdrawn": Status.VERIFIED}[submission.status]
    assert (case.status, case.due_on) == (outcome, None)
    assert Answer.objects.count() == (1 if submission.status == "answered" else 0)
    assert any(isinstance(row, ActionRefused) for row in results[:2])
