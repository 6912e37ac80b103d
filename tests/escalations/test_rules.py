"""The ladder: what comes first, what next and why, and what may run beside it."""

from datetime import date, timedelta

import pytest

from cases.casefiles.choices import Category
from cases.escalations.choices import OfficeKind as K
from cases.escalations.rules import (
    FIRST_TO_RT_RW,
    LADDER,
    NEVER_TO_RT_RW,
    PARALLEL,
    Step,
    Tried,
    Why,
    earliest,
    ladder_of,
    may_go_to,
    next_steps,
)

TODAY = date(2026, 11, 24)
ALL = {kind for kind in K if kind != K.RT_RW}


def tried(kind, *, late=None, status="open", solves="", sent=20):
    due = None if late is None else TODAY - timedelta(days=late)
    return Tried(kind, status, TODAY - timedelta(days=sent), due, solves)


def up(*items, category=Category.NOT_RECEIVED, available=ALL):
    return [step for step in next_steps(category, items, available, TODAY) if step.why is not Why.PARALLEL]


def test_the_first_rung_is_the_kelurahan():
    assert up() == [Step(K.VILLAGE, Why.FIRST)]


def test_rt_and_rw_come_first_only_where_nobody_is_accused_and_such_an_office_exists():
    assert up(available=set(K))[0].kind == K.RT_RW
    assert up(available=set(K), category=Category.LEVY)[0].kind == K.VILLAGE
    assert not FIRST_TO_RT_RW & NEVER_TO_RT_RW


@pytest.mark.parametrize("category", sorted(NEVER_TO_RT_RW))
def test_rt_and_rw_are_never_asked_about_levies_and_threats(category):
    assert not may_go_to(category, K.RT_RW)
    assert K.RT_RW not in {step.kind for step in next_steps(category, [], set(K), TODAY)}
    for rung in ladder_of(category):
        assert K.RT_RW not in rung
    assert may_go_to(category, K.VILLAGE)


def test_within_its_time_an_office_is_left_alone():
    assert up(tried(K.VILLAGE, late=-1)) == []
    assert up(tried(K.VILLAGE, late=0)) == []


def test_late_by_three_days_it_goes_to_the_sudin_with_the_kecamatan_as_well():
    assert up(tried(K.VILLAGE, late=3)) == [Step(K.CITY_SOCIAL, Why.LATE, K.VILLAGE, 3, (K.DISTRICT,))]


def test_an_answer_that_does_not_solve_leads_up_and_one_that_does_ends_it():
    for solves in ("no", "partly"):
        step = up(tried(K.VILLAGE, status="answered", solves=solves))[0]
        assert (step.kind, step.why) == (K.CITY_SOCIAL, Why.NOT_SOLVED)
    assert next_steps(Category.LEVY, [tried(K.VILLAGE, status="answered", solves="yes")], ALL, TODAY) == []


def test_an_office_without_a_clock_is_passed_over_after_two_weeks():
    assert up(tried(K.VILLAGE, sent=14)) == []
    assert up(tried(K.VILLAGE, sent=15))[0] == Step(K.CITY_SOCIAL, Why.SILENT, K.VILLAGE, 15, (K.DISTRICT,))


def test_what_was_withdrawn_was_never_sent():
    assert up(tried(K.VILLAGE, status="withdrawn", late=30)) == [Step(K.VILLAGE, Why.FIRST)]


def test_the_highest_rung_decides_even_where_a_lower_one_is_late():
    assert up(tried(K.VILLAGE, late=30), tried(K.CITY_SOCIAL, late=-3)) == []
    assert up(tried(K.DISTRICT, late=2))[0].kind == K.PROVINCE_SOCIAL


def test_the_last_word_on_a_rung_counts():
    again = [tried(K.VILLAGE, status="answered", solves="no", sent=60), tried(K.VILLAGE, late=-4, sent=10)]
    assert up(*again) == []


def test_a_missing_rung_is_stepped_over_and_the_top_is_the_end():
    assert up(tried(K.VILLAGE, late=1), available={K.VILLAGE, K.OMBUDSMAN})[0].kind == K.OMBUDSMAN
    assert up(tried(K.OMBUDSMAN, sent=90)) == []
    assert up(available=set()) == []


def test_levies_also_go_to_the_inspectorate_once():
    steps = next_steps(Category.LEVY, [], ALL, TODAY)
    assert [(step.kind, step.why) for step in steps] == [
        (K.VILLAGE, Why.FIRST),
        (K.INSPECTORATE, Why.PARALLEL),
    ]
    waiting = [tried(K.VILLAGE, late=-5), tried(K.INSPECTORATE, late=-50)]
    assert next_steps(Category.LEVY, waiting, ALL, TODAY) == []
    # What runs beside the ladder does not hold it up.
    assert up(tried(K.INSPECTORATE, late=-50), category=Category.LEVY)[0] == Step(K.VILLAGE, Why.FIRST)


def test_threats_do_not_go_back_to_those_who_threaten():
    steps = next_steps(Category.INTIMIDATION, [], ALL, TODAY)
    assert {step.kind for step in steps} == {K.INSPECTORATE, K.POLICE}


@pytest.mark.parametrize("category", list(Category))
def test_every_category_climbs_to_an_end(category):
    sent, seen = [], []
    for _ in range(10):
        steps = [step for step in next_steps(category, sent, set(K), TODAY) if step.why is not Why.PARALLEL]
        if not steps:
            break
        assert steps[0].kind not in seen
        seen.append(steps[0].kind)
        sent.append(tried(steps[0].kind, late=1))
    assert len(seen) == len(ladder_of(category))
    assert not set(PARALLEL.get(category, ())) & set(seen)


def test_the_ladder_has_no_office_twice():
    kinds = [kind for rung in LADDER for kind in rung]
    assert len(kinds) == len(set(kinds))


def test_earliest_of_none_is_none():
    assert earliest([]) is None
    assert earliest([None, None]) is None
    assert earliest([None, TODAY, TODAY - timedelta(days=1)]) == TODAY - timedelta(days=1)
