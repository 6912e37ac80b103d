"""Pages of lists and prints, the panels on other pages, and what each costs."""

from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.kernel import panels
from cases.kernel.exceptions import NotAllowed
from cases.paper import actions, doors
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.paper.models import PrintRecord
from cases.paper.typesetting import render_pdf
from cases.people.choices import Role
from tests.paper.helpers import make_poster, make_world, read, solid

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    return make_world(areas, cast)


@pytest.fixture
def printed(world, areas, cast):
    order = DoorOrder(choice=Choice(areas=(areas.gedong.pk,)), task="check")
    return actions.print_doors(order=order, by=cast.volunteer).record


def query(world, area, **more):
    return {"task": "round", "round": world.round.pk, "areas": area.pk, "whom": "all"} | more


def test_a_volunteer_prints_a_door_list_from_the_first_page_to_the_file(world, areas, cast, as_user):
    client = as_user(cast.volunteer)
    start = client.get(reverse("paper:doors_create"))
    html = start.content.decode()
    assert "RT 005/RW 011 Gedong" in html
    assert "Tengah" not in html
    page = client.get(reverse("paper:doors_print"), query(world, areas.gedong))
    assert [page.context[name] for name in ("families", "sheets", "rts")] == [16, 3, 2]
    form = page.context["form"]
    sent = {"say": form["say"].value(), "paper": "f4", "piles": "1", "client_id": str(uuid4())}
    url = f"{reverse('paper:doors_print')}?task=round&round={world.round.pk}&areas={areas.gedong.pk}&whom=all"
    looked = client.post(url, sent | {"look": "1", "piles": "2"})
    assert [pile["families"] for pile in looked.context["by_pile"]] == [8, 8]
    assert not PrintRecord.objects.exists()
    first, second = client.post(url, sent), client.post(url, sent)
    row = PrintRecord.objects.get()
    assert first["Location"] == second["Location"] == f"{reverse('paper:print', args=[row.pk])}?new=1"
    pdf = client.get(reverse("paper:print_file", args=[row.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("attachment;")
    assert "no-store" in pdf["Cache-Control"]
    assert len(read(pdf.content)) == 3
    assert AuditEvent.objects.filter(verb="print.fetched", subject_id=str(row.pk)).count() == 1


def test_the_preview_is_the_first_sheet_without_a_number(world, areas, cast, as_user):
    url = reverse("paper:doors_preview")
    asked = query(world, areas.gedong_rt, say="Permisi.", paper="f4", piles=1)
    answer = as_user(cast.volunteer).get(url, asked)
    assert answer.content.startswith(PNG)
    assert len(answer.content) < 200_000
    assert "no-store" in answer["Cache-Control"]
    assert as_user(cast.other_volunteer).get(url, asked).status_code == 404
    assert as_user(cast.observer).get(url, asked).status_code == 403
    assert not PrintRecord.objects.exists()


def test_a_preview_bears_no_number_of_a_sheet(world, areas, cast):
    walk = doors.plan(
        DoorOrder(choice=Choice(areas=(areas.gedong_rt.pk,)), task="check"), user=cast.volunteer
    )
    shown = solid("".join(read(render_pdf("door_list", doors.preview(walk, by=cast.volunteer), paper="f4"))))
    assert "LembarCONTOH" in shown
    assert "OrangTengah" not in shown
    assert not any(kk in shown for kk in world.kks)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"areas": "31.75.04.1002"}, "areas"),
        ({"areas": ""}, "areas"),
        ({"round": ""}, "round"),
        ({"task": "x"}, "task"),
    ],
)
def test_what_is_not_ones_own_or_missing_comes_back_with_a_sentence(
    world, areas, cast, as_user, changed, field
):
    page = as_user(cast.volunteer).get(reverse("paper:doors_print"), query(world, areas.gedong) | changed)
    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_an_empty_choice_says_so_and_offers_the_way_back(world, areas, cast, as_user):
    page = as_user(cast.volunteer).get(reverse("paper:doors_print"), query(world, areas.gedong, whom="needs"))
    assert page.context["families"] == 0
    assert reverse("paper:doors_create") in page.content.decode()


EXPECTED = {
    #                volunteer coordinator board other_vol other_coord observer stranger
    "print": (200, 200, 200, 404, 404, 403, 403),
    "print_file": (200, 200, 200, 404, 404, 404, 404),
    "print_picture": (200, 200, 200, 404, 404, 404, 404),
}
CAST = ("volunteer", "coordinator", "board", "other_volunteer", "other_coordinator", "observer", "stranger")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_print_is_seen_by_who_made_it_and_who_coordinates_there(printed, cast, as_user, client, name):
    url = reverse(f"paper:{name}", args=[printed.pk])
    assert client.get(url)["Location"].startswith(reverse("account_login"))
    found = tuple(as_user(getattr(cast, who)).get(url).status_code for who in CAST)
    assert found == EXPECTED[name]


def test_a_colleague_does_not_see_what_another_volunteer_printed(printed, cast, make_user, as_user, areas):
    colleague = make_user("relawan.lain", (Role.VOLUNTEER, areas.gedong.pk))
    assert as_user(colleague).get(reverse("paper:print", args=[printed.pk])).status_code == 404


def test_a_coordinator_sees_a_list_that_also_names_families_elsewhere(world, areas, cast):
    order = DoorOrder(choice=Choice(areas=(areas.gedong.pk, areas.tengah.pk)), task="check")
    row = actions.print_doors(order=order, by=cast.board).record
    assert row.area_id == "31.75"
    assert row in PrintRecord.objects.visible_to(cast.coordinator)
    assert row in PrintRecord.objects.visible_to(cast.other_coordinator)
    assert row not in PrintRecord.objects.visible_to(cast.volunteer)
    with pytest.raises(NotAllowed):
        actions.file_of(row, by=cast.coordinator)


def test_the_list_of_prints_is_that_of_the_area_for_coordinators(printed, cast, as_user):
    url = reverse("paper:prints")
    html = as_user(cast.coordinator).get(url).content.decode()
    assert str(cast.volunteer) in html
    assert "Warga" not in html
    assert (
        reverse("paper:print", args=[printed.pk])
        not in as_user(cast.other_coordinator).get(url).content.decode()
    )
    mine = as_user(cast.coordinator).get(url, {"by": "me"}).content.decode()
    assert reverse("paper:print", args=[printed.pk]) not in mine


def test_pages_cost_the_same_however_many_prints_there_are(world, areas, cast, as_user):
    client = as_user(cast.coordinator)
    order = DoorOrder(choice=Choice(areas=(areas.gedong.pk,)), task="check")

    def costs() -> dict[str, int]:
        found = {}
        for name in ("home", "posters", "prints"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(f"paper:{name}")).status_code == 200
            found[name] = len(queries)
        return found

    make_poster(areas.gedong, cast.coordinator)
    actions.print_doors(order=order, by=cast.coordinator)
    costs()  # the first visit of a day is noted, which costs queries of its own
    few = costs()
    for _number in range(4):
        make_poster(areas.gedong, cast.coordinator)
        actions.print_doors(order=order, by=cast.coordinator)
    assert costs() == few
    assert max(few.values()) <= 12, few


def test_a_list_costs_the_same_queries_for_one_family_or_sixteen(world, areas, cast):
    def cost(area) -> int:
        order = DoorOrder(choice=Choice(areas=(area.pk,)), task="check")
        with CaptureQueriesContext(connection) as queries:
            actions.print_doors(order=order, by=cast.volunteer)
        return len(queries)

    cost(areas.gedong_rt_next)  # the very first list makes the counter
    assert cost(areas.gedong_rt_next) == cost(areas.gedong_rt)


def panel(place, user, obj):
    request = RequestFactory().get("/")
    request.user = user
    return [content for name, content in panels.shown(place, request, obj) if name.startswith("paper/")]


def test_panels_lead_from_a_round_an_area_and_a_family_to_paper(world, areas, cast):
    assert panel("round", cast.volunteer, world.round)[0]["round"] == world.round
    assert panel("area", cast.volunteer, areas.gedong)[0]["families"]
    assert panel("household", cast.volunteer, world.here[0])[0]["household"] == world.here[0]
    for place, obj in (("round", world.round), ("area", areas.gedong), ("household", world.here[0])):
        assert panel(place, cast.observer, obj) == []
    assert panel("area", cast.other_volunteer, areas.gedong) == []
    assert panel("household", cast.other_volunteer, world.here[0]) == []


def test_panels_are_drawn_on_the_pages_that_host_them(world, areas, cast, as_user):
    client = as_user(cast.volunteer)
    html = client.get(reverse("programmes:round", args=[world.round.pk])).content.decode()
    assert f"{reverse('paper:poster_create')}?kind=schedule&amp;round={world.round.pk}" in html
