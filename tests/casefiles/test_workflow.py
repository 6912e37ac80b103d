"""State x state x role, generated from ALLOWED: who may make which move, and what a refused move leaves behind."""

import pytest
from django.db import IntegrityError, transaction

from cases.audit.models import AuditEvent
from cases.casefiles import actions, workflow
from cases.casefiles.choices import CloseReason, Outcome, Status, Turn
from cases.casefiles.models import Case
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import WriteOutsideAction, open_gate
from tests.casefiles.helpers import make_case

ROLES = ["volunteer", "coordinator", "other_volunteer", "other_coordinator", "board", "observer", "stranger"]
MOVE = {
    Status.NEW: lambda case, by: actions.supply_details(case=case, by=by, note="Tanggal 12."),
    Status.NEEDS_DETAILS: lambda case, by: actions.ask_details(case=case, by=by, needs="Kapan?"),
    Status.VERIFIED: lambda case, by: (
        actions.back_to_verified if case.status == Status.SENT else actions.verify
    )(case=case, by=by),
    Status.SENT: lambda case, by: actions.mark_sent(case=case, by=by, data={}),
    Status.ANSWERED: lambda case, by: actions.mark_answered(case=case, by=by, data={}),
    Status.RESOLVED: lambda case, by: actions.resolve(
        case=case, by=by, outcome=Outcome.PAID, confirmed="family"
    ),
    Status.CLOSED: lambda case, by: actions.close(case=case, by=by, reason=CloseReason.WITHDRAWN),
    Status.REOPENED: lambda case, by: actions.reopen(case=case, by=by, reason="Ada saksi."),
}
# Only supplying details is for everybody who sees the case.
MOVERS = {status: {"coordinator", "board"} for status in Status} | {
    Status.NEW: {"volunteer", "coordinator", "board"}
}
# A second letter, or a second answer, is no move and no error.
STAYS = {(Status.SENT, Status.SENT), (Status.ANSWERED, Status.ANSWERED)}


@pytest.mark.parametrize("now", Status)
def test_every_pair_for_every_role(now, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=now)
    tried = 0
    for then in Status:
        for role in ROLES:
            by, before = getattr(cast, role), AuditEvent.objects.count()
            may = then in workflow.ALLOWED[now] and role in MOVERS[then]
            stays = (now, then) in STAYS and role in MOVERS[then]
            point = transaction.atomic()
            with point:
                case.refresh_from_db()
                if may or stays:
                    MOVE[then](case, by)
                else:
                    with pytest.raises((NotAllowed, ActionRefused)) as refusal:
                        MOVE[then](case, by)
                    assert len(str(refusal.value)) > 15
                case.refresh_from_db()
                assert case.status == (then if may else now), (now, then, role)
                assert AuditEvent.objects.count() - before == (1 if may else 0), (now, then, role)
                transaction.set_rollback(True)
            tried += 1
    assert tried == len(Status) * len(ROLES)


@pytest.mark.parametrize("now", Status)
def test_who_and_which_state_are_refused_apart(now, cast, areas):
    """A stranger hears about place or role, never about the state of a case that is none of his business."""
    case = make_case(cast.volunteer, areas.gedong_rt, status=now)
    for then in Status:
        with pytest.raises(NotAllowed):
            MOVE[then](case, cast.other_coordinator)


def test_every_status_has_a_turn_and_a_way_out():
    assert set(workflow.ALLOWED) == set(workflow.TURN) == set(Status)
    for status, following in workflow.ALLOWED.items():
        assert following
        assert status not in following
        assert len(set(following)) == len(following)
    reached = {then for following in workflow.ALLOWED.values() for then in following}
    assert reached == set(Status)
    assert set(workflow.OVER) == {Status.RESOLVED, Status.CLOSED}
    assert all(workflow.ALLOWED[over] == (Status.REOPENED,) for over in workflow.OVER)
    assert sorted(s for turn in Turn for s in workflow.statuses_of(turn)) == sorted(Status)


def test_before_is_allowed_read_backwards():
    for then in Status:
        assert workflow.before(then) == [now for now in Status if workflow.may_move(now, then)]


def test_diagram_holds_every_arrow():
    diagram = workflow.mermaid()
    for now, following in workflow.ALLOWED.items():
        for then in following:
            assert f"    {now.value} --> {then.value}\n" in diagram
    assert diagram.count(" --> ") == 1 + sum(map(len, workflow.ALLOWED.values())) + len(workflow.OVER)


def test_reopening_forgets_the_ending_and_the_history_does_not(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.RESOLVED)
    actions.reopen(case=case, by=cast.coordinator, reason="Uang tidak jadi dikembalikan.")
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.REOPENED, "")
    event = AuditEvent.objects.latest("id")
    assert event.verb == "case.reopened"
    assert event.data["outcome"] == Outcome.RETURNED
    assert event.data["note"] == "Uang tidak jadi dikembalikan."


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("ask_details", {"needs": "  "}),
        ("ask_details", {"needs": "x" * 301}),
        ("resolve", {"outcome": "", "confirmed": "family"}),
        ("resolve", {"outcome": "happy", "confirmed": "family"}),
        ("resolve", {"outcome": "paid", "confirmed": ""}),
        ("resolve", {"outcome": "paid", "confirmed": "rumour"}),
        ("resolve", {"outcome": "paid", "confirmed": "unreachable"}),
        ("close", {"reason": "bored"}),
        ("close", {"reason": CloseReason.DUPLICATE}),
    ],
)
def test_what_a_move_needs(action, given, cast, areas):
    status = Status.VERIFIED if action == "resolve" else Status.NEW
    case = make_case(cast.volunteer, areas.gedong_rt, status=status)
    with pytest.raises(ActionRefused):
        getattr(actions, action)(case=case, by=cast.coordinator, **given)
    case.refresh_from_db()
    assert case.status == status


def test_reopening_needs_a_reason(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.CLOSED)
    with pytest.raises(ActionRefused):
        actions.reopen(case=case, by=cast.coordinator, reason=" ")


def test_supplied_details_go_to_the_end_of_the_story(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.NEEDS_DETAILS)
    actions.supply_details(case=case, by=cast.volunteer, note="Tanggal 12, pukul sembilan.")
    case.refresh_from_db()
    assert case.story.endswith("\n\nTanggal 12, pukul sembilan.")
    assert case.needs == ""


def test_deadline_is_kept_and_its_moves_are_on_record(cast, areas, settings):
    from datetime import date

    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.SENT)
    actions.set_due(case=case, due_on=date(2026, 12, 8), by=cast.coordinator)
    actions.set_due(case=case, due_on=date(2026, 12, 8), by=cast.coordinator)
    actions.set_due(case=case, due_on=date(2026, 12, 9))
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 9)
    moves = AuditEvent.objects.filter(verb="case.due_set").values_list("data", "actor_name")
    assert list(moves) == [
        ({"from": "", "to": "2026-12-08"}, "koordinator.gedong"),
        ({"from": "2026-12-08", "to": "2026-12-09"}, ""),
    ]


def test_days_left_counts_for_open_cases_only(cast, areas):
    from datetime import date

    import time_machine

    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.SENT)
    case.due_on = date(2026, 12, 8)
    # Half past midnight in Jakarta is still the day before in UTC.
    with time_machine.travel("2026-12-05T00:30:00+07:00", tick=False):
        assert (case.days_left, case.days_late) == (3, 0)
    with time_machine.travel("2026-12-10T00:30:00+07:00", tick=False):
        assert (case.days_left, case.days_late) == (-2, 2)
    case.status = Status.RESOLVED
    assert case.days_left is None
    case.status, case.due_on = Status.SENT, None
    assert case.days_left is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": Status.RESOLVED, "outcome": ""},
        {"status": Status.NEW, "outcome": Outcome.PAID},
        {"status": Status.CLOSED, "close_reason": ""},
        {"status": Status.SENT, "close_reason": CloseReason.NOT_SO},
        {"levy_amount": 600_000, "levy_out_of": 300_000},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt)
    with open_gate(), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**wrong)


def test_no_way_around_the_actions(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt)
    case.status = Status.VERIFIED
    with pytest.raises(WriteOutsideAction):
        case.save()
    with pytest.raises(WriteOutsideAction):
        Case.objects.filter(pk=case.pk).update(status=Status.VERIFIED)
    with pytest.raises(WriteOutsideAction):
        case.delete()
