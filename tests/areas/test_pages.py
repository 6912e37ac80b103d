"""Pages of areas: each by everyone, with the way on where something is missing."""

import pytest
from django.urls import reverse

from cases.areas import actions
from cases.areas.choices import BoardSize, Spreading
from cases.areas.models import Area, Kampung, NoticeBoard, OwnDay
from cases.people.choices import Role

GEDONG, RW, RT, TENGAH_RT = (
    "31.75.05.1001",
    "31.75.05.1001.011",
    "31.75.05.1001.011.005",
    "31.75.04.1002.002.003",
)
EVERYONE = [
    "volunteer",
    "coordinator",
    "other_volunteer",
    "other_coordinator",
    "board",
    "observer",
    "stranger",
]
KAMPUNG = {
    "name": "Kampung Gedong",
    "areas": [GEDONG],
    "spreading": "boards",
    "posko_phone": "0812-3456-7890",
}
BOARD = {"place": "Pos RW 011", "landmark": "", "area": RT, "size": "a3", "notes": ""}


@pytest.fixture
def kampung(cast, areas):
    return actions.save_kampung(
        by=cast.board,
        name="Kampung Gedong",
        areas=[areas.gedong],
        spreading=Spreading.BOTH,
        posko_place="Rumah Bu Ningsih",
        posko_hours="",
        posko_phone="+6281234567890",
        notes="",
    )


@pytest.fixture
def board(cast, areas, kampung):
    return actions.save_board(
        by=cast.board,
        kampung=kampung,
        area=areas.gedong_rt,
        place="Pos",
        landmark="",
        size=BoardSize.A3,
        notes="",
    )


# What a GET answers by role; anonymous is always led to the door.
SEES = {"volunteer": 200, "coordinator": 200, "board": 200}
KEEPS = {"coordinator": 200, "board": 200, "volunteer": 403}
PAGES = {
    "list": ((), dict.fromkeys(EVERYONE, 200), 404),
    "days": ((), dict.fromkeys(EVERYONE, 200), 404),
    "detail": ((GEDONG,), SEES, 404),
    "add": ((GEDONG,), KEEPS, 404),
    "rename": ((GEDONG,), KEEPS, 404),
    "add_kampung": ((), {"coordinator": 200, "other_coordinator": 200, "board": 200}, 403),
    "kampung": ("kampung", SEES, 404),
    "edit_kampung": ("kampung", KEEPS, 404),
    "add_board": ("kampung", KEEPS, 404),
    "edit_board": ("board", KEEPS, 404),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", [*EVERYONE, "anonymous"])
def test_pages(client, cast, kampung, board, name, who):
    args, expected, otherwise = PAGES[name]
    rows = {"kampung": kampung, "board": board}
    url = reverse(f"areas:{name}", args=[rows[args].pk] if isinstance(args, str) else args)
    if who == "anonymous":
        assert client.get(url)["Location"].startswith("/accounts/login/")
        return
    client.force_login(getattr(cast, who))
    assert client.get(url).status_code == expected.get(who, otherwise)


# POSTs that change a thing at once: 302 done, 403 above, 404 not there.
DOES = {"coordinator": 302, "board": 302, "volunteer": 403}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("name", ["remove", "retire_board", "return_board"])
def test_buttons(client, cast, board, name, who):
    if name == "return_board":
        actions.retire_board(board=board, by=cast.board)
    args = [f"{RW}.006"] if name == "remove" else [board.pk]
    url = reverse(f"areas:{name}", args=args)
    client.force_login(getattr(cast, who))
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == DOES.get(who, 404)
    changed = (
        not Area.objects.filter(pk=f"{RW}.006").exists()
        if name == "remove"
        else NoticeBoard.objects.get().active == (name == "return_board")
    )
    assert changed == (who in ("coordinator", "board"))


def test_adding_by_range(client, cast):
    client.force_login(cast.coordinator)
    url = reverse("areas:add", args=[GEDONG])
    assert client.post(url, {"numbers": "001-010"})["Location"] == reverse("areas:detail", args=[GEDONG])
    assert Area.objects.get(pk=GEDONG).children.count() == 11
    again = client.post(url, {"numbers": "010-012"})
    assert again.status_code == 422
    assert "RW 010, RW 011 sudah ada di daftar" in again.content.decode()
    assert Area.objects.get(pk=GEDONG).children.count() == 11
    wrong = client.post(url, {"numbers": "sepuluh"})
    assert "bukan nomor RW atau RT" in wrong.content.decode()
    assert 'value="sepuluh"' in wrong.content.decode()
    assert "Paling banyak 50 sekaligus" in client.post(url, {"numbers": "1-200"}).content.decode()


def test_a_volunteer_is_told_who_keeps_areas(client, cast):
    client.force_login(cast.volunteer)
    page = client.post(reverse("areas:add", args=[GEDONG]), {"numbers": "001"})
    assert page.status_code == 403
    assert "diurus koordinator" in page.content.decode()


def test_a_kampung_from_form_to_page(client, cast):
    client.force_login(cast.coordinator)
    made = client.post(reverse("areas:add_kampung"), KAMPUNG)
    assert made.status_code == 302
    row = Kampung.objects.get()
    assert (row.posko_phone, row.area_codes) == ("+6281234567890", [GEDONG])
    page = client.get(made["Location"]).content.decode()
    assert "0812-3456-7890" in page
    assert "poster di papan pengumuman" in page
    changed = client.post(reverse("areas:edit_kampung", args=[row.pk]), KAMPUNG | {"areas": [GEDONG, RW]})
    assert changed.status_code == 302
    # An RW inside the ticked kelurahan says nothing more.
    assert Kampung.objects.get().area_codes == [GEDONG]


@pytest.mark.parametrize(
    "wrong", [{"areas": [TENGAH_RT[:13]]}, {"areas": []}, {"posko_phone": "12"}, {"name": ""}]
)
def test_a_wrong_kampung_is_not_kept(client, cast, wrong):
    client.force_login(cast.coordinator)
    assert client.post(reverse("areas:add_kampung"), KAMPUNG | wrong).status_code == 422
    assert not Kampung.objects.exists()


def test_the_board_is_asked_which_kelurahan_first(client, cast):
    client.force_login(cast.board)
    page = client.get(reverse("areas:add_kampung"))
    assert "Di kelurahan mana?" in page.content.decode()
    page = client.get(reverse("areas:add_kampung"), {"village": GEDONG})
    assert f'value="{RW}"' in page.content.decode()
    assert "31.75.04" not in page.content.decode()
    url = f"{reverse('areas:add_kampung')}?village={GEDONG}"
    assert client.post(url, KAMPUNG).status_code == 302
    assert client.get(reverse("areas:add_kampung"), {"village": "99"}).status_code == 404


def test_a_board_from_form_to_page(client, cast, kampung):
    client.force_login(cast.coordinator)
    url = reverse("areas:add_board", args=[kampung.pk])
    assert client.post(url, BOARD | {"area": TENGAH_RT}).status_code == 422
    assert client.post(url, BOARD)["Location"] == reverse("areas:kampung", args=[kampung.pk])
    row = NoticeBoard.objects.get()
    client.post(reverse("areas:edit_board", args=[row.pk]), BOARD | {"place": "Gerbang"})
    page = client.get(reverse("areas:kampung", args=[kampung.pk])).content.decode()
    assert "Gerbang" in page
    client.post(reverse("areas:retire_board", args=[row.pk]))
    assert (
        "Papan yang tidak dipakai" in client.get(reverse("areas:kampung", args=[kampung.pk])).content.decode()
    )


@pytest.mark.parametrize("who", EVERYONE)
def test_own_days_by_form(client, cast, who):
    client.force_login(getattr(cast, who))
    url = reverse("areas:days")
    given = {"day": "2027-06-22", "change": "added", "name": "HUT Jakarta"}
    keeps = who in ("coordinator", "other_coordinator", "board")
    assert client.post(url, given).status_code == (302 if keeps else 403)
    assert OwnDay.objects.count() == keeps
    if keeps:
        assert "Selasa, 22 Juni 2027" in client.get(url).content.decode()
        assert client.post(url, given).status_code == 422
        row = OwnDay.objects.get()
        assert client.post(reverse("areas:remove_day", args=[row.pk])).status_code == 302
        assert client.post(reverse("areas:remove_day", args=[row.pk])).status_code == 404


def test_a_narrow_scope_begins_where_it_is_and_leads_nowhere_else(client, make_user, kampung):
    user = make_user("relawan.rt", (Role.VOLUNTEER, RT), (Role.VOLUNTEER, RW))
    client.force_login(user)
    page = client.get(reverse("areas:list")).content.decode()
    # The RT lies in the RW, so the list begins once.
    assert reverse("areas:detail", args=[RW]) in page
    assert reverse("areas:detail", args=[RT]) not in page
    assert reverse("areas:detail", args=[GEDONG]) not in page
    assert client.get(reverse("areas:detail", args=[GEDONG])).status_code == 404
    page = client.get(reverse("areas:kampung", args=[kampung.pk])).content.decode()
    assert reverse("areas:detail", args=[GEDONG]) not in page


def test_an_observer_is_told_why_the_page_is_empty(client, cast):
    client.force_login(cast.observer)
    assert "Peran Anda hanya melihat angka" in client.get(reverse("areas:list")).content.decode()


@pytest.mark.parametrize("name", ["list", "detail"])
def test_cost_is_the_same_however_many(client, cast, areas, kampung, name, django_assert_max_num_queries):
    actions.add_areas(
        parent=Area.objects.get(pk=RW), numbers=[f"{n:03}" for n in range(10, 40)], by=cast.board
    )
    client.force_login(cast.coordinator)
    url = reverse(f"areas:{name}", args=[RW] if name == "detail" else [])
    client.get(url)
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
