"""The one module that touches Typst: content in, PDF or PNG out. Type comes from PyPI, never from the machine."""

import base64
import io
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from cases.kernel.exceptions import PoskoError

from .choices import PaperSize
from .letters.content import NOT_YET, LetterContent, printable
from .pages import door_data, door_geometry, door_paper, font_folders, has_glyph, slip_data, slip_paper
from .sheets import (
    SLIPS_A_PAGE,
    Content,
    DoorListContent,
    PaperRefused,
    PosterContent,
    ReceiptContent,
    SlipSheetContent,
    to_json,
)

log = logging.getLogger(__name__)

TEMPLATES: Mapping[str, type] = {
    "poster": PosterContent,
    "door_list": DoorListContent,
    "slips": SlipSheetContent,
    "receipt": ReceiptContent,
    "letter": LetterContent,
}
LETTER_PAPERS: Mapping[str, Mapping[str, float]] = {
    PaperSize.A4: {"width": 210, "height": 297},
    PaperSize.F4: {"width": 215, "height": 330},
}
MOST_PNG_BYTES = 200_000  # what WhatsApp sends without eating a data package


class TypesettingFailed(PoskoError):
    """The sheet could not be made though its content is allowed: a fault of ours, logged without its content."""


@dataclass(frozen=True, kw_only=True)
class PosterPaper:
    """Millimetres of a sheet; points of its type, from generous to the least that is read across a lane."""

    width: float
    height: float
    margin: float
    headline_min: int
    headline_max: int
    body_min: int
    body_max: int
    tiles: bool = False
    overlap: float = 0


POSTER_PAPERS: Mapping[str, PosterPaper] = {
    PaperSize.A4: PosterPaper(
        width=210,
        height=297,
        margin=12,
        headline_min=48,
        headline_max=84,
        body_min=16,
        body_max=20,
    ),
    PaperSize.F4: PosterPaper(
        width=215,
        height=330,
        margin=12,
        headline_min=48,
        headline_max=88,
        body_min=16,
        body_max=21,
    ),
    PaperSize.A3: PosterPaper(
        width=297,
        height=420,
        margin=15,
        headline_min=72,
        headline_max=120,
        body_min=24,
        body_max=29,
    ),
    # Two A4 sheets lying, one under the other, 10 mm of them glued.
    PaperSize.A3_TILES: PosterPaper(
        width=297,
        height=210,
        margin=8,
        headline_min=72,
        headline_max=120,
        body_min=24,
        body_max=29,
        tiles=True,
        overlap=10,
    ),
}


def render_pdf(
    template: str, content: Content | LetterContent, *, paper: str, tagged: bool | None = None
) -> bytes:
    """One PDF. Posters and letters are tagged for screen readers, lists are not: tags make a long one ten times as large.

    Raises PaperRefused when the content does not fit or does not belong on paper, TypesettingFailed otherwise.
    """
    files = _files(template, content, paper)
    if tagged is None:
        tagged = template in ("poster", "letter")
    if template != "door_list" or tagged:
        return _compile(template, "document-of({})", files, format="pdf", pdf_tags=tagged)[0]
    # The printed form goes in once, as a drawing that every page points to: half the bytes, a third less time.
    (form,) = _compile(template, "form-of({})", files, format="pdf", pdf_tags=False)
    files["form.json"] = json.dumps(list(form)).encode()  # files handed to Typst have to be text
    call = 'document-of({}, made: json("form.json"))'
    return _compile(template, call, files, format="pdf", pdf_tags=False)[0]


def render_png(
    template: str,
    content: Content | LetterContent,
    *,
    paper: str,
    max_bytes: int = MOST_PNG_BYTES,
    width: int = 1080,
    first: int | None = None,
    only: slice = slice(None),
) -> list[bytes]:
    """One PNG a page, `width` pixels wide, each of at most `max_bytes`; `first` pages only, for a preview, or `only` some.

    Raises like render_pdf.
    """
    files = _files(template, content, paper, first)
    ppi = width / _paper(template, paper)["width"] * 25.4
    pages = _compile(template, "document-of({})", files, format="png", ppi=ppi)
    return [_within(page, max_bytes) for page in pages[only]]


def _files(
    template: str, content: Content | LetterContent, paper: str, first: int | None = None
) -> dict[str, bytes]:
    """What the template reads, as files that exist in memory only."""
    if not isinstance(content, TEMPLATES[template]):
        raise TypeError(f"{template} takes {TEMPLATES[template].__name__}, not {type(content).__name__}")
    data = _data(template, content, paper)
    if first is not None:
        for name, each in (("pages", first), ("slips", first * SLIPS_A_PAGE)):
            if name in data:
                data[name] = data[name][:each]
    return {
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "paper.json": json.dumps(_paper(template, paper)).encode(),
    }


def _compile(template: str, call: str, files: Mapping[str, bytes], **output: Any) -> list[bytes]:
    """The pages of a PNG, or one PDF, of `call` (a function of the template) over the files."""
    main = f'#import "{template}.typ": *\n#{call.format('json("data.json"), json("paper.json")')}\n'
    compiler = typst.Compiler(
        root=settings.BASE_DIR / "templates" / "print", font_paths=_fonts(), ignore_system_fonts=True
    )
    try:
        made = compiler.compile({"main.typ": main.encode(), **files}, **output)
    except typst.TypstError as error:
        raise _sentence(error) from None
    return made if isinstance(made, list) else [made or b""]


def _data(template: str, content: Content | LetterContent, paper: str) -> dict[str, Any]:
    """What the template draws: the content, with sizes decided where thousands of names make measuring in Typst dear."""
    if isinstance(content, DoorListContent):
        return door_data(content, door_paper(paper))
    if isinstance(content, SlipSheetContent):
        return slip_data(content, slip_paper(paper))
    if isinstance(content, ReceiptContent):
        address = content.link.partition("://")[2].rstrip("/")
        qr = _qr(content.link) if content.with_qr and content.link else ""
        return json.loads(to_json(content)) | {"address": address, "qr": qr}
    if isinstance(content, LetterContent):
        return _letter_data(content)
    extra = {"tag": "Pengumuman warga", "qr": _qr(content.link) if content.link else ""}
    return json.loads(to_json(content)) | extra


def _letter_data(content: LetterContent) -> dict[str, Any]:
    """Texts that our faces can set, the logo as the bytes that Typst takes, and the line at the foot of later pages."""
    data = json.loads(to_json(content))
    logo = list(base64.b64decode(data.pop("logo")))
    data = printable(data, has_glyph) | {"logo": logo}
    for part in data["parts"]:
        number = next((row["value"] for row in part["about"] if row["label"] == "Nomor"), part["number"])
        known = number and number != NOT_YET
        part["running"] = f"Surat nomor {number}" if known else part["note"] or part["title"]
    return data


def _paper(template: str, paper: str) -> dict[str, Any]:
    if template == "letter":
        if paper not in LETTER_PAPERS:
            raise PaperRefused(_("Letters are printed on A4 or F4."))
        return dict(LETTER_PAPERS[paper])
    if template == "poster":
        if paper not in POSTER_PAPERS:
            raise PaperRefused(_("Posters are printed on A4, F4 or A3."))
        return asdict(POSTER_PAPERS[paper])
    if template == "door_list":
        return door_geometry(door_paper(paper))
    return asdict(slip_paper(paper))


def _qr(link: str) -> str:
    """The link as an SVG; error level M stands two photocopies."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def _within(page: bytes, max_bytes: int) -> bytes:
    """The same picture in few colours, and smaller if it must be."""
    picture = Image.open(io.BytesIO(page)).convert("RGB")
    palette = picture.quantize(32, dither=Image.Dither.NONE)
    colours = [255 if value > 245 else value for value in palette.getpalette() or ()]  # paper stays white
    palette.putpalette(colours)
    for scale in (1, 0.85, 0.7, 0.55, 0.4):
        size = (round(picture.width * scale), round(picture.height * scale))
        smaller = picture if scale == 1 else picture.resize(size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        smaller.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "png", compress_level=9)
        if out.tell() <= max_bytes:
            return out.getvalue()
    raise PaperRefused(
        _("This sheet is too full for a picture of %(size)d KB. Print it as PDF.")
        % {"size": max_bytes // 1000}
    )


@cache
def _fonts() -> typst.Fonts:
    """Only the faces we ship: a poster looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders())


def _sentence(error: typst.TypstError) -> PoskoError:
    refusals = {
        "posko:headline": _("The headline is too long for this paper. Shorten it to about five short words."),
        "posko:text": _(
            "The text does not fit on this paper in letters that can be read from afar. Shorten it or take larger paper."
        ),
        "posko:word": _(
            "A word, a number or a link in the text is too long for a line of this paper. Shorten it."
        ),
        "posko:receipt": _(
            "The place or the hours of the posko are too long for a slip. Shorten them on the page of the kampung."
        ),
        "posko:slip": _("The text does not fit on a slip, a quarter of a sheet. Shorten it."),
    }
    for code, sentence in refusals.items():
        if code in error.message:
            return PaperRefused(sentence)
    log.error("typesetting failed: %s", error.message[:200].splitlines()[0])
    return TypesettingFailed(
        _(
            "The sheet could not be made. Nothing was printed; please tell whoever looks after the posko's computer."
        )
    )
