"""What may be on paper, and nothing else: frozen contents that refuse an identity number before anything is printed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.kernel.exceptions import ActionRefused

from .choices import PosterKind

MAX_ANSWERS = 6  # tick boxes a door list has room for
MAX_STEPS = 4
MAX_SESSIONS = 4
MAX_BRING = 4
SLIPS_A_PAGE = 4
WORDS_A_POSTER = 60  # what a passer-by reads; more is a warning on the screen
MOST_WORDS = 90  # beyond this it is a letter and no poster

ICONS = frozenset({
    "invitation", "ktp", "kk", "photocopy", "bank_card", "letter", "camera",
    "calendar", "clock", "place", "phone", "people",
})  # fmt: skip

# Sixteen digits, however they are spaced: a NIK or a No. KK. Longer runs as well, they may hide one.
_IDENTITY_NUMBER = re.compile(r"\d(?:[\s.\-_\u00a0\u2010-\u2015]{0,2}\d){15}")
# A masked number still shows its region and its end: paper gets less than the screen.
_MASKED_NUMBER = re.compile(r"\d{2,}[\u2022\u25cf*xX]{3,}\d{2,}")
_KK_END = re.compile(r"\d{4}")


class PaperRefused(ActionRefused):
    """The content can not go on paper; the sentence says why and what to change."""


def refuse_identity_numbers(text: str) -> None:
    """Raise PaperRefused when the text holds something that reads as a NIK or a No. KK."""
    if _IDENTITY_NUMBER.search(text) or _MASKED_NUMBER.search(text):
        raise PaperRefused(
            _(
                "This text holds a number that looks like a NIK or a No. KK, and paper must not carry one. "
                "Remove it; write two phone numbers with a / between them."
            )
        )


def _require(value: str, what: str) -> None:
    if not value.strip():
        raise PaperRefused(_("%(what)s is empty. Fill it in before printing.") % {"what": what})


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Every piece of content checks its own text, so none can be built with an identity number in it."""

    def __post_init__(self) -> None:
        for spot in fields(self):
            value = getattr(self, spot.name)
            if type(value) is str:
                if len(value) > 15:
                    refuse_identity_numbers(value)
            elif type(value) is tuple:
                for item in value:
                    if type(item) is str:
                        refuse_identity_numbers(item)


@dataclass(frozen=True, kw_only=True, slots=True)
class Session(Sheet):
    """One line of when and where: "Senin, 12 Januari 2026" · "pukul 09.00 WIB" · "Kantor Kelurahan Gedong"."""

    day: str
    hours: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bring(Sheet):
    """A thing to bring: an icon (one of ICONS) and its word."""

    icon: str
    label: str

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        if self.icon not in ICONS:
            raise PaperRefused(_("There is no icon called “%(name)s”.") % {"name": self.icon})


@dataclass(frozen=True, kw_only=True, slots=True)
class PosterContent(Sheet):
    """One message for a wall, its blocks in the order in which they are printed; an empty block is left out."""

    kind: PosterKind
    headline: str
    who: str = ""
    sessions: tuple[Session, ...] = ()
    steps: tuple[str, ...] = ()
    bring_title: str = ""
    bring: tuple[Bring, ...] = ()
    free: str = "GRATIS"
    free_detail: str = "TIDAK ADA POTONGAN"
    ask: str = ""
    complain: str = ""
    phone: str = ""
    valid_until: str = ""
    organisation: str = ""
    posko: str = ""  # short name, on the masthead and on the strips
    link: str = ""  # the same in a browser: printed as a QR, an extra only
    strips: bool = True

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        _require(self.headline, _("The headline"))
        _require(self.organisation, _("The organisation"))
        if self.strips and not self.phone.strip():
            raise PaperRefused(_("Tear-off strips need the posko's phone number."))
        for value, most, what in (
            (self.sessions, MAX_SESSIONS, _("times and places")),
            (self.steps, MAX_STEPS, _("steps")),
            (self.bring, MAX_BRING, _("things to bring")),
        ):
            if len(value) > most:
                raise PaperRefused(
                    _("A poster has room for %(most)d %(what)s, not %(given)d.")
                    % {"most": most, "what": what, "given": len(value)}
                )
        if self.word_count > MOST_WORDS:
            raise PaperRefused(
                _(
                    "The poster has %(given)d words; a passer-by reads about %(good)d. Shorten it to %(most)d at most."
                )
                % {"given": self.word_count, "good": WORDS_A_POSTER, "most": MOST_WORDS}
            )

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text a passer-by reads, in the order of the blocks; the strips repeat and do not count."""
        return tuple(
            text
            for text in (
                self.headline,
                self.who,
                *(part for session in self.sessions for part in (session.day, session.hours, session.place)),
                *self.steps,
                self.bring_title,
                *(item.label for item in self.bring),
                self.free,
                self.free_detail,
                self.ask,
                self.complain,
                self.phone,
                self.valid_until,
                self.organisation,
            )
            if text
        )

    @property
    def word_count(self) -> int:
        return sum(len(text.split()) for text in self.texts)

    @property
    def is_wordy(self) -> bool:
        return self.word_count > WORDS_A_POSTER


@dataclass(frozen=True, kw_only=True, slots=True)
class _Family(Sheet):
    """What paper says of a family, and what is said to it alone."""

    head: str
    address: str = ""
    kk_end: str = ""
    message: str = ""

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        if self.kk_end and not _KK_END.fullmatch(self.kk_end):
            raise PaperRefused(_("Paper carries the last four digits of a KK at most."))


@dataclass(frozen=True, kw_only=True, slots=True)
class DoorRow(_Family):
    """One door. `line` is its number on its sheet: an answer comes back as (sheet, line)."""

    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DoorPage(Sheet):
    """One sheet of paper, all of one RT, carried by one volunteer."""

    sheet: str
    area: str
    rows: tuple[DoorRow, ...]
    volunteer: str = ""

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        _require(self.sheet, _("The sheet number"))
        lines = [row.line for row in self.rows]
        if len(set(lines)) != len(lines):
            raise PaperRefused(_("Sheet %(sheet)s uses a line number twice.") % {"sheet": self.sheet})


@dataclass(frozen=True, kw_only=True, slots=True)
class DoorListContent(Sheet):
    """A walk from door to door. `answers` exclude one another (met, not in, moved); `details` are the task's own boxes."""

    task: str
    say: str
    pages: tuple[DoorPage, ...]
    answers: tuple[str, ...] = ("ketemu", "tidak ada", "pindah")
    details: tuple[str, ...] = ()
    round: str = ""
    date: str = ""
    organisation: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        _require(self.task, _("The task"))
        _require(self.say, _("The sentence to say"))
        if not self.pages or not any(page.rows for page in self.pages):
            raise PaperRefused(_("There is no household to print. Choose another area or filter."))
        if not self.answers and len(self.answers) + len(self.details) <= MAX_ANSWERS:
            raise PaperRefused(_("A door list has one to %(most)d tick boxes.") % {"most": MAX_ANSWERS})

    @property
    def names(self) -> int:
        """How many households are named on it, for the record of prints."""
        return sum(len(page.rows) for page in self.pages)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip(_Family):
    """One household's slip."""

    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipSheetContent(Sheet):
    """Slips, four to a page; everything but the household is the same on each."""

    headline: str
    slips: tuple[Slip, ...]
    sessions: tuple[Session, ...] = ()
    text: str = ""
    bring_title: str = ""
    bring: tuple[Bring, ...] = ()
    free: str = "GRATIS"
    free_detail: str = "TIDAK ADA POTONGAN"
    complain: str = ""
    phone: str = ""
    organisation: str = ""

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        _require(self.headline, _("The headline"))
        if not self.slips:
            raise PaperRefused(_("There is no household to print. Choose another area or filter."))

    @property
    def names(self) -> int:
        return len(self.slips)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptContent(Sheet):
    """A resident's slip. Found by a neighbour, it tells that its holder came to the posko and not what for."""

    posko: str
    organisation: str
    number: str
    code: str
    day: str
    phone: str = ""
    place: str = ""
    hours: str = ""
    link: str = ""  # where codes are asked about; the code is not in it
    with_qr: bool = False

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        _require(self.number, _("The case number"))
        _require(self.code, _("The code"))


Content = PosterContent | DoorListContent | SlipSheetContent | ReceiptContent


def poster_from_blocks(kind: str, blocks: Mapping[str, Any]) -> PosterContent:
    """A poster from blocks kept as JSON, each under its field's name; unknown names are refused, not dropped."""
    known = {spot.name for spot in fields(PosterContent)} - {"kind"}
    if strange := sorted(set(blocks) - known):
        raise PaperRefused(_("A poster has no block called “%(name)s”.") % {"name": strange[0]})
    values = dict(blocks)
    for name, made in (("sessions", Session), ("bring", Bring)):
        values[name] = tuple(_of_its_types(made(**item)) for item in values.get(name, ()))
    values["steps"] = tuple(values.get("steps", ()))
    if not all(isinstance(step, str) for step in values["steps"]):
        raise TypeError("steps are texts")
    return _of_its_types(PosterContent(kind=PosterKind(kind), **values))


def _of_its_types[Made: Sheet](made: Made) -> Made:
    """Blocks from JSON may be anything: TypeError for a number where a text is printed."""
    for spot in fields(made):
        if spot.type in (str, bool) and not isinstance(getattr(made, spot.name), spot.type):
            raise TypeError(f"{spot.name} is no {spot.type.__name__}")
    return made


def poster_blocks(content: PosterContent) -> dict[str, Any]:
    """What poster_from_blocks takes: plain JSON, without the kind."""
    blocks = json.loads(to_json(content))
    blocks.pop("kind")
    return blocks


def to_json(content: Any) -> str:
    """The content as the templates read it."""
    return json.dumps(content, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {spot.name: getattr(value, spot.name) for spot in fields(value)}
    return str(value)
