"""Filters of lists kept under a name: one's own, whitelisted, and never a person's number."""

from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
from cases.people import actions, lists
from cases.people.actions.filters import MOST_FILTERS
from cases.people.models import SavedFilter
from tests.casefiles.helpers import make_case
from tests.households.helpers import synthetic_kk

SAVE = "/people/me/filters/save/"


@pytest.fixture
def saved(cast):
    return actions.save_filter(by=cast.volunteer, place="cases", name="Terbuka", query="status=open")


@pytest.mark.parametrize(
    ("place", "query", "kept"),
    [
        ("cases", "status=open&cursor=abc&page=3&evil=<script>", "status=open"),
        ("cases", "turn=volunteer&status=open", "status=open&turn=volunteer"),
        ("cases", "status=&turn=office", "turn=office"),
        ("cases", "status=nonsense&turn=office", "turn=office"),
        ("cases", "area=31.75.05.1001.011.005&due=overdue", "due=overdue&area=31.75.05.1001.011.005"),
        ("cases", "area=31.75.04.1002&due=overdue", "due=overdue"),
        ("cases", "since=2026-11-01&q=gang+mawar", "q=gang+mawar&since=2026-11-01"),
        ("cases", "due=overdue&q=0812-3456-7890", "due=overdue"),
        ("submissions", "due=overdue&status=open", "status=open&due=overdue"),
        ("households", "need=elderly&order=newest", "need=elderly&order=newest"),
        ("households", f"need=elderly&q={synthetic_kk(9101)}", "need=elderly"),
    ],
)
def test_what_is_kept_of_an_address(place, query, kept, cast):
    row = actions.save_filter(by=cast.volunteer, place=place, name="Saya", query=query)
    assert row.query == kept


@pytest.mark.parametrize(
    "query", ["", "status=", "cursor=abc", f"q={synthetic_kk(9101)}", "status=nonsense", "area=31.75.04.1002"]
)
def test_nothing_left_is_nothing_to_keep(query, cast):
    with pytest.raises(ActionRefused, match="saringan"):
        actions.save_filter(by=cast.volunteer, place="cases", name="Kosong", query=query)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "Bu Tini 081234567890", f"KK {synthetic_kk(9101)}"])
def test_names_that_are_none(name, cast, saved):
    with pytest.raises(ActionRefused):
        actions.save_filter(by=cast.volunteer, place="cases", name=name, query="status=open")
    with pytest.raises(ActionRefused):
        actions.rename_filter(saved=saved, by=cast.volunteer, name=name)


def test_a_list_that_keeps_none_and_a_filter_that_is_too_long(cast):
    with pytest.raises(ActionRefused):
        actions.save_filter(by=cast.volunteer, place="offices", name="x", query="kind=village")
    with pytest.raises(ActionRefused, match="panjang"):
        actions.save_filter(by=cast.volunteer, place="cases", name="x", query=urlencode({"q": "gang " * 120}))


def test_the_same_name_again_gets_the_new_filter(cast, saved):
    again = actions.save_filter(by=cast.volunteer, place="cases", name=" Terbuka ", query="turn=office")
    assert (again.pk, again.query) == (saved.pk, "turn=office")
    actions.save_filter(by=cast.volunteer, place="households", name="Terbuka", query="need=elderly")
    actions.save_filter(by=cast.coordinator, place="cases", name="Terbuka", query="turn=office")
    assert SavedFilter.objects.count() == 3


def test_not_more_than_one_can_overlook(cast):
    for number in range(MOST_FILTERS):
        actions.save_filter(by=cast.volunteer, place="cases", name=f"Saringan {number}", query="status=open")
    with pytest.raises(ActionRefused, match=str(MOST_FILTERS)):
        actions.save_filter(by=cast.volunteer, place="cases", name="Satu lagi", query="status=open")


def test_the_database_holds_it_too(cast, saved):
    with open_gate():
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedFilter.objects.create(
                user=cast.volunteer, place="cases", name="Terbuka", query="turn=office"
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedFilter.objects.update(query="")


def test_renaming_and_removing_are_the_owners(cast, saved):
    for verb, more in ((actions.rename_filter, {"name": "Punya saya"}), (actions.remove_filter, {})):
        with pytest.raises(NotAllowed):
            verb(saved=saved, by=cast.coordinator, **more)
    other = actions.save_filter(by=cast.volunteer, place="cases", name="Lewat", query="due=overdue")
    with pytest.raises(ActionRefused):
        actions.rename_filter(saved=other, by=cast.volunteer, name="Terbuka")
    assert actions.rename_filter(saved=other, by=cast.volunteer, name="Lewat batas").name == "Lewat batas"
    actions.remove_filter(saved=other, by=cast.volunteer)
    assert list(SavedFilter.objects.all()) == [saved]
    verbs = list(AuditEvent.objects.filter(verb__startswith="filter.").values_list("verb", "data"))
    assert verbs == [
        ("filter.saved", {"place": "cases"}),
        ("filter.saved", {"place": "cases"}),
        ("filter.renamed", {"place": "cases"}),
        ("filter.removed", {"place": "cases"}),
    ]


@pytest.mark.parametrize("place", ["cases", "submissions", "households"])
def test_from_the_list_to_the_chip_and_back(place, cast, areas, as_user):
    make_case(cast.volunteer, areas.gedong_rt)
    client = as_user(cast.volunteer)
    found = lists.place_of(place)
    area = {"area": areas.gedong_rt.pk}
    page = client.get(reverse(found.url), area)
    assert f'value="area={areas.gedong_rt.pk}"' in page.text
    answer = client.post(SAVE, {"place": place, "query": urlencode(area), "name": "RT saya"})
    assert answer["Location"] == f"{reverse(found.url)}?{urlencode(area)}"
    kept = client.get(answer["Location"])
    assert kept.status_code == 200
    assert f'href="{answer["Location"]}" aria-current="true"' in kept.text
    # What is kept already is not offered again, and others do not see it.
    assert SAVE not in kept.text
    assert "RT saya" not in as_user(cast.coordinator).get(reverse(found.url)).text


def test_a_list_without_a_filter_offers_nothing(cast, as_user):
    page = as_user(cast.volunteer).get(reverse("casefiles:list"))
    assert SAVE not in page.text
    refused = as_user(cast.volunteer).get(reverse("households:list"), {"q": synthetic_kk(9101)})
    assert SAVE not in refused.text


def test_one_more_query_a_list(cast, as_user, saved, django_assert_max_num_queries):
    client = as_user(cast.volunteer)
    client.get(reverse("casefiles:list"))
    for place in lists.places():
        with django_assert_max_num_queries(14):  # session and user stand on top of twelve
            client.get(reverse(place.url), {"area": "31.75.05.1001"})


def test_the_pages(cast, saved, as_user):
    client = as_user(cast.volunteer)
    assert "Terbuka" in client.get(reverse("people:filters")).text
    assert reverse("people:filters") in client.get(reverse("people:me")).text
    url = reverse("people:rename_filter", args=[saved.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "x" * 41}).status_code == 422
    assert client.post(url, {"name": "08123456789012"}).status_code == 422
    assert client.post(url, {"name": "Semua"}).status_code == 302
    wrong = client.post(SAVE, {"place": "cases", "query": "status=open", "name": "NIK 3175040101019001"})
    assert (wrong.status_code, "nomor panjang" in wrong.text) == (422, True)
    assert client.post(SAVE, {"place": "nowhere", "query": "a=b", "name": "x"}).status_code == 422
    assert client.post(reverse("people:remove_filter", args=[saved.pk])).status_code == 302
    assert "belum menyimpan" in client.get(reverse("people:filters")).text
    actions.save_filter(by=cast.coordinator, place="cases", name="Lain", query="turn=office")
    theirs = SavedFilter.objects.get()
    for name in ("rename_filter", "remove_filter"):
        assert client.post(reverse(f"people:{name}", args=[theirs.pk]), {"name": "x"}).status_code == 404


def test_the_api(cast, as_user):
    client = as_user(cast.volunteer)
    url = "/api/v1/saved-filters/"
    given = {"place": "cases", "name": "Terbuka", "query": "status=open&cursor=x"}
    made = client.post(url, given, "application/json")
    assert (made.status_code, made.json()["query"]) == (201, "status=open")
    one = f"{url}{made.json()['id']}/"
    assert client.patch(one, {"name": "Semua"}, "application/json").json()["name"] == "Semua"
    assert len(client.get(url, {"place": "cases"}).json()["results"]) == 1
    assert client.post(url, given | {"query": "cursor=x"}, "application/json").status_code == 409
    assert client.post(url, {"place": "cases"}, "application/json").status_code == 400
    other = as_user(cast.coordinator)
    assert other.get(one).status_code == 404
    assert other.post(f"{one}remove/").status_code == 404
    assert as_user(cast.volunteer).post(f"{one}remove/").status_code == 204
