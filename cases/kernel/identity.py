"""NIK and KK: what cannot be a number, and what is only worth a second look.

NIK = 6 digits region of first registration, DDMMYY of birth (day + 40 for women), 4 sequence.
KK = 6 digits region of issue, DDMMYY of issue, 4 serial.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LENGTH = 16
WOMAN = 40  # added to the day of birth
OLDEST = 100  # years
FIRST_KK_YEAR = 70  # an issue year of 70 or more is of the last century
HOME_PROVINCE = "31"
HOME_CITIES = {"01", "71", "72", "73", "74", "75"}
PROVINCES = {
    *("11", "12", "13", "14", "15", "16", "17", "18", "19", "21"),
    *("31", "32", "33", "34", "35", "36"),
    *("51", "52", "53"),
    *("61", "62", "63", "64", "65"),
    *("71", "72", "73", "74", "75", "76"),
    *("81", "82"),
    *("91", "92", "93", "94", "95", "96"),
}

Sex = Literal["female", "male"]

SENTENCES = {
    # The number cannot be right.
    "not_16_digits": _("The number must have exactly 16 digits. Count them again on the card."),
    "all_same": _("16 equal digits are not a number of a person or a family. Copy it from the card."),
    "nik_day": _("Digits 7 and 8 of a NIK are the day of birth: 01 to 31, or 41 to 71 for women."),
    "kk_day": _("Digits 7 and 8 of a KK number are the day of issue: 01 to 31."),
    "month": _("Digits 9 and 10 are the month: 01 to 12."),
    "sequence": _("The last four digits cannot be 0000."),
    # The number may be right, but look again.
    "region_unknown": _("The first digits belong to no region that we know. Compare them with the card."),
    "not_jakarta": _("The number was issued outside Jakarta."),
    "sex_differs": _("The number says another sex than the one you entered."),
    "birth_date_differs": _("The number says another date of birth than the one you entered."),
    "no_such_date": _("The date in the number does not exist in the calendar."),
    "over_100": _("By this date of birth the person is over 100 years old."),
    "born_in_future": _("This date of birth is still to come."),
    "issued_in_future": _("The date of issue in the number is still to come."),
}


@dataclass(frozen=True)
class Checked:
    """`errors` refuse the number, `warnings` ask for a second look; both hold codes for describe().

    `birth_date` and `sex` are what a NIK without errors says by itself.
    """

    digits: str
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    birth_date: date | None = None
    sex: Sex | None = None

    @property
    def ok(self) -> bool:
        return not self.errors


def normalise(text: str) -> str:
    """Without the spaces, dots and dashes that people write between digits."""
    return re.sub(r"[\s.,_/‐-―-]", "", unicodedata.normalize("NFKC", text))


def check_nik(text: str, *, birth_date: date | None = None, sex: str | None = None, today: date) -> Checked:
    """Check a NIK, and compare it with the birth date and sex ("female", "male") typed beside it, where they are known."""
    digits = normalise(text)
    if errors := _shape_errors(digits):
        return Checked(digits, errors)
    day, month, year = _date_digits(digits)
    if not (1 <= day <= 31 or WOMAN + 1 <= day <= WOMAN + 31):
        errors.append("nik_day")
    errors += _common_errors(digits, month)
    if errors:
        return Checked(digits, errors)

    said_sex: Sex = "female" if day > WOMAN else "male"
    day = day - WOMAN if day > WOMAN else day
    warnings = _region_warnings(digits)
    if sex in ("female", "male") and sex != said_sex:
        warnings.append("sex_differs")
    if birth_date and (day, month, year) == (birth_date.day, birth_date.month, birth_date.year % 100):
        said_date: date | None = birth_date
    else:
        said_date = _born(day, month, year, today)
        if said_date is None:
            warnings.append("no_such_date")
        if birth_date:
            warnings.append("birth_date_differs")
    if born := birth_date or said_date:
        if born > today:
            warnings.append("born_in_future")
        elif _age(born, today) > OLDEST:
            warnings.append("over_100")
    return Checked(digits, errors, warnings, said_date, said_sex)


def check_kk(text: str, *, today: date) -> Checked:
    """Check the number of a family card."""
    digits = normalise(text)
    if errors := _shape_errors(digits):
        return Checked(digits, errors)
    day, month, year = _date_digits(digits)
    if not 1 <= day <= 31:
        errors.append("kk_day")
    errors += _common_errors(digits, month)
    if errors:
        return Checked(digits, errors)

    warnings = _region_warnings(digits)
    issued = _date((1900 if year >= FIRST_KK_YEAR else 2000) + year, month, day)
    if issued is None:
        warnings.append("no_such_date")
    elif issued > today:
        warnings.append("issued_in_future")
    return Checked(digits, errors, warnings)


def mask(digits: str) -> str:
    """3175••••••••1234: birth date and sex stay hidden. Anything that is not 16 digits is hidden whole."""
    if not _is_whole(digits):
        return "•" * len(digits)
    return digits[:4] + "•" * (LENGTH - 8) + digits[-4:]


def describe(code: str) -> Promise:
    """The sentence for a code of Checked, in the reader's language."""
    return SENTENCES[code]


def _is_whole(digits: str) -> bool:
    return len(digits) == LENGTH and digits.isascii() and digits.isdigit()


def _shape_errors(digits: str) -> list[str]:
    if not _is_whole(digits):
        return ["not_16_digits"]
    return ["all_same"] if len(set(digits)) == 1 else []


def _common_errors(digits: str, month: int) -> list[str]:
    return ["month"] * (not 1 <= month <= 12) + ["sequence"] * (digits[12:] == "0000")


def _region_warnings(digits: str) -> list[str]:
    province, city, district = digits[:2], digits[2:4], digits[4:6]
    if province not in PROVINCES or "00" in (city, district):
        return ["region_unknown"]
    if province != HOME_PROVINCE:
        return ["not_jakarta"]
    return [] if city in HOME_CITIES else ["region_unknown"]


def _date_digits(digits: str) -> tuple[int, int, int]:
    return int(digits[6:8]), int(digits[8:10]), int(digits[10:12])


def _born(day: int, month: int, year: int, today: date) -> date | None:
    """The latest date that is not still to come: two digits say no century, and more people are 5 than 105."""
    candidates = [_date(century + year, month, day) for century in (2000, 1900)]
    past = [born for born in candidates if born and born <= today]
    return past[0] if past else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
