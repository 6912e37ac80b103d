"""Money, dates and places as Indonesians write them, on screen and on paper."""

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

WIB = timezone(timedelta(hours=7), "WIB")

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

RW_LEVEL, RT_LEVEL = 5, 6  # how many parts the code of such an area has
THOUSANDS = {"rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000}
TYPED_RUPIAH = re.compile(r"(?:rp\.?)?(\d{1,3}(?:\.\d{3})+|\d+)(,\d{1,2})?(rb|ribu|jt|juta)?(?:,-|,=)?")


def rupiah(amount: int | Decimal) -> str:
    """300000 -> "Rp300.000"; sen only where there are any."""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    digits = f"{amount:,.2f}" if amount % 1 else f"{int(amount):,}"
    return f"{sign}Rp{digits.translate(str.maketrans(',.', '.,'))}"


def read_rupiah(text: str) -> int:
    """Whole rupiah from what people type: "50.000", "Rp 50.000,-", "50rb", "1,5 juta"; otherwise ValueError."""
    found = TYPED_RUPIAH.fullmatch(re.sub(r"\s", "", text).casefold())
    if not found:
        raise ValueError(f"not an amount of rupiah: {text!r}")
    whole, fraction, unit = found.groups()
    amount = Decimal(whole.replace(".", "") + (fraction or "").replace(",", ".")) * THOUSANDS.get(
        unit or "", 1
    )
    if amount != amount.to_integral_value():
        raise ValueError(f"not whole rupiah: {text!r}")
    return int(amount)


def long_date(day: date) -> str:
    """Senin, 12 Januari 2026. A moment with a time zone is read in Jakarta."""
    day = _in_jakarta(day)
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """12 Jan 2026. A moment with a time zone is read in Jakarta."""
    day = _in_jakarta(day)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def month_year(day: date) -> str:
    """November 2026."""
    day = _in_jakarta(day)
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock(moment: time | datetime) -> str:
    """pukul 09.00 WIB. A moment with a time zone is read in Jakarta."""
    if isinstance(moment, datetime):
        moment = _in_jakarta(moment)
    return f"pukul {moment.hour:02}.{moment.minute:02} WIB"


def rt_rw(code: str) -> str:
    """RT 005/RW 011 for the code of an RT, RW 011 for that of an RW, nothing for what lies above."""
    parts = code.split(".")
    if len(parts) == RT_LEVEL:
        return f"RT {parts[5]}/RW {parts[4]}"
    return f"RW {parts[4]}" if len(parts) == RW_LEVEL else ""


def _in_jakarta[Day: date](day: Day) -> Day:
    if isinstance(day, datetime) and day.tzinfo is not None:
        return day.astimezone(WIB)
    return day
