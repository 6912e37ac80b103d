"""A file of days off: read whole or not at all, with a sentence that names the lines."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.areas import actions
from cases.areas.choices import DayChange
from cases.areas.day_files import DayLine, read_day, read_days
from cases.areas.models import OwnDay
from cases.kernel.exceptions import ActionRefused, NotAllowed

GOOD = "tanggal;nama;jenis\n2027-06-22;HUT Jakarta;libur\nKamis, 24 Juni 2027;Pilkada;\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-06-22", date(2027, 6, 22)),
        ("22/6/2027", date(2027, 6, 22)),
        ("22-06-2027", date(2027, 6, 22)),
        ("22 Juni 2027", date(2027, 6, 22)),
        ("Jum'at, 3 DESEMBER 2027", date(2027, 12, 3)),
        ("2027-02-30", None),
        ("22 Jun 2027", None),
        ("22/6/27", None),
        ("", None),
        ("1900-01-01", None),
        ("sesudah Lebaran", None),
    ],
)
def test_dates_as_people_write_them(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_tables_from_any_spreadsheet(separator, encoding):
    text = separator.join(["22/6/2027", "HUT Jakarta", "libur"]) + "\r\n\r\n"
    assert read_days(text.encode(encoding)) == [DayLine(date(2027, 6, 22), DayChange.ADDED, "HUT Jakarta")]


def test_a_calendar_file():
    data = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270622\r\n"
        b"SUMMARY:HUT Jakarta\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert read_days(data) == [DayLine(date(2027, 6, 22), DayChange.ADDED, "HUT Jakarta")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "tidak ada hari"),
        (b"tanggal;nama\n", "tidak ada hari"),
        (b"2027-06-22;HUT\nbesok;Libur\n2027-99-01;X\n", "baris 2: “besok”.*baris 3"),
        (b"2027-06-22;\n", "namanya belum ada"),
        (b"2027-06-22;HUT;mungkin\n", "bukan “libur” atau “masuk”"),
        (b"2027-06-22;" + b"x" * 121, "terlalu panjang"),
        (b"\x00\x01\x02", "bukan berkas teks"),
        (b"x" * 200_001, "terlalu besar"),
        (b"2027-06-22;HUT\n" * 201, "paling banyak 200"),
        (b"BEGIN:VCALENDAR\nrusak", "rusak|tidak ada hari"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "rusak"),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270622\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            "tidak punya nama|rusak",
        ),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(ActionRefused, match=f"(?i){sentence}"):
        read_days(data)


@pytest.mark.django_db
def test_all_or_nothing(cast):
    known = actions.add_day(day=date(2027, 6, 24), change=DayChange.ADDED, name="Pilkada", by=cast.board)
    assert actions.import_days(data=GOOD.encode(), by=cast.coordinator) == (1, 1)
    assert actions.import_days(data=GOOD.encode(), by=cast.coordinator) == (0, 2)
    assert OwnDay.objects.count() == 2
    # The second line contradicts what is known, so the first is not kept either.
    bad = b"2027-06-23;Cuti;libur\n2027-06-24;Pilkada batal;masuk\n"
    with pytest.raises(ActionRefused, match="Tidak ada yang disimpan"):
        actions.import_days(data=bad, by=cast.board)
    assert OwnDay.objects.count() == 2
    assert OwnDay.objects.get(pk=known.pk).change == DayChange.ADDED
    for person in (cast.volunteer, cast.observer):
        with pytest.raises(NotAllowed):
            actions.import_days(data=GOOD.encode(), by=person)


@pytest.mark.django_db
def test_what_the_public_calendar_knows_is_left(cast):
    data = b"2027-01-01;Tahun Baru;libur\n2027-06-26;Sabtu;libur\n"
    assert actions.import_days(data=data, by=cast.board) == (0, 2)


@pytest.mark.django_db
def test_the_page(cast, as_user):
    client = as_user(cast.coordinator)
    url = reverse("areas:import_days")
    bad = client.post(url, {"file": SimpleUploadedFile("libur.csv", b"besok;Libur\n")})
    assert bad.status_code == 422
    assert "baris 1: “besok” bukan tanggal" in bad.content.decode()
    good = client.post(url, {"file": SimpleUploadedFile("libur.csv", GOOD.encode())}, follow=True)
    page = good.content.decode()
    assert "2 hari ditambahkan" in page
    assert "HUT Jakarta" in page


def test_pictures_and_programs_give_sentences():
    """Whatever is uploaded, a sentence and never a fault."""
    root = Path(__file__).resolve().parents[2]
    for data in (
        (root / "advocacy/static/icons.svg").read_bytes()[:5000],
        bytes(range(256)),
        b"PK\x03\x04" * 50,
    ):
        with pytest.raises(ActionRefused):
            read_days(data)
