"""Figures for those who see no rows give nobody away."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.casefiles.choices import Category
from cases.casefiles.models import Case
from cases.desk import figures, rules
from cases.kernel.writes import open_gate

counts = st.dictionaries(st.sampled_from(Category.values), st.integers(0, 400))


@given(counts)
def test_no_small_count_is_told_and_none_exactly(found):
    for name, told in rules.safe_counts(found).items():
        if told is None:
            assert found[name] < rules.STEP
        else:
            assert told % rules.STEP == 0
            assert 0 <= found[name] - told < rules.STEP


@given(counts)
def test_few_cases_give_no_figure_at_all(found):
    assert bool(rules.safe_counts(found)) == (sum(found.values()) >= rules.FEWEST)


@given(counts, st.sampled_from(Category.values))
def test_zero_and_four_look_the_same(found, category):
    found |= dict.fromkeys(Category.values, rules.FEWEST)
    assert (
        rules.safe_counts(found | {category: 0})[category]
        == rules.safe_counts(found | {category: rules.STEP - 1})[category]
        is None
    )


@pytest.fixture
def some_cases(cast, areas):
    def make(category: str, number: int, when) -> None:
        start = Case.objects.count()
        with open_gate():
            Case.objects.bulk_create(
                Case(number=f"UJI-{start + place}", area=areas.gedong_rt, category=category, story="x")
                for place in range(number)
            )
            Case.objects.filter(number__startswith="UJI-", pk__gt=0, category=category).update(
                created_at=when
            )

    return make


@pytest.mark.django_db
def test_a_case_of_this_month_moves_no_figure(some_cases):
    last_month = figures.first_of_month() - timedelta(days=1)
    some_cases(Category.LEVY, 38, last_month)
    some_cases(Category.QUALITY, 4, last_month)
    some_cases(Category.DOUBLE, 50, timezone.now())
    until, told = figures.cases_by_category()
    assert until == last_month.date()
    numbers = dict(told)
    assert numbers.pop(str(Category.LEVY.label)) == 35
    assert set(numbers.values()) == {None}
    assert len(told) == len(Category)


@pytest.mark.django_db
def test_the_page_tells_no_total(some_cases, as_user, cast):
    some_cases(Category.LEVY, 38, figures.first_of_month() - timedelta(days=1))
    some_cases(Category.QUALITY, 4, figures.first_of_month() - timedelta(days=1))
    page = as_user(cast.observer).get("/").content.decode()
    assert f"({len(Category) - 1}) masing-masing kurang dari 5" in page
    assert str(Category.QUALITY.label) not in page
    assert not {">38<", ">42<", ">4<"} & {page[at : at + 4] for at in range(len(page))}
    assert ">35<" in page
