"""The API: the same scope, actions and refusals as the pages."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.audit.models import AuditEvent
from cases.casefiles.choices import Category, Status
from cases.casefiles.models import Case, Evidence
from cases.households.models import Household
from cases.kernel.writes import open_gate
from tests.casefiles.files import a_photo
from tests.casefiles.helpers import STORY, make_case

URL = "/api/v1/cases/"
JSON = "application/json"


@pytest.fixture
def case(cast, areas):
    return make_case(cast.volunteer, areas.gedong_rt)


def test_created_as_on_the_page(cast, areas, as_user):
    with open_gate():
        family = Household.objects.create(
            area=areas.gedong_rt, head_name="S", walk_key="1", search_text=" s "
        )
    given = {
        "client_id": str(uuid.uuid4()),
        "household": family.pk,
        "category": Category.LEVY,
        "story": STORY,
        "levy_amount": 50_000,
        "levy_out_of": 600_000,
        "actor_role": "rt",
        "details": {"how_many": 12},
        "reporter": {"level": "posko_only", "name": "Karsinah Wagiyem"},
    }
    client = as_user(cast.volunteer)
    answer = client.post(URL, given, JSON)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["area"] == areas.gedong_rt.pk
    assert (told["number"][:4], told["status"], told["turn"]) == ("GDG-", "new", "coordinator")
    assert told["details"] == {"how_many": 12}
    assert told["reporter"] == {"level": "posko_only", "withheld": True}
    again = client.post(URL, given, JSON)
    assert again.json()["id"] == told["id"]
    other = client.post(URL, {**given, "story": "Lain."}, JSON)
    assert other.status_code == 409
    assert other["Content-Type"] == "application/problem+json"
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"category": "X"}, "category"),
        ({"story": ""}, "story"),
        ({"area": "31.75.04.1002.002.003"}, "area"),
        ({"area": "31"}, "area"),
        ({"area": None}, "area"),
        ({"happened_on": "kemarin"}, "happened_on"),
        ({"levy_amount": -5}, "levy_amount"),
        ({"reporter": {"level": "loud"}}, "reporter"),
        ({"household": 999_999}, "household"),
        ({"programme": 1}, "programme"),
    ],
)
def test_bad_input_is_named(wrong, field, cast, areas, as_user):
    given = {"area": areas.gedong_rt.pk, "category": Category.LEVY, "story": STORY, **wrong}
    answer = as_user(cast.volunteer).post(URL, given, JSON)
    assert answer.status_code == 400, answer.text
    assert field in answer.json()["errors"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["[]", '"x"', "{", "null", '{"details": [1]}'])
def test_nonsense_is_no_error_of_the_server(body, cast, areas, as_user):
    assert as_user(cast.volunteer).post(URL, body, JSON).status_code == 400


def test_the_rules_of_the_action_hold(cast, areas, as_user):
    given = {
        "area": areas.gedong_rt.pk,
        "category": Category.LEVY,
        "story": STORY,
        "levy_amount": 600_000,
        "levy_out_of": 1,
    }
    answer = as_user(cast.volunteer).post(URL, given, JSON)
    assert answer.status_code == 409
    assert "jumlah" in answer.json()["detail"]


WAY = [
    ("ask-details", {"needs": "Kapan?"}, "coordinator", Status.NEEDS_DETAILS),
    ("supply-details", {"note": "Tanggal 12."}, "volunteer", Status.NEW),
    ("verify", {}, "coordinator", Status.VERIFIED),
    ("resolve", {"outcome": "returned", "confirmed": "family"}, "coordinator", Status.RESOLVED),
    ("reopen", {"reason": "Belum semua."}, "board", Status.REOPENED),
    ("close", {"reason": "no_proof"}, "coordinator", Status.CLOSED),
]


def test_a_whole_life(case, cast, as_user):
    for name, given, role, status in WAY:
        answer = as_user(getattr(cast, role)).post(f"{URL}{case.pk}/{name}/", given, JSON)
        assert (answer.status_code, answer.json().get("status")) == (200, status), name
    refused = as_user(cast.coordinator).post(f"{URL}{case.pk}/verify/", {}, JSON)
    assert refused.status_code == 409
    assert refused.json()["detail"]


ENDPOINTS = [
    ("verify", {}),
    ("ask-details", {"needs": "Kapan?"}),
    ("resolve", {"outcome": "paid", "confirmed": "family"}),
    ("close", {"reason": "not_so"}),
    ("reopen", {"reason": "x"}),
    ("assign", {"to": None}),
    ("group", {"title": "x"}),
    ("ungroup", {}),
]


@pytest.mark.parametrize(("name", "given"), ENDPOINTS)
def test_coordinators_only(name, given, case, cast, as_user):
    assert as_user(cast.volunteer).post(f"{URL}{case.pk}/{name}/", given, JSON).status_code == 403
    for role in ("other_volunteer", "other_coordinator", "observer", "stranger"):
        answer = as_user(getattr(cast, role)).post(f"{URL}{case.pk}/{name}/", given, JSON)
        assert answer.status_code == 404, role
    assert AuditEvent.objects.filter(subject_type="casefiles.case").count() == 1


def test_out_of_scope_is_not_there(case, cast, as_user):
    for role in ("other_volunteer", "other_coordinator", "observer", "stranger"):
        client = as_user(getattr(cast, role))
        assert client.get(f"{URL}{case.pk}/").status_code == 404
        assert client.patch(f"{URL}{case.pk}/", {"story": "x"}, JSON).status_code == 404
        assert client.post(f"{URL}{case.pk}/take/", {}, JSON).status_code == 404


def test_signed_out_gets_nothing(case, client):
    for url in (URL, f"{URL}{case.pk}/"):
        assert client.get(url).status_code in (401, 403)


def test_changed_in_part(case, cast, as_user):
    client = as_user(cast.volunteer)
    answer = client.patch(f"{URL}{case.pk}/", {"levy_amount": 10_000}, JSON)
    assert answer.status_code == 200, answer.text
    answer = client.patch(f"{URL}{case.pk}/", {"levy_out_of": 300_000, "story": "Baru."}, JSON)
    told = answer.json()
    assert (told["levy_amount"], told["levy_out_of"], told["story"]) == (10_000, 300_000, "Baru.")
    assert told["category"] == case.category
    assert client.put(f"{URL}{case.pk}/", {}, JSON).status_code == 405
    assert client.delete(f"{URL}{case.pk}/").status_code == 405


def test_handed_out_linked_and_grouped(case, cast, areas, as_user):
    other = make_case(cast.volunteer, areas.gedong_rt)
    client = as_user(cast.coordinator)
    assert client.post(f"{URL}{case.pk}/assign/", {"to": cast.other_volunteer.pk}, JSON).status_code == 400
    told = client.post(f"{URL}{case.pk}/assign/", {"to": cast.volunteer.pk}, JSON).json()
    assert told["assigned_to"] == cast.volunteer.pk
    told = client.post(f"{URL}{case.pk}/link/", {"other": other.pk}, JSON).json()
    assert told["links"] == [{"kind": "similar", "id": other.pk, "number": other.number}]
    told = client.post(f"{URL}{case.pk}/group/", {"title": "Pungutan di RW 011"}, JSON).json()
    assert told["group"]
    assert client.post(f"{URL}{case.pk}/ungroup/", {}, JSON).json()["group"] is None


def test_evidence_is_sent_as_a_file(case, cast, as_user):
    client = as_user(cast.volunteer)
    url = f"{URL}{case.pk}/evidence/"
    answer = client.post(url, {"file": SimpleUploadedFile("x.bin", a_photo()), "caption": "Kuitansi"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["kind"], told["caption"], told["original_url"]) == ("photo", "Kuitansi", None)
    assert client.get(told["url"]).status_code == 200
    again = client.post(url, {"file": SimpleUploadedFile("x.bin", a_photo())}).json()
    assert again["id"] == told["id"]
    assert client.post(url, {"caption": "x"}).status_code == 400
    assert client.post(url, {"file": SimpleUploadedFile("x.jpg", b"nothing")}).status_code == 409
    assert Evidence.objects.count() == 1


def test_filters_and_pages_are_those_of_the_list(cast, areas, as_user):
    for _ in range(3):
        make_case(cast.volunteer, areas.gedong_rt)
    make_case(cast.coordinator, areas.gedong_rt, status=Status.VERIFIED)
    client = as_user(cast.volunteer)
    assert len(client.get(URL, {"status": "verified"}).json()["results"]) == 1
    page = client.get(URL, {"size": 3}).json()
    assert len(page["results"]) == 3
    assert len(client.get(page["next"]).json()["results"]) == 1
    row = page["results"][0]
    assert not {"story", "reporter", "household", "created_by", "details"} & set(row)
