"""Every page and endpoint, knocked at by the whole cast."""

from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.areas.models import Area
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Programme, Round, Schedule
from tests.programmes.helpers import make_programme, make_round, make_schedule

pytestmark = pytest.mark.django_db

EVERYONE = [
    "volunteer",
    "coordinator",
    "other_volunteer",
    "other_coordinator",
    "board",
    "observer",
    "stranger",
]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def schedule(areas, cast):
    return make_schedule(area=areas.gedong, place="Balai RW 011")


def urls(schedule):
    programme, aid_round = schedule.round.programme, schedule.round
    return {
        "list": reverse("programmes:list"),
        "create": reverse("programmes:create"),
        "detail": reverse("programmes:detail", args=[programme.pk]),
        "edit": reverse("programmes:edit", args=[programme.pk]),
        "round_create": reverse("programmes:round_create", args=[programme.pk]),
        "rounds": reverse("programmes:rounds"),
        "round": reverse("programmes:round", args=[aid_round.pk]),
        "round_edit": reverse("programmes:round_edit", args=[aid_round.pk]),
        "schedule_create": reverse("programmes:schedule_create", args=[aid_round.pk]),
        "schedules": reverse("programmes:schedules"),
        "schedule_edit": reverse("programmes:schedule_edit", args=[schedule.pk]),
        "schedule_cancel": reverse("programmes:schedule_cancel", args=[schedule.pk]),
    }


#            volunteer coordinator other_vol other_coord board observer stranger
EXPECTED = {
    "list": (200, 200, 200, 200, 200, 200, 200),
    "create": (403, 403, 403, 403, 200, 403, 403),
    "detail": (200, 200, 200, 200, 200, 200, 404),
    "edit": (403, 403, 403, 403, 200, 403, 404),
    "round_create": (403, 403, 403, 403, 200, 403, 404),
    "rounds": (200, 200, 200, 200, 200, 200, 200),
    "round": (200, 200, 200, 200, 200, 200, 404),
    "round_edit": (403, 403, 403, 403, 200, 403, 404),
    "schedule_create": (403, 200, 403, 200, 200, 403, 404),
    "schedules": (200, 200, 200, 200, 200, 200, 200),
    "schedule_edit": (403, 200, 404, 404, 200, 404, 404),
    "schedule_cancel": (403, 200, 404, 404, 200, 404, 404),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_who_may_open_a_page(cast, schedule, client, name):
    url = urls(schedule)[name]
    assert client.get(url).status_code == 302
    for who, expected in zip(EVERYONE, EXPECTED[name], strict=True):
        client.force_login(getattr(cast, who))
        assert client.get(url).status_code == expected, (name, who)


def test_every_url_of_the_slice_stands_in_the_table():
    from cases.programmes.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(EXPECTED)


def test_dates_of_the_other_kampung_stay_there(cast, schedule, areas, client):
    make_schedule(schedule.round, areas.tengah, place="Pos RW 002")
    for url in (urls(schedule)["round"], urls(schedule)["schedules"]):
        client.force_login(cast.volunteer)
        page = client.get(url).content.decode()
        assert "Balai RW 011" in page
        assert "Pos RW 002" not in page
        client.force_login(cast.stranger)
        assert "Balai RW 011" not in client.get(urls(schedule)["schedules"]).content.decode()


def test_schedule_of_an_area_with_what_holds_above_it(cast, schedule, areas, as_user):
    make_schedule(schedule.round, areas.gedong_rt_next, place="Rumah Ketua RT 006")
    page = (
        as_user(cast.volunteer)
        .get(urls(schedule)["schedules"], {"area": areas.gedong_rt.pk})
        .content.decode()
    )
    assert "Balai RW 011" in page
    assert "Rumah Ketua RT 006" not in page
    # Another kampung's area is not among the choices and filters nothing.
    page = (
        as_user(cast.volunteer).get(urls(schedule)["schedules"], {"area": areas.tengah.pk}).content.decode()
    )
    assert "Balai RW 011" not in page or "field--error" in page


def test_coming_past_and_all(cast, schedule, areas, as_user):
    make_schedule(schedule.round, areas.gedong, place="Sudah lewat", date=date(2026, 11, 20))
    url = urls(schedule)["schedules"]
    client = as_user(cast.volunteer)
    shown = {
        when: [
            place
            for place in ("Balai RW 011", "Sudah lewat")
            if place in client.get(url, {"when": when}).content.decode()
        ]
        for when in ("", "past", "all")
    }
    assert shown == {"": ["Balai RW 011"], "past": ["Sudah lewat"], "all": ["Balai RW 011", "Sudah lewat"]}


NEW_DATE = {
    "area": "31.75.05.1001.011",
    "date": "2026-11-29",
    "starts": "09:00",
    "ends": "12:00",
    "place": "Halaman masjid",
    "bring": "Undangan, KTP, KK",
}


def test_a_coordinator_adds_a_sunday_and_is_warned_but_not_stopped(cast, schedule, as_user):
    url = urls(schedule)["schedule_create"]
    response = as_user(cast.coordinator).post(url, NEW_DATE, follow=True)
    added = Schedule.objects.get(place="Halaman masjid")
    assert (added.date, added.starts, added.area_id) == (date(2026, 11, 29), time(9), "31.75.05.1001.011")
    page = response.content.decode()
    assert "Ini hari libur: hari Minggu." in page
    assert "Minggu, 29 November 2026" in page


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({"area": "31.75.04.1002"}, "id_area_error"),
        ({"area": ""}, "id_area_error"),
        ({"ends": "08:00"}, "Jam selesainya sebelum jam mulai"),
        ({"date": "kapan-kapan"}, "id_date_error"),
        ({"place": "x" * 121}, "id_place_error"),
    ],
)
def test_bad_dates_come_back_with_what_was_typed(cast, schedule, as_user, broken, sentence):
    response = as_user(cast.coordinator).post(urls(schedule)["schedule_create"], NEW_DATE | broken)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Undangan, KTP, KK" in page
    assert Schedule.objects.count() == 1


def test_the_same_form_sent_twice_adds_once(cast, schedule, as_user):
    form = NEW_DATE | {"client_id": "7e57ab1e-0000-4000-8000-000000000001"}
    client = as_user(cast.coordinator)
    assert [client.post(urls(schedule)["schedule_create"], form).status_code for _ in range(2)] == [302, 302]
    assert Schedule.objects.count() == 2


def test_calling_off_needs_a_reason_and_shows_it(cast, schedule, as_user):
    client, url = as_user(cast.coordinator), urls(schedule)["schedule_cancel"]
    assert client.post(url, {"reason": " "}).status_code == 422
    page = client.post(url, {"reason": "Balai dipakai"}, follow=True).content.decode()
    assert "Balai dipakai" in page
    assert "dibatalkan" in page
    # Once called off it is neither changed nor called off again.
    assert client.get(url).status_code == 409
    assert client.get(urls(schedule)["schedule_edit"]).status_code == 409


def test_a_finished_round_says_why_no_date_can_be_added(cast, areas, as_user):
    aid_round = make_round(status=RoundStatus.DONE)
    page = as_user(cast.coordinator).get(reverse("programmes:round", args=[aid_round.pk])).content.decode()
    assert "Penyaluran ini sudah selesai." in page
    assert (
        as_user(cast.coordinator).get(reverse("programmes:schedule_create", args=[aid_round.pk])).status_code
        == 409
    )


def programme_form(**changes):
    return {
        "name": "PKH",
        "code": "PKH",
        "kind": "cash",
        "unit": "person",
        "amount": "",
        "cadence": "empat tahap",
        "channel": "KKS",
        "description": "",
        "legal_basis": "",
        "last_checked": "2026-11-01",
        "active": "on",
        "components-TOTAL_FORMS": "2",
        "components-INITIAL_FORMS": "0",
        "components-MIN_NUM_FORMS": "0",
        "components-MAX_NUM_FORMS": "30",
        "components-0-name": "Anak SD",
        "components-0-amount": "225rb",
        "components-0-per": "orang per tahap",
        "components-1-name": "",
        "components-1-amount": "",
        "components-1-per": "",
    } | changes


def test_the_board_writes_a_programme_with_components(cast, as_user):
    client = as_user(cast.board)
    page = client.post(reverse("programmes:create"), programme_form(), follow=True).content.decode()
    programme = Programme.objects.get()
    assert [(row.name, row.amount) for row in programme.components.all()] == [("Anak SD", 225_000)]
    assert "Rp225.000" in page
    edited = programme_form(
        **{
            "name": "PKH baru",
            "components-INITIAL_FORMS": "1",
            "components-TOTAL_FORMS": "3",
            "components-0-id": str(programme.components.get().pk),
            "components-0-DELETE": "on",
            "components-1-name": "Lansia",
            "components-1-amount": "600.000",
            "components-1-per": "orang",
        }
    )
    assert client.post(reverse("programmes:edit", args=[programme.pk]), edited).status_code == 302
    programme.refresh_from_db()
    assert programme.name == "PKH baru"
    assert [row.name for row in programme.components.all()] == ["Lansia"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "tiga ratus"}, "Tulis jumlah rupiah"),
        ({"amount": "9.999.999.999"}, "terlalu besar"),
        (
            {"components-1-name": "Anak SD", "components-1-amount": "1", "components-1-per": "x"},
            "nama yang sama",
        ),
        ({"code": "SUDAH"}, "Kode ini sudah dipakai"),
    ],
)
def test_a_broken_programme_comes_back(cast, as_user, changes, sentence):
    make_programme(code="SUDAH")
    response = as_user(cast.board).post(reverse("programmes:create"), programme_form(**changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Programme.objects.count() == 1


def test_the_board_opens_and_closes_a_round(cast, as_user):
    programme, client = make_programme(by=cast.board), as_user(cast.board)
    form = {
        "name": "Tahap 4",
        "period_start": "2026-10-01",
        "period_end": "2026-12-31",
        "amount": "Rp600.000,-",
        "channel": "Bank Jakarta",
        "status": "open",
        "client_id": "7e57ab1e-0000-4000-8000-000000000002",
    }
    url = reverse("programmes:round_create", args=[programme.pk])
    assert client.post(url, form | {"period_end": "2026-01-01"}).status_code == 422
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    aid_round = Round.objects.get()
    assert aid_round.amount == 600_000
    assert (
        client.post(
            reverse("programmes:round_edit", args=[aid_round.pk]), form | {"status": "done"}
        ).status_code
        == 302
    )
    aid_round.refresh_from_db()
    assert aid_round.status == RoundStatus.DONE


@pytest.mark.parametrize("name", ["list", "detail", "rounds", "round", "schedules"])
def test_queries_do_not_grow_with_rows(cast, schedule, areas, client, name):
    client.force_login(cast.coordinator)
    url = urls(schedule)[name]

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    client.get(url)
    few = queries()
    for number in range(6):
        make_schedule(make_round(schedule.round.programme), areas.gedong, place=f"T{number}")
        make_schedule(schedule.round, areas.gedong_rt, place=f"U{number}")
        make_programme()
    assert queries() == few
    assert few <= 12


class TestApi:
    def test_lists_are_scoped_and_paged(self, cast, schedule, areas, as_user):
        make_schedule(schedule.round, areas.tengah, place="Pos RW 002")
        client = as_user(cast.volunteer)
        assert [row["place"] for row in client.get("/api/v1/schedules/").json()["results"]] == [
            "Balai RW 011"
        ]
        assert len(client.get("/api/v1/programmes/").json()["results"]) == 1
        assert client.get("/api/v1/rounds/", {"status": "done"}).json()["results"] == []
        client.force_login(cast.stranger)
        for name in ("programmes", "rounds", "schedules"):
            assert client.get(f"/api/v1/{name}/").json()["results"] == []
        client.logout()
        assert client.get("/api/v1/rounds/").status_code in (401, 403)

    def test_a_coordinator_adds_changes_and_calls_off(self, cast, schedule, as_user):
        client = as_user(cast.coordinator)
        body = {
            "round": schedule.round_id,
            "area": "31.75.05.1001.011",
            "date": "2026-12-01",
            "starts": "09:00",
            "place": "Masjid",
            "client_id": "7e57ab1e-0000-4000-8000-000000000003",
        }
        first = client.post("/api/v1/schedules/", body, "application/json")
        again = client.post("/api/v1/schedules/", body, "application/json")
        assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
        other = client.post("/api/v1/schedules/", body | {"place": "Lain"}, "application/json")
        assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
        url = f"/api/v1/schedules/{first.json()['id']}/"
        assert (
            client.patch(url, {"place": "Masjid Al-Ikhlas"}, "application/json").json()["place"]
            == "Masjid Al-Ikhlas"
        )
        assert client.post(f"{url}cancel/", {"reason": ""}, "application/json").status_code == 400
        assert (
            client.post(f"{url}cancel/", {"reason": "hujan"}, "application/json").json()["cancelled_reason"]
            == "hujan"
        )
        assert client.delete(url).status_code == 405

    @pytest.mark.parametrize(
        ("who", "expected"), [("volunteer", 403), ("other_coordinator", 404), ("observer", 404)]
    )
    def test_others_may_not(self, cast, schedule, as_user, who, expected):
        client = as_user(getattr(cast, who))
        assert (
            client.patch(f"/api/v1/schedules/{schedule.pk}/", {"place": "x"}, "application/json").status_code
            == expected
        )

    def test_an_area_of_others_is_unknown(self, cast, schedule, areas, as_user):
        body = {
            "round": schedule.round_id,
            "area": areas.tengah.pk,
            "date": "2026-12-01",
            "starts": "09:00",
            "place": "x",
        }
        response = as_user(cast.coordinator).post("/api/v1/schedules/", body, "application/json")
        assert response.status_code == 400
        assert "area" in response.json()["errors"]

    def test_the_board_writes_programmes_and_rounds(self, cast, as_user):
        client = as_user(cast.board)
        body = {
            "code": "PKH",
            "name": "PKH",
            "kind": "cash",
            "components": [{"name": "SD", "amount": 225000, "per": "tahap"}],
        }
        made = client.post("/api/v1/programmes/", body, "application/json")
        assert made.status_code == 201
        assert client.post("/api/v1/programmes/", body, "application/json").status_code == 409
        url = f"/api/v1/programmes/{made.json()['id']}/"
        assert client.patch(url, {"components": []}, "application/json").json()["components"] == []
        round_body = {
            "programme": made.json()["id"],
            "name": "T1",
            "period_start": "2026-01-01",
            "period_end": "2026-03-31",
        }
        aid_round = client.post("/api/v1/rounds/", round_body, "application/json")
        assert aid_round.status_code == 201
        assert client.post("/api/v1/rounds/", round_body, "application/json").status_code == 409
        url = f"/api/v1/rounds/{aid_round.json()['id']}/"
        assert client.patch(url, {"status": "done"}, "application/json").json()["status"] == "done"
        assert client.patch(url, {"period_end": "2025-01-01"}, "application/json").status_code == 409
        assert (
            as_user(cast.coordinator)
            .post("/api/v1/rounds/", round_body | {"name": "T2"}, "application/json")
            .status_code
            == 403
        )


def test_the_panel_of_an_area_names_the_next_dates(cast, schedule, areas, rf):
    from cases.kernel import panels

    request = rf.get("/")
    request.user = cast.volunteer
    names = [name for name, _ in panels.shown("area", request, areas.gedong_rt)]
    assert "programmes/_area_panel.html" in names
    assert Area.objects.filter(pk=areas.gedong_rt.pk).exists()
    assert "programmes/_area_panel.html" not in [
        name for name, _ in panels.shown("area", request, areas.tengah_rt)
    ]


def test_no_english_choice_stands_on_an_indonesian_form(cast, schedule, as_user):
    client = as_user(cast.board)
    for name in ("create", "edit", "round_create", "round_edit", "schedule_create", "schedule_edit"):
        assert "Select an option" not in client.get(urls(schedule)[name]).content.decode()
