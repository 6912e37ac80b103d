"""An office's record: in time, late, open, overdue, how long it took, and what became of the cases."""

from collections import Counter
from datetime import date, timedelta
from statistics import median as naive_median

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cases.casefiles import actions as case_actions
from cases.escalations import actions, record
from tests.escalations.helpers import make_answer, make_offices, make_submission, make_verified


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def offices(areas):
    return make_offices()


@given(st.lists(st.integers(0, 400), max_size=60))
def test_the_median_of_a_histogram_is_the_median(days):
    assert record.median(Counter(days)) == (naive_median(days) if days else None)


def sent(cast, areas, office, sent_on, answered_on=None, received_on=None, area=None):
    case = make_verified(cast.board, area or areas.gedong_rt)
    submission = make_submission([case], office, cast.board, sent_on=sent_on)
    if received_on:
        submission = actions.receive(submission=submission, by=cast.board, received_on=received_on)
    if answered_on:
        make_answer(submission, cast.board, answered_on=answered_on)
    return case, submission


@pytest.fixture
def history(cast, areas, offices):
    """Fourteen days to answer: two in time (2 and 14 days), one late (20), one waiting, one overdue, one over, one withdrawn."""
    office = offices.village
    start = date(2026, 10, 1)
    for days in (2, 14, 20):
        sent(cast, areas, office, start, answered_on=start + timedelta(days=days))
    sent(cast, areas, office, date(2026, 11, 20))
    sent(cast, areas, office, date(2026, 11, 1))
    over, _submission = sent(cast, areas, office, date(2026, 11, 1))
    case_actions.resolve(case=over, by=cast.board, outcome="paid", confirmed="family")
    _case, taken_back = sent(cast, areas, office, date(2026, 11, 1))
    actions.withdraw(submission=taken_back, by=cast.board, reason="Salah kirim.")
    # In time by the dated receipt: the clock began three days after the sending, last year.
    sent(cast, areas, office, date(2025, 6, 1), received_on=date(2025, 6, 4), answered_on=date(2025, 6, 18))
    return office


def test_figures_of_an_office(history, cast):
    told = record.of_office(history, cast.coordinator)
    total = told.total
    assert (total.sent, total.answered, total.in_time, total.late, total.no_clock) == (7, 4, 3, 1, 0)
    assert (total.waiting, total.overdue, total.over, total.withdrawn) == (1, 1, 1, 1)
    assert total.median_days == 14
    years = {figures.year: (figures.sent, figures.in_time, figures.median_days) for figures in told.years}
    assert years == {2026: (6, 2, 14), 2025: (1, 1, 14)}
    assert [figures.year for figures in told.years] == [2026, 2025]
    assert dict(told.outcomes) == {"bantuan cair": 1, "masih terbuka": 6}
    assert told.cases == 7


def test_half_days_between_two(cast, areas, offices):
    start = date(2026, 10, 1)
    for days in (3, 6):
        sent(cast, areas, offices.city, start, answered_on=start + timedelta(days=days))
    assert record.of_office(offices.city, cast.coordinator).total.median_days == 4.5


def test_without_a_deadline_in_law_nothing_is_late(cast, areas, offices):
    start = date(2026, 1, 5)
    sent(cast, areas, offices.ombudsman, start, answered_on=date(2026, 9, 5))
    sent(cast, areas, offices.ombudsman, start)
    total = record.of_office(offices.ombudsman, cast.coordinator).total
    assert (total.in_time, total.late, total.no_clock, total.waiting, total.overdue) == (0, 0, 1, 1, 0)


def test_a_second_answer_does_not_make_it_late(cast, areas, offices):
    start = date(2026, 10, 1)
    _case, submission = sent(cast, areas, offices.village, start, answered_on=start + timedelta(days=5))
    make_answer(submission, cast.board, answered_on=start + timedelta(days=30))
    total = record.of_office(offices.village, cast.coordinator).total
    assert (total.sent, total.in_time, total.late, total.median_days) == (1, 1, 0, 5)


def test_only_over_the_areas_one_coordinates(cast, areas, offices):
    start = date(2026, 10, 1)
    sent(cast, areas, offices.province, start, answered_on=start + timedelta(days=2))
    for days in (20, 30):
        sent(
            cast,
            areas,
            offices.province,
            start,
            answered_on=start + timedelta(days=days),
            area=areas.tengah_rt,
        )
    told = {
        who: record.of_office(offices.province, getattr(cast, who))
        for who in ("coordinator", "other_coordinator", "board")
    }
    assert {who: row.total.sent for who, row in told.items()} == {
        "coordinator": 1,
        "other_coordinator": 2,
        "board": 3,
    }
    assert told["other_coordinator"].total.median_days == 25
    for who in ("volunteer", "observer", "stranger"):
        assert record.of_office(offices.province, getattr(cast, who)) is None


def test_a_case_of_several_sendings_counts_once(cast, areas, offices):
    case, _first = sent(cast, areas, offices.village, date(2026, 10, 1), answered_on=date(2026, 10, 3))
    case.refresh_from_db()
    make_submission([case], offices.village, cast.board, sent_on=date(2026, 10, 5))
    told = record.of_office(offices.village, cast.coordinator)
    assert (told.total.sent, told.cases) == (2, 1)


def test_the_page_tells_coordinators_only(history, cast, as_user, django_assert_max_num_queries):
    url = reverse("escalations:office", args=[history.pk])
    client = as_user(cast.coordinator)
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert "Bagaimana kantor ini menjawab" in page.text
    assert "2025" in page.text
    assert "Bagaimana akhirnya 7 kasus" in page.text
    assert "Bagaimana kantor ini menjawab" not in as_user(cast.volunteer).get(url).text


def test_an_office_without_a_record_shows_none(offices, cast, as_user):
    page = as_user(cast.coordinator).get(reverse("escalations:office", args=[offices.city.pk]))
    assert "Bagaimana kantor ini menjawab" not in page.text


def test_the_api(history, cast, as_user):
    url = f"/api/v1/offices/{history.pk}/record/"
    told = as_user(cast.coordinator).get(url).json()
    assert (told["total"]["sent"], told["total"]["median_days"], told["cases"]) == (7, 14.0, 7)
    assert [figures["year"] for figures in told["years"]] == [2026, 2025]
    assert {"outcome": "bantuan cair", "cases": 1} in told["outcomes"]
    assert as_user(cast.volunteer).get(url).status_code == 403
    assert as_user(cast.other_coordinator).get(url).status_code == 404


def test_an_office_that_waits_for_papers_is_not_late(cast, areas, offices):
    _case, submission = sent(cast, areas, offices.village, date(2026, 10, 1))
    make_answer(submission, cast.board, answered_on=date(2026, 10, 5), kind="incomplete", solves="")
    total = record.of_office(offices.village, cast.coordinator).total
    assert (total.sent, total.waiting, total.overdue, total.answered) == (1, 1, 0, 0)


def test_case_by_case_counts_when_the_last_one_is_answered(cast, areas, offices):
    start = date(2026, 10, 1)
    cases = [make_verified(cast.board, areas.gedong_rt) for _each in range(2)]
    submission = make_submission(cases, offices.village, cast.board, sent_on=start)
    make_answer(submission, cast.board, answered_on=start + timedelta(days=3), cases=cases[:1])
    total = record.of_office(offices.village, cast.coordinator).total
    assert (total.answered, total.overdue, total.median_days) == (0, 1, None)
    make_answer(submission, cast.board, answered_on=start + timedelta(days=20), cases=cases[1:])
    total = record.of_office(offices.village, cast.coordinator).total
    assert (total.in_time, total.late, total.median_days) == (0, 1, 20)
