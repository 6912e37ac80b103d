"""NIK and KK. All numbers here are made up: 317504 or 317505, a date, and a sequence from 9000."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.kernel.identity import SENTENCES, Checked, check_kk, check_nik, describe, mask, normalise

TODAY = date(2026, 11, 24)
MAN, WOMAN = "3175041201909001", "3175045201909001"

dates = st.dates(date(1930, 1, 1), TODAY)
sequences = st.integers(1, 9999).map("{:04}".format)


def nik_of(born: date, sex: str, sequence: str = "9001", region: str = "317504") -> str:
    day = born.day + (40 if sex == "female" else 0)
    return f"{region}{day:02}{born:%m%y}{sequence}"


def check(text: str, **known: object) -> Checked:
    return check_nik(text, today=TODAY, **known)  # type: ignore[arg-type]


@given(dates, st.sampled_from(["female", "male"]), sequences, st.sampled_from(["317504", "317505", "310101"]))
def test_a_number_made_by_the_rule_passes_with_what_it_was_made_of(
    born: date, sex: str, sequence: str, region: str
) -> None:
    nik = nik_of(born, sex, sequence, region)
    assume(len(set(nik)) > 1)
    checked = check(nik, birth_date=born, sex=sex)
    assert (checked.errors, checked.warnings) == ([], [])
    assert (checked.birth_date, checked.sex, checked.ok) == (born, sex, True)


@given(st.dates(date(1926, 11, 25), TODAY), st.sampled_from(["female", "male"]))
def test_without_a_typed_date_the_person_is_of_a_plausible_age(born: date, sex: str) -> None:
    checked = check(nik_of(born, sex))
    assert checked.warnings == []
    assert checked.birth_date is not None
    assert timedelta(0) <= TODAY - checked.birth_date < timedelta(days=100 * 365.25)


@given(dates, dates, st.sampled_from(["female", "male"]))
def test_another_date_is_a_warning_and_no_error(born: date, typed: date, sex: str) -> None:
    assume((born.day, born.month, born.year % 100) != (typed.day, typed.month, typed.year % 100))
    checked = check(nik_of(born, sex), birth_date=typed)
    assert checked.errors == []
    assert checked.warnings == ["birth_date_differs"]


@given(dates)
def test_the_other_sex_is_a_warning_and_no_error(born: date) -> None:
    assert check(nik_of(born, "female"), sex="male").warnings == ["sex_differs"]
    assert check(nik_of(born, "male"), sex="female").warnings == ["sex_differs"]
    assert check(nik_of(born, "male"), sex="").warnings == []


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(text: str) -> None:
    for checked in (check(text), check_kk(text, today=TODAY)):
        assert all(str(describe(code)) for code in checked.errors + checked.warnings)


@given(st.text(alphabet="0123456789", min_size=16, max_size=16))
def test_sixteen_digits_are_refused_for_exactly_the_hard_reasons(digits: str) -> None:
    day, month = int(digits[6:8]), int(digits[8:10])
    same = len(set(digits)) == 1
    wrong_end = digits.endswith("0000")
    nik_day, kk_day = day in {*range(1, 32), *range(41, 72)}, day in range(1, 32)
    assert check(digits).ok == (not same and not wrong_end and nik_day and 1 <= month <= 12)
    assert check_kk(digits, today=TODAY).ok == (not same and not wrong_end and kk_day and 1 <= month <= 12)


@pytest.mark.parametrize(
    ("nik", "errors"),
    [
        ("", ["not_16_digits"]),
        (MAN[:15], ["not_16_digits"]),
        (MAN + "1", ["not_16_digits"]),
        ("31750412O1909001", ["not_16_digits"]),
        ("3175041201909٠01", ["not_16_digits"]),
        ("1" * 16, ["all_same"]),
        ("0" * 16, ["all_same"]),
        ("3175040001909001", ["nik_day"]),
        ("3175043201909001", ["nik_day"]),
        ("3175044001909001", ["nik_day"]),
        ("3175047201909001", ["nik_day"]),
        ("3175048101909001", ["nik_day"]),
        ("3175041200909001", ["month"]),
        ("3175041213909001", ["month"]),
        ("3175041201900000", ["sequence"]),
        ("3175049913900000", ["nik_day", "month", "sequence"]),
    ],
)
def test_hard_errors_of_a_nik(nik: str, errors: list[str]) -> None:
    checked = check(nik)
    assert checked.errors == errors
    assert checked.warnings == []
    assert not checked.ok


@pytest.mark.parametrize("day", ["01", "31", "41", "71"])
def test_the_outermost_days_pass(day: str) -> None:
    assert check(f"317504{day}01909001").ok


@pytest.mark.parametrize(
    ("nik", "known", "warnings"),
    [
        (MAN, {}, []),
        ("9975041201909001", {}, ["region_unknown"]),
        ("3176041201909001", {}, ["region_unknown"]),
        ("3175001201909001", {}, ["region_unknown"]),
        ("3201041201909001", {}, ["not_jakarta"]),
        ("9604041201909001", {}, ["not_jakarta"]),
        ("3175043002909001", {}, ["no_such_date"]),
        ("3175047002909001", {"birth_date": date(1990, 3, 2)}, ["no_such_date", "birth_date_differs"]),
        ("3175041201209001", {"birth_date": date(1920, 1, 12)}, ["over_100"]),
        ("3175041201279001", {"birth_date": date(2027, 1, 12)}, ["born_in_future"]),
        ("3201041201909001", {"birth_date": date(1990, 1, 13), "sex": "female"}, "three"),
    ],
)
def test_warnings_of_a_nik(nik: str, known: dict[str, object], warnings: list[str] | str) -> None:
    checked = check(nik, **known)
    assert checked.ok
    if warnings == "three":
        warnings = ["not_jakarta", "sex_differs", "birth_date_differs"]
    assert checked.warnings == warnings


def test_exactly_a_hundred_years_is_not_over() -> None:
    assert check("3175042411269001", birth_date=date(1926, 11, 24)).warnings == []
    assert check("3175042311259001", birth_date=date(1925, 11, 23)).warnings == ["over_100"]


def test_the_typed_date_decides_the_century() -> None:
    assert check("3175041201209001").birth_date == date(2020, 1, 12)
    assert check("3175041201209001", birth_date=date(1920, 1, 12)).birth_date == date(1920, 1, 12)


def test_a_leap_day_finds_its_century() -> None:
    assert check("3175042902009001").birth_date == date(2000, 2, 29)
    assert check("3175042902969001").birth_date == date(1996, 2, 29)


@pytest.mark.parametrize(
    ("kk", "errors", "warnings"),
    [
        ("3175041201159001", [], []),
        ("3175 0412 0115 9001", [], []),
        ("3175041201999001", [], []),
        ("3175045201159001", ["kk_day"], []),
        ("3175040001159001", ["kk_day"], []),
        ("3175041213159001", ["month"], []),
        ("3175041201150000", ["sequence"], []),
        ("317504120115900", ["not_16_digits"], []),
        ("7" * 16, ["all_same"], []),
        ("3201041201159001", [], ["not_jakarta"]),
        ("0075041201159001", [], ["region_unknown"]),
        ("3175043002159001", [], ["no_such_date"]),
        ("3175042512269001", [], ["issued_in_future"]),
        ("3175042411269001", [], []),
    ],
)
def test_kk(kk: str, errors: list[str], warnings: list[str]) -> None:
    checked = check_kk(kk, today=TODAY)
    assert (checked.errors, checked.warnings) == (errors, warnings)


@pytest.mark.parametrize(
    "typed", ["3175 0412 0190 9001", "3175.0412.0190.9001", "3175-0412–0190—9001", " 3175041201909001\n", MAN]
)
def test_separators_are_dropped(typed: str) -> None:
    assert normalise(typed) == MAN


def test_the_mask_leaves_neither_birth_date_nor_sex() -> None:
    assert mask("3175041201901234") == "3175••••••••1234"
    assert mask(MAN) == mask(WOMAN)


@given(st.text(alphabet="0123456789", max_size=30).filter(lambda digits: len(digits) != 16))
def test_a_broken_number_is_masked_whole(digits: str) -> None:
    assert mask(digits) == "•" * len(digits)


def test_every_sentence_is_translated() -> None:
    for code in SENTENCES:
        with override("en"):
            english = str(describe(code))
        with override("id"):
            assert str(describe(code)) != english
