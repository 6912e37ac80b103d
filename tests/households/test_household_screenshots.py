"""A screenshot of a portal may show a whole NIK: who opens it, and as what."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cases.households import actions
from cases.households.models import StatusCheck
from tests.places import GEDONG_RT

OUTSIDE = ["other_volunteer", "other_coordinator", "observer", "stranger"]


@pytest.fixture
def checked(cast, as_user, family) -> StatusCheck:
    buffer = io.BytesIO()
    Image.new("RGB", (200, 300)).save(buffer, "PNG")
    buffer.seek(0)
    buffer.name = "NIK 3175.html"
    as_user(cast.volunteer).post(
        reverse("households:check_add", args=[family.pk]),
        {
            "portal": "cekbansos",
            "checked_on": timezone.localdate().isoformat(),
            "asked_with": "nik",
            "answer": "listed",
            "desil": "2",
            "screenshot": buffer,
        },
    )
    return StatusCheck.objects.get()


def test_a_screenshot_is_served_as_a_picture_and_nothing_else(cast, as_user, checked):
    answer = as_user(cast.coordinator).get(reverse("households:screenshot", args=[checked.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).size == (200, 300)
    assert "3175" not in checked.screenshot.name


def test_a_screenshot_may_show_a_whole_nik_so_not_every_colleague_opens_it(
    make_user, cast, areas, as_user, checked
):
    from cases.people.choices import Role

    colleague = make_user("rekan", (Role.VOLUNTEER, GEDONG_RT))
    url = reverse("households:screenshot", args=[checked.pk])
    assert as_user(colleague).get(url).status_code == 403
    page = as_user(colleague).get(reverse("households:detail", args=[checked.household_id]))
    assert url not in page.content.decode()
    page = as_user(cast.volunteer).get(reverse("households:detail", args=[checked.household_id]))
    assert url in page.content.decode()


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_screenshot_is_not_there_for_others(cast, as_user, checked, who):
    url = reverse("households:screenshot", args=[checked.pk])
    assert as_user(getattr(cast, who)).get(url).status_code == 404


def test_a_check_without_a_screenshot_has_none_to_open(cast, as_user, family):
    row = actions.record_check(
        household=family,
        portal="jaki",
        checked_on=timezone.localdate(),
        asked_with="kk",
        answer="listed",
        by=cast.volunteer,
    )
    assert as_user(cast.volunteer).get(reverse("households:screenshot", args=[row.pk])).status_code == 404


def test_what_is_no_picture_comes_back_on_the_form(cast, as_user, family):
    page = as_user(cast.volunteer).post(
        reverse("households:check_add", args=[family.pk]),
        {
            "portal": "jaki",
            "checked_on": timezone.localdate().isoformat(),
            "asked_with": "kk",
            "answer": "listed",
            "screenshot": io.BytesIO(b"<script>alert(1)</script>"),
        },
    )
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not StatusCheck.objects.exists()
