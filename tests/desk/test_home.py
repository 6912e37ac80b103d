"""The first page of the day: what waits for whom, by role, inside the scope, in few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.casefiles import actions as case_actions
from cases.casefiles.choices import Status
from cases.casefiles.models import Case
from cases.desk import queues
from cases.households import actions as household_actions
from cases.households.choices import VisitResult
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from tests.casefiles.helpers import bring, make_case
from tests.households.helpers import make_household
from tests.programmes.helpers import make_round, make_schedule
from tests.web_rows import WebRows

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def home(as_user):
    def look(user):
        return as_user(user).get(reverse("desk:home"))

    return look


def due(case: Case, days: int) -> Case:
    """The deadline that escalations would keep."""
    return case_actions.set_due(case=case, due_on=timezone.localdate() + timedelta(days=days))


def backdate(case: Case, days: int) -> None:
    with open_gate():
        Case.objects.filter(pk=case.pk).update(created_at=timezone.now() - timedelta(days=days))


# --- volunteers ------------------------------------------------------------------------------------------------------


def test_a_volunteer_with_nothing_to_do_is_told_what_to_do_next(home, cast):
    page = home(cast.volunteer).content.decode()
    assert "Tidak ada yang menunggu Anda" in page
    assert f'href="{reverse("households:create")}"' in page
    for name in ("households:create", "casefiles:create", "desk:search", "paper:home"):
        assert 'class="tile' in page
        assert f'href="{reverse(name)}"' in page


def test_a_volunteer_completes_own_and_unassigned_cases_of_the_area_only(cast, areas, make_user):
    colleague = make_user("relawan.gedong.dua", (Role.VOLUNTEER, areas.gedong.pk))
    unassigned = make_case(colleague, areas.gedong_rt, status=Status.NEEDS_DETAILS)
    own = make_case(cast.volunteer, areas.gedong_rt, status=Status.NEEDS_DETAILS)
    taken = make_case(colleague, areas.gedong_rt, status=Status.NEEDS_DETAILS)
    case_actions.assign(case=taken, by=cast.coordinator, to=colleague)
    asked = make_case(colleague, areas.gedong_rt_next, status=Status.NEEDS_DETAILS)
    case_actions.assign(case=asked, by=cast.coordinator, to=cast.volunteer)
    make_case(cast.other_volunteer, areas.tengah_rt, status=Status.NEEDS_DETAILS)
    make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)

    day = queues.volunteer_day(cast.volunteer)
    assert [case.pk for case in day.to_complete] == [asked.pk, own.pk, unassigned.pk]
    assert not day.more_to_complete


def test_a_long_queue_is_cut_and_says_so(cast, areas, home):
    for _number in range(queues.SHOWN + 1):
        make_case(cast.volunteer, areas.gedong_rt, status=Status.NEEDS_DETAILS)
    day = queues.volunteer_day(cast.volunteer)
    assert (len(day.to_complete), day.more_to_complete) == (queues.SHOWN, True)
    assert "?status=needs_details" in home(cast.volunteer).content.decode()


@pytest.mark.parametrize(
    ("result", "left"), [(None, 2), (VisitResult.MET, 1), (VisitResult.ABSENT, 2), (VisitResult.MOVED, 1)]
)
def test_families_who_have_not_heard_of_a_date_are_counted(cast, areas, result, left):
    aid_round = make_round(by=cast.board)
    soon = timezone.localdate() + timedelta(days=4)
    make_schedule(aid_round, areas.gedong, by=cast.board, date=soon)
    family = make_household(by=cast.volunteer, area=areas.gedong_rt)
    make_household(by=cast.volunteer, area=areas.gedong_rt_next, head_name="Kartini", alley="Gang Melati")
    make_household(by=cast.other_volunteer, area=areas.tengah_rt, head_name="Slamet")
    if result:
        household_actions.record_visit(
            household=family,
            visited_on=timezone.localdate(),
            task="round",
            result=result,
            round=aid_round,
            by=cast.volunteer,
        )
    (knock,) = queues.volunteer_day(cast.volunteer).doors
    assert knock.families == left
    assert queues.volunteer_day(cast.other_volunteer).doors == []


def test_a_visit_for_another_round_tells_nothing_of_this_one(cast, areas):
    this, other = make_round(by=cast.board), make_round(by=cast.board)
    make_schedule(this, areas.gedong, by=cast.board, date=timezone.localdate())
    family = make_household(by=cast.volunteer, area=areas.gedong_rt)
    household_actions.record_visit(
        household=family,
        visited_on=timezone.localdate(),
        task="round",
        result=VisitResult.MET,
        round=other,
        by=cast.volunteer,
    )
    assert [knock.families for knock in queues.volunteer_day(cast.volunteer).doors] == [1]


@pytest.mark.parametrize(("days", "shown"), [(-1, 0), (0, 1), (queues.AHEAD, 1), (queues.AHEAD + 1, 0)])
def test_dates_of_the_next_two_weeks_are_shown(cast, areas, days, shown):
    date = timezone.localdate() + timedelta(days=days)
    make_schedule(make_round(by=cast.board), areas.gedong, by=cast.board, date=date)
    assert len(queues.volunteer_day(cast.volunteer).schedules) == shown


def test_own_sheets_stay_a_task_until_they_come_back(cast, areas):
    sheet = WebRows(cast, areas).print.sheets.first()
    with open_gate():
        sheet.volunteer = cast.volunteer
        sheet.save()
    day = queues.volunteer_day(cast.volunteer)
    assert [(row.pk, row.doors) for row in day.sheets] == [(sheet.pk, 1)]
    assert not day.free
    assert queues.volunteer_day(cast.coordinator).sheets == []
    with open_gate():
        sheet.returned_at = timezone.now()
        sheet.save()
    assert queues.volunteer_day(cast.volunteer).sheets == []


# --- coordinators and the board --------------------------------------------------------------------------------------


@pytest.fixture
def busy(cast, areas):
    """In Gedong: one case in every status; in Tengah: two new ones."""
    cases = {status: make_case(cast.volunteer, areas.gedong_rt, status=status) for status in Status}
    for _number in range(2):
        make_case(cast.other_volunteer, areas.tengah_rt)
    return cases


def test_a_coordinator_sees_whose_turn_it_is_in_the_own_area(cast, busy):
    total = queues.overview(cast.coordinator).total
    # New, verified, answered, reopened; needs details; sent.
    assert (total.coordinator, total.volunteer, total.office) == (4, 1, 1)
    assert total.fresh == len(Status)


def test_overdue_and_due_soon_are_told_apart(cast, busy):
    late = due(busy[Status.SENT], -1)
    soon = due(busy[Status.ANSWERED], queues.SOON)
    due(busy[Status.VERIFIED], queues.SOON + 1)
    due(busy[Status.RESOLVED], -9)
    view = queues.overview(cast.coordinator)
    assert [case.pk for case in view.overdue] == [late.pk]
    assert [case.pk for case in view.soon] == [soon.pk]
    assert (view.total.overdue, view.total.soon) == (1, 1)


def test_figures_lead_to_lists_of_the_same_length(cast, busy, as_user):
    due(busy[Status.SENT], -1)
    due(busy[Status.ANSWERED], 1)
    client, total = as_user(cast.coordinator), queues.overview(cast.coordinator).total
    counts = {
        "turn=coordinator": total.coordinator,
        "turn=volunteer": total.volunteer,
        "turn=office": total.office,
        "due=overdue": total.overdue,
        "due=soon": total.soon,
    }
    page = client.get(reverse("desk:home")).content.decode()
    for query, count in counts.items():
        address = f"{reverse('casefiles:list')}?{query}"
        assert f'href="{address}"' in page
        listed = client.get(address).content.decode()
        assert sum(case.number in listed for case in busy.values()) == count, query


def test_what_came_in_this_week_leaves_out_what_is_older(cast, busy):
    for status in (Status.NEW, Status.RESOLVED):
        backdate(busy[status], queues.WEEK + 1)
    view = queues.overview(cast.coordinator)
    assert view.total.fresh == len(Status) - 2
    assert busy[Status.NEW].pk not in {case.pk for case in view.newest}
    # What is older still waits.
    assert view.total.coordinator == 4


def test_the_board_sees_a_line_a_kampung(cast, areas, busy):
    rows = WebRows(cast, areas)
    assert rows.kampung
    lines = {name: tally.coordinator for name, tally in queues.overview(cast.board, by_kampung=True).by_place}
    assert lines == {"Kampung Gedong": 4, "": 2}


def test_a_coordinator_sees_nothing_of_the_next_kampung(cast, busy, home):
    page = home(cast.other_coordinator).content.decode()
    assert not [case.number for case in busy.values() if case.number in page]
    assert queues.overview(cast.other_coordinator).total.coordinator == 2


# --- everyone --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["volunteer", "coordinator", "board", "observer", "stranger"])
def test_the_page_costs_few_queries_however_much_waits(cast, areas, busy, home, who):
    rows = WebRows(cast, areas)
    assert rows.kampung
    assert rows.schedule
    assert rows.print

    def count() -> int:
        # Other tests may have left the languages' and sites' caches cold.
        home(getattr(cast, who))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert home(getattr(cast, who)).status_code == 200
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    few = count()
    for status in (Status.NEW, Status.NEEDS_DETAILS, Status.SENT):
        for _number in range(4):
            due(bring(make_case(cast.volunteer, areas.gedong_rt), status, cast.coordinator), 1)
    assert count() == few <= MOST_QUERIES + SIGN_IN


# force_login and the list of phones ask around the page itself.
SIGN_IN = 6


def test_an_observer_is_told_plainly_that_rows_are_not_shown(cast, busy, home):
    page = home(cast.observer).content.decode()
    assert "Mengapa tidak ada data satu per satu" in page
    assert not [case.number for case in busy.values() if case.number in page]


def test_whoever_has_no_role_is_told_whom_to_ask(cast, home):
    assert "Anda belum punya peran" in home(cast.stranger).content.decode()
