"""The slip for a resident: a number, a code, and where to ask; nothing of what the matter is about."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from cases.areas.models import Kampung
from cases.audit.models import AuditEvent
from cases.casefiles import actions as case_actions
from cases.casefiles import codes
from cases.casefiles.actions import ReporterData
from cases.casefiles.choices import Category, ReporterLevel
from cases.casefiles.models import LookupCode
from cases.kernel.exceptions import NotAllowed
from cases.kernel.writes import open_gate
from cases.paper import actions
from cases.paper.models import PrintRecord
from cases.paper.sheets import PaperRefused
from tests.casefiles.helpers import STORY, make_case
from tests.households.helpers import make_household
from tests.paper.helpers import GEDONG_PHONE, make_kampung, read, solid

pytestmark = pytest.mark.django_db
SITE = "https://posko.example"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def case(areas, cast):
    make_kampung(areas.gedong)
    family = make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Sumarni Wati")
    reporter = ReporterData(ReporterLevel.MAY_BE_NAMED, "Karsinah Wagiyem", GEDONG_PHONE, "neighbour")
    return make_case(cast.volunteer, areas.gedong_rt, household=family, reporter=reporter)


def text_of(row, by) -> str:
    (page,) = read(actions.file_of(row, by=by))
    return solid(page)


@pytest.mark.parametrize("paper", ["a4", "f4"])
def test_what_stands_on_it(paper, case, cast):
    row = actions.print_receipt(case=case, by=cast.volunteer, paper=paper, site=SITE)
    code = LookupCode.objects.get().opened()
    page = text_of(row, cast.volunteer)
    for text in (
        "Posko Bansos Gedong",
        "Tanda terima",
        case.number,
        codes.grouped(code),
        "rumah Bu Ningsih",
        "Setiap Sabtu, pukul 09.00-12.00 WIB",
        GEDONG_PHONE,
        "posko.example/status",
        "Selasa, 24 November 2026",
        "Jangan berikan kepada orang lain",
    ):
        assert solid(text) in page, text


@pytest.mark.parametrize("category", Category)
def test_nothing_of_the_case_but_its_number(category, case, areas, cast):
    other = make_case(cast.volunteer, areas.gedong_rt, category=category, household=case.household)
    row = actions.print_receipt(case=other, by=cast.volunteer, site=SITE)
    page = text_of(row, cast.volunteer).casefold()
    said = [
        category.label,
        STORY,
        "Sumarni",
        "Gang Mawar",
        "Karsinah",
        "RT 005",
        "RW 011",
        "relawan",
        "aduan",
        "lapor",
    ]
    assert [text for text in said if solid(str(text)).casefold() in page] == []
    code = LookupCode.objects.get(case=other).opened()
    kept = str([row.content, row.purpose, list(AuditEvent.objects.values())])
    assert code not in kept
    assert codes.grouped(code) not in kept


def test_it_is_recorded_and_printed_again_with_the_same_code(case, cast):
    row = actions.print_receipt(case=case, by=cast.volunteer)
    again = actions.print_receipt(case=case, by=cast.coordinator)
    assert (row.kind, row.names, row.pages, row.purpose, row.area_id) == (
        "receipt",
        0,
        1,
        case.number,
        case.area_id,
    )
    code = LookupCode.objects.get().opened()
    for each in (row, again):
        assert solid(codes.grouped(code)) in text_of(each, cast.coordinator)
    assert AuditEvent.objects.filter(verb="print.made").count() == 2


def test_a_slip_whose_code_was_replaced_is_not_printed_again(case, cast):
    row = actions.print_receipt(case=case, by=cast.volunteer)
    case_actions.renew_code(case=case, by=cast.volunteer, reason="lost")
    with pytest.raises(PaperRefused, match="diganti"):
        actions.file_of(row, by=cast.volunteer)


def test_a_double_tap_is_one_print(case, cast):
    stamp = uuid4()
    rows = {actions.print_receipt(case=case, by=cast.volunteer, client_id=stamp).pk for _tap in range(2)}
    assert len(rows) == PrintRecord.objects.count() == LookupCode.objects.count() == 1


def test_a_posko_without_number_or_place_still_gives_one(areas, cast):
    bare = make_case(cast.other_volunteer, areas.tengah_rt)
    page = text_of(actions.print_receipt(case=bare, by=cast.other_volunteer), cast.other_volunteer)
    assert solid("Datang ke posko") in page
    assert "WhatsApp" not in page
    assert "Buka" not in page


def test_a_place_that_is_too_long_leaves_neither_print_nor_code(case, cast):
    with open_gate():
        Kampung.objects.update(posko_place="W" * 90)
    with pytest.raises(PaperRefused, match="terlalu panjang"):
        actions.print_receipt(case=case, by=cast.volunteer)
    assert not PrintRecord.objects.exists()
    assert not LookupCode.objects.exists()


def test_the_longest_place_and_hours_that_a_kampung_takes(case, cast):
    with open_gate():
        Kampung.objects.update(posko_place="rumah Bu Ningsih " * 11, posko_hours="Setiap Sabtu, " * 8)
    assert text_of(actions.print_receipt(case=case, by=cast.volunteer, site=SITE), cast.volunteer)


@pytest.mark.parametrize("who", ["other_volunteer", "other_coordinator", "observer", "stranger"])
def test_nobody_from_outside(who, case, cast, as_user):
    user = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.print_receipt(case=case, by=user)
    row = actions.print_receipt(case=case, by=cast.volunteer)
    with pytest.raises(NotAllowed):
        actions.file_of(row, by=user)
    client = as_user(user)
    assert client.post(reverse("paper:receipt_print", args=[case.pk]), {"paper": "a4"}).status_code == 404
    asked = client.post("/api/v1/prints/receipt/", {"case": case.pk}, "application/json")
    assert asked.status_code == 400
    assert PrintRecord.objects.count() == 1


def test_from_the_case_to_the_paper(case, cast, as_user, settings):
    settings.POSKO_SITE_URL = SITE
    client = as_user(cast.volunteer)
    page = client.get(reverse("casefiles:code", args=[case.pk]))
    url = reverse("paper:receipt_print", args=[case.pk])
    assert url in page.text
    stamp = uuid4()
    sent = {"paper": "f4", "with_qr": "on", "client_id": str(stamp)}
    answer = client.post(url, sent)
    row = PrintRecord.objects.get()
    assert answer["Location"] == f"{reverse('paper:print', args=[row.pk])}?new=1"
    assert row.content["blocks"]["link"] == f"{SITE}/status/"
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(reverse("paper:print_picture", args=[row.pk])).content.startswith(b"\x89PNG")
    pdf = client.get(reverse("paper:print_file", args=[row.pk]))
    assert solid(case.number) in solid("".join(read(pdf.content)))
    assert "tanda-terima" in pdf["Content-Disposition"]
    assert case.number not in pdf["Content-Disposition"]
    assert case.number in client.get(reverse("paper:prints")).text
    assert client.post(url, {"paper": "a3"}).status_code == 422


def test_without_an_address_that_residents_reach_there_is_none_on_it(case, cast, as_user):
    """A laptop's number inside the posko's Wi-Fi opens nothing at home."""
    client = as_user(cast.volunteer)
    for host in ("192.168.1.7:8000", "localhost:8000", "posko.local"):
        page = client.get(reverse("casefiles:code", args=[case.pk]), HTTP_HOST=host)
        assert "with_qr" not in page.text
    assert "with_qr" in client.get(reverse("casefiles:code", args=[case.pk]), HTTP_HOST="posko.example").text
    client.post(reverse("paper:receipt_print", args=[case.pk]), {"paper": "a4"}, HTTP_HOST="192.168.1.7")
    assert PrintRecord.objects.get().content["blocks"]["link"] == ""


def test_by_the_api(case, cast, as_user):
    client = as_user(cast.volunteer)
    sent = {"case": case.pk, "client_id": str(uuid4())}
    made = [client.post("/api/v1/prints/receipt/", sent, "application/json") for _tap in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json()["id"] == made[1].json()["id"]
    pdf = client.get(f"/api/v1/prints/{made[0].json()['id']}/file/")
    assert solid(case.number) in solid("".join(read(pdf.content)))
