"""Door lists and slips are made and read back: a page an RT, boxes at their places, nobody's words cut."""

import io
import itertools
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from cases.paper.pages import BOX, DOOR_PAPERS, PITCH, split
from cases.paper.sheets import (
    DoorPage,
    DoorRow,
    PaperRefused,
    Slip,
    SlipSheetContent,
)
from cases.paper.typesetting import render_pdf, render_png
from cases.paper.wording import (
    COLLECT,
    door_wording,
)
from tests.paper.contents import (
    LONG_NAME,
    MILLIMETRES,
    MONDAY,
    POSTERS,
    SLIPS,
    door_list,
    households,
    pages_of,
    size_of,
    words,
)


@pytest.mark.parametrize("paper", ["a4", "f4"])
def test_a_door_list_has_a_page_an_rt_and_its_head_on_each(paper):
    content = door_list(
        [*households(15, "RT 005/RW 011 Kel. Gedong"), *households(2, "RT 006/RW 011 Kel. Gedong")]
    )
    pdf = render_pdf("door_list", content, paper=paper)
    read = [words(page) for page in pages_of(pdf)]
    assert len(read) == 3
    assert content.names == 17
    assert size_of(pdf) == tuple(reversed(MILLIMETRES[paper])) if paper == "a4" else (330, 215)
    for number, page in enumerate(read, start=1):
        assert f"Halaman{number}dari3" in page
        assert f"Lembarke{1206 + number}–kembalikankeposko" in page
        for text in (content.task, content.round, content.date, content.say, "Dewi Anggraini"):
            assert words(text) in page
        # Labels stand under the boxes of every row, also of the empty ones: someone not on the list may be added.
        assert page.count("ketemu") == DOOR_PAPERS[paper].rows
    assert "RT005/RW011" in read[0]
    assert "RT006/RW011" in read[2]
    assert "RT006" not in read[0] + read[1]
    assert "KepalaKeluarga13" in read[0]
    assert "KepalaKeluarga14" in read[1]


def test_lines_begin_at_one_on_each_sheet_and_keep_the_order_given():
    pages = split(households(30), numbers=map(str, itertools.count(1)))
    assert [len(page.rows) for page in pages] == [13, 13, 4]
    assert [row.line for row in pages[1].rows] == list(range(1, 14))
    assert [row.head for page in pages for row in page.rows] == [f"Kepala Keluarga {n}" for n in range(1, 31)]


def test_a_long_name_wraps_or_shrinks_and_is_whole():
    content = door_list(
        [
            (
                "RT 005",
                DoorRow(
                    line=1,
                    head=LONG_NAME,
                    address="Jalan Haji Muhammad Naim Gang Kenanga Dalam II No. 12B",
                    kk_end="0001",
                    message="Sembako Desember, Senin 14, pukul 09.00 WIB",
                ),
            )
        ]
    )
    read = words(pages_of(render_pdf("door_list", content, paper="a4"))[0])
    assert words(LONG_NAME) in read
    assert "GangKenangaDalamIINo.12B" in read
    with pytest.raises(PaperRefused, match="1207"):
        render_pdf("door_list", door_list([("RT 005", DoorRow(line=1, head="Panjang " * 60))]), paper="a4")
    with pytest.raises(PaperRefused):
        render_pdf("door_list", door_list([("RT 005", DoorRow(line=1, head="W" * 60))]), paper="a4")


@pytest.mark.parametrize(
    "changes",
    [
        {"say": "Selamat pagi Bapak dan Ibu sekalian. " * 12},
        {"task": "Beri tahu jadwal pencairan bantuan sosial tunai dan juga sembako sekaligus"},
        {"details": ("pertanggungjawaban",)},
    ],
)
def test_a_head_that_does_not_fit_is_refused(changes):
    with pytest.raises(PaperRefused):
        render_pdf("door_list", door_list(households(1), **changes), paper="a4")


@pytest.mark.parametrize("paper", DOOR_PAPERS)
def test_boxes_are_apart_on_paper_and_none_lies_on_a_fold_or_in_a_corner_mark(paper):
    sheet = DOOR_PAPERS[paper]
    assert sheet.box(0, 1)[0] - sheet.box(0, 0)[0] == PITCH
    assert sheet.box(1, 0)[1] - sheet.box(0, 0)[1] == sheet.row
    for row, answer in itertools.product(range(sheet.rows), range(6)):
        x, y = sheet.box(row, answer)
        assert not x - 0.5 <= sheet.width / 2 <= x + BOX + 0.5
        assert not y - 0.5 <= sheet.height / 2 <= y + BOX + 0.5
        assert sheet.side <= x <= sheet.width - sheet.side - BOX
        assert sheet.top <= y <= sheet.height - 12 - BOX
    assert sheet.side >= 12 + 10 + 2


def test_a_box_is_drawn_exactly_where_the_arithmetic_says():
    """The later reader trusts box(): ask the printed page itself, as dark pixels along the outline."""
    import shutil
    import subprocess

    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not on this machine")
    pdf = render_pdf("door_list", door_list(households(3)), paper="a4")
    made = subprocess.run(
        ["pdftoppm", "-r", "254", "-gray", "-png"], input=pdf, capture_output=True, check=True
    )
    picture = Image.open(io.BytesIO(made.stdout)).convert("L")
    sheet = DOOR_PAPERS["a4"]
    for row, answer in itertools.product(range(sheet.rows), range(5)):
        x, y = sheet.box(row, answer)
        for outline in ((x + BOX / 2, y), (x + BOX / 2, y + BOX), (x, y + BOX / 2), (x + BOX, y + BOX / 2)):
            assert picture.getpixel((round(outline[0] * 10), round(outline[1] * 10))) < 100, (row, answer)
        assert picture.getpixel((round((x + BOX / 2) * 10), round((y + BOX / 2) * 10))) > 250


def test_door_words_do_not_tell_on_anybody():
    """Whoever carries the list may be the accused: no box of its own for pungli."""
    for task in ("round", "check", "levy"):
        wording = door_wording(task, posko="Posko Gedong", programme="BST", when_where=MONDAY)
        assert not re.search("pungut|pungli|lapor|adu", " ".join(wording.details))
        content = door_list(households(1), task=wording.task, say=wording.say, details=wording.details)
        for paper in DOOR_PAPERS:
            assert render_pdf("door_list", content, paper=paper)


def test_an_empty_list_and_a_wrong_paper_are_refused():
    with pytest.raises(PaperRefused):
        door_list([])
    for paper in ("a3", "a3_tiles", "letter"):
        with pytest.raises(PaperRefused):
            render_pdf("door_list", door_list(households(1)), paper=paper)
        with pytest.raises(PaperRefused):
            render_pdf("slips", SLIPS, paper=paper)
    with pytest.raises(PaperRefused):
        render_pdf("poster", POSTERS["no_levy"], paper="letter")


def test_a_sheet_has_each_line_once_and_no_more_rows_than_places():
    row = DoorRow(line=1, head="Ibu Contoh")
    with pytest.raises(PaperRefused):
        DoorPage(sheet="7", area="RT 005", rows=(row, row))
    crowded = DoorPage(
        sheet="7", area="RT 005", rows=tuple(DoorRow(line=n, head="Ibu Contoh") for n in range(14))
    )
    with pytest.raises(PaperRefused):
        render_pdf("door_list", door_list([], pages=(crowded,)), paper="a4")


def test_a_preview_shows_the_first_pages_and_counts_them_all():
    content = door_list(households(40))
    (only,) = render_png("door_list", content, paper="f4", first=1)
    assert len(only) <= 200_000
    assert Image.open(io.BytesIO(only)).width == 1080
    assert len(render_png("door_list", content, paper="f4")) == 4
    assert len(render_png("slips", SLIPS, paper="a4", first=1)) == 1


def test_a_long_list_points_to_one_drawing_of_its_form():
    short, long = (render_pdf("door_list", door_list(households(count)), paper="f4") for count in (13, 130))
    assert len(long) - len(short) < 9 * 6_000
    page = PdfReader(io.BytesIO(long)).pages[9]
    assert "/XObject" in page["/Resources"]


@pytest.mark.parametrize("paper", ["a4", "f4"])
def test_slips_are_four_to_a_page_and_each_names_its_household(paper):
    pdf = render_pdf("slips", SLIPS, paper=paper)
    read = [words(page) for page in pages_of(pdf)]
    assert size_of(pdf) == MILLIMETRES[paper]
    assert len(read) == 2
    assert [page.count(words(MONDAY.day)) for page in read] == [4, 1]
    for n in range(1, 6):
        assert f"IbuContoh{n}" in read[(n - 1) // 4]
        assert f"No.1207-{n}" in read[(n - 1) // 4]
    assert read[0].count(words(SLIPS.phone)) == 4
    assert len(render_png("slips", SLIPS, paper=paper)) == 2


def test_a_slip_that_is_too_full_is_refused():
    with pytest.raises(PaperRefused):
        render_pdf(
            "slips",
            SlipSheetContent(
                headline="BST cair", text="Harap datang tepat waktu. " * 40, bring=COLLECT, slips=SLIPS.slips
            ),
            paper="a4",
        )
    with pytest.raises(PaperRefused, match="1207-9"):
        render_pdf(
            "slips",
            SlipSheetContent(headline="BST cair", slips=(Slip(number="1207-9", head="Nama " * 90),)),
            paper="a4",
        )
