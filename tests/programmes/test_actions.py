"""Programmes and rounds by the board, schedules by the coordinators of the area; each change once, with its event."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cases.audit.models import AuditEvent
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed, WriteOutsideAction
from cases.kernel.writes import open_gate
from cases.programmes import actions
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Programme, Round, Schedule
from tests.programmes.helpers import make_programme, make_round, make_schedule

pytestmark = pytest.mark.django_db
WHEN = {"date": date(2026, 11, 30), "starts": time(9), "place": "Balai RW 011"}


def verbs():
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("who", ["volunteer", "coordinator", "observer", "stranger"])
def test_only_the_board_writes_programmes_and_rounds(cast, who):
    programme, aid_round = make_programme(), make_round()
    by = getattr(cast, who)
    for write in (
        lambda: actions.create_programme(by=by, code="X", name="X", kind="cash"),
        lambda: actions.edit_programme(programme=programme, by=by, name="X"),
        lambda: actions.create_round(
            programme=programme, by=by, name="X", period_start=date(2026, 1, 1), period_end=date(2026, 1, 2)
        ),
        lambda: actions.edit_round(aid_round=aid_round, by=by, name="X"),
    ):
        before = verbs()
        with pytest.raises(NotAllowed):
            write()
        assert verbs() == before
    programme.refresh_from_db()
    assert programme.name != "X"


def test_components_are_replaced_and_what_stays_keeps_its_row(cast):
    first = [
        {"name": "SD", "amount": 225_000, "per": "tahap"},
        {"name": "SMP", "amount": 375_000, "per": "tahap"},
    ]
    programme = make_programme(by=cast.board, components=first)
    kept = programme.components.get(name="SD").pk
    actions.edit_programme(
        programme=programme,
        by=cast.board,
        components=[
            {"name": "SD", "amount": 250_000, "per": "tahap"},
            {"name": "SMA", "amount": 500_000, "per": "tahap"},
        ],
    )
    rows = {row.name: row for row in programme.components.all()}
    assert set(rows) == {"SD", "SMA"}
    assert (rows["SD"].pk, rows["SD"].amount) == (kept, 250_000)
    assert AuditEvent.objects.latest("id").data["changes"]["components"] is True


def test_an_edit_that_changes_nothing_leaves_no_event(cast):
    programme, aid_round = make_programme(by=cast.board), make_round(by=cast.board)
    before = verbs()
    actions.edit_programme(programme=programme, by=cast.board, name=programme.name)
    actions.edit_round(aid_round=aid_round, by=cast.board, name=aid_round.name)
    assert verbs() == before


def test_the_event_keeps_before_and_after(cast):
    aid_round = make_round(by=cast.board)
    actions.edit_round(aid_round=aid_round, by=cast.board, status=RoundStatus.DONE)
    assert AuditEvent.objects.latest("id").data == {"changes": {"status": ["open", "done"]}}


def test_twins_are_refused_with_a_sentence(cast):
    programme = make_programme(by=cast.board)
    aid_round = make_round(programme, by=cast.board)
    with pytest.raises(ActionRefused):
        make_programme(by=cast.board, code=programme.code)
    with pytest.raises(ActionRefused):
        make_round(programme, by=cast.board, name=aid_round.name)
    make_schedule(aid_round, by=cast.board, **WHEN)
    with pytest.raises(ActionRefused):
        make_schedule(aid_round, by=cast.board, **WHEN)
    assert (Programme.objects.count(), Round.objects.count(), Schedule.objects.count()) == (1, 1, 1)


def test_backward_periods_and_times_are_refused(cast):
    with pytest.raises(ActionRefused):
        make_round(by=cast.board, period_start=date(2026, 2, 1), period_end=date(2026, 1, 1))
    with pytest.raises(ActionRefused):
        make_schedule(by=cast.board, starts=time(9), ends=time(9))
    schedule = make_schedule(by=cast.board)
    with pytest.raises(ActionRefused):
        actions.edit_schedule(schedule=schedule, by=cast.board, ends=time(8))


@pytest.mark.parametrize("who", ["volunteer", "other_coordinator", "other_volunteer", "observer", "stranger"])
def test_schedules_are_kept_by_the_coordinators_of_the_area(cast, areas, who):
    schedule = make_schedule(area=areas.gedong)
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.add_schedule(aid_round=schedule.round, area=areas.gedong_rt, by=by, **WHEN)
    with pytest.raises(NotAllowed):
        actions.edit_schedule(schedule=schedule, by=by, place="Lain")
    with pytest.raises(NotAllowed):
        actions.cancel_schedule(schedule=schedule, reason="hujan", by=by)
    assert Schedule.objects.get().place == schedule.place


def test_a_coordinator_cannot_move_a_date_into_another_kampung(cast, areas):
    schedule = make_schedule(area=areas.gedong)
    with pytest.raises(NotAllowed):
        actions.edit_schedule(schedule=schedule, by=cast.coordinator, area=areas.tengah)
    with pytest.raises(NotAllowed):
        actions.add_schedule(aid_round=schedule.round, area=areas.province, by=cast.coordinator, **WHEN)


def test_the_same_form_twice_is_one_date_and_one_event(cast, areas):
    aid_round, stamp = make_round(), uuid4()
    once = actions.add_schedule(
        aid_round=aid_round, area=areas.gedong, by=cast.coordinator, client_id=stamp, **WHEN
    )
    before = verbs()
    again = actions.add_schedule(
        aid_round=aid_round, area=areas.gedong, by=cast.coordinator, client_id=stamp, **WHEN
    )
    assert (again.pk, verbs()) == (once.pk, before)
    with pytest.raises(Conflict):
        actions.add_schedule(
            aid_round=aid_round,
            area=areas.gedong,
            by=cast.coordinator,
            client_id=stamp,
            **{**WHEN, "place": "Lain"},
        )
    period = {"name": "R", "period_start": date(2026, 1, 1), "period_end": date(2026, 1, 31)}
    stamp = uuid4()
    rows = {
        actions.create_round(programme=aid_round.programme, by=cast.board, client_id=stamp, **period).pk
        for _ in range(2)
    }
    assert len(rows) == 1


def test_a_called_off_date_stays_on_record_and_may_be_set_again(cast, areas):
    schedule = make_schedule(area=areas.gedong, by=cast.board)
    with pytest.raises(ActionRefused):
        actions.cancel_schedule(schedule=schedule, reason="  ", by=cast.coordinator)
    actions.cancel_schedule(schedule=schedule, reason="Balai dipakai pemilu RT", by=cast.coordinator)
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.subject_id, event.object_id) == (
        "schedule.cancelled",
        str(schedule.round_id),
        str(schedule.pk),
    )
    for write in (
        lambda: actions.edit_schedule(schedule=schedule, by=cast.coordinator, place="Lain"),
        lambda: actions.cancel_schedule(schedule=schedule, reason="lagi", by=cast.coordinator),
    ):
        with pytest.raises(ActionRefused):
            write()
    assert not Schedule.objects.for_area(areas.gedong.pk).exists()
    make_schedule(
        schedule.round,
        areas.gedong,
        by=cast.board,
        date=schedule.date,
        starts=schedule.starts,
        place=schedule.place,
    )
    assert Schedule.objects.for_area(areas.gedong.pk).count() == 1


def test_a_finished_round_takes_no_new_date(cast, areas):
    aid_round = make_round(status=RoundStatus.DONE)
    with pytest.raises(ActionRefused):
        actions.add_schedule(aid_round=aid_round, area=areas.gedong, by=cast.coordinator, **WHEN)


def test_what_holds_in_an_area(cast, areas):
    aid_round = make_round()
    rows = {
        name: make_schedule(aid_round, getattr(areas, name)).pk
        for name in ("province", "gedong", "gedong_rt", "gedong_rt_next", "tengah")
    }

    def holds(code):
        return set(Schedule.objects.for_area(code).values_list("pk", flat=True))

    assert holds(areas.gedong_rt.pk) == {rows["province"], rows["gedong"], rows["gedong_rt"]}
    assert holds(areas.gedong.pk) == set(rows.values()) - {rows["tengah"]}
    seen = set(Schedule.objects.visible_to(cast.volunteer).values_list("pk", flat=True))
    assert seen == set(rows.values()) - {rows["tengah"]}
    assert not Schedule.objects.visible_to(cast.observer).exists()
    assert not Programme.objects.visible_to(cast.stranger).exists()
    assert Round.objects.visible_to(cast.observer).count() == 1


def test_no_writing_beside_the_actions(cast):
    schedule = make_schedule()
    for write in (
        lambda: schedule.save(),
        lambda: schedule.delete(),
        lambda: Round.objects.update(name="X"),
        lambda: Programme.objects.all().delete(),
        lambda: Schedule.objects.bulk_create([]),
    ):
        with pytest.raises(WriteOutsideAction):
            write()


def test_the_database_holds_the_line_by_itself(areas):
    schedule = make_schedule(area=areas.gedong)
    aid_round, programme = schedule.round, schedule.round.programme
    with open_gate():
        for broken in (
            lambda: Round.objects.filter(pk=aid_round.pk).update(period_end=date(2020, 1, 1)),
            lambda: Schedule.objects.filter(pk=schedule.pk).update(ends=time(1)),
            lambda: Round(
                programme=programme,
                name=aid_round.name,
                period_start=date(2026, 1, 1),
                period_end=date(2026, 1, 1),
            ).save(),
            lambda: Schedule(
                round=aid_round,
                area=areas.gedong,
                date=schedule.date,
                starts=schedule.starts,
                place=schedule.place,
            ).save(),
            lambda: (
                programme.components.create(name="A", amount=1, per="x")
                and programme.components.create(name="A", amount=2, per="x")
            ),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                broken()
