"""Money, dates and places in Indonesian."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.kernel.indonesian import clock, long_date, month_year, read_rupiah, rt_rw, rupiah, short_date


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (300000, "Rp300.000"),
        (0, "Rp0"),
        (999, "Rp999"),
        (1234567890, "Rp1.234.567.890"),
        (-20000, "-Rp20.000"),
        (Decimal("300000.00"), "Rp300.000"),
        (Decimal("1500.5"), "Rp1.500,50"),
    ],
)
def test_rupiah(amount: int | Decimal, text: str) -> None:
    assert rupiah(amount) == text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50.000", 50000),
        ("50000", 50000),
        ("Rp 50.000,-", 50000),
        ("rp. 50.000,=", 50000),
        ("50rb", 50000),
        ("50 ribu", 50000),
        ("1,5 juta", 1_500_000),
        ("2jt", 2_000_000),
        ("50.000,00", 50000),
    ],
)
def test_reads_rupiah(typed: str, amount: int) -> None:
    assert read_rupiah(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "Rp", "50,000", "5.00", "seikhlasnya", "-5000", "50.00.000", "1,55", "50rb rb"]
)
def test_refuses_what_is_not_plainly_an_amount(typed: str) -> None:
    with pytest.raises(ValueError, match="rupiah"):
        read_rupiah(typed)


@given(st.integers(0, 10**12))
def test_reads_what_it_writes(amount: int) -> None:
    assert read_rupiah(rupiah(amount)) == amount


def test_dates() -> None:
    assert long_date(date(2026, 1, 12)) == "Senin, 12 Januari 2026"
    assert short_date(date(2026, 1, 12)) == "12 Jan 2026"
    assert month_year(date(2026, 11, 24)) == "November 2026"
    assert long_date(date(2026, 8, 16)) == "Minggu, 16 Agustus 2026"
    assert [short_date(date(2026, month, 1)).split()[1] for month in (5, 8, 10, 12)] == [
        "Mei",
        "Agu",
        "Okt",
        "Des",
    ]


def test_moments_are_read_in_jakarta() -> None:
    late = datetime(2026, 1, 11, 18, 30, tzinfo=UTC)
    assert long_date(late) == "Senin, 12 Januari 2026"
    assert short_date(late) == "12 Jan 2026"
    assert clock(late) == "pukul 01.30 WIB"


def test_clock() -> None:
    assert clock(time(9)) == "pukul 09.00 WIB"
    assert clock(datetime(2026, 1, 12, 14, 5)) == "pukul 14.05 WIB"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("31.75.05.1001.011.005", "RT 005/RW 011"),
        ("31.75.05.1001.011", "RW 011"),
        ("31.75.05.1001", ""),
        ("31", ""),
        ("", ""),
    ],
)
def test_rt_rw(code: str, text: str) -> None:
    assert rt_rw(code) == text
