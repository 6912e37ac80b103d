"""People and roles over the API: the same scope, the same refusals."""

import pytest
from django.test import Client

from cases.people import actions
from cases.people.models import User

GEDONG, TENGAH = "31.75.05.1001", "31.75.04.1002"


@pytest.fixture
def api(cast):
    """A client with a key: `api("volunteer").get(...)`."""

    def with_key(who):
        return Client(headers={"authorization": f"Token {actions.make_api_token(by=getattr(cast, who))}"})

    return with_key


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("volunteer", ["relawan.gedong"]),
        ("coordinator", ["koordinator.gedong", "relawan.gedong"]),
        ("observer", ["pengamat"]),
        ("stranger", ["orang.luar"]),
    ],
)
def test_people_within_scope(api, who, names):
    found = api(who).get("/api/v1/people/").json()["results"]
    assert [person["username"] for person in found] == names


def test_numbers_only_for_who_looks_after_them(api, cast):
    User.objects.filter(pk=cast.volunteer.pk).update(phone="+6281211112222")
    User.objects.filter(pk=cast.stranger.pk).update(phone="+6281233334444")
    by_name = {
        p["username"]: p["phone"] for p in api("board").get("/api/v1/people/?size=50").json()["results"]
    }
    assert by_name["relawan.gedong"] == "+6281211112222"
    # The board finds somebody without a role, but looks after the number only with a role given.
    assert by_name["orang.luar"] is None
    assert api("volunteer").get("/api/v1/people/me/").json()["phone"] == "+6281211112222"
    fields = set(api("coordinator").get(f"/api/v1/people/{cast.volunteer.pk}/").json())
    assert fields == {"id", "username", "name", "phone", "organisation", "is_active", "roles"}


def test_people_elsewhere_are_not_there(api, cast):
    assert api("coordinator").get(f"/api/v1/people/{cast.other_volunteer.pk}/").status_code == 404
    assert api("coordinator").delete(f"/api/v1/people/{cast.volunteer.pk}/").status_code == 405


def test_roles_are_given_and_ended_as_on_the_pages(api, cast):
    client = api("coordinator")
    given = {"user": cast.volunteer.pk, "area": GEDONG, "role": "coordinator"}
    made = client.post("/api/v1/memberships/", given, content_type="application/json")
    assert made.status_code == 201, made.content
    again = client.post("/api/v1/memberships/", given, content_type="application/json")
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    board = client.post("/api/v1/memberships/", given | {"role": "board"}, content_type="application/json")
    assert board.status_code == 403
    beyond = client.post("/api/v1/memberships/", given | {"area": TENGAH}, content_type="application/json")
    assert beyond.status_code == 400
    ended = client.post(f"/api/v1/memberships/{made.json()['id']}/end/")
    assert ended.json()["ended_at"]
    elsewhere = cast.other_volunteer.memberships.get().pk
    assert client.post(f"/api/v1/memberships/{elsewhere}/end/").status_code == 404


def test_a_volunteer_ends_nothing(api, cast):
    own = cast.volunteer.memberships.get().pk
    assert api("volunteer").post(f"/api/v1/memberships/{own}/end/").status_code == 403


def test_filters_of_roles(api, cast):
    found = (
        api("board").get(f"/api/v1/memberships/?area={GEDONG}&role=volunteer&current=true").json()["results"]
    )
    assert [row["user"] for row in found] == [cast.volunteer.pk]


@pytest.mark.parametrize("header", [{}, {"authorization": "Token falsch"}, {"authorization": "Token "}])
def test_without_a_key_nothing(db, header):
    answer = Client(headers=header).get("/api/v1/people/")
    assert answer.status_code in (401, 403)
    assert answer["Content-Type"] == "application/problem+json"
