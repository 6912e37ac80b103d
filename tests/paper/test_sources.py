"""What paper says before anybody edits it."""

from datetime import date, time

import pytest
import time_machine

from cases.areas.actions import save_kampung
from cases.kernel.writes import open_gate
from cases.paper import sources
from cases.paper.choices import PosterKind
from cases.paper.doors import near_words
from cases.paper.families import Choice
from cases.paper.sheets import WORDS_A_POSTER
from cases.programmes import actions as programmes
from tests.paper.helpers import GEDONG_PHONE, make_kampung, make_world
from tests.programmes.helpers import make_programme, make_round, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    return make_world(areas, cast)


def test_a_schedule_poster_is_filled_from_the_round_the_schedule_and_the_posko(world, areas, cast):
    content, until = sources.starting_poster(
        PosterKind.SCHEDULE, areas.gedong, world.round, by=cast.volunteer
    )
    assert content.headline == "Kapan KLJ cair?"
    assert content.who == "Rp300.000 untuk keluarga penerima KLJ di Kel. Gedong"
    assert [(row.day, row.hours, row.place) for row in content.sessions] == [
        ("Senin, 14 Desember 2026", "pukul 09.00–12.00 WIB", "Balai RW 011")
    ]
    assert [item.label for item in content.bring] == ["Undangan", "KTP", "KK", "Fotokopi"]
    assert content.phone == GEDONG_PHONE
    assert content.posko == "Posko Bansos Gedong"
    assert until == date(2026, 12, 14)
    assert content.word_count <= WORDS_A_POSTER


@pytest.mark.parametrize("kind", PosterKind)
def test_no_poster_begins_with_more_words_than_a_passer_by_reads(world, areas, cast, kind):
    content, _until = sources.starting_poster(kind, areas.gedong, world.round, by=cast.volunteer)
    assert content.word_count <= WORDS_A_POSTER


def test_a_date_that_was_called_off_or_has_passed_is_on_no_poster(world, areas, cast):
    make_schedule(world.round, areas.gedong, date=date(2026, 11, 10), place="Sudah lewat")
    programmes.cancel_schedule(schedule=world.schedule, by=cast.board, reason="Ditunda")
    content, _until = sources.starting_poster(
        PosterKind.SCHEDULE, areas.gedong, world.round, by=cast.volunteer
    )
    assert content.sessions == ()


def test_what_was_set_for_the_rt_holds_there_rather_than_that_of_the_kelurahan(world, areas, cast):
    own = make_schedule(world.round, areas.gedong_rt, date=date(2026, 12, 20), place="Pos RT 005")
    assert sources.dates(world.round, areas.gedong_rt.pk, user=cast.volunteer) == [own]
    assert sources.dates(world.round, areas.gedong_rt_next.pk, user=cast.volunteer) == [world.schedule]
    both = sources.dates(world.round, areas.gedong.pk, user=cast.volunteer)
    assert both == [world.schedule, own]
    assert sources.date_of_rt(both, areas.gedong_rt.pk) == own
    assert sources.date_of_rt(both, areas.gedong_rt_next.pk) == world.schedule
    assert sources.date_of_rt(both, areas.tengah_rt.pk) is None


def test_the_nearest_kampung_signs(areas):
    make_kampung(areas.gedong)
    nearer = make_kampung(areas.gedong_rt, name="Kampung Sawah", phone="+6281111111111")
    assert sources.kampung_at(areas.gedong_rt.pk) == nearer
    assert sources.posko_at([areas.gedong_rt.pk]).name == "Posko Bansos Sawah"
    assert sources.posko_at([areas.gedong_rt_next.pk]).phone == GEDONG_PHONE


def test_a_list_over_two_kampung_gives_the_number_of_neither(world, areas):
    posko = sources.posko_at([areas.gedong.pk, areas.tengah.pk])
    assert (posko.name, posko.phone, posko.place) == ("Posko Bansos", "", "")


@pytest.mark.parametrize(
    ("text", "title", "labels"),
    [
        (
            "Undangan, KTP, dan KK: asli dan fotokopi",
            "Bawa asli dan fotokopi",
            ["Undangan", "KTP", "KK", "Fotokopi"],
        ),
        ("KTP dan buku tabungan", "Bawa", ["KTP", "Kartu ATM"]),
        ("Kartu keluarga, surat kuasa kalau diwakilkan", "Bawa", ["KK", "Surat kuasa"]),
        ("tas belanja", "", []),
        ("KKN", "", []),
    ],
)
def test_what_to_bring_becomes_pictures(text, title, labels):
    made = sources.bring_of(text)
    assert (made[0], [item.label for item in made[1]]) == (title, labels)


@pytest.mark.parametrize(
    ("name", "code", "short"),
    [
        ("Kartu Lansia Jakarta (KLJ)", "KLJ", "KLJ"),
        ("Program Sembako (BPNT)", "SEMBAKO", "Sembako"),
        ("BLT Kesra 2025", "BLT", "BLT Kesra 2025"),
        ("Bantuan dengan nama yang panjang sekali", "BNP", "BNP"),
    ],
)
def test_programmes_are_called_as_people_call_them(areas, name, code, short):
    assert sources.short_name(make_programme(name=name, code=code)) == short


def test_a_poster_is_outdated_when_its_days_are_no_longer_those_of_the_round(world, areas):
    coming = sources.dates(world.round, areas.gedong.pk, user=None)
    assert not sources.outdated(["Senin, 14 Desember 2026"], coming)
    assert sources.outdated(["Selasa, 15 Desember 2026"], coming)
    assert sources.outdated([], coming)  # hung before the date was known


def test_a_choice_survives_the_parameters_of_a_job():
    choice = Choice(areas=("31.75",), whom="unvisited", round_id=3, since=date(2026, 11, 1))
    assert Choice.from_params(choice.to_params()) == choice
    assert Choice.from_params(Choice(household=7).to_params()) == Choice(household=7)


def test_hours_without_an_end_and_a_round_without_an_amount(areas, cast):
    aid_round = make_round(make_programme(amount=None), amount=None)
    make_schedule(aid_round, areas.gedong, starts=time(8), ends=None)
    content, _until = sources.starting_poster(PosterKind.SCHEDULE, areas.gedong, aid_round, by=cast.volunteer)
    assert content.sessions[0].hours == "pukul 08.00 WIB"
    assert "Rp" not in content.who
    assert not content.strips  # nobody's number to tear off


@pytest.mark.parametrize(
    ("typed", "day", "hours"),
    [
        ("Setiap Sabtu, pukul 09.00-12.00 WIB", "Setiap Sabtu", "pukul 09.00-12.00 WIB"),
        ("Sabtu dan Minggu pagi", "Sabtu dan Minggu pagi", ""),
        ("pukul 09.00 WIB", "pukul 09.00 WIB", ""),
    ],
)
def test_the_hours_of_the_posko_stand_under_its_day(areas, cast, typed, day, hours):
    kampung = make_kampung(areas.gedong)
    with open_gate():
        kampung.posko_hours = typed
        kampung.save()
    content, _until = sources.starting_poster(PosterKind.CHECK_HELP, areas.gedong, None, by=cast.volunteer)
    assert [(row.day, row.hours) for row in content.sessions] == [(day, hours)]


@pytest.mark.parametrize(
    ("landmark", "words"),
    [
        ("", ""),
        ("rumah petak pintu biru", "dekat rumah petak pintu biru"),
        ("Dekat bank sampah", "Dekat bank sampah"),
        ("di atas saluran air", "di atas saluran air"),
        ("dinding hijau", "dekat dinding hijau"),
    ],
)
def test_a_landmark_reads_as_one_says_it(landmark, words):
    assert near_words(landmark) == words


@pytest.mark.parametrize("kind", PosterKind)
def test_a_long_place_loses_its_last_parts_rather_than_be_too_long_to_read(world, areas, cast, kind):
    place = "Teras mushola Al-Ikhlas, RT 005/RW 011, di seberang kios pulsa yang buka sampai larut malam"
    kampung = sources.kampung_at(areas.gedong.pk)
    save_kampung(
        kampung=kampung, name=kampung.name, areas=[areas.gedong], posko_place=place, by=cast.coordinator
    )
    content, _until = sources.starting_poster(kind, areas.gedong, world.round, by=cast.volunteer)
    assert content.word_count <= WORDS_A_POSTER
    if kind in {PosterKind.SCHEDULE, PosterKind.COMPLAIN}:
        assert "Teras mushola Al-Ikhlas" in content.ask
