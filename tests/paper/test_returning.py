"""Door sheets come back to the posko: who says so, where, and what is on record."""

import pytest
import time_machine
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.kernel.exceptions import NotAllowed
from cases.paper import actions
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.people.actions import end_membership
from cases.people.models import User
from tests.paper.helpers import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def printed(areas, cast):
    """Three sheets that the coordinator printed and the volunteer carries."""
    make_world(areas, cast)
    order = DoorOrder(choice=Choice(areas=(areas.gedong.pk,)), task="check", volunteers=(cast.volunteer.pk,))
    return actions.print_doors(order=order, by=cast.coordinator).record


def verbs():
    return list(
        AuditEvent.objects.filter(verb__startswith="print.sheet")
        .order_by("id")
        .values_list("verb", flat=True)
    )


def test_a_sheet_is_ticked_off_and_out_again(printed, cast, as_user):
    client = as_user(cast.coordinator)
    url = reverse("paper:print", args=[printed.pk])
    page = client.get(url)
    assert page.context["out"] == 3
    sheet = printed.sheets.first()
    answer = client.post(
        reverse("paper:print_sheets", args=[printed.pk]), {"back": sheet.number}, follow=True
    )
    assert answer.redirect_chain == [(f"{url}#sheets", 302)]
    assert f"Lembar {sheet.number} sudah kembali." in answer.content.decode()
    assert answer.context["out"] == 2
    assert len(client.get(url, {"out": "1"}).context["page"].items) == 2
    client.post(reverse("paper:print_sheets", args=[printed.pk]), {"out": sheet.number})
    sheet.refresh_from_db()
    assert sheet.returned_at is None
    assert verbs() == ["print.sheet_returned", "print.sheet_out_again"]
    event = AuditEvent.objects.filter(verb="print.sheet_returned").get()
    assert (event.subject_id, event.object_id, event.area_code) == (
        str(printed.pk),
        str(sheet.pk),
        sheet.area_id,
    )


def test_said_twice_it_is_on_record_once(printed, cast):
    sheet = printed.sheets.first()
    first = actions.mark_returned(sheet=sheet, by=cast.coordinator).returned_at
    with time_machine.travel("2026-11-25 03:00:00+00:00"):
        assert actions.mark_returned(sheet=sheet, by=cast.coordinator).returned_at == first
    assert verbs() == ["print.sheet_returned"]


def test_whoever_carries_a_sheet_hands_it_over_and_does_not_tick_it_off(printed, cast):
    with pytest.raises(NotAllowed):
        actions.mark_returned(sheet=printed.sheets.first(), by=cast.volunteer)
    assert verbs() == []


def test_whoever_printed_the_list_may_but_not_after_the_role_ended(printed, areas, cast):
    own = actions.print_doors(
        order=DoorOrder(choice=Choice(areas=(areas.gedong_rt.pk,)), task="check"), by=cast.volunteer
    ).record
    sheet = own.sheets.first()
    assert actions.mark_returned(sheet=sheet, by=cast.volunteer).returned_at
    for role in cast.volunteer.memberships.all():
        end_membership(membership=role, by=cast.coordinator)
    former = User.objects.get(pk=cast.volunteer.pk)
    with pytest.raises(NotAllowed):
        actions.mark_out(sheet=sheet, by=former)


def test_a_returned_sheet_leaves_the_tasks_of_whoever_carried_it(printed, cast, as_user):
    client = as_user(cast.volunteer)
    numbers = [str(sheet.number) for sheet in client.get("/").context["day"].sheets]
    assert len(numbers) == 3
    actions.mark_returned(sheet=printed.sheets.get(number=numbers[0]), by=cast.coordinator)
    assert len(client.get("/").context["day"].sheets) == 2


@pytest.mark.parametrize(
    "given", [{}, {"back": ""}, {"back": "²"}, {"back": "9" * 40}, {"back": "-1"}, {"out": "0"}]
)
def test_a_sheet_that_is_not_of_this_list_is_not_found(printed, cast, as_user, given):
    client = as_user(cast.coordinator)
    assert client.post(reverse("paper:print_sheets", args=[printed.pk]), given).status_code == 404
    assert verbs() == []


def test_the_sheet_of_another_list_is_not_ticked_off_through_this_one(printed, areas, cast, as_user):
    other = actions.print_doors(
        order=DoorOrder(choice=Choice(areas=(areas.tengah_rt.pk,)), task="check"), by=cast.other_volunteer
    ).record
    url = reverse("paper:print_sheets", args=[printed.pk])
    assert as_user(cast.coordinator).post(url, {"back": other.sheets.first().number}).status_code == 404
    assert verbs() == []


def test_the_api_says_the_same(printed, cast, as_user):
    sheet = printed.sheets.first()
    client, url = as_user(cast.coordinator), f"/api/v1/door-sheets/{sheet.pk}"
    assert client.post(f"{url}/returned/").json()["returned_at"]
    assert [
        row["id"] for row in client.get("/api/v1/door-sheets/", {"returned": "true"}).json()["results"]
    ] == [sheet.pk]
    assert client.post(f"{url}/not-returned/").json()["returned_at"] is None
    assert as_user(cast.volunteer).post(f"{url}/returned/").status_code == 403
    assert as_user(cast.other_volunteer).post(f"{url}/returned/").status_code == 404
