"""Areas over the API: the same scope, the same refusals."""

import pytest
from django.test import Client

from cases.areas.models import Area, Kampung, NoticeBoard
from cases.people import actions as people

GEDONG, RW, RT = "31.75.05.1001", "31.75.05.1001.011", "31.75.05.1001.011.005"
TENGAH = "31.75.04.1002"
JSON = {"content_type": "application/json"}


@pytest.fixture
def api(cast):
    def with_key(who):
        return Client(headers={"authorization": f"Token {people.make_api_token(by=getattr(cast, who))}"})

    return with_key


def codes(answer):
    return [row["code"] for row in answer.json()["results"]]


def test_the_tree_within_scope(api):
    assert codes(api("volunteer").get("/api/v1/areas/")) == [GEDONG, RW, RT, f"{RW}.006"]
    assert codes(api("other_volunteer").get("/api/v1/areas/"))[0] == TENGAH
    assert codes(api("observer").get("/api/v1/areas/")) == []
    assert len(codes(api("board").get("/api/v1/areas/?size=100"))) == 11


def test_filters_pages_and_children(api):
    client = api("board")
    assert codes(client.get("/api/v1/areas/?level=rw")) == [f"{TENGAH}.002", RW]
    assert codes(client.get(f"/api/v1/areas/?parent={RW}")) == [RT, f"{RW}.006"]
    first = client.get("/api/v1/areas/?size=4").json()
    assert first["next"]
    assert client.get(first["next"]).json()["results"][0]["code"] == Area.objects.order_by("code")[4].code
    children = client.get(f"/api/v1/areas/{RW}/children/").json()
    assert [child["label"] for child in children] == ["RT 005/RW 011 Gedong", "RT 006/RW 011 Gedong"]


def test_elsewhere_is_not_there(api):
    assert api("volunteer").get(f"/api/v1/areas/{TENGAH}/").status_code == 404
    assert api("volunteer").get(f"/api/v1/areas/{TENGAH}/children/").status_code == 404


def test_adding_and_naming(api):
    client = api("coordinator")
    made = client.post(f"/api/v1/areas/{RW}/add/", {"numbers": "001-003"}, **JSON)
    assert made.status_code == 201
    assert [row["code"] for row in made.json()] == [f"{RW}.001", f"{RW}.002", f"{RW}.003"]
    again = client.post(f"/api/v1/areas/{RW}/add/", {"numbers": "003-004"}, **JSON)
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert client.post(f"/api/v1/areas/{RW}/add/", {"numbers": "x"}, **JSON).status_code == 400
    named = client.patch(f"/api/v1/areas/{RT}/", {"alias": "Gang Mawar", "name": "Lain"}, **JSON)
    assert (named.json()["alias"], named.json()["name"]) == ("Gang Mawar", "RT 005")
    assert api("volunteer").patch(f"/api/v1/areas/{RT}/", {"alias": "X"}, **JSON).status_code == 403
    assert api("other_coordinator").patch(f"/api/v1/areas/{RT}/", {"alias": "X"}, **JSON).status_code == 404
    assert client.delete(f"/api/v1/areas/{RT}/").status_code == 405


def test_kampung_and_boards(api):
    client = api("coordinator")
    given = {"name": "Kampung Gedong", "areas": [GEDONG], "spreading": "both"}
    made = client.post("/api/v1/kampung/", given, **JSON)
    assert made.status_code == 201, made.content
    kampung = Kampung.objects.get()
    assert (
        client.post("/api/v1/kampung/", given | {"name": "X", "areas": [TENGAH]}, **JSON).status_code == 400
    )
    changed = client.patch(f"/api/v1/kampung/{kampung.pk}/", {"posko_hours": "Senin"}, **JSON)
    assert changed.json()["posko_hours"] == "Senin"
    assert changed.json()["areas"] == [GEDONG]

    board = {"kampung": kampung.pk, "area": RT, "place": "Pos", "size": "a3"}
    made = client.post("/api/v1/boards/", board, **JSON)
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert client.patch(f"/api/v1/boards/{pk}/", {"place": "Gerbang"}, **JSON).json()["place"] == "Gerbang"
    assert client.post(f"/api/v1/boards/{pk}/retire/").json()["active"] is False
    assert client.post(f"/api/v1/boards/{pk}/retire/").status_code == 409
    assert client.post(f"/api/v1/boards/{pk}/return/").json()["active"] is True
    for who in ("volunteer", "observer", "other_coordinator"):
        assert api(who).post("/api/v1/boards/", board, **JSON).status_code in (400, 403)
        code = 200 if who == "volunteer" else 404
        assert api(who).get(f"/api/v1/boards/{pk}/").status_code == code
        assert api(who).get(f"/api/v1/kampung/{kampung.pk}/").status_code == code
    assert NoticeBoard.objects.count() == 1


def test_own_days(api):
    client = api("other_coordinator")
    given = {"date": "2027-06-22", "change": "added", "name": "HUT Jakarta"}
    made = client.post("/api/v1/own-days/", given, **JSON)
    assert made.status_code == 201
    assert client.post("/api/v1/own-days/", given, **JSON).status_code == 409
    assert api("volunteer").get("/api/v1/own-days/").json()["results"][0]["name"] == "HUT Jakarta"
    assert (
        api("volunteer").post("/api/v1/own-days/", given | {"date": "2027-06-23"}, **JSON).status_code == 403
    )
    assert api("volunteer").delete(f"/api/v1/own-days/{made.json()['id']}/").status_code == 403
    assert client.delete(f"/api/v1/own-days/{made.json()['id']}/").status_code == 204
