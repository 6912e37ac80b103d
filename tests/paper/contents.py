"""Contents of every kind of sheet, and a finished PDF read back."""

import io
import itertools
import re
from datetime import date, time

from pypdf import PdfReader

from cases.paper.pages import split
from cases.paper.sheets import (
    DoorListContent,
    DoorRow,
    Session,
    Slip,
    SlipSheetContent,
)
from cases.paper.wording import (
    COLLECT,
    Posko,
    check_help_poster,
    complain_poster,
    door_wording,
    no_levy_poster,
    schedule_poster,
    session,
)

NIK = "3175041201909001"
POSKO = Posko(
    name="Posko Bansos Gedong",
    organisation="JRMK · SPRI",
    phone="0812-3456-7890",
    place="rumah Bu Ningsih, RT 005",
)
MONDAY = session(date(2026, 12, 14), time(9), time(12), "Halaman Kantor Kelurahan Gedong")
LAST_DAY = date(2026, 12, 31)
POSTERS = {
    "schedule": schedule_poster(
        posko=POSKO,
        programme="BST",
        area="RW 011 Kel. Gedong",
        sessions=[MONDAY],
        valid_until=LAST_DAY,
        link="https://posko.example/s/aB3dE",
    ),
    "complain": complain_poster(posko=POSKO, valid_until=LAST_DAY),
    "no_levy": no_levy_poster(posko=POSKO),
    "check_help": check_help_poster(
        posko=POSKO,
        sessions=[Session(day="Setiap Sabtu", hours="pukul 09.00–12.00 WIB", place="Balai RW 011")],
        valid_until=LAST_DAY,
    ),
}
MILLIMETRES = {"a4": (210, 297), "f4": (215, 330), "a3": (297, 420), "a3_tiles": (297, 210)}
LONG_NAME = "Raden Ayu Siti Nurhayati Kartika Wulandari binti Sastrowardoyo Kusumaningrat"


def words(text: str) -> str:
    """Text of a PDF without the line breaks that typesetting made."""
    return re.sub(r"\s+", "", text)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def size_of(pdf: bytes) -> tuple[int, int]:
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4))


def largest_and_smallest(pdf: bytes, of: tuple[str, ...]) -> dict[str, float]:
    """Height in points of the letters in which each of these texts is set (pypdf: text matrix times font size)."""
    found: dict[str, float] = {}

    def visit(text, cm, tm, _font, size):
        scale = abs(cm[3] * tm[3]) or abs(cm[1] * tm[2]) or abs(cm[2] * tm[1])
        for wanted in of:
            if words(wanted)[:4] in words(text):
                found[wanted] = max(found.get(wanted, 0), size * scale)

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return found


def door_list(rows, **changes) -> DoorListContent:
    wording = door_wording("round", posko="Posko Gedong", programme="BST", when_where=MONDAY)
    numbers = map(str, itertools.count(1207))
    return DoorListContent(
        **{
            "task": wording.task,
            "say": wording.say,
            "details": wording.details,
            "round": "BST Desember · Rp300.000",
            "date": "Sabtu, 12 Desember 2026",
            "organisation": "Posko Bansos Gedong",
            "phone": "0812-3456-7890",
            "pages": split(rows, numbers=numbers, volunteer="Dewi Anggraini"),
        }
        | changes
    )


def households(count: int, area: str = "RT 005/RW 011 Kel. Gedong"):
    return [
        (area, DoorRow(line=1, head=f"Kepala Keluarga {n}", address=f"Gg. Mawar No. {n}", kk_end=f"{n:04}"))
        for n in range(1, count + 1)
    ]


SLIPS = SlipSheetContent(
    headline="BST cair",
    sessions=(MONDAY,),
    bring_title="Bawa asli dan fotokopi",
    bring=COLLECT,
    complain="Ada yang minta uang? Adukan ke posko:",
    phone="0812-3456-7890",
    organisation="Posko Bansos Gedong",
    slips=tuple(
        Slip(
            number=f"1207-{n}",
            head=f"Ibu Contoh {n}",
            address=f"Gg. Mawar No. {n}",
            kk_end="0042",
            message="Rp300.000",
        )
        for n in range(1, 6)
    ),
)
