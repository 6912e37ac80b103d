"""Telephone numbers. Those here are made up."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.kernel.phones import display_phone, normalise_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-7890",
        "081234567890",
        "+62 812 3456 7890",
        "62 812 3456 7890",
        "0062 812-3456-7890",
        "812 3456 7890",
        "(0812) 3456.7890",
        " 0812 – 3456 – 7890 ".replace("–", "-"),
    ],
)
def test_one_number_in_many_spellings(typed: str) -> None:
    assert normalise_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "0812",
        "112",
        "0812abc4567",
        "0812-3456-7890 / 0813-1111-2222",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "+",
        "0" * 12,
        "1" * 400,
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        normalise_phone(typed)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("+62218400123", "(021) 8400123"),
        ("+60123456789", "+60 12-345 6789"),
        ("not a number", "not a number"),
        ("", ""),
    ],
)
def test_display(stored: str, shown: str) -> None:
    assert display_phone(stored) == shown


@given(st.integers(81_100_000_00, 85_999_999_99_9))
def test_what_is_shown_can_be_typed_again(national: int) -> None:
    try:
        number = normalise_phone(f"0{national}")
    except ValueError:
        return
    assert normalise_phone(display_phone(number)) == number
    assert normalise_phone(number) == number


@given(st.text(max_size=30))
def test_no_text_gives_anything_but_a_number_or_a_refusal(text: str) -> None:
    with suppress(ValueError):
        assert normalise_phone(text).startswith("+")
