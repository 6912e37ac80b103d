"""The clock by itself: what starts, stops and moves a deadline, and that it does not matter in which order one learnt of it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import seeding
from cases.escalations.choices import Start, Step
from cases.escalations.models import DeadlineRule
from cases.escalations.rules import Facts, Rule, deadlines, earliest, may_start
from cases.escalations.rules.clock import STARTS
from cases.kernel.workdays import Calendar

SENT = date(2026, 11, 2)  # a Monday
CALENDAR = Calendar()


def rules_of(kind, matter=""):
    """As the seeds have them."""
    rows = [row for row in seeding.rows("deadline_rules") if row["office_kind"] == kind]
    chosen = {row["step"]: row for row in rows if row["matter"] == ""} if matter != "objection" else {}
    chosen |= {row["step"]: row for row in rows if row["matter"] == matter}
    return [Rule(Step(r["step"]), Start(r["start"]), int(r["amount"]), r["unit"]) for r in chosen.values()]


def state(kind, matter="", **facts):
    """{step: (due, met)} and the step that runs out first."""
    running = deadlines(rules_of(kind, matter), Facts(sent_on=SENT, **facts), CALENDAR)
    first = earliest(running)
    return {item.rule.step: (item.due_on, item.met_on) for item in running}, first and first.rule.step


def test_the_receipt_starts_the_clock_anew():
    assert state("village")[0][Step.ANSWER] == (date(2026, 11, 16), None)
    assert state("village", received_on=date(2026, 11, 5))[0][Step.ANSWER] == (date(2026, 11, 19), None)


def test_an_incomplete_file_turns_the_clock_round():
    """The office waits for us: its clock stands, ours runs; completed, its time counts from that day."""
    waiting, first = state("village", asked_on=date(2026, 11, 9))
    assert waiting[Step.ANSWER] == (None, None)
    assert waiting[Step.COMPLETE] == (date(2026, 12, 9), None)
    assert first == Step.COMPLETE
    done, first = state("village", asked_on=date(2026, 11, 9), completed_on=date(2026, 11, 12))
    assert done[Step.ANSWER] == (date(2026, 11, 26), None)
    assert done[Step.COMPLETE] == (date(2026, 12, 9), date(2026, 11, 12))
    assert first == Step.ANSWER
    # Asked once more after it was completed.
    _again, first = state("village", asked_on=date(2026, 11, 20), completed_on=date(2026, 11, 12))
    assert first == Step.COMPLETE


def test_without_a_request_nothing_is_to_be_completed():
    assert state("village")[0][Step.COMPLETE] == (None, None)


def test_a_first_word_stops_the_answer_only_where_a_decision_is_still_due():
    word = date(2026, 11, 10)
    dinsos, first = state("province_social", first_answer_on=word)
    assert dinsos[Step.ANSWER] == (date(2026, 11, 16), word)
    assert (dinsos[Step.DECIDE], first) == ((date(2027, 1, 1), None), Step.DECIDE)
    village, first = state("village", first_answer_on=word)
    assert (village[Step.ANSWER], first) == ((date(2026, 11, 16), None), Step.ANSWER)


def test_lapor_step_by_step():
    fresh, first = state("lapor")
    assert {step: due for step, (due, _met) in fresh.items()} == {
        Step.VERIFY: date(2026, 11, 5),
        Step.FIRST_ACTION: date(2026, 11, 9),
        Step.ANSWER: date(2026, 11, 20),
        Step.RESPOND: None,
    }
    assert first == Step.VERIFY
    assert state("lapor", verified_on=date(2026, 11, 4))[1] == Step.FIRST_ACTION
    # Whoever acts has verified.
    acted, first = state("lapor", acted_on=date(2026, 11, 6))
    assert (acted[Step.VERIFY][1], first) == (date(2026, 11, 6), Step.ANSWER)
    answer = {"first_answer_on": date(2026, 11, 16), "answered_on": date(2026, 11, 16)}
    answered, first = state("lapor", **answer)
    assert answered[Step.RESPOND] == (date(2026, 11, 30), None)
    assert first == Step.RESPOND
    assert state("lapor", **answer, solved=True)[1] is None
    assert state("lapor", **answer, responded_on=date(2026, 11, 18))[1] is None
    assert state("lapor", **answer, appealed_on=date(2026, 11, 18))[1] is None


def test_information_can_be_extended_objected_to_and_disputed():
    plain, first = state("ppid")
    assert (plain[Step.ANSWER], plain[Step.EXTENDED], first) == (
        (date(2026, 11, 16), None),
        (None, None),
        Step.ANSWER,
    )
    # The objection counts from silence where no answer came: 30 working days after 16 November.
    assert plain[Step.OBJECTION][0] > date(2026, 12, 28)
    longer, first = state("ppid", more_time_on=date(2026, 11, 13))
    assert longer[Step.ANSWER][1] == date(2026, 11, 13)
    assert (longer[Step.EXTENDED], first) == ((date(2026, 11, 25), None), Step.EXTENDED)
    assert longer[Step.OBJECTION][0] > plain[Step.OBJECTION][0]
    objection, first = state("ppid", "objection")
    assert set(objection) == {Step.ANSWER, Step.DISPUTE}
    assert first == Step.ANSWER


def test_more_time_that_the_law_does_not_know_stops_nothing():
    assert state("village", more_time_on=date(2026, 11, 10))[0][Step.ANSWER] == (date(2026, 11, 16), None)


@pytest.mark.parametrize("start", list(Start))
def test_every_start_is_known(start):
    deadlines([Rule(Step.ANSWER, start, 5, "hari")], Facts(sent_on=SENT), CALENDAR)


@pytest.mark.parametrize("step", list(Step))
def test_every_step_can_be_kept(step):
    whole = Facts(
        sent_on=SENT,
        verified_on=SENT,
        asked_on=SENT,
        completed_on=SENT,
        more_time_on=SENT,
        first_answer_on=SENT,
        answered_on=SENT,
        responded_on=SENT,
        appealed_on=SENT,
    )
    (running,) = deadlines([Rule(step, Start.RECEIPT, 5, "hari")], whole, CALENDAR)
    assert (running.met_on, running.runs) == (SENT, False)


def test_every_rule_of_the_seeds_can_begin():
    rows = seeding.rows("deadline_rules")
    assert [row for row in rows if not may_start(row["step"], row["start"])] == []


@pytest.mark.parametrize("step", list(Step))
def test_whatever_may_start_does_once_everything_has_happened(step):
    whole = Facts(sent_on=SENT, asked_on=SENT, completed_on=SENT, more_time_on=SENT, answered_on=SENT)
    for start in STARTS[step]:
        plain = Rule(Step.ANSWER, Start.RECEIPT, 3, "hari")
        running = deadlines([plain, Rule(step, start, 5, "hari")], whole, CALENDAR)[-1]
        assert running.started_on is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("start", "", "Bidang ini"),
        ("start", "answer", "tidak akan pernah mulai"),
        ("amount", "0", "Antara 1 dan"),
        ("amount", "9999", "Antara 1 dan"),
    ],
)
def test_a_rule_that_never_begins_is_refused_in_a_sentence(as_user, cast, field, value, sentence):
    given = {"office_kind": "police", "matter": "", "step": "answer", "start": "receipt", "amount": "14"}
    given |= {"unit": "hari", "legal_basis": "", field: value}
    page = as_user(cast.board).post("/admin/escalations/deadlinerule/add/", given)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not DeadlineRule.objects.exists()


def test_nothing_that_is_unknown_passes():
    with pytest.raises(ValueError, match="unknown start"):
        deadlines([Rule(Step.ANSWER, "never", 5, "hari")], Facts(sent_on=SENT), CALENDAR)
    with pytest.raises(ValueError, match="unknown step"):
        deadlines([Rule("dance", Start.RECEIPT, 5, "hari")], Facts(sent_on=SENT), CALENDAR)
    with pytest.raises(ValueError, match="unknown unit"):
        deadlines([Rule(Step.ANSWER, Start.RECEIPT, 5, "weeks")], Facts(sent_on=SENT), CALENDAR)


# --- the same by any way --------------------------------------------------------------------------------------------------

near = st.dates(date(2025, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    Calendar,
    added=st.dictionaries(near, st.just("Libur posko"), max_size=12),
    struck=st.frozensets(near, max_size=12),
)


def naive(start, amount, unit, calendar):
    """Day by day, as on the fingers."""
    day = start
    while amount:
        day += timedelta(days=1)
        if unit == "hari" or not calendar.reason(day):
            amount -= 1
    return day


@given(
    start=near,
    amount=st.integers(0, 120),
    unit=st.sampled_from(["hari", "hari_kerja"]),
    calendar=calendars,
)
def test_every_date_is_that_of_a_count_on_the_fingers(start, amount, unit, calendar):
    rule = Rule(Step.ANSWER, Start.RECEIPT, amount, unit)
    (running,) = deadlines([rule], Facts(sent_on=start), calendar)
    assert running.due_on == naive(start, amount, unit, calendar)
    days = [start + timedelta(days=n) for n in range(1, (running.due_on - start).days + 1)]
    skipped = dict(running.due.skipped)
    assert len(days) - len(skipped) == amount
    if unit == "hari_kerja":
        assert skipped == {day: calendar.reason(day) for day in days if calendar.reason(day)}
        assert all(earlier < later for earlier, later in pairwise(skipped))


chains = st.sampled_from(["village", "province_social", "lapor", "inspectorate", "ppid", "kpk", "rt_rw"])
days = st.integers(0, 60).map(lambda n: SENT + timedelta(days=n))
facts = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        (
            "received_on",
            "verified_on",
            "acted_on",
            "asked_on",
            "completed_on",
            "more_time_on",
            "first_answer_on",
            "answered_on",
            "responded_on",
            "appealed_on",
        ),
        days,
    )
    | {"solved": st.booleans()},
)


@given(kind=chains, known=facts, calendar=calendars)
def test_no_deadline_ends_before_it_starts_and_what_starts_later_ends_later(kind, known, calendar):
    running = deadlines(rules_of(kind), Facts(sent_on=SENT, **known), calendar)
    for item in running:
        assert (item.started_on is None) == (item.due is None)
        if item.due_on:
            assert item.due_on == naive(item.started_on, item.rule.amount, item.rule.unit, calendar)
    first = earliest(running)
    assert first is None or all(first.due_on <= item.due_on for item in running if item.runs)
