"""The list: scope, filters one by one and together, pages by key, and a constant number of queries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.casefiles import actions
from cases.casefiles.choices import Category, Status, Urgency
from cases.casefiles.models import Case
from cases.casefiles.search import search
from cases.households.models import Household
from cases.kernel.writes import open_gate
from tests.casefiles.helpers import make_case

URL = "/cases/"


def numbers(page) -> set[str]:
    return {case.number for case in page.context["page"].items}


@pytest.fixture
def some(cast, areas):
    """Cases that differ in all that can be filtered."""
    with open_gate():
        family = Household.objects.create(
            area=areas.gedong_rt, head_name="Sumarni", walk_key="1", search_text=" sumarni gang mawar 12a "
        )
    today = timezone.localdate()
    made = {
        "new": make_case(cast.volunteer, areas.gedong_rt, household=family),
        "late": make_case(cast.volunteer, areas.gedong_rt_next, status=Status.SENT),
        "soon": make_case(
            cast.coordinator, areas.gedong_rt_next, status=Status.SENT, category=Category.DOUBLE
        ),
        "asked": make_case(
            cast.coordinator, areas.gedong, status=Status.NEEDS_DETAILS, urgency=Urgency.URGENT
        ),
        "over": make_case(cast.coordinator, areas.gedong_rt, status=Status.RESOLVED),
        "tengah": make_case(cast.other_volunteer, areas.tengah_rt, story="Beras berkutu di Tengah."),
    }
    actions.set_due(case=made["late"], due_on=today - timedelta(days=2))
    actions.set_due(case=made["soon"], due_on=today + timedelta(days=3))
    actions.set_due(case=made["over"], due_on=today - timedelta(days=9))
    actions.assign(case=made["asked"], by=cast.coordinator, to=cast.volunteer)
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "new late soon asked over"),
        ({"status": "open"}, "new late soon asked"),
        ({"status": "sent"}, "late soon"),
        ({"turn": "office"}, "late soon"),
        ({"turn": "volunteer"}, "asked"),
        ({"turn": "coordinator"}, "new"),
        ({"due": "overdue"}, "late"),
        ({"due": "soon"}, "soon"),
        ({"due": "any"}, "late soon"),
        ({"mine": "tasks"}, "asked"),
        ({"mine": "recorded"}, "new late"),
        ({"mine": "any"}, "new late asked"),
        ({"category": "GANDA"}, "soon"),
        ({"urgency": "urgent"}, "asked"),
        ({"area": "31.75.05.1001.011.005"}, "new over"),
        ({"area": "31.75.05.1001.011"}, "new late soon over"),
        ({"area": "31.75.05.1001"}, "new late soon asked over"),
        ({"q": "sumarni"}, "new"),
        ({"q": "mawar menyetor"}, "new"),
        ({"q": "berkutu"}, ""),
        ({"q": "GDG-"}, "new late soon asked over"),
        ({"status": "sent", "due": "overdue", "area": "31.75.05.1001.011.006"}, "late"),
        ({"status": "sent", "turn": "volunteer"}, ""),
    ],
)
def test_filters(query, expected, some, cast, as_user):
    page = as_user(cast.volunteer).get(URL, query)
    assert page.status_code == 200
    assert numbers(page) == {some[name].number for name in expected.split()}


def test_an_area_of_others_is_no_choice(some, cast, as_user):
    page = as_user(cast.volunteer).get(URL, {"area": "31.75.04.1002"})
    assert "31.75.04.1002" not in {value for value, _label in page.context["form"].fields["area"].choices}
    assert some["tengah"].number not in page.text
    assert page.context["form"].errors


def test_dates(cast, areas, as_user):
    with time_machine.travel("2026-11-10T23:30:00+07:00", tick=False):
        early = make_case(cast.volunteer, areas.gedong_rt)
    with time_machine.travel("2026-11-12T00:30:00+07:00", tick=False):
        late = make_case(cast.volunteer, areas.gedong_rt)
    client = as_user(cast.volunteer)
    assert numbers(client.get(URL, {"since": "2026-11-11"})) == {late.number}
    assert numbers(client.get(URL, {"until": "2026-11-10"})) == {early.number}
    assert numbers(client.get(URL, {"since": "2026-11-10", "until": "2026-11-12"})) == {
        early.number,
        late.number,
    }


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("volunteer", "new late soon asked over"),
        ("coordinator", "new late soon asked over"),
        ("other_volunteer", "tengah"),
        ("board", "new late soon asked over tengah"),
        ("observer", ""),
        ("stranger", ""),
    ],
)
def test_each_sees_ones_own(role, expected, some, cast, as_user):
    user = getattr(cast, role)
    wanted = {some[name].number for name in expected.split()}
    assert numbers(as_user(user).get(URL)) == wanted
    assert {case.number for case in search(user, "GDG-") | search(user, "TGH-")} == wanted
    assert {row["number"] for row in as_user(user).get("/api/v1/cases/").json()["results"]} == wanted


def test_signed_out_is_sent_to_sign_in(client):
    page = client.get(URL)
    assert page.status_code == 302
    assert "login" in page["Location"]


def test_due_is_said_in_words(some, cast, as_user):
    text = as_user(cast.volunteer).get(URL).text
    assert "Lewat 2 hari" in text
    assert "Tinggal 3 hari" in text


def test_pages_by_key_lose_nothing(cast, areas, as_user):
    made = {make_case(cast.volunteer, areas.gedong_rt).number for _ in range(60)}
    client, seen, cursor = as_user(cast.volunteer), [], None
    while True:
        page = client.get(URL, {"cursor": cursor} if cursor else {}).context["page"]
        seen += [case.number for case in page.items]
        cursor = page.next
        if not cursor:
            break
    assert len(seen) == 60
    assert set(seen) == made
    assert seen == sorted(seen, reverse=True)


def queries(client, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_queries_do_not_grow_with_rows(cast, areas, as_user):
    client = as_user(cast.coordinator)
    make_case(cast.volunteer, areas.gedong_rt)
    client.get(URL)
    few = queries(client, URL)
    for _ in range(24):
        case = make_case(cast.volunteer, areas.gedong_rt_next)
    actions.assign(case=case, by=cast.coordinator, to=cast.volunteer)
    many = queries(client, URL)
    assert len(many) == len(few) <= 12
    assert not [sql for sql in many if "COUNT(" in sql.upper()]
    api = queries(client, "/api/v1/cases/")
    assert len(api) <= 8


def test_queries_of_one_case_do_not_grow_with_its_history(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt)
    client, url = as_user(cast.coordinator), reverse("casefiles:detail", args=[case.pk])
    client.get(url)
    few = queries(client, url)
    for n in range(10):
        actions.edit(case=case, by=cast.coordinator, story=f"Cerita {n}.")
    for _ in range(3):
        other = make_case(cast.volunteer, areas.gedong_rt)
        actions.link(case=case, other=other, by=cast.coordinator)
    many = queries(client, url)
    assert len(many) <= len(few) + 1, (len(few), len(many))
    assert len(many) <= 22


# --- similar, linked, grouped ------------------------------------------------------------------------------------------------


def test_similar_is_the_same_kind_nearby_at_about_the_same_time(cast, areas):
    now = timezone.now()
    case = make_case(cast.volunteer, areas.gedong_rt)
    near = make_case(cast.volunteer, areas.gedong_rt_next)
    kind = make_case(cast.volunteer, areas.gedong_rt, category=Category.DOUBLE)
    far = make_case(cast.other_volunteer, areas.tengah_rt)
    with time_machine.travel(now - timedelta(days=90), tick=False):
        old = make_case(cast.volunteer, areas.gedong_rt)
    dated = make_case(cast.volunteer, areas.gedong_rt, happened_on=timezone.localdate() - timedelta(days=61))
    found = set(Case.objects.similar_to(case))
    assert near in found
    assert not found & {case, kind, far, old, dated}


def test_a_family_s_own_earlier_case_is_similar_whenever(cast, areas):
    with open_gate():
        family = Household.objects.create(
            area=areas.gedong_rt, head_name="S", walk_key="1", search_text=" s "
        )
    with time_machine.travel(timezone.now() - timedelta(days=300), tick=False):
        old = make_case(cast.volunteer, areas.gedong, household=family)
    case = make_case(cast.volunteer, areas.gedong_rt, household=family)
    assert list(Case.objects.similar_to(case)) == [old]


def test_linked_once_from_the_later_to_the_earlier(cast, areas, as_user):
    first, second = (make_case(cast.volunteer, areas.gedong_rt) for _ in range(2))
    one = actions.link(case=first, other=second, by=cast.volunteer)
    again = actions.link(case=second, other=first, by=cast.coordinator)
    assert one.pk == again.pk
    assert (one.case, one.other) == (second, first)
    page = as_user(cast.volunteer).get(reverse("casefiles:detail", args=[first.pk]))
    assert second.number in page.text
    assert as_user(cast.volunteer).post(reverse("casefiles:unlink", args=[one.pk])).status_code == 302
    assert not first.linked_from.exists()


def test_a_duplicate_names_the_case_that_goes_on(cast, areas, as_user):
    first, second = (make_case(cast.volunteer, areas.gedong_rt) for _ in range(2))
    url = reverse("casefiles:close", args=[second.pk])
    client = as_user(cast.coordinator)
    missing = client.post(url, {"reason": "duplicate"})
    assert missing.status_code == 422
    assert client.post(url, {"reason": "duplicate", "duplicate_of": "GDG-9901-0001"}).status_code == 422
    assert client.post(url, {"reason": "duplicate", "duplicate_of": first.number.lower()}).status_code == 302
    second.refresh_from_db()
    assert (second.status, second.close_reason) == (Status.CLOSED, "duplicate")
    assert second.links.get().other == first
    from cases.kernel.exceptions import ActionRefused

    with pytest.raises(ActionRefused):
        actions.unlink(link=second.links.get(), by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.close(case=first, by=cast.coordinator, reason="duplicate", duplicate_of=second)
    with pytest.raises(ActionRefused):
        actions.close(case=first, by=cast.coordinator, reason="duplicate", duplicate_of=first)


def test_a_link_into_another_kampung_is_refused_and_unseen(cast, areas, as_user):
    from cases.kernel.exceptions import NotAllowed

    mine, theirs = (
        make_case(cast.volunteer, areas.gedong_rt),
        make_case(cast.other_volunteer, areas.tengah_rt),
    )
    with pytest.raises(NotAllowed):
        actions.link(case=mine, other=theirs, by=cast.volunteer)
    assert (
        as_user(cast.volunteer).post(reverse("casefiles:similar", args=[mine.pk, theirs.pk])).status_code
        == 404
    )
    actions.link(case=mine, other=theirs, by=cast.board)
    actions.close(case=mine, by=cast.board, reason="duplicate", duplicate_of=theirs)
    assert theirs.number not in as_user(cast.volunteer).get(reverse("casefiles:detail", args=[mine.pk])).text
    assert theirs.number in as_user(cast.board).get(reverse("casefiles:detail", args=[mine.pk])).text


def test_a_group_spans_the_smallest_area_of_its_cases(cast, areas, as_user):
    one, two = make_case(cast.volunteer, areas.gedong_rt), make_case(cast.volunteer, areas.gedong_rt_next)
    client = as_user(cast.coordinator)
    url = reverse("casefiles:group", args=[one.pk])
    assert client.post(url, {"title": "  "}).status_code == 422
    assert client.post(url, {"title": "Pungutan di RW 011"}).status_code == 302
    one.refresh_from_db()
    assert one.group.area_id == areas.gedong_rt.pk
    assert client.post(reverse("casefiles:group", args=[two.pk]), {"group": one.group_id}).status_code == 302
    one.group.refresh_from_db()
    assert one.group.area_id == "31.75.05.1001.011"
    page = client.get(reverse("casefiles:group_detail", args=[one.group_id]))
    assert one.number in page.text
    assert two.number in page.text
    assert as_user(cast.other_coordinator).get(page.request["PATH_INFO"]).status_code == 404
    assert as_user(cast.volunteer).post(url, {"title": "x"}).status_code == 403
    ungroup = reverse("casefiles:ungroup", args=[two.pk])
    assert as_user(cast.coordinator).post(ungroup).status_code == 302
    two.refresh_from_db()
    assert two.group is None


# --- whose task ----------------------------------------------------------------------------------------------------------------


def test_tasks_go_to_people_of_the_area(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt)
    client, url = as_user(cast.coordinator), reverse("casefiles:assign", args=[case.pk])
    offered = set(client.get(url).context["form"].fields["to"].queryset)
    assert offered == {cast.volunteer, cast.coordinator, cast.board}
    assert client.post(url, {"to": cast.other_volunteer.pk}).status_code == 422
    assert client.post(url, {"to": cast.volunteer.pk}).status_code == 302
    case.refresh_from_db()
    assert case.assigned_to == cast.volunteer
    assert as_user(cast.volunteer).post(url, {"to": ""}).status_code == 403
    assert as_user(cast.coordinator).post(url, {"to": ""}).status_code == 302
    case.refresh_from_db()
    assert case.assigned_to is None
    take = reverse("casefiles:take", args=[case.pk])
    assert as_user(cast.volunteer).post(take).status_code == 302
    assert as_user(cast.coordinator).post(take).status_code == 409
    assert as_user(cast.other_volunteer).post(take).status_code == 404


def test_an_observer_is_told_why_there_is_no_case_and_offered_nothing_that_is_refused(cast, client):
    client.force_login(cast.observer)
    page = client.get(reverse("casefiles:list")).content.decode()
    assert "Anda hanya melihat angka" in page
    assert reverse("casefiles:create") not in page
