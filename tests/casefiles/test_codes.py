"""The code on a slip: no look-alikes, no typing slip that passes, no word that is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.casefiles import codes

GOOD = "T7ED9MY673"


def made():
    return st.builds(lambda _seed: codes.make(), st.integers())


def test_the_alphabet_has_no_look_alikes_and_a_prime_number_of_signs():
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 23
    assert not set(codes.ALPHABET) & set("0OQ1IL5SZGBUV")


@given(made())
def test_a_code_is_read_however_it_is_written(code):
    assert len(code) == 10
    assert any(sign.isdigit() for sign in code)
    for written in (
        code,
        code.lower(),
        codes.grouped(code),
        f" {codes.grouped(code).replace('-', ' ')} ",
        "-".join(code),
    ):
        assert codes.read(written) == code


@given(made(), st.integers(0, 9), st.sampled_from(codes.ALPHABET))
def test_one_wrong_sign_is_noticed(code, place, sign):
    typed = code[:place] + sign + code[place + 1 :]
    assert codes.read(typed) == (code if sign == code[place] else "")


@given(made(), st.integers(0, 9), st.integers(0, 9))
def test_two_signs_that_changed_places_are_noticed(code, one, other):
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    assert codes.read("".join(signs)) == (code if signs == list(code) else "")


def test_signs_that_were_meant_otherwise():
    for code in (codes.make() for _each in range(200)):
        blurred = code.replace("8", "B").replace("6", "g").replace("2", "z")
        assert codes.read(blurred) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GDG-2611-0042",
        "TM-2611-0042",
        "3175040101019001",
        "081234567890",
        "sumarni",
        "²" * 10,
        "K" * 5000,
    ],
)
def test_what_is_no_code(text):
    assert codes.read(text) == ""


def test_no_word_is_a_code():
    """A search for a name must stay a search for a name."""
    import itertools

    letters = [sign for sign in codes.ALPHABET if sign.isalpha()]
    for tail in itertools.product(letters, repeat=2):
        assert codes.read("KAMPRETMAR"[:8] + "".join(tail)) == ""


def test_a_code_is_shown_in_three_pieces():
    assert codes.grouped(GOOD) == "T7E-D9M-Y673"
    assert codes.read("t7e d9m y673") == GOOD
