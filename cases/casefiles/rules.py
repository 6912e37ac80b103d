"""Which questions a category needs, how a case is numbered, and what may not stand in a story. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from cases.casefiles.choices import (
    REPORTER_MEANING,
    ActorRole,
    AskedWhom,
    Category,
    DoubleWhat,
    Excuse,
    FraudAsked,
    FraudWay,
    GoodsFault,
    Handed,
    InvitationFate,
    NikReason,
    Question,
    SeenWhere,
    Stay,
    Threat,
    Urgency,
    Way,
    Wealth,
    YesNo,
)
from cases.kernel.names import normalise_name

__all__ = ["REPORTER_MEANING"]

STORY_LENGTH = 6000
ABOUT_LENGTH = 80
NEEDS_LENGTH = 300
CAPTION_LENGTH = 200
TEXT_LENGTH = 300
LARGEST_AMOUNT = 1_000_000_000  # rupiah
LARGEST_COUNT = 100_000
LARGEST_FILE = 20 * 1024 * 1024
EVIDENCE_A_CASE = 40


# Deadlines as a board sorts them: days from today, both ends included, None where it has none. They leave no gap and never overlap.
DUE_BUCKETS: dict[str, tuple[int | None, int | None]] = {
    "late_long": (None, -31),
    "late_month": (-30, -8),
    "late_week": (-7, -1),
    "today": (0, 0),
    "days3": (1, 3),
    "days7": (4, 7),
    "later": (8, None),
}
NOT_DUE = "none"


class Kind(Enum):
    RUPIAH = "rupiah"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True)
class Asked:
    """One question: what kind of answer, and which choices. `column`: kept in a column of Case, otherwise in `details`."""

    question: Question
    kind: Kind
    choices: type | None = None
    column: str = ""

    @property
    def key(self) -> str:
        return self.question.value


Q = Question
LEVY_AMOUNT = Asked(Q.LEVY_AMOUNT, Kind.RUPIAH, column="levy_amount")
LEVY_OUT_OF = Asked(Q.LEVY_OUT_OF, Kind.RUPIAH, column="levy_out_of")
LEVY_EXCUSE = Asked(Q.LEVY_EXCUSE, Kind.CHOICE, Excuse, column="levy_excuse")
ACTOR_ROLE = Asked(Q.ACTOR_ROLE, Kind.CHOICE, ActorRole, column="actor_role")
LEVY_WAY = Asked(Q.LEVY_WAY, Kind.CHOICE, Way, column="levy_way")
HOW_MANY = Asked(Q.HOW_MANY, Kind.NUMBER)
ASKED_BEFORE = Asked(Q.ASKED_BEFORE, Kind.YES_NO, YesNo)
ASKED_WHOM = Asked(Q.ASKED_WHOM, Kind.CHOICES, AskedWhom)
REPLY_GIVEN = Asked(Q.REPLY_GIVEN, Kind.TEXT)
SEEN_WHERE = Asked(Q.SEEN_WHERE, Kind.CHOICE, SeenWhere)
HOW_KNOWN = Asked(Q.HOW_KNOWN, Kind.TEXT)
TOLD_WHY = Asked(Q.TOLD_WHY, Kind.TEXT)

QUESTIONS: dict[Category, tuple[Asked, ...]] = {
    Category.NOT_REGISTERED: (ASKED_BEFORE, ASKED_WHOM, REPLY_GIVEN),
    Category.OUTSIDE_ID: (
        Asked(Q.ID_FROM, Kind.TEXT),
        Asked(Q.HERE_SINCE, Kind.TEXT),
        Asked(Q.PROOF_OF_STAY, Kind.CHOICES, Stay),
        ASKED_WHOM,
    ),
    Category.NOT_RECEIVED: (
        SEEN_WHERE,
        Asked(Q.SEEN_PERIOD, Kind.TEXT),
        Asked(Q.HAS_CARD, Kind.YES_NO, YesNo),
        ASKED_WHOM,
        REPLY_GIVEN,
    ),
    Category.WELL_OFF: (Asked(Q.WEALTH_SIGNS, Kind.CHOICES, Wealth), HOW_KNOWN),
    Category.CUT_OFF: (Asked(Q.LAST_RECEIVED, Kind.TEXT), ASKED_WHOM, TOLD_WHY),
    Category.LEVY: (
        LEVY_AMOUNT,
        LEVY_OUT_OF,
        LEVY_EXCUSE,
        ACTOR_ROLE,
        LEVY_WAY,
        HOW_MANY,
        Asked(Q.RECEIPT_GIVEN, Kind.YES_NO, YesNo),
        Asked(Q.WOULD_SIGN, Kind.YES_NO, YesNo),
    ),
    Category.DEDUCTION: (
        LEVY_AMOUNT,
        LEVY_OUT_OF,
        LEVY_EXCUSE,
        ACTOR_ROLE,
        LEVY_WAY,
        Asked(Q.SIGNED_FULL, Kind.YES_NO, YesNo),
        HOW_MANY,
    ),
    Category.SHARED_OUT: (
        ACTOR_ROLE,
        Asked(Q.SHARE_RECEIVED, Kind.RUPIAH),
        Asked(Q.SHARED_AMONG, Kind.NUMBER),
        Asked(Q.AGREED, Kind.YES_NO, YesNo),
    ),
    Category.INVITATION: (
        Asked(Q.INVITATION_FATE, Kind.CHOICE, InvitationFate),
        ACTOR_ROLE,
        LEVY_AMOUNT,
        HOW_MANY,
    ),
    Category.CARD_HELD: (
        ACTOR_ROLE,
        Asked(Q.HELD_SINCE, Kind.TEXT),
        Asked(Q.KNOWS_PIN, Kind.YES_NO, YesNo),
        Asked(Q.MONEY_HANDED, Kind.CHOICE, Handed),
        HOW_MANY,
    ),
    Category.DOUBLE: (Asked(Q.DOUBLE_WHAT, Kind.CHOICE, DoubleWhat), SEEN_WHERE),
    Category.DECEASED: (
        Asked(Q.DIED_WHEN, Kind.TEXT),
        Asked(Q.FAMILY_THERE, Kind.YES_NO, YesNo),
        Asked(Q.STILL_DRAWN, Kind.YES_NO, YesNo),
    ),
    Category.FICTITIOUS: (
        SEEN_WHERE,
        Asked(Q.NEIGHBOURS_ASKED, Kind.YES_NO, YesNo),
        Asked(Q.STILL_DRAWN, Kind.YES_NO, YesNo),
        HOW_KNOWN,
    ),
    Category.CLOSED_LIST: (ASKED_WHOM, REPLY_GIVEN),
    Category.QUALITY: (
        Asked(Q.GOODS_FAULT, Kind.CHOICES, GoodsFault),
        Asked(Q.GOODS_WHAT, Kind.TEXT),
        HOW_MANY,
    ),
    Category.NIK_OFF: (
        Asked(Q.FOUND_WHERE, Kind.CHOICE, AskedWhom),
        Asked(Q.NIK_REASON, Kind.CHOICE, NikReason),
        Asked(Q.HERE_SINCE, Kind.TEXT),
    ),
    Category.INTIMIDATION: (
        Asked(Q.THREAT, Kind.CHOICES, Threat),
        ACTOR_ROLE,
        Asked(Q.SAFE_NOW, Kind.YES_NO, YesNo),
        Asked(Q.WITNESSED, Kind.YES_NO, YesNo),
    ),
    Category.FRAUD: (
        Asked(Q.FRAUD_WAY, Kind.CHOICE, FraudWay),
        Asked(Q.FRAUD_ASKED, Kind.CHOICES, FraudAsked),
        LEVY_AMOUNT,
        Asked(Q.FRAUD_CONTACT, Kind.TEXT),
    ),
    Category.OTHER: (),
}

COLUMNS = ("levy_amount", "levy_out_of", "levy_excuse", "actor_role", "levy_way")


def columns_of(category: str) -> set[str]:
    """Columns that a case of this category fills."""
    return {asked.column for asked in QUESTIONS[Category(category)] if asked.column}


def first_urgency(category: str) -> Urgency:
    """Where the form begins: a threat cannot wait."""
    return Urgency.URGENT if category == Category.INTIMIDATION else Urgency.NORMAL


def check_details(category: str, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The answers as they are kept, without empty ones, and the keys of those that cannot be kept.

    A key that the category does not ask is left out silently: the category may have been changed after it was answered.
    """
    kept: dict[str, Any] = {}
    wrong: list[str] = []
    for asked in QUESTIONS[Category(category)]:
        if asked.column or answers.get(asked.key) in (None, "", [], ()):
            continue
        try:
            kept[asked.key] = _kept(asked, answers[asked.key])
        except (ValueError, TypeError):
            wrong.append(asked.key)
        else:
            if kept[asked.key] == "":  # only spaces
                del kept[asked.key]
    return kept, wrong


def _kept(asked: Asked, answer: Any) -> Any:
    if asked.kind in (Kind.RUPIAH, Kind.NUMBER):
        if isinstance(answer, bool) or not isinstance(answer, int | str):
            raise TypeError("not a number")
        number = int(answer)
        if not 0 <= number <= (LARGEST_AMOUNT if asked.kind is Kind.RUPIAH else LARGEST_COUNT):
            raise ValueError("out of range")
        return number
    if asked.kind is Kind.TEXT:
        if not isinstance(answer, str):
            raise TypeError("not a text")
        text = answer.strip()
        if len(text) > TEXT_LENGTH:
            raise ValueError("too long")
        return text
    if asked.choices is None:
        raise TypeError("a choice without choices")
    if asked.kind is Kind.CHOICES:
        if not isinstance(answer, list | tuple):
            raise TypeError("not several choices")
        return [asked.choices(item).value for item in sorted({str(item) for item in answer})]
    return asked.choices(answer).value


def levy_kept[L](category: str, levy: L) -> L:
    """The levy without what this category does not ask; fields are the columns without "levy_"."""
    asked = columns_of(category)
    empty: dict[str, Any] = {}
    for column in COLUMNS:
        if column not in asked:
            empty[column.removeprefix("levy_")] = None if column in ("levy_amount", "levy_out_of") else ""
    return replace(levy, **empty)  # type: ignore[type-var]


def number_prefix(abbr: str, village_code: str, day: date) -> str:
    """GDG-2611: the kelurahan's short code, or the digits of its code, and the month."""
    return f"{abbr or village_code.replace('.', '')}-{day:%y%m}"


def number(prefix: str, sequence: int) -> str:
    """GDG-2611-0042."""
    return f"{prefix}-{sequence:04}"


def read_number(text: str) -> str:
    """A case number as people type it ("gdg 2611 42") in its own form; empty where it is none."""
    found = re.fullmatch(r"\s*([A-Za-z]{2,5}|\d{10})[\s./-]*(\d{4})[\s./-]+0*(\d{1,6})\s*", text)
    if not found:
        found = re.fullmatch(r"\s*([A-Za-z]{2,5}|\d{10})[\s./-]*(\d{4})(\d{4})\s*", text)
    if not found:
        return ""
    return number(f"{found[1].upper()}-{found[2]}", int(found[3]))


def gives_away(texts: Iterable[str], *, name: str, phone: str) -> bool:
    """True where a text holds the reporter's whole name, or the number in whatever way it is written.

    A single name shorter than NAME_LETTERS ("Ani") would be found in half of all stories, so it is not looked for.
    """
    words = normalise_name(name) if name else ""
    digits = _local_digits(phone)
    for text in texts:
        if len(words) >= NAME_LETTERS and f" {words} " in f" {_words(text)} ":
            return True
        if len(digits) >= PHONE_DIGITS and digits in _local_digits(text):
            return True
    return False


NAME_LETTERS = 5
PHONE_DIGITS = 8


def _words(text: str) -> str:
    """All words normalised one by one, so that commas and titles hide nothing."""
    return " ".join(word for raw in re.findall(r"[^\W_]+", text) if (word := normalise_name(raw)))


def _local_digits(text: str) -> str:
    """Digits without the country code or leading zero."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(62|0)", "", digits) if len(digits) < 16 else digits
