"""print_doors and print_poster: files on the disk, rows in the books, sentences for mistakes."""

import io
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from PIL import Image

from cases.paper.models import DoorSheet, Poster, PrintRecord
from tests.paper.helpers import make_world, read, solid
from tests.programmes.helpers import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    return make_world(areas, cast)


def run(*args) -> str:
    out = io.StringIO()
    call_command(*map(str, args), stdout=out, stderr=out)
    return out.getvalue()


def test_the_door_list_of_two_areas(world, areas, tmp_path):
    target = tmp_path / "daftar.pdf"
    said = run(
        "print_doors", "--area", areas.gedong.pk, "--area", areas.tengah.pk, "--paper", "f4", "--out", target
    )
    pages = [solid(page) for page in read(target.read_bytes())]
    assert len(pages) == DoorSheet.objects.count() == 4
    assert "OrangTengah" in pages[0]
    assert "17 families, 4 pages" in said
    row = PrintRecord.objects.get()
    assert (row.by, row.names, row.paper) == (None, 17, "f4")


def test_a_round_makes_it_the_list_that_tells_about_it(world, areas, tmp_path):
    target = tmp_path / "daftar.pdf"
    run(
        "print_doors",
        "--area",
        areas.gedong_rt.pk,
        "--round",
        world.round.pk,
        "--paper",
        "a4",
        "--out",
        target,
    )
    assert "KLJcair" in solid(read(target.read_bytes())[0])
    assert {sheet.task for sheet in DoorSheet.objects.all()} == {"round"}


def test_measuring_compiles_the_same_json_bare(world, areas, tmp_path):
    said = run("print_doors", "--area", areas.gedong.pk, "--out", tmp_path / "daftar.pdf", "--measure")
    assert "Bare Typst compile of the same JSON" in said
    assert "Ratio: " in said


@pytest.mark.parametrize("suffix", ["pdf", "png"])
def test_the_poster_of_a_round(world, areas, tmp_path, suffix):
    target = tmp_path / f"poster.{suffix}"
    said = run(
        "print_poster", "--round", world.round.pk, "--area", areas.gedong.pk, "--paper", "a3", "--out", target
    )
    if suffix == "pdf":
        assert "KapanKLJcair?" in solid(read(target.read_bytes())[0])
    else:
        assert target.stat().st_size <= 200_000
        assert Image.open(io.BytesIO(target.read_bytes())).format == "PNG"
    poster = Poster.objects.get()
    assert (poster.created_by, poster.valid_until, poster.area) == (None, date(2026, 12, 14), areas.gedong)
    assert PrintRecord.objects.get().poster == poster
    assert "1 page" in said


def test_a_poster_without_a_date_says_so(world, areas, tmp_path):
    said = run(
        "print_poster", "--round", world.round.pk, "--area", areas.tengah.pk, "--out", tmp_path / "p.pdf"
    )
    assert "No date" in said


MISTAKES = [
    (["print_doors", "--area", "99", "--out", "{ok}.pdf"], "99 is not on record"),
    (["print_doors", "--out", "{ok}.pdf"], "--area is needed"),
    (["print_doors", "--area", "31", "--paper", "a3", "--out", "{ok}.pdf"], "f4, a4"),
    (["print_doors", "--area", "31", "--paper", "kertas", "--out", "{ok}.pdf"], "f4, a4"),
    (["print_doors", "--area", "31", "--task", "gosip", "--out", "{ok}.pdf"], "round, check, levy"),
    (["print_doors", "--area", "31", "--task", "round", "--out", "{ok}.pdf"], "--round ID"),
    (["print_doors", "--area", "31", "--round", "9999", "--out", "{ok}.pdf"], "there is no round"),
    (["print_doors", "--area", "31", "--round", "satu", "--out", "{ok}.pdf"], "there is no round"),
    (["print_doors", "--area", "31", "--piles", "0", "--out", "{ok}.pdf"], "1 to 20"),
    (["print_doors", "--area", "31", "--out", "{ok}.docx"], "must end in .pdf"),
    (["print_doors", "--area", "31", "--out", "{ok}/no/such/x.pdf"], "there is no folder"),
    (["print_poster", "--round", "9999", "--area", "31", "--out", "{ok}.pdf"], "there is no round"),
    (["print_poster", "--round", "{round}", "--area", "31.99", "--out", "{ok}.pdf"], "not on record"),
    (
        ["print_poster", "--round", "{round}", "--area", "31", "--paper", "a5", "--out", "{ok}.pdf"],
        "a3_tiles",
    ),
    (
        ["print_poster", "--round", "{round}", "--area", "31", "--paper", "a3_tiles", "--out", "{ok}.png"],
        "tiles",
    ),
    (["print_poster", "--round", "{round}", "--area", "31", "--out", "{ok}.gif"], ".pdf or .png"),
]


@pytest.mark.parametrize(("args", "sentence"), MISTAKES, ids=[" ".join(args[:5]) for args, _said in MISTAKES])
def test_mistakes_are_told_in_a_sentence_and_leave_nothing_behind(areas, cast, tmp_path, args, sentence):
    known = make_round().pk
    filled = [arg.format(ok=tmp_path / "hasil", round=known) for arg in args]
    with pytest.raises(CommandError, match=sentence):
        run(*filled)
    assert not PrintRecord.objects.exists()
    assert not list(tmp_path.glob("hasil*"))


def test_a_file_that_can_not_be_written_is_told_before_any_sheet_gets_a_number(world, areas, tmp_path):
    folder = tmp_path / "x.pdf"
    folder.mkdir()
    with pytest.raises(CommandError, match="can not be written"):
        run("print_doors", "--area", areas.gedong.pk, "--out", folder)
    assert not PrintRecord.objects.exists()


def test_an_area_without_families_is_refused(areas, cast, tmp_path):
    with pytest.raises(CommandError):
        run("print_doors", "--area", areas.gedong.pk, "--out", tmp_path / "kosong.pdf")
    assert not PrintRecord.objects.exists()
