"""Letters through the API: the same way as on the pages, refusals as problem details."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.casefiles.choices import Status
from cases.paper.models import Letter
from tests.casefiles.files import a_photo
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_offices
from tests.paper.helpers import make_letterhead

URL = "/api/v1/letters/"


@pytest.fixture
def offices(areas):
    make_letterhead()
    return make_offices()


@pytest.fixture
def case(cast, areas):
    return make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)


@pytest.fixture
def begin(case, offices, cast, as_user):
    def start(**more):
        given = {"kind": "complaint", "cases": [case.pk], "office": offices.village.pk} | more
        return as_user(cast.coordinator).post(URL, given, "application/json")

    return start


def test_the_whole_way(begin, case, cast, as_user):
    made = begin(enclosures=["receipt"])
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["status"], told["number"], told["organisation"]) == ("draft", "", "JRMK")
    assert "pungutan liar" in told["texts"]["subject"]
    one = f"{URL}{told['id']}/"
    client = as_user(cast.coordinator)
    changed = client.patch(one, {"texts": {"closing": "Terima kasih."}, "paper": "f4"}, "application/json")
    assert changed.json()["texts"]["closing"] == "Terima kasih."
    printed = client.post(f"{one}print/").json()
    assert (printed["status"], printed["paper"]) == ("printed", "f4")
    assert client.post(f"{one}print/").json()["number"] == printed["number"]
    file = client.get(f"{one}file/")
    assert file.content.startswith(b"%PDF")
    assert client.get(f"{one}file/?part=receipt").content.startswith(b"%PDF")
    today = timezone.localdate().isoformat()
    handed = client.post(f"{one}hand-over/", {"handed_on": today}, "application/json").json()
    assert (handed["status"], handed["has_scan"]) == ("handed_over", False)
    given = {"received_on": today, "their_number": "9", "scan": SimpleUploadedFile("x.jpg", a_photo())}
    stamped = client.post(f"{one}receipt/", given).json()
    assert (stamped["has_scan"], stamped["received_on"]) == (True, today)
    assert client.post(f"{one}void/", {"reason": "x"}, "application/json").status_code == 409
    case.refresh_from_db()
    assert case.status == Status.SENT


def test_a_list_has_no_texts(begin, cast, as_user):
    begin()
    (row,) = as_user(cast.coordinator).get(URL).json()["results"]
    assert "texts" not in row
    assert as_user(cast.volunteer).get(URL).json()["results"] == []
    assert as_user(cast.coordinator).get(URL, {"status": "printed"}).json()["results"] == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "poem"}, "kind"),
        ({"cases": []}, "cases"),
        ({"cases": [0]}, "cases"),
        ({"cases": list(range(1, 62))}, "cases"),
        ({"office": 0}, "office"),
        ({"paper": "a3"}, "paper"),
        ({"enclosures": ["cake"]}, "enclosures"),
        ({"organisation": "XXX"}, "organisation"),
    ],
)
def test_bad_input_names_the_field(more, field, begin):
    answer = begin(**more)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert field in answer.text
    assert not Letter.objects.exists()


def test_a_text_of_another_kind_and_a_forbidden_number(begin, cast, as_user):
    one = f"{URL}{begin().json()['id']}/"
    client = as_user(cast.coordinator)
    assert client.patch(one, {"texts": {"poem": "x"}}, "application/json").status_code == 400
    refused = client.patch(one, {"texts": {"facts": "3175041201909001"}}, "application/json")
    assert refused.status_code == 409
    assert "NIK" in refused.json()["detail"]


def test_drafts_begin_again_and_go(begin, cast, as_user):
    one = f"{URL}{begin().json()['id']}/"
    client = as_user(cast.coordinator)
    client.patch(one, {"texts": {"opening": "Lain."}}, "application/json")
    assert "Lain." not in client.post(f"{one}restart/").json()["texts"]["opening"]
    assert client.post(f"{one}discard/").status_code == 204
    assert client.get(one).status_code == 404


@pytest.mark.parametrize("role", ["volunteer", "other_coordinator", "observer", "stranger"])
def test_for_others_it_is_not_there(role, begin, cast, as_user):
    one = f"{URL}{begin().json()['id']}/"
    client = as_user(getattr(cast, role))
    assert client.get(one).status_code == 404
    for verb in ("print", "hand-over", "receipt", "void", "restart", "discard"):
        assert client.post(f"{one}{verb}/", {}, "application/json").status_code == 404
    assert client.get(f"{one}file/").status_code == 404


def test_a_letter_partly_of_another_area_is_seen_and_not_opened(case, cast, areas, offices, as_user):
    far = make_case(cast.other_volunteer, areas.tengah_rt, status=Status.VERIFIED)
    given = {"kind": "complaint", "cases": [case.pk, far.pk], "office": offices.city.pk}
    made = as_user(cast.board).post(URL, given, "application/json").json()
    client = as_user(cast.coordinator)
    (row,) = client.get(URL).json()["results"]
    assert row["cases"] == [case.pk]
    assert client.get(f"{URL}{made['id']}/").status_code == 403
