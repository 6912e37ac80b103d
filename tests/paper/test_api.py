"""The same over /api/v1/: scope, refusals as problem details, nothing of a family but its id on a sheet."""

from uuid import uuid4

import pytest
import time_machine

from cases.paper import rules
from cases.paper.models import DoorSheet, Poster, PrintRecord
from tests.paper.helpers import make_poster, make_world, read, solid

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    return make_world(areas, cast)


def post(client, path, data=None):
    return client.post(f"{API}/{path}/", data or {}, content_type="application/json")


def test_a_poster_is_filled_in_changed_printed_shared_and_taken_down(world, areas, cast, as_user):
    client = as_user(cast.volunteer)
    given = {"kind": "schedule", "area": areas.gedong.pk, "round": world.round.pk, "client_id": str(uuid4())}
    made, again = post(client, "posters", given), post(client, "posters", given)
    assert made.status_code == again.status_code == 201, made.json()
    pk = made.json()["id"]
    assert again.json()["id"] == pk
    assert made.json()["content"]["headline"] == "Kapan KLJ cair?"
    changed = client.patch(
        f"{API}/posters/{pk}/", {"content": {"headline": "KLJ cair!"}}, content_type="application/json"
    )
    assert changed.json()["content"]["headline"] == "KLJ cair!"
    printed = post(client, f"posters/{pk}/print", {"paper": "a3"})
    assert printed.status_code == 201
    pdf = client.get(f"{API}/prints/{printed.json()['id']}/file/")
    assert pdf["Content-Type"] == "application/pdf"
    assert "KLJcair!" in solid("".join(read(pdf.content)))
    assert post(client, f"posters/{pk}/share").json()["shared"] is True
    assert post(client, f"posters/{pk}/unshare").json()["shared"] is False
    assert post(client, f"posters/{pk}/retire").json()["retired_at"]
    refused = post(client, f"posters/{pk}/print", {"paper": "a3"})
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "content",
    [
        {"headline": ""},
        {"nik": "1"},
        {"sessions": "besok"},
        {"bring": [{"icon": "x"}]},
        {"headline": 7},
        {"steps": 1},
    ],
)
def test_blocks_that_are_no_poster_are_refused_in_a_sentence(world, areas, cast, as_user, content):
    given = {"kind": "no_levy", "area": areas.gedong.pk, "content": content}
    answer = post(as_user(cast.volunteer), "posters", given)
    assert answer.status_code in (400, 409), answer.content
    assert not Poster.objects.exists()


def test_scope_is_that_of_the_pages(world, areas, cast, as_user, client):
    poster = make_poster(areas.gedong, cast.volunteer)
    for path in ("posters", "prints", "door-sheets"):
        assert client.get(f"{API}/{path}/").status_code in (401, 403)
    for who in ("other_volunteer", "other_coordinator", "observer", "stranger"):
        other = as_user(getattr(cast, who))
        assert other.get(f"{API}/posters/").json()["results"] == []
        assert other.get(f"{API}/posters/{poster.pk}/").status_code == 404
        assert post(other, f"posters/{poster.pk}/print", {"paper": "a4"}).status_code == 404
        assert post(other, "prints", {"poster": poster.pk, "paper": "a4"}).status_code == 400
        refused = post(other, "posters", {"kind": "no_levy", "area": areas.gedong.pk})
        assert refused.status_code in (400, 403), who
        refused = post(other, "door-sheets", {"areas": [areas.gedong.pk], "task": "check"})
        assert refused.status_code in (400, 403), who
    assert not PrintRecord.objects.exists()
    assert post(as_user(cast.volunteer), "prints", {"poster": poster.pk, "paper": "a4"}).status_code == 201


def test_a_door_list_gives_its_sheets_and_a_sheet_its_lines(world, areas, cast, as_user):
    client = as_user(cast.volunteer)
    given = {"areas": [areas.gedong.pk], "task": "round", "round": world.round.pk, "client_id": str(uuid4())}
    made, again = post(client, "door-sheets", given), post(client, "door-sheets", given)
    assert made.status_code == 201, made.json()
    assert again.json() == made.json()
    row = made.json()["print"]
    assert (row["names"], row["pages"]) == (16, 3)
    sheets = client.get(f"{API}/door-sheets/", {"print": row["id"]}).json()["results"]
    assert [sheet["number"] for sheet in sheets] == [3, 2, 1]
    detail = client.get(f"{API}/door-sheets/{sheets[-1]['id']}/").json()
    assert detail["lines"][0] == {"line": 1, "household": world.here[-1].pk}
    assert "Warga" not in str(sheets) + str(detail) + str(row)
    assert as_user(cast.other_volunteer).get(f"{API}/door-sheets/").json()["results"] == []
    assert as_user(cast.other_volunteer).get(f"{API}/door-sheets/{sheets[0]['id']}/").status_code == 404


def test_a_large_list_answers_with_its_job(world, areas, cast, as_user, monkeypatch, run_jobs):
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 10)
    answer = post(as_user(cast.volunteer), "door-sheets", {"areas": [areas.gedong.pk], "task": "check"})
    assert answer.status_code == 202
    assert answer.json()["job"]
    run_jobs()
    assert DoorSheet.objects.count() == 3


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"areas": []}, 400),
        ({"task": "round"}, 409),
        ({"whom": "unvisited"}, 400),
        ({"whom": "unpaid"}, 409),
        ({"paper": "a3"}, 409),
        ({"piles": 21}, 400),
        ({"volunteers": [999]}, 400),
    ],
)
def test_orders_that_make_no_sense(world, areas, cast, as_user, fields, code):
    answer = post(
        as_user(cast.volunteer), "door-sheets", {"areas": [areas.gedong.pk], "task": "check"} | fields
    )
    assert answer.status_code == code, answer.content
    assert not PrintRecord.objects.exists()
