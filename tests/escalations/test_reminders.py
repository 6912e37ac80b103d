"""Deadlines that come near are told once at each mark, to those who follow them, before the quiet days that cover them."""

from datetime import date, timedelta

import pytest

from cases.areas import actions as areas_actions
from cases.audit.models import AuditEvent
from cases.casefiles import actions as casefiles
from cases.escalations import actions, reminders
from cases.escalations.choices import Mark
from cases.escalations.models import DeadlineMark
from cases.notices import registry, tasks
from cases.notices.models import Digest
from cases.people.choices import Role
from tests.escalations.helpers import TODAY, make_answer, make_submission, make_verified
from tests.places import GEDONG

pytestmark = pytest.mark.django_db


def send(cast, areas, office, ago, **more):
    case = make_verified(cast.coordinator, areas.gedong_rt)
    return make_submission([case], office, cast.coordinator, sent_on=TODAY - timedelta(days=ago), **more)


def told():
    return list(
        AuditEvent.objects.filter(verb__startswith="deadline.")
        .order_by("id")
        .values_list("verb", "subject_id")
    )


@pytest.mark.parametrize(
    ("due_in", "horizon", "mark"),
    [(-1, 0, Mark.OVERDUE), (0, 0, Mark.TODAY), (1, 0, Mark.SOON), (2, 2, Mark.TODAY), (5, 2, Mark.SOON)],
)
def test_marks(due_in, horizon, mark):
    due = TODAY + timedelta(days=due_in)
    assert reminders.mark_of(due, TODAY, TODAY + timedelta(days=horizon)) == mark


def test_each_mark_once_and_nothing_before_its_time(cast, areas, offices):
    late, today, soon, far = (send(cast, areas, offices.village, ago) for ago in (15, 14, 11, 10))
    for _ in range(3):
        actions.record_near_deadlines(TODAY, TODAY)
    assert told() == [
        ("deadline.overdue", str(late.pk)),
        ("deadline.today", str(today.pk)),
        ("deadline.soon", str(soon.pk)),
    ]
    tomorrow = TODAY + timedelta(days=1)
    assert actions.record_near_deadlines(tomorrow, tomorrow) == 2
    assert told()[3:] == [("deadline.overdue", str(today.pk)), ("deadline.soon", str(far.pk))]


def test_a_long_weekend_is_told_before_it(cast, areas, offices):
    """On a Friday "now" means until Sunday, and three days are counted from then."""
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    saturday = send(cast, areas, offices.village, 10)
    wednesday = send(cast, areas, offices.village, 6)
    assert (saturday.due_on, wednesday.due_on) == (date(2026, 11, 28), date(2026, 12, 2))
    actions.record_near_deadlines(friday, sunday)
    assert told() == [("deadline.today", str(saturday.pk)), ("deadline.soon", str(wednesday.pk))]


def test_a_deadline_that_moves_is_told_again(cast, areas, offices):
    case = make_verified(cast.coordinator, areas.gedong_rt)
    row = make_submission([case], offices.kpk, cast.coordinator, sent_on=date(2026, 11, 16))
    assert row.due_on == date(2026, 11, 25)
    actions.record_near_deadlines(TODAY, TODAY)
    areas_actions.add_day(day=date(2026, 11, 25), change="added", name="Pilkada", by=cast.board)
    actions.recompute_open_deadlines()
    actions.record_near_deadlines(TODAY, TODAY)
    assert [verb for verb, _row in told()] == ["deadline.soon", "deadline.soon"]
    assert DeadlineMark.objects.count() == 2


def test_what_no_longer_runs_is_not_told(cast, areas, offices):
    answered, withdrawn, over, carried_on = (send(cast, areas, offices.village, 20) for _ in range(4))
    make_answer(answered, cast.coordinator)
    actions.withdraw(submission=withdrawn, reason="Salah.", by=cast.coordinator)
    casefiles.close(case=over.links.get().case, by=cast.coordinator, reason="withdrawn")
    case = carried_on.links.get().case
    make_submission([case], offices.city, cast.coordinator, sent_on=TODAY, appeal_of=carried_on)
    assert actions.record_near_deadlines(TODAY, TODAY) == 0


def test_only_those_who_follow_it_are_told(cast, areas, offices, make_user):
    task = make_user("relawan.tugas", (Role.VOLUNTEER, GEDONG))
    row = send(cast, areas, offices.city, 20)
    casefiles.assign(case=row.links.get().case, by=cast.coordinator, to=task)
    actions.record_near_deadlines(TODAY, TODAY)
    event = AuditEvent.objects.get(verb="deadline.overdue")
    assert reminders.followers([event]) == {event.pk: {cast.coordinator.pk, task.pk}}


def test_a_letter_of_many_cases_is_one_line(cast, areas, offices):
    cases = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(5)]
    make_submission(cases, offices.village, cast.coordinator, sent_on=date(2026, 11, 2))
    tasks.gather(TODAY)
    digest = Digest.objects.get(user=cast.coordinator)
    assert [(line.verb, line.count) for line in digest.lines.all()] == [("deadline.overdue", 1)]
    assert not Digest.objects.exclude(user=cast.coordinator).exists()


def test_a_morning_says_what_is_late_and_what_came_in(cast, areas, offices, as_user):
    send(cast, areas, offices.village, 15)
    send(cast, areas, offices.village, 14)
    make_answer(send(cast, areas, offices.village, 6), cast.board)
    tasks.gather(TODAY)
    tasks.gather(TODAY)
    page = as_user(cast.coordinator).get("/notices/").content.decode()
    assert "1 kiriman lewat batas waktu" in page
    assert "1 batas waktu berakhir hari ini atau sebelum hari kerja berikutnya" in page
    assert "1 jawaban masuk" in page
    assert "Kelurahan" not in page.split("<main")[1]


def test_the_text_for_the_group_holds_counts_only(cast, areas, offices, as_user):
    send(cast, areas, offices.village, 20)
    make_verified(cast.coordinator, areas.gedong_rt)
    figures = registry.figures_for(cast.coordinator, TODAY)
    assert [(str(figure.label), figure.n) for figure in figures] == [
        ("lewat batas waktu", 1),
        ("kasus menunggu koordinator", 1),
    ]
    page = as_user(cast.coordinator).get("/notices/text/").content.decode()
    assert "1 lewat batas waktu" in page
    assert registry.figures_for(cast.other_coordinator, TODAY) == []


def test_queries_of_a_batch_do_not_grow(cast, areas, offices, django_assert_max_num_queries):
    for _ in range(6):
        send(cast, areas, offices.village, 20)
    with django_assert_max_num_queries(6 + 6):
        # One insert an event, and a few to find them.
        actions.record_near_deadlines(TODAY, TODAY)
    events = list(AuditEvent.objects.filter(verb="deadline.overdue"))
    with django_assert_max_num_queries(2):
        reminders.followers(events)
