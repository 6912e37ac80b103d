"""The ladder: what comes first, what next and why, and what may run beside it."""

from datetime import date, timedelta

import pytest

from advocacy import seeding
from cases.casefiles.choices import Category
from cases.escalations.choices import Matter, Need
from cases.escalations.choices import OfficeKind as K
from cases.escalations.rules import (
    NEVER_TO_RT_RW,
    Advice,
    Known,
    Route,
    Tried,
    Why,
    ladder_of,
    may_go_to,
    missing,
    next_steps,
)
from tests.places import GEDONG_RT

TODAY = date(2026, 11, 24)
ALL = {kind for kind in K if kind != K.RT_RW}


# The seeds' own rows are what is tried here.
ROUTES = [
    Route(row["category"], row["area"], K(row["office_kind"]), int(row["rung"]), row["beside"] == "true")
    for row in seeding.rows("routes")
]


def ladder(category=Category.NOT_RECEIVED):
    return ladder_of(category, GEDONG_RT, ROUTES)


def tried(kind, *, late=None, status="open", solves="", sent=20):
    due = None if late is None else TODAY - timedelta(days=late)
    return Tried(kind, status, TODAY - timedelta(days=sent), due, solves)


def up(*items, category=Category.NOT_RECEIVED, available=ALL):
    return [
        step for step in next_steps(ladder(category), items, available, TODAY) if step.why is not Why.PARALLEL
    ]


def test_the_first_rung_is_the_kelurahan():
    assert up() == [Advice(K.VILLAGE, Why.FIRST)]


def test_rt_and_rw_come_first_only_where_nobody_is_accused_and_such_an_office_exists():
    assert up(available=set(K))[0].kind == K.RT_RW
    assert up(available=set(K), category=Category.LEVY)[0].kind == K.VILLAGE
    # Even a row that says so does not send a levy to the RW.
    wrong = [*ROUTES, Route(Category.LEVY, "31", K.RT_RW, 1), Route(Category.LEVY, "31", K.VILLAGE, 2)]
    assert ladder_of(Category.LEVY, GEDONG_RT, wrong).rungs == ((K.VILLAGE,),)


@pytest.mark.parametrize("category", sorted(NEVER_TO_RT_RW))
def test_rt_and_rw_are_never_asked_about_levies_and_threats(category):
    assert not may_go_to(category, K.RT_RW)
    assert K.RT_RW not in {step.kind for step in next_steps(ladder(category), [], set(K), TODAY)}
    for rung in ladder(category).rungs:
        assert K.RT_RW not in rung
    assert may_go_to(category, K.VILLAGE)


def test_within_its_time_an_office_is_left_alone():
    assert up(tried(K.VILLAGE, late=-1)) == []
    assert up(tried(K.VILLAGE, late=0)) == []


def test_late_by_three_days_it_goes_to_the_sudin_with_the_kecamatan_as_well():
    assert up(tried(K.VILLAGE, late=3)) == [Advice(K.CITY_SOCIAL, Why.LATE, K.VILLAGE, 3, (K.DISTRICT,))]


def test_an_answer_that_does_not_solve_leads_up_and_one_that_does_ends_it():
    for solves in ("no", "partly"):
        step = up(tried(K.VILLAGE, status="answered", solves=solves))[0]
        assert (step.kind, step.why) == (K.CITY_SOCIAL, Why.NOT_SOLVED)
    assert (
        next_steps(ladder(Category.LEVY), [tried(K.VILLAGE, status="answered", solves="yes")], ALL, TODAY)
        == []
    )


def test_an_office_without_a_clock_is_passed_over_after_two_weeks():
    assert up(tried(K.VILLAGE, sent=14)) == []
    assert up(tried(K.VILLAGE, sent=15))[0] == Advice(K.CITY_SOCIAL, Why.SILENT, K.VILLAGE, 15, (K.DISTRICT,))


def test_what_was_withdrawn_was_never_sent():
    assert up(tried(K.VILLAGE, status="withdrawn", late=30)) == [Advice(K.VILLAGE, Why.FIRST)]


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
    steps = next_steps(ladder(Category.LEVY), [], ALL, TODAY)
    assert [(step.kind, step.why) for step in steps] == [
        (K.VILLAGE, Why.FIRST),
        (K.INSPECTORATE, Why.PARALLEL),
    ]
    waiting = [tried(K.VILLAGE, late=-5), tried(K.INSPECTORATE, late=-50)]
    assert next_steps(ladder(Category.LEVY), waiting, ALL, TODAY) == []
    # What runs beside the ladder does not hold it up.
    assert up(tried(K.INSPECTORATE, late=-50), category=Category.LEVY)[0] == Advice(K.VILLAGE, Why.FIRST)


def test_threats_do_not_go_back_to_those_who_threaten():
    steps = next_steps(ladder(Category.INTIMIDATION), [], ALL, TODAY)
    assert {step.kind for step in steps} == {K.INSPECTORATE, K.POLICE}


@pytest.mark.parametrize("category", list(Category))
def test_every_category_climbs_to_an_end(category):
    sent, seen = [], []
    for _ in range(10):
        steps = [
            step for step in next_steps(ladder(category), sent, set(K), TODAY) if step.why is not Why.PARALLEL
        ]
        if not steps:
            break
        assert steps[0].kind not in seen
        seen.append(steps[0].kind)
        sent.append(tried(steps[0].kind, late=1))
    assert len(seen) == len(ladder(category).rungs)
    assert not set(ladder(category).beside) & set(seen)


@pytest.mark.parametrize("category", list(Category))
def test_a_ladder_has_no_office_twice(category):
    kinds = [kind for rung in ladder(category).rungs for kind in rung] + list(ladder(category).beside)
    assert len(kinds) == len(set(kinds))


def test_the_nearest_area_and_the_categorys_own_rows_hold():
    general, own = Route("", "31", K.VILLAGE, 1), Route(Category.OTHER, "31", K.MINISTRY, 1)
    near = Route("", "31.75.05", K.DISTRICT, 1)
    elsewhere = Route("", "31.75.04", K.PPID, 1)
    assert ladder_of(Category.OTHER, GEDONG_RT, [general]).rungs == ((K.VILLAGE,),)
    assert ladder_of(Category.OTHER, GEDONG_RT, [general, near, elsewhere]).rungs == ((K.DISTRICT,),)
    assert ladder_of(Category.OTHER, GEDONG_RT, [general, own, near]).rungs == ((K.MINISTRY,),)
    assert ladder_of(Category.OTHER, GEDONG_RT, []).rungs == ()
    # A code that only begins alike is another area.
    assert ladder_of(Category.OTHER, "31.75.051", [near]).rungs == ()


def test_what_waits_for_us_does_not_climb():
    asked = Tried(K.VILLAGE, "open", TODAY - timedelta(days=90), None, incomplete=True)
    assert up(asked) == []


def test_a_request_for_information_is_objected_to_and_then_disputed():
    def information(*items):
        steps = next_steps(ladder(Category.CLOSED_LIST), items, set(K), TODAY)
        return [(step.kind, step.why) for step in steps if step.kind in (K.PPID, K.COMMISSION)]

    assert information() == [(K.PPID, Why.PARALLEL)]
    assert information(tried(K.PPID, late=0)) == []
    assert information(tried(K.PPID, late=1)) == [(K.PPID, Why.OBJECTION)]
    refused = tried(K.PPID, status="answered", solves="no", sent=40)
    assert information(refused) == [(K.PPID, Why.OBJECTION)]
    objection = Tried(
        K.PPID, "open", TODAY - timedelta(days=9), TODAY + timedelta(days=9), "", Matter.OBJECTION
    )
    assert information(refused, objection) == []
    silent = Tried(K.PPID, "open", TODAY - timedelta(days=9), TODAY - timedelta(days=1), "", Matter.OBJECTION)
    assert information(refused, silent) == [(K.COMMISSION, Why.DISPUTE)]
    assert information(refused, silent, tried(K.COMMISSION)) == []


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ({}, [Need.IDENTITY, Need.EARLIER, Need.WITHIN_YEARS]),
        ({"named": True, "complained_before": True, "happened_on": TODAY}, []),
        ({"named": True, "complained_before": True, "happened_on": date(2024, 11, 24)}, []),
        (
            {"named": True, "complained_before": True, "happened_on": date(2024, 11, 23)},
            [Need.WITHIN_YEARS],
        ),
    ],
)
def test_what_the_ombudsman_still_asks_for(known, left):
    given = {"named": False, "happened_on": None, "complained_before": False, "evidence": 0, **known}
    needs = [(Need.IDENTITY, 0), (Need.EARLIER, 0), (Need.WITHIN_YEARS, 2)]
    assert [need for need, _years in missing(needs, Known(**given), TODAY)] == left


def test_two_years_before_a_leap_day():
    needs = [(Need.WITHIN_YEARS, 2)]
    known = Known(named=True, happened_on=date(2026, 2, 28), complained_before=True, evidence=0)
    assert missing(needs, known, date(2028, 2, 29)) == []
