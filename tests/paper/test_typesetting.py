"""Every sheet is made and read back: what must be on it is, what must not be can not."""

import io
import itertools
import json
import re
from dataclasses import replace
from datetime import date, time

import pytest
from PIL import Image
from pypdf import PdfReader

from cases.paper import typesetting
from cases.paper.pages import BOX, DOOR_PAPERS, PITCH, fitted, lines_needed, split
from cases.paper.sheets import (
    MOST_WORDS,
    Bring,
    DoorListContent,
    DoorPage,
    DoorRow,
    PaperRefused,
    PosterContent,
    Session,
    Slip,
    SlipSheetContent,
    poster_blocks,
    poster_from_blocks,
    to_json,
)
from cases.paper.typesetting import TypesettingFailed, render_pdf, render_png
from cases.paper.wording import (
    COLLECT,
    Posko,
    as_text,
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


# --- posters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", MILLIMETRES)
@pytest.mark.parametrize("kind", POSTERS)
def test_a_poster_carries_every_word_of_its_content(kind, paper):
    content = POSTERS[kind]
    pdf = render_pdf("poster", content, paper=paper)
    assert size_of(pdf) == MILLIMETRES[paper]
    read = pages_of(pdf)
    assert len(read) == (2 if paper == "a3_tiles" else 1)
    printed = words("".join(read))
    for text in content.texts:
        assert words(text) in printed, text
    if paper == "a3_tiles":
        assert "Bagian1dari2" in words(read[0])
        assert "Bagian2dari2" in words(read[1])


@pytest.mark.parametrize(
    ("paper", "headline", "body"), [("a4", 48, 16), ("f4", 48, 16), ("a3", 72, 24), ("a3_tiles", 72, 24)]
)
@pytest.mark.parametrize("kind", POSTERS)
def test_letters_are_never_smaller_than_can_be_read(kind, paper, headline, body):
    content = POSTERS[kind]
    sizes = largest_and_smallest(
        render_pdf("poster", content, paper=paper), (content.headline, content.who, content.complain)
    )
    assert sizes[content.headline] >= headline - 0.01
    assert sizes[content.who] >= body - 0.01
    assert sizes[content.complain] >= body - 0.01


def test_blocks_come_in_the_order_in_which_a_passer_by_asks():
    content = POSTERS["schedule"]
    printed = words(pages_of(render_pdf("poster", content, paper="a4"))[0])
    spots = [printed.index(words(text)) for text in content.texts if text != content.phone]
    assert spots == sorted(spots)


def test_strips_repeat_the_number_and_can_be_left_out():
    with_strips = pages_of(render_pdf("poster", POSTERS["no_levy"], paper="a4"))[0]
    without = pages_of(render_pdf("poster", no_levy_poster(posko=POSKO, strips=False), paper="a4"))[0]
    number = words(POSKO.phone)
    assert words(with_strips).count(number) > 6
    assert words(without).count(number) == 1


def test_a_headline_that_can_not_be_large_is_refused_with_advice():
    content = PosterContent(
        kind="no_levy",
        headline="Ketidakbertanggungjawaban petugas pembagian bantuan sosial tunai di kelurahan kita semua",
        organisation="JRMK",
        strips=False,
    )
    with pytest.raises(PaperRefused) as refusal:
        render_pdf("poster", content, paper="a4")
    assert "headline" in str(refusal.value) or "udul" in str(refusal.value)
    one_word = PosterContent(
        kind="no_levy", headline="Pertanggungjawabkanlah!", organisation="JRMK", strips=False
    )
    with pytest.raises(PaperRefused):
        render_pdf("poster", one_word, paper="a4")
    assert render_pdf("poster", replace(one_word, headline="Tanggung jawab!"), paper="a4")


def test_text_that_does_not_fit_is_refused_and_not_cut():
    content = PosterContent(
        kind="complain",
        headline="Bansos bermasalah di RT kita?",
        who="Untuk semua warga yang belum menerima haknya",
        sessions=(MONDAY, MONDAY, MONDAY, MONDAY),
        steps=("Ingat siapa, kapan dan di mana kejadiannya", "Simpan foto", "Simpan pesan", "Lapor"),
        bring=COLLECT,
        complain="Adukan",
        phone="0812-3456-7890",
        organisation="JRMK",
    )
    assert content.word_count <= MOST_WORDS
    for paper in ("a4", "a3_tiles"):
        with pytest.raises(PaperRefused):
            render_pdf("poster", content, paper=paper)


@pytest.mark.parametrize(
    "changes",
    [
        {
            "ask": "Lihat https://posko.example/halaman/yang/alamatnya/sangat/panjang/sekali/tanpa/spasi/sama/sekali"
        },
        {
            "free_detail": "TIDAK ADA POTONGAN, TIDAK ADA PUNGUTAN, TIDAK ADA BIAYA APA PUN, TIDAK ADA UANG ROKOK"
        },
        {"phone": "0812-3456-7890 / 0813-2222-3333 / 0857-1111-2222 / 021-8400-1234", "strips": False},
        {"bring": (Bring(icon="letter", label="Pertanggungjawabannya"), *COLLECT[:3])},
        {"organisation": "Aliansi-Seluruh-Warga-Jakarta-Timur-Selatan-Barat-Utara-Pusat-Seribu"},
    ],
)
def test_a_word_wider_than_its_place_is_refused(changes):
    with pytest.raises(PaperRefused):
        render_pdf("poster", replace(POSTERS["schedule"], **changes), paper="a4")


def test_long_names_stand_under_one_another():
    names = "Jaringan Rakyat Miskin Kota dan Serikat Perjuangan Rakyat Indonesia"
    content = replace(POSTERS["no_levy"], organisation=names, valid_until="Berlaku sampai 31 Desember 2026")
    pdf = render_pdf("poster", content, paper="a4")
    printed = words(pages_of(pdf)[0])
    assert words(names) in printed
    assert words(content.valid_until) in printed


def test_a_poster_of_too_many_words_is_no_poster():
    with pytest.raises(PaperRefused):
        PosterContent(
            kind="complain", headline="Apa?", who="kata " * MOST_WORDS, organisation="JRMK", strips=False
        )
    assert not POSTERS["schedule"].is_wordy
    assert PosterContent(
        kind="complain", headline="Apa?", who="kata " * 61, organisation="JRMK", strips=False
    ).is_wordy


@pytest.mark.parametrize("kind", POSTERS)
@pytest.mark.parametrize("paper", ["a4", "f4"])
def test_a_picture_for_whatsapp_is_small_upright_and_sharp(kind, paper):
    (page,) = render_png("poster", POSTERS[kind], paper=paper)
    picture = Image.open(io.BytesIO(page))
    assert len(page) <= 200_000
    assert picture.width >= 1000
    assert picture.height > picture.width


STRESS = {
    "bare": PosterContent(
        kind="complain", headline="Ada apa?", organisation="JRMK", free="", free_detail="", strips=False
    ),
    "full": replace(
        POSTERS["schedule"],
        headline="Kapan Sembako dan BST cair?",
        organisation="Jaringan Rakyat Miskin Kota dan Serikat Perjuangan Rakyat Indonesia",
        phone="0812-3456-7890 / 0813-2222-3333",
        link="",
        strips=False,
    ),
}


@pytest.mark.parametrize("paper", ["a4", "a3_tiles"])
@pytest.mark.parametrize("name", [*POSTERS, *STRESS])
def test_nothing_reaches_into_the_margin_that_printers_leave_white(name, paper):
    pages = render_png("poster", (POSTERS | STRESS)[name], paper=paper, width=540)
    for page in pages:
        picture = Image.open(io.BytesIO(page)).convert("L")
        edge = int(4 / MILLIMETRES[paper][0] * picture.width)
        sides = (0, 0, edge, picture.height), (picture.width - edge, 0, picture.width, picture.height)
        ends = (0, 0, picture.width, edge), (0, picture.height - edge, picture.width, picture.height)
        # Two sheets of one poster have their marks at the sides, where a printer may lose the ends of them.
        for part in ends if paper == "a3_tiles" else sides + ends:
            assert picture.crop(part).getextrema()[0] > 240


def test_a_picture_shrinks_to_its_limit_or_says_so():
    (page,) = render_png("poster", POSTERS["schedule"], paper="a4", max_bytes=50_000)
    assert len(page) <= 50_000
    with pytest.raises(PaperRefused):
        render_png("poster", POSTERS["schedule"], paper="a4", max_bytes=500)


def test_blocks_go_to_json_and_back():
    for content in POSTERS.values():
        kept = json.loads(json.dumps(poster_blocks(content)))
        assert poster_from_blocks(content.kind, kept) == content
    with pytest.raises(PaperRefused):
        poster_from_blocks("schedule", {"headline": "Apa?", "organisation": "JRMK", "nik": "x"})


@pytest.mark.parametrize("kind", POSTERS)
def test_the_same_goes_out_as_text(kind):
    content = POSTERS[kind]
    text = as_text(content)
    assert text.startswith(f"*{content.headline}*")
    assert content.phone in text
    assert content.valid_until in text


# --- door lists ---------------------------------------------------------------------------------------------------


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


# --- slips --------------------------------------------------------------------------------------------------------


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


# --- numbers of identity ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        NIK,
        "3175 0412 0190 9001",
        "3175-0412-0190-9001",
        "317504.120190.9001",
        "317504 120190 9001",
        f"KK:{NIK}0",
        "3175••••••••9001",
        "3175********9001",
        "3175 0412\u00a00190\u20139001",
    ],
)
def test_no_identity_number_can_be_put_into_any_content(number):
    text = f"Bawa {number} ya"
    makers = (
        lambda: Session(day=text),
        lambda: Bring(icon="ktp", label=text),
        lambda: PosterContent(kind="complain", headline=text, organisation="JRMK", strips=False),
        lambda: PosterContent(
            kind="complain", headline="Apa?", steps=(text,), organisation="JRMK", strips=False
        ),
        lambda: PosterContent(kind="complain", headline="Apa?", organisation="JRMK", link=text, strips=False),
        lambda: DoorRow(line=1, head=text),
        lambda: DoorRow(line=1, head="Ibu", message=text),
        lambda: DoorPage(sheet="1", area=text, rows=()),
        lambda: door_list(households(1), say=text),
        lambda: Slip(number="1", head="Ibu", message=text),
        lambda: SlipSheetContent(headline="BST", text=text, slips=SLIPS.slips),
    )
    for make in makers:
        with pytest.raises(PaperRefused):
            make()


@pytest.mark.parametrize("kk_end", ["12345", NIK, "abcd", "123"])
def test_a_kk_shows_its_last_four_or_nothing(kk_end):
    with pytest.raises(PaperRefused):
        DoorRow(line=1, head="Ibu", kk_end=kk_end)
    with pytest.raises(PaperRefused):
        Slip(number="1", head="Ibu", kk_end=kk_end)


@pytest.mark.parametrize(
    "text",
    [
        "0812-3456-7890 / 0813-2222-3333",
        "Senin, 12 Januari 2026, pukul 09.00–12.00 WIB",
        "Rp300.000 dari Rp1.200.000",
        "GDG-2611-0042",
    ],
)
def test_numbers_that_belong_on_paper_are_let_through(text):
    assert Session(day=text).day == text


def test_contents_can_not_be_changed_after_they_were_checked():
    row = DoorRow(line=1, head="Ibu")
    with pytest.raises(AttributeError):
        row.head = NIK
    assert json.loads(to_json(row)) == {"line": 1, "head": "Ibu", "address": "", "kk_end": "", "message": ""}


# --- the machine --------------------------------------------------------------------------------------------------


def test_only_our_own_faces_are_used_and_embedded():
    assert set(typesetting._fonts().families()) == {"Plus Jakarta Sans", "Atkinson Hyperlegible"}
    for template, content in (
        ("poster", POSTERS["schedule"]),
        ("door_list", door_list(households(2))),
        ("slips", SLIPS),
    ):
        page = PdfReader(io.BytesIO(render_pdf(template, content, paper="a4"))).pages[0]
        names = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
        assert names
        assert all("Jakarta" in name or "Atkinson" in name for name in names), names


def test_posters_are_tagged_for_screen_readers_and_long_lists_are_not():
    def tagged(pdf):
        return "/StructTreeRoot" in PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    assert tagged(render_pdf("poster", POSTERS["no_levy"], paper="a4"))
    assert not tagged(render_pdf("door_list", door_list(households(1)), paper="a4"))
    assert tagged(render_pdf("door_list", door_list(households(1)), paper="a4", tagged=True))


def test_a_fault_of_ours_is_one_sentence_and_says_nothing_of_the_content(monkeypatch, caplog):
    monkeypatch.setattr(typesetting, "_data", lambda *_: {"task": "Rahasia"})
    with pytest.raises(TypesettingFailed) as failure:
        render_pdf("door_list", door_list(households(1)), paper="a4")
    assert "Rahasia" not in str(failure.value) + caplog.text
    assert "\n" not in str(failure.value)


def test_measuring_in_python_agrees_with_the_width_on_paper():
    assert lines_needed("Ibu", 12, 100) == 1
    assert lines_needed("Ibu Ibu Ibu", 12, 48) == 2
    assert lines_needed("Pertanggungjawaban", 12, 40) == 0
    assert fitted("Ibu", "", 100, 13, (12, 11), bold=True) == (12, 9.5)
    assert fitted("Ibu", "", 100, 12, (12, 11), bold=True) == (11, 9.5)
    assert fitted("Pertanggungjawaban", "", 40, 100, (12,), bold=True) is None
