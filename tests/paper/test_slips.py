"""Slips: one family each, four to a sheet, from the family's page or for an RT."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from cases.kernel.exceptions import NotAllowed
from cases.paper import actions, rules, sources
from cases.paper.families import Choice
from cases.paper.models import PrintRecord
from cases.paper.sheets import PaperRefused
from cases.paper.slips import SlipOrder, slip_blocks
from tests.paper.helpers import GEDONG_PHONE, make_world, read, solid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    return make_world(areas, cast)


def order(world, choice, codes, by, *, topic="round", paper="a4", **blocks):
    content = sources.starting_slip(topic, codes, world.round, by=by)
    return SlipOrder(choice=choice, blocks=slip_blocks(content) | blocks, paper=paper)


def test_one_slip_says_when_where_what_and_whom_to_call(world, areas, cast):
    family = world.here[0]
    made = order(world, Choice(household=family.pk), [family.area_id], cast.volunteer)
    row = actions.print_slips(order=made, by=cast.volunteer)
    (page,) = (solid(text) for text in read(actions.file_of(row, by=cast.volunteer)))
    for text in (
        "Warga Gedong 15",
        "Gang Mawar No. 15",
        "KLJ cair",
        "Senin, 14 Desember 2026",
        "Balai RW 011",
    ):
        assert solid(text) in page
    assert solid(GEDONG_PHONE) in page
    assert world.kks[0][-4:] in page
    assert world.kks[0] not in page
    assert "WargaGedong14" not in page
    assert (row.kind, row.names, row.pages, row.area_id) == ("slips", 1, 1, areas.gedong_rt.pk)


def test_an_rt_gives_four_to_a_sheet_in_walking_order(world, areas, cast):
    made = order(world, Choice(areas=(areas.gedong_rt.pk,)), [areas.gedong_rt.pk], cast.volunteer, paper="f4")
    row = actions.print_slips(order=made, by=cast.volunteer)
    pages = [solid(page) for page in read(actions.file_of(row, by=cast.volunteer))]
    assert len(pages) == row.pages == 4
    assert "WargaGedong4KepadaBapak/Ibu" not in pages[1]
    for number in range(1, 16):
        assert solid(f"Gang Mawar No. {number}") in pages[(number - 1) // 4]
    everything = "".join(pages)
    assert "No.15/15" in everything
    assert "OrangTengah" not in everything
    assert "WargaSebelah" not in everything
    for kk in world.kks:
        assert kk not in everything
    assert "Warga" not in str(row.content)


@pytest.mark.parametrize("who", ["other_volunteer", "other_coordinator"])
def test_families_of_another_area_get_none(world, areas, cast, who):
    user = getattr(cast, who)
    for choice in (Choice(areas=(areas.gedong_rt.pk,)), Choice(household=world.here[0].pk)):
        with pytest.raises(PaperRefused):
            actions.print_slips(order=order(world, choice, [areas.gedong_rt.pk], cast.board), by=user)
    for nobody in (cast.observer, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.print_slips(
                order=order(world, Choice(areas=("31",)), [areas.gedong_rt.pk], cast.board), by=nobody
            )
    assert not PrintRecord.objects.exists()


def test_a_double_tap_is_one_record(world, areas, cast):
    stamp = uuid4()
    made = order(world, Choice(areas=(areas.gedong_rt.pk,)), [areas.gedong_rt.pk], cast.volunteer)
    rows = {actions.print_slips(order=made, by=cast.volunteer, client_id=stamp).pk for _tap in range(2)}
    assert len(rows) == PrintRecord.objects.count() == 1


def test_too_many_at_once_are_refused(world, areas, cast, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SLIPS", 3)
    made = order(world, Choice(areas=(areas.gedong_rt.pk,)), [areas.gedong_rt.pk], cast.volunteer)
    with pytest.raises(PaperRefused, match="15"):
        actions.print_slips(order=made, by=cast.volunteer)


def test_blocks_that_are_none_are_refused_and_not_dropped(world, areas, cast):
    made = order(world, Choice(household=world.here[0].pk), [areas.gedong_rt.pk], cast.volunteer, nik="1")
    with pytest.raises(PaperRefused):
        actions.print_slips(order=made, by=cast.volunteer)


def test_from_the_page_of_a_family_to_its_slip(world, areas, cast, as_user):
    family = world.here[0]
    client = as_user(cast.volunteer)
    start = client.get(reverse("paper:slips_create"), {"household": family.pk})
    assert family.head_name in start.content.decode()
    choice = {"topic": "round", "round": world.round.pk, "household": family.pk}
    page = client.get(reverse("paper:slips_text"), choice)
    form = page.context["form"]
    shown = client.get(page.context["preview"])
    assert shown.content.startswith(b"\x89PNG")
    assert "no-store" in shown["Cache-Control"]
    assert form["day_1"].value() == "Senin, 14 Desember 2026"
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    url = f"{reverse('paper:slips_text')}?topic=round&round={world.round.pk}&household={family.pk}"
    answer = client.post(url, sent)
    row = PrintRecord.objects.get()
    assert answer["Location"] == f"{reverse('paper:print', args=[row.pk])}?new=1"
    assert client.get(answer["Location"]).status_code == 200
    pdf = client.get(reverse("paper:print_file", args=[row.pk]))
    assert "WargaGedong15" in solid("".join(read(pdf.content)))
    assert "Warga" not in pdf["Content-Disposition"]


def test_a_family_of_another_area_is_not_one_to_choose(world, cast, as_user):
    page = as_user(cast.other_volunteer).get(
        reverse("paper:slips_text"), {"topic": "check", "household": world.here[0].pk}
    )
    assert page.status_code == 422
    assert world.here[0].head_name not in page.content.decode()
    asked = {"topic": "check", "household": world.here[0].pk}
    assert as_user(cast.other_volunteer).get(reverse("paper:slips_preview"), asked).status_code == 404
    assert as_user(cast.observer).get(reverse("paper:slips_preview"), asked).status_code == 403


def test_help_at_the_posko_needs_no_round(world, areas, cast, as_user):
    page = as_user(cast.volunteer).get(
        reverse("paper:slips_text"), {"topic": "check", "area": areas.gedong_rt.pk, "whom": "all"}
    )
    assert page.status_code == 200
    assert page.context["form"]["headline"].value() == "Cek bansos di posko"
    assert page.context["families"] == 15
