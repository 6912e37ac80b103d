"""The chooser, the help and the page of the API."""

import re

import pytest
from django.urls import reverse

from cases.desk import api_guide

pytestmark = pytest.mark.django_db


def test_the_chooser_leads_to_everything_that_can_be_recorded(as_user, cast):
    page = as_user(cast.coordinator).get(reverse("desk:record")).content.decode()
    for name in ("casefiles:create", "households:create", "households:list", "escalations:list"):
        assert f'href="{reverse(name)}"' in page
    assert reverse("escalations:list") not in _main(
        as_user(cast.volunteer).get(reverse("desk:record")).content.decode()
    )


def test_help_speaks_of_words_and_promises(as_user, cast):
    page = as_user(cast.volunteer).get(reverse("desk:help")).content.decode()
    for word in ("Desil", "DTSEN", "Sanggah", "Janji kami", "Untuk relawan", "Untuk koordinator"):
        assert word in page


def test_every_link_of_the_frame_leads_somewhere(as_user, cast):
    client = as_user(cast.board)
    for name in ("desk:home", "desk:record", "desk:help", "desk:search", "desk:api_docs"):
        page = client.get(reverse(name)).content.decode()
        assert 'href=""' not in page
        links = set(re.findall(r'href="(/[^"#?]*)', page)) - {"/static/"}
        for link in sorted(link for link in links if not link.startswith("/static/")):
            assert client.get(link).status_code in {200, 302, 405}, (name, link)


def test_who_may_do_less_is_offered_less(as_user, cast):
    frame = as_user(cast.observer).get(reverse("desk:home")).content.decode()
    for name in (
        "households:list",
        "casefiles:list",
        "paper:home",
        "desk:record",
        "desk:search",
        "people:list",
    ):
        assert f'href="{reverse(name)}"' not in frame
    assert f'href="{reverse("desk:help")}"' in frame
    volunteer = as_user(cast.volunteer).get(reverse("desk:home")).content.decode()
    assert f'href="{reverse("people:list")}"' not in volunteer
    assert f'href="{reverse("admin:index")}"' not in volunteer
    assert (
        f'href="{reverse("admin:index")}"' in as_user(cast.board).get(reverse("desk:home")).content.decode()
    )


def test_the_page_of_the_api_names_every_operation(as_user, cast, client):
    page = as_user(cast.volunteer).get(reverse("desk:api_docs")).content.decode()
    schema = client.get(reverse("schema"), headers={"accept": "application/vnd.oai.openapi+json"}).json()
    assert schema["openapi"].startswith("3.1")
    for path, item in schema["paths"].items():
        if path.count("/") > 3:
            assert page.count(f"<code>{path}</code>") == len(set(item) & set(api_guide.METHODS)), path


def test_the_page_of_the_api_loads_nothing_from_elsewhere(as_user, cast):
    page = as_user(cast.volunteer).get(reverse("desk:api_docs")).content.decode()
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', page)
    assert loaded == []
    assert "<script>" not in page


def _main(page: str) -> str:
    return page[page.index('<div class="columns__main">') :]
