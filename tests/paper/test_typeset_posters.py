"""Posters are made and read back: every word on them, in letters that are read from afar, or refused."""

import io
import json
from dataclasses import replace

import pytest
from PIL import Image

from cases.paper.sheets import (
    MOST_WORDS,
    Bring,
    PaperRefused,
    PosterContent,
    poster_blocks,
    poster_from_blocks,
)
from cases.paper.typesetting import render_pdf, render_png
from cases.paper.wording import (
    COLLECT,
    as_text,
    no_levy_poster,
)
from tests.paper.contents import (
    MILLIMETRES,
    MONDAY,
    POSKO,
    POSTERS,
    largest_and_smallest,
    pages_of,
    size_of,
    words,
)


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
