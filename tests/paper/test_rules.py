"""Sharing out a walk and cutting it into sheets."""

from hypothesis import given
from hypothesis import strategies as st

from cases.paper.rules import common_area, shares, spans

walks = st.lists(st.integers(1, 40), min_size=1, max_size=12).map(
    lambda sizes: [
        f"31.75.05.1001.011.{number:03}" for number, size in enumerate(sizes) for _each in range(size)
    ]
)


@given(walks, st.integers(1, 20), st.integers(1, 15))
def test_every_family_is_on_one_sheet_and_no_sheet_mixes_rt_or_volunteers(areas, piles, rows):
    found = spans(areas, piles=piles, rows_a_page=rows)
    assert [at for span in found for at in range(span.start, span.end)] == list(range(len(areas)))
    for span in found:
        assert set(areas[span.start : span.end]) == {span.area}
        assert 1 <= span.end - span.start <= rows
    assert [span.pile for span in found] == sorted(span.pile for span in found)
    assert {span.pile for span in found} == set(range(1, len(shares(areas, piles)) + 1))


@given(walks, st.integers(1, 20))
def test_piles_are_near_their_share(areas, piles):
    ends = shares(areas, piles)
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    assert sum(sizes) == len(areas)
    assert all(size > 0 for size in sizes)
    share = len(areas) / piles
    assert max(sizes) <= share * 1.4 + 2


def test_a_pile_ends_at_the_border_of_an_rt_where_one_is_near():
    areas = ["a"] * 22 + ["b"] * 18
    assert shares(areas, 2) == [22, 40]  # 20 and 20 would split an RT for two families
    assert shares(["a"] * 35 + ["b"] * 5, 2) == [20, 40]  # too far away: two volunteers share the RT


def test_fewer_families_than_volunteers_leave_nobody_with_an_empty_pile():
    assert shares(["a", "a"], 5) == [1, 2]
    assert shares([], 3) == []


def test_a_sheet_holds_thirteen_and_the_next_rt_begins_a_new_one():
    found = spans(["a"] * 14 + ["b"], piles=1, rows_a_page=13)
    assert [(span.area, span.end - span.start) for span in found] == [("a", 13), ("a", 1), ("b", 1)]


def test_the_smallest_area_that_holds_all():
    assert common_area(["31.75.05.1001.011.005", "31.75.05.1001.011.006"]) == "31.75.05.1001.011"
    assert common_area(["31.75.05.1001.011.005"]) == "31.75.05.1001.011.005"
    assert common_area(["31.75.05.1001.011.005", "31.75.04.1002.002.003"]) == "31.75"
    assert common_area(["31.75.05.1001", "31.75.05.1001.011"]) == "31.75.05.1001"  # not 31.75.05.1001.01
