"""Deadlines counted in days and in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.kernel.workdays import Calendar, due, explain

PLAIN = Calendar()
starts = st.dates(date(2024, 1, 1), date(2027, 6, 30))
amounts = st.integers(0, 90)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
calendars = st.builds(
    Calendar,
    added=st.dictionaries(days, st.just("Libur posko"), max_size=8),
    struck=st.sets(days, max_size=8),
)


@given(starts, amounts, calendars)
def test_every_day_is_counted_or_skipped_with_a_reason(start: date, amount: int, calendar: Calendar) -> None:
    found = due(start, amount, "hari_kerja", calendar)
    assert (found.date - start).days == amount + len(found.skipped)
    assert found.counted == amount
    assert all(reason for _, reason in found.skipped)
    assert [day for day, _ in found.skipped] == sorted({day for day, _ in found.skipped})
    assert all(start < day < found.date for day, _ in found.skipped)


@given(starts, st.integers(1, 90), calendars)
def test_the_due_date_is_a_working_day(start: date, amount: int, calendar: Calendar) -> None:
    assert calendar.reason(due(start, amount, "hari_kerja", calendar).date) == ""


@given(starts, st.integers(1, 60), st.integers(1, 30), calendars)
def test_counting_on_from_a_due_date_is_counting_the_sum(
    start: date, one: int, other: int, calendar: Calendar
) -> None:
    half = due(start, one, "hari_kerja", calendar).date
    assert (
        due(half, other, "hari_kerja", calendar).date == due(start, one + other, "hari_kerja", calendar).date
    )


@given(starts, st.integers(1, 60), days)
def test_an_added_day_never_brings_a_deadline_forward_and_a_struck_one_never_puts_it_off(
    start: date, amount: int, day: date
) -> None:
    usual = due(start, amount, "hari_kerja", PLAIN).date
    assert due(start, amount, "hari_kerja", Calendar(added={day: "Libur"})).date >= usual
    assert due(start, amount, "hari_kerja", Calendar(struck={day})).date <= usual


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_calendar_days_are_only_added(start: date, amount: int) -> None:
    found = due(start, amount, "hari", PLAIN)
    assert found.date == start + timedelta(days=amount)
    assert found.skipped == ()
    assert not found.estimated


def test_fourteen_working_days_over_christmas() -> None:
    found = due(date(2026, 12, 14), 14, "hari_kerja", PLAIN)
    assert found.date == date(2027, 1, 7)
    assert dict(found.skipped) == {
        date(2026, 12, 19): "Sabtu",
        date(2026, 12, 20): "Minggu",
        date(2026, 12, 24): "Cuti Bersama Hari Raya Natal",
        date(2026, 12, 25): "Hari Raya Natal",
        date(2026, 12, 26): "Sabtu",
        date(2026, 12, 27): "Minggu",
        date(2027, 1, 1): "Tahun Baru Masehi",
        date(2027, 1, 2): "Sabtu",
        date(2027, 1, 3): "Minggu",
        date(2027, 1, 5): "Isra Mikraj Nabi Muhammad",
    }
    assert not found.estimated


def test_the_day_of_receipt_is_not_counted() -> None:
    assert due(date(2026, 11, 24), 1, "hari_kerja", PLAIN).date == date(2026, 11, 25)
    assert due(date(2026, 11, 21), 1, "hari_kerja", PLAIN).date == date(2026, 11, 23)
    assert due(date(2026, 11, 20), 1, "hari_kerja", PLAIN).date == date(2026, 11, 23)


def test_the_organisation_adds_and_strikes() -> None:
    pilkada = Calendar(added={date(2026, 11, 25): "Pemilihan RW"})
    found = due(date(2026, 11, 24), 1, "hari_kerja", pilkada)
    assert found.date == date(2026, 11, 26)
    assert found.skipped == ((date(2026, 11, 25), "Pemilihan RW"),)
    at_work = Calendar(struck={date(2026, 12, 24)})
    assert due(date(2026, 12, 23), 1, "hari_kerja", at_work).date == date(2026, 12, 24)


def test_a_struck_sunday_stays_a_sunday_and_an_added_day_wins_over_a_struck_one() -> None:
    assert Calendar(struck={date(2026, 11, 22)}).reason(date(2026, 11, 22)) == "Minggu"
    both = Calendar(added={date(2026, 12, 25): "Libur posko"}, struck={date(2026, 12, 25)})
    assert both.reason(date(2026, 12, 25)) == "Libur posko"


def test_years_without_a_decree_are_estimates() -> None:
    assert not due(date(2026, 11, 24), 14, "hari_kerja", PLAIN).estimated
    assert not due(date(2027, 12, 1), 5, "hari_kerja", PLAIN).estimated
    assert due(date(2027, 12, 20), 14, "hari_kerja", PLAIN).estimated
    assert due(date(2028, 6, 1), 1, "hari_kerja", PLAIN).estimated
    assert due(date(2031, 6, 1), 1, "hari_kerja", PLAIN).estimated
    assert not due(date(2019, 6, 1), 60, "hari_kerja", PLAIN).estimated


def test_a_day_given_as_an_estimate_is_one_until_the_organisation_confirms_it() -> None:
    # Idul Fitri 1448 H: the library itself marks its date as an estimate.
    around = (date(2027, 3, 5), 5, "hari_kerja")
    assert due(*around, PLAIN).estimated  # type: ignore[arg-type]
    confirmed = Calendar(added={date(2027, 3, 10): "Idul Fitri", date(2027, 3, 11): "Idul Fitri"})
    assert not due(*around, confirmed).estimated  # type: ignore[arg-type]


@pytest.mark.parametrize(("amount", "unit"), [(-1, "hari"), (3661, "hari_kerja"), (14, "days"), (14, "")])
def test_nonsense_is_refused(amount: int, unit: str) -> None:
    with pytest.raises(ValueError, match=r"count|unit"):
        due(date(2026, 11, 24), amount, unit, PLAIN)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "sentence"),
    [
        (
            date(2026, 11, 2),
            14,
            "hari_kerja",
            "14 hari kerja dari Senin, 2 November 2026; dilewati: 4 hari Sabtu/Minggu.",
        ),
        (date(2026, 11, 23), 2, "hari_kerja", "2 hari kerja dari Senin, 23 November 2026."),
        (date(2026, 11, 2), 14, "hari", "14 hari kalender dari Senin, 2 November 2026."),
        (
            date(2026, 12, 21),
            5,
            "hari_kerja",
            "5 hari kerja dari Senin, 21 Desember 2026; dilewati: 2 hari Sabtu/Minggu, 24 Des 2026 Cuti Bersama Hari Raya Natal"
            " dan 25 Des 2026 Hari Raya Natal.",
        ),
        (
            date(2027, 12, 30),
            1,
            "hari_kerja",
            "1 hari kerja dari Kamis, 30 Desember 2027.",
        ),
        (
            date(2027, 12, 31),
            1,
            "hari_kerja",
            "1 hari kerja dari Jumat, 31 Desember 2027; dilewati: 2 hari Sabtu/Minggu;"
            " masih perkiraan karena hari libur resminya dapat berubah.",
        ),
    ],
)
def test_explains_itself(start: date, amount: int, unit: str, sentence: str) -> None:
    assert explain(due(start, amount, unit, PLAIN), start) == sentence  # type: ignore[arg-type]
