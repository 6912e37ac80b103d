"""Every page, as the people of the cast meet it."""

import pytest
from django.urls import reverse

from cases.casefiles.choices import Category
from cases.casefiles.models import Case
from tests.casefiles.helpers import make_case


@pytest.mark.parametrize("category", Category)
def test_every_category_is_told_in_three_pages(category, cast, areas, as_user):
    client = as_user(cast.volunteer)
    assert reverse("casefiles:tell", args=[category.value]) in client.get(reverse("casefiles:create")).text
    url = reverse("casefiles:tell", args=[category.value])
    assert client.get(url).status_code == 200
    story = {"story": "Undangan tidak pernah sampai.", "area": areas.gedong_rt.pk}
    closing = client.post(url, story)
    assert closing.status_code == 200
    assert 'name="level"' in closing.text
    done = client.post(url, {**story, "closing": "1", "level": "anonymous", "urgency": "normal"})
    case = Case.objects.get()
    assert done["Location"] == reverse("casefiles:saved", args=[case.pk])
    page = client.get(done["Location"])
    assert case.number in page.text
    assert case.category == category


def test_pages_of_a_case(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt)
    make_case(cast.volunteer, areas.gedong_rt)
    client = as_user(cast.coordinator)
    for name in (
        "detail",
        "saved",
        "edit",
        "add_evidence",
        "ask",
        "close",
        "assign",
        "link",
        "group",
        "verify",
    ):
        assert client.get(reverse(f"casefiles:{name}", args=[case.pk])).status_code == 200, name
    assert case.number in client.get(reverse("casefiles:list")).text


def test_a_digit_that_is_no_number_finds_no_family(cast, as_user):
    """ "²".isdigit() is true and int("²") is not to be had."""
    client = as_user(cast.volunteer)
    tell = reverse("casefiles:tell", args=[Category.LEVY])
    assert client.get(reverse("casefiles:create"), {"household": "²"}).status_code == 200
    assert client.get(tell, {"household": "²"}).status_code == 200
    assert client.post(tell, {"household": "²", "find": ""}).status_code == 200
