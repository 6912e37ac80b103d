"""What no sheet may carry, and the machine that sets them: faces, tags, faults."""

import io
import json

import pytest
from pypdf import PdfReader

from cases.paper import typesetting
from cases.paper.pages import fitted, lines_needed
from cases.paper.sheets import (
    Bring,
    DoorPage,
    DoorRow,
    PaperRefused,
    PosterContent,
    Session,
    Slip,
    SlipSheetContent,
    to_json,
)
from cases.paper.typesetting import TypesettingFailed, render_pdf
from tests.paper.contents import (
    NIK,
    POSTERS,
    SLIPS,
    door_list,
    households,
)


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
