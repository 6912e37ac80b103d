"""The coordinator's board: counts by turn, deadline and office, each leading to the list that holds its rows."""

from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.urls import reverse

from cases.casefiles import actions as case_actions
from cases.casefiles.choices import Due, Status
from cases.casefiles.filters import CaseFilter
from cases.casefiles.models import Case
from cases.casefiles.rules import DUE_BUCKETS
from cases.desk.board import board
from cases.escalations.filters import SubmissionFilter
from cases.escalations.models import Submission
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import TODAY, make_offices, make_submission, make_verified

pytestmark = pytest.mark.django_db
# Days from today, one for every border of every bucket.
BORDERS = (-40, -31, -30, -8, -7, -1, 0, 1, 3, 4, 7, 8, 60, None)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    """A case in every status, one at every border of the deadlines, two offices that owe answers, and the other kampung."""
    for status in Status:
        make_case(cast.volunteer, areas.gedong_rt, status=status)
    for days in BORDERS:
        case = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)
        case_actions.set_due(case=case, due_on=TODAY + timedelta(days=days) if days is not None else None)
    offices = make_offices()
    for office, sent_on in ((offices.village, date(2026, 11, 2)), (offices.city, date(2026, 11, 20))):
        case = make_verified(cast.volunteer, areas.gedong_rt_next)
        make_submission([case], office, cast.coordinator, sent_on=sent_on)
    make_submission([make_verified(cast.volunteer, areas.gedong_rt)], offices.ombudsman, cast.coordinator)
    over = make_verified(cast.volunteer, areas.gedong_rt)
    make_submission([over], offices.village, cast.coordinator)
    case_actions.resolve(case=over, by=cast.coordinator, outcome="returned", confirmed="family")
    make_case(cast.other_volunteer, areas.tengah_rt, status=Status.VERIFIED)
    return offices


def listed(url: str, user, rf) -> int:
    """How many rows the list behind a line holds."""
    parts = urlsplit(url)
    request = rf.get(url)
    request.user = user
    kind, filterset = {
        reverse("casefiles:list"): (Case, CaseFilter),
        reverse("escalations:list"): (Submission, SubmissionFilter),
    }[parts.path]
    found = filterset(request.GET, kind.objects.visible_to(user), request=request)
    assert found.form.is_valid(), parse_qsl(parts.query)
    return found.qs.count()


def test_buckets_touch_and_do_not_overlap():
    ends = list(DUE_BUCKETS.values())
    assert ends[0][0] is None
    assert ends[-1][1] is None
    for (_first, last), (then, _end) in pairwise(ends):
        assert then == last + 1
    assert [*DUE_BUCKETS, "none"] == Due.values


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("coordinator", ""),
        ("coordinator", "gedong_rt"),
        ("coordinator", "gedong_rt_next"),
        ("board", ""),
        ("board", "tengah_rt"),
        ("other_coordinator", ""),
    ],
)
def test_every_line_counts_what_its_list_shows(who, where, world, areas, cast, rf):
    user = getattr(cast, who)
    area = getattr(areas, where) if where else None
    shown = board(user, area)
    for line in [*shown.turns, *shown.due]:
        assert listed(line.url, user, rf) == line.count, line
        if line.late_url:
            assert listed(line.late_url, user, rf) == line.late, line
    for line in shown.offices:
        assert listed(line.url, user, rf) == line.waiting, line
        assert listed(line.late_url, user, rf) == line.late, line
    assert shown.total == sum(line.count for line in shown.due)
    assert shown.total == sum(line.count for line in shown.turns if not line.inner)
    assert shown.late == sum(line.count for line in shown.due if line.bad)


def test_what_stands_on_it(world, cast):
    shown = board(cast.coordinator)
    due = {line.code: line.count for line in shown.due}
    assert (due["late_long"], due["late_month"], due["late_week"], due["today"]) == (2, 3, 2, 1)
    assert (due["days3"], due["days7"]) == (2, 2)
    assert (shown.late, shown.oldest_days) == (7, 40)
    names = [(line.name, line.waiting, line.late) for line in shown.offices]
    assert names[0] == ("Kelurahan Gedong", 1, 1)
    assert set(names[1:]) == {("Ombudsman Jakarta Raya", 1, 0), ("Suku Dinas Sosial Jakarta Timur", 1, 0)}


def test_the_other_kampung_is_not_in_it(world, cast):
    assert board(cast.other_coordinator).total == 1
    assert board(cast.other_coordinator).offices == []
    assert board(cast.board).total == board(cast.coordinator).total + 1


@pytest.mark.parametrize("many", [1, 12])
def test_queries_do_not_grow(many, areas, cast, as_user, django_assert_max_num_queries):
    offices = make_offices()
    for number in range(many):
        case = make_verified(cast.volunteer, areas.gedong_rt)
        make_submission(
            [case], [offices.village, offices.city, offices.province][number % 3], cast.coordinator
        )
    client = as_user(cast.coordinator)
    client.get("/board/")
    with django_assert_max_num_queries(7):  # session, user, roles; areas to choose; three counts at most
        assert client.get("/board/").status_code == 200


def test_the_page(world, areas, cast, as_user):
    client = as_user(cast.coordinator)
    page = client.get("/board/")
    assert "Papan kerja" in page.text
    assert "Kelurahan Gedong" in page.text
    assert "/cases/?due=late_long" in page.text
    # Home and side bar lead here.
    assert page.text.count('href="/board/"') >= 1
    assert client.get("/").text.count('href="/board/"') >= 2
    assert 'href="/board/"' not in as_user(cast.volunteer).get("/").text
    narrow = as_user(cast.coordinator).get("/board/", {"area": areas.gedong_rt_next.pk})
    assert f"due=waiting&amp;area={areas.gedong_rt_next.pk}" in narrow.text
    assert narrow.context["board"].total == 2
    # An area of others, or none at all, narrows nothing and tells nothing.
    for area in (areas.tengah_rt.pk, "x", "²"):
        wide = client.get("/board/", {"area": area})
        assert wide.context["board"].total == page.context["board"].total


def test_an_empty_board(cast, as_user):
    page = as_user(cast.coordinator).get("/board/")
    assert page.context["board"].total == 0
    assert "Tidak ada yang menunggu di kantor." in page.text


def test_the_api_says_the_same(world, areas, cast, as_user):
    told = as_user(cast.coordinator).get("/api/v1/board/").json()
    shown = board(cast.coordinator)
    assert (told["total"], told["late"], told["oldest_days"]) == (shown.total, shown.late, 40)
    assert [line["count"] for line in told["due"]] == [line.count for line in shown.due]
    assert told["offices"][0]["name"] == "Kelurahan Gedong"
    narrow = as_user(cast.coordinator).get("/api/v1/board/", {"area": areas.gedong_rt_next.pk}).json()
    assert narrow["total"] == 2
    assert as_user(cast.coordinator).get("/api/v1/board/", {"area": areas.tengah_rt.pk}).status_code == 400
    assert as_user(cast.volunteer).get("/api/v1/board/").status_code == 403
