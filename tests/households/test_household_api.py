"""Families in the API: same scope, same refusals, numbers never listed."""

import uuid

import pytest
from django.utils import timezone

from cases.households.entries import MemberData
from cases.households.models import Household
from tests.households.helpers import make_household, synthetic_kk, synthetic_nik
from tests.places import GEDONG_RT, TENGAH_RT

KK, NIK = synthetic_kk(9500), synthetic_nik(9501)
LIST = "/api/v1/households/"
OUTSIDE = ["other_volunteer", "other_coordinator", "observer", "stranger"]


@pytest.fixture
def family(cast, areas) -> Household:
    return make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        kk=KK,
        members=[MemberData(name="Sumarni", relation="head", nik=NIK)],
    )


@pytest.fixture
def call(as_user):
    """`call(user, "post", url, {...})` with JSON."""

    def send(user, method: str, url: str, data: dict | None = None):
        return getattr(as_user(user), method)(url, data, content_type="application/json")

    return send


def new(**changes) -> dict:
    today = timezone.localdate().isoformat()
    return {
        "area": GEDONG_RT,
        "head_name": "Wagiyem",
        "consent": {"given_on": today, "method": "oral", "purposes": ["record"]},
        **changes,
    }


def test_a_list_holds_no_number_and_a_single_one_masked(cast, as_user, family):
    client = as_user(cast.volunteer)
    listed = client.get(LIST).content.decode()
    assert "Sumarni" in listed
    for secret in (KK, KK[-4:], NIK, NIK[-4:], "••••"):
        assert secret not in listed
    one = client.get(f"{LIST}{family.pk}/")
    assert one.json()["kk"] == f"3175••••••••{KK[-4:]}"
    assert KK not in one.content.decode()
    assert NIK not in one.content.decode()


@pytest.mark.parametrize("who", OUTSIDE)
def test_outside_the_area_nothing_exists(cast, call, family, aid_round, who):
    user = getattr(cast, who)
    assert call(user, "get", LIST).json()["results"] == []
    for method, part, data in (
        ("get", "", None),
        ("patch", "", {"alley": "X"}),
        ("post", "kk/", {"kk": synthetic_kk(), "reason": "moved"}),
        ("post", "members/", {"name": "X"}),
        ("get", "checks/", None),
        ("post", "visits/", {"visited_on": "2026-01-01", "task": "round", "result": "met"}),
        ("post", "receipts/", {"round": aid_round.pk, "due_amount": 1}),
    ):
        assert call(user, method, f"{LIST}{family.pk}/{part}", data).status_code == 404, part
    assert call(user, "post", LIST, new()).status_code in (400, 403)
    assert Household.objects.count() == 1


def test_nobody_without_signing_in(client, family):
    for url in (LIST, f"{LIST}{family.pk}/"):
        assert client.get(url).status_code in (401, 403)


def test_a_family_is_recorded_once(cast, call, areas):
    data = new(
        kk=KK,
        client_id=str(uuid.uuid4()),
        needs=["pregnant"],
        members=[{"name": "Rini", "relation": "child"}],
    )
    first, again = call(cast.volunteer, "post", LIST, data), call(cast.volunteer, "post", LIST, data)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["needs"] == ["pregnant"]
    assert [member["name"] for member in first.json()["members"]] == ["Wagiyem", "Rini"]
    other = call(cast.volunteer, "post", LIST, {**data, "alley": "Lain"})
    assert other.status_code == 409
    assert Household.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kk": "12"}, "kk"),
        ({"area": TENGAH_RT}, "area"),
        ({"area": "31.75.05.1001"}, "area"),
        ({"consent": None, "kk": KK}, "kk"),
        ({"members": [{"name": "A", "nik": "1"}]}, "members.0.nik"),
        ({"needs": ["money"]}, "needs"),
        ({"head_name": ""}, "head_name"),
    ],
)
def test_bad_input_is_named_by_field(cast, call, areas, changes, field):
    answer = call(cast.volunteer, "post", LIST, new(**changes))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"]
    assert not Household.objects.exists()


def test_a_second_look_is_asked_and_accepted(cast, call, family):
    answer = call(cast.volunteer, "post", LIST, new(kk=KK))
    assert answer.status_code == 409
    assert [(w["code"], w["household"]) for w in answer.json()["warnings"]] == [("duplicate_kk", family.pk)]
    assert call(cast.volunteer, "post", LIST, new(kk=KK, accept_warnings=True)).status_code == 201


def test_a_second_look_names_nobody_elsewhere(cast, call, family):
    answer = call(cast.other_volunteer, "post", LIST, new(kk=KK, area=TENGAH_RT))
    assert [(w["code"], w["household"]) for w in answer.json()["warnings"]] == [("duplicate_elsewhere", None)]
    assert "Sumarni" not in answer.content.decode()


def test_only_what_is_given_changes(cast, call, family):
    answer = call(cast.volunteer, "patch", f"{LIST}{family.pk}/", {"needs": ["elderly"]})
    assert answer.status_code == 200
    assert (answer.json()["needs"], answer.json()["alley"]) == (["elderly"], "Gang Mawar")
    answer = call(cast.volunteer, "patch", f"{LIST}{family.pk}/", {"area": TENGAH_RT})
    assert answer.status_code == 400


def test_rows_of_a_family(cast, call, family, aid_round):
    url, today = f"{LIST}{family.pk}/", timezone.localdate().isoformat()
    for part, data in (
        (
            "checks/",
            {"portal": "jaki", "checked_on": today, "asked_with": "kk", "answer": "listed", "desil": 3},
        ),
        ("receipts/", {"round": aid_round.pk, "due_amount": 300_000, "actual_amount": 250_000}),
        ("visits/", {"visited_on": today, "task": "round", "result": "met", "round": aid_round.pk}),
    ):
        stored = call(cast.volunteer, "post", url + part, data)
        assert stored.status_code == 201, stored.content
        assert call(cast.volunteer, "get", url + part).json() == [stored.json()]
    assert call(cast.volunteer, "get", url + "receipts/").json()[0]["difference"] == 50_000
    again = call(cast.volunteer, "post", url + "receipts/", {"round": aid_round.pk, "due_amount": 1})
    assert again.status_code == 409
    member = call(cast.volunteer, "post", url + "members/", {"name": "Rini", "nik": NIK})
    assert "nik" in member.json()["errors"]
    assert (
        call(cast.volunteer, "post", url + "kk/", {"kk": synthetic_kk(9502), "reason": "moved"}).status_code
        == 200
    )


def test_filters_and_pages_are_those_of_the_screen(cast, areas, as_user, family):
    for number in range(3):
        make_household(by=cast.volunteer, area=areas.gedong_rt_next, head_name=f"Keluarga {number}")
    client = as_user(cast.volunteer)
    assert [row["head_name"] for row in client.get(LIST, {"q": KK[-4:]}).json()["results"]] == ["Sumarni"]
    # A whole number never travels in an address, which histories and proxies keep.
    assert client.get(LIST, {"q": KK}).status_code == 400
    assert len(client.get(LIST, {"area": GEDONG_RT}).json()["results"]) == 1
    page = client.get(LIST, {"size": 3, "order": "newest"}).json()
    assert page["results"][0]["head_name"] == "Keluarga 2"
    assert [row["head_name"] for row in client.get(page["next"]).json()["results"]] == ["Sumarni"]


def test_a_list_costs_the_same_whatever_its_length(
    cast, areas, as_user, family, django_assert_max_num_queries
):
    for number in range(20):
        make_household(by=cast.volunteer, area=areas.gedong_rt, head_name=f"Keluarga {number}")
    client = as_user(cast.volunteer)
    client.get(LIST)
    with django_assert_max_num_queries(6):
        assert len(client.get(LIST).json()["results"]) == 21
