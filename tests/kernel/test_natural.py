"""The order of doors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.kernel.natural import natural_key, walk_key

numbers = st.integers(min_value=0, max_value=99_999_999)
alleys = st.sampled_from(["Gang Mawar", "Jalan Raya Condet", "Gg. H. Ma'ruf", "Blok", "RT", ""])


@pytest.mark.parametrize(
    "walk",
    [
        ["1", "2", "9", "10", "12", "12A", "12B", "13", "100"],
        ["Gang 1", "Gang 2", "Gang 10", "Gang Mawar", "Gang Mawar 2", "Gang Mawar 10", "Gang Mawar Indah"],
        ["Gang Mawar Indah", "Gang Mawar Tua", "Gang Mawarsari"],
        [
            "Gang Melati I",
            "Gang Melati II",
            "Gang Melati IV",
            "Gang Melati V",
            "Gang Melati IX",
            "Gang Melati X",
        ],
        ["Blok A", "Blok H", "Blok I", "Blok J", "Blok V", "Blok W", "Blok X"],
        ["5/1", "5/2", "5/12", "6/1"],
    ],
)
def test_walks_in_order(walk: list[str]) -> None:
    backwards = walk[::-1]  # so that equal keys show
    assert sorted(backwards, key=natural_key) == walk


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gg. Mawar 2", "Gang Mawar 2"),
        ("gg.mawar 02", "GANG  MAWAR 2"),
        ("Jl. Raya Condet", "jalan raya condet"),
        ("Jln Raya Condet", "Jalan Raya Condet"),
        ("No. 12", "12"),
        ("Gang Mawar No.12", "Gang Mawar nomor 12"),
        ("12 A", "12a"),
        ("RT 005", "rt 5"),
        ("Gang Ma'ruf", "Gang Maruf"),
        ("Gang Mawar III", "Gang Mawar 3"),
        ("Gang Café", "Gang Cafe"),
    ],
)
def test_spellings_of_one_place_meet(one: str, other: str) -> None:
    assert natural_key(one) == natural_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Gang Nona", "Gang Na"), ("12", "12A"), ("1 23", "12 3"), ("C 1", "1")]
)
def test_different_places_stay_apart(one: str, other: str) -> None:
    assert natural_key(one) != natural_key(other)


@pytest.mark.parametrize("blank", [None, "", "   ", "-", "...", "''"])
def test_blanks_sort_last(blank: str | None) -> None:
    assert natural_key(blank) > natural_key("zzzz 99999999")


@given(st.text())
def test_any_text_gives_a_key_that_every_collation_sorts_alike(text: str) -> None:
    key = natural_key(text)
    assert key
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(alleys, numbers, numbers)
def test_numbers_sort_by_value(alley: str, one: int, other: int) -> None:
    assert (natural_key(f"{alley} {one}") < natural_key(f"{alley} {other}")) == (one < other)


@given(st.integers(0, 99_999_998), st.sampled_from("abcdefgh"))
def test_a_lettered_house_stands_between_its_number_and_the_next(number: int, letter: str) -> None:
    assert natural_key(str(number)) < natural_key(f"{number}{letter}") < natural_key(str(number + 1))


@given(st.text(alphabet="GgangMwr .'0129IVX-", max_size=30))
def test_case_and_space_around_do_not_matter(text: str) -> None:
    assert natural_key(f"  {text.upper()} ") == natural_key(text.lower())


def test_walk_key_finishes_an_alley_before_the_next() -> None:
    doors = [
        ("Gang Mawar", "1"),
        ("Gang Mawar", "9"),
        ("Gang Mawar", "10"),
        ("Gang Mawar", None),
        ("Gang Mawar 2", "1"),
        ("Gang Mawar Indah", "3"),
        ("Gang Mawarsari", "1"),
        (None, "1"),
        ("", ""),
    ]
    backwards = doors[::-1]
    assert sorted(backwards, key=lambda door: walk_key(*door)) == doors
