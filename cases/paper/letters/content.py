"""What may be on a letter: parts of one PDF, each of plain blocks. Every text refuses a whole KK or NIK, as on all paper."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from cases.kernel.indonesian import MONTHS, SHORT_MONTHS
from cases.paper.sheets import Sheet, refuse_identity_numbers

LONG_WORD = 34  # letters; a longer run of them may be broken anywhere
BREAK = "\u200b"
NOT_YET = "……"  # in the place of a number that is not given yet
LETTER, DOCUMENT, FORM = "letter", "document", "form"  # how the head and the foot of a part look


@dataclass(frozen=True, kw_only=True, slots=True)
class Par(Sheet):
    block: str = field(default="par", init=False)
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Items(Sheet):
    block: str = field(default="items", init=False)
    items: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Row(Sheet):
    """`value` "" leaves a dotted line that is filled in by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows(Sheet):
    block: str = field(default="rows", init=False)
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table(Sheet):
    """`widths` are parts of the line's width, 0 for as narrow as its words."""

    block: str = field(default="table", init=False)
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        Sheet.__post_init__(self)
        for row in self.rows:
            for cell in row:
                refuse_identity_numbers(cell)


type Block = Par | Items | Rows | Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer(Sheet):
    """`above` says as what; `name` "" leaves a dotted line; `stamped`: room for a duty stamp."""

    above: str
    name: str = ""
    below: str = ""
    stamped: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Sheet):
    """One letter, document or form; begins a page. `code` names it where it is printed alone."""

    form: str
    code: str
    title: str = ""
    number: str = ""
    # "Lampiran surat nomor ..." at the head of what lies behind a letter.
    note: str = ""
    about: tuple[Row, ...] = ()
    place_date: str = ""
    to: tuple[str, ...] = ()
    salutation: str = ""
    body: tuple[Block, ...] = ()
    greeting: str = ""
    signers: tuple[Signer, ...] = ()
    enclosed: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead(Sheet):
    name: str
    motto: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterContent(Sheet):
    """One PDF. `mark` is set across every page of what is no letter yet; `logo` is a JPEG in base64, or nothing."""

    title: str
    head: Letterhead
    parts: tuple[Part, ...]
    mark: str = ""
    logo: str = ""

    def __post_init__(self) -> None:
        # Not the logo: its letters and digits mean nothing.
        for text in (self.title, self.mark):
            refuse_identity_numbers(text)

    def part(self, code: str) -> "LetterContent | None":
        """One part alone, as it was printed with the others."""
        found = tuple(part for part in self.parts if part.code == code)
        return LetterContent(title=self.title, head=self.head, parts=found, logo=self.logo) if found else None


def texts_of(content: LetterContent) -> list[str]:
    """Every text of the parts that somebody may have typed; who signs is not among them."""
    return [text for part in content.parts for text in _texts(part) if text]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, Signer):
        for spot in fields(value):
            yield from _texts(getattr(value, spot.name))


# --- text as people type it ---------------------------------------------------------------------------------------

_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[a-z][.)]|[-•*])\s+(.*)")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[a-z])[.)]")


def read_text(text: str) -> tuple[Block, ...]:
    """An empty line parts paragraphs; lines that begin with "1." or "-" are a list."""
    blocks: list[Block] = []
    lines: list[str] = []
    items: list[str] = []
    numbered = False

    def end() -> None:
        if items:
            blocks.append(Items(items=tuple(items), numbered=numbered))
            items.clear()
        if lines:
            blocks.append(Par(text=" ".join(lines)))
            lines.clear()

    for raw in text.splitlines():
        line = " ".join(raw.split())
        found = _ITEM.fullmatch(line)
        if not line:
            end()
        elif found:
            if lines or (items and numbered != bool(_NUMBERED.match(line))):
                end()
            numbered = bool(_NUMBERED.match(line))
            items.append(found[1])
        elif items:
            # A long item that goes on in the next line.
            items[-1] = f"{items[-1]} {line}"
        else:
            lines.append(line)
    end()
    return tuple(blocks)


def read_rows(text: str) -> Rows | None:
    """ "Nama: Sumarni" a line; nothing after the colon leaves a dotted line."""
    rows = []
    for raw in text.splitlines():
        label, _colon, value = " ".join(raw.split()).partition(":")
        if label.strip():
            rows.append(Row(label=label.strip(), value=value.strip()))
    return Rows(rows=tuple(rows)) if rows else None


def read_lines(text: str) -> tuple[str, ...]:
    return tuple(line for raw in text.splitlines() if (line := " ".join(raw.split())))


def read_entries(text: str) -> tuple[tuple[str, str], ...]:
    """When and what: the first line of a paragraph is the day, the rest what happened; a single line has no day."""
    entries = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = read_lines(chunk)
        if lines:
            day, told = (lines[0], " ".join(lines[1:])) if len(lines) > 1 else ("", lines[0])
            entries.append((day, told))
    return tuple(entries)


# --- to and from JSON ---------------------------------------------------------------------------------------------

_BLOCKS: dict[str, type] = {"par": Par, "items": Items, "rows": Rows, "table": Table}


def from_json(text: str) -> LetterContent:
    """What sheets.to_json gave of a letter."""
    data = json.loads(text)
    parts = tuple(_part(each) for each in data.pop("parts"))
    head = data.pop("head")
    letterhead = Letterhead(**head | {"lines": tuple(head["lines"])})
    return LetterContent(**data, head=letterhead, parts=parts)


def _part(data: dict[str, Any]) -> Part:
    return Part(
        **data
        | {
            "about": tuple(Row(**row) for row in data["about"]),
            "body": tuple(_block(block) for block in data["body"]),
            "signers": tuple(Signer(**signer) for signer in data["signers"]),
            **{name: tuple(data[name]) for name in ("to", "enclosed", "copies")},
        }
    )


def _block(data: dict[str, Any]) -> Block:
    values = dict(data)
    made = _BLOCKS[values.pop("block")]
    if made is Rows:
        values["rows"] = tuple(Row(**row) for row in values["rows"])
    elif made is Table:
        values = {
            "columns": tuple(values["columns"]),
            "widths": tuple(values["widths"]),
            "rows": tuple(tuple(row) for row in values["rows"]),
        }
    elif made is Items:
        values["items"] = tuple(values["items"])
    return made(**values)


# --- for the typesetter -------------------------------------------------------------------------------------------

_UNPRINTABLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_MONTH = "|".join((*MONTHS, *SHORT_MONTHS))
# Spaces at which a date, an RT or a number would be broken over two lines.
_TOGETHER = re.compile(
    rf"\b(?:RT|RW|[Nn]omor|No\.|pasal|Tahun) (?=\d)|(?<=\d) (?=(?:{_MONTH}|hari)\b)|\b(?:{_MONTH}) (?=\d{{4}}\b)"
)
_LONG = re.compile(rf"[^\s{BREAK}]{{{LONG_WORD},}}")


def printable(value: Any, known: Callable[[str], bool]) -> Any:
    """The content without what no face of ours has and without hidden directions; endless words are made to break."""
    if isinstance(value, str):
        text = "".join(filter(known, _UNPRINTABLE.sub("", value)))
        text = _TOGETHER.sub(lambda found: f"{found[0][:-1]}\u00a0", text)
        return _LONG.sub(lambda found: BREAK.join(found[0]), text)
    if isinstance(value, list):
        return [printable(item, known) for item in value]
    if isinstance(value, dict):
        return {name: printable(item, known) for name, item in value.items()}
    return value
