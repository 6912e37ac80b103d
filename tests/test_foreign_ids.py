"""Ids of another kampung inside bodies and filters: whoever works in Tengah changes nothing in Gedong and learns nothing.

tests/test_urls_by_role.py knocks at addresses; this knocks with what is sent along with an address that one may open.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.casefiles.models import Case, CaseLink
from cases.households.choices import Relation
from cases.households.entries import MemberData
from cases.households.models import Household
from cases.people.models import Invitation, Membership
from tests.households.helpers import make_household, synthetic_kk
from tests.places import GEDONG, TENGAH
from tests.web_rows import WebRows

pytestmark = pytest.mark.django_db

# As large as an id may be, and nobody's.
NOBODY = 987_654_321
SECRET = "Mbok Rahasia"


class Both:
    """`own` rows of Tengah, `foreign` ones of Gedong, made before anybody knocks."""

    def __init__(self, cast: SimpleNamespace, areas: SimpleNamespace) -> None:
        self.foreign = WebRows(cast, areas)
        neighbours = SimpleNamespace(
            volunteer=cast.other_volunteer, coordinator=cast.other_coordinator, board=cast.board
        )
        ground = SimpleNamespace(gedong=areas.tengah, gedong_rt=areas.tengah_rt)
        self.own = WebRows(neighbours, ground)
        # One set of offices and rounds for both.
        self.own.__dict__["round"] = self.foreign.round
        self.own.__dict__["office"] = self.foreign.office
        self.foreign.__dict__["household"] = make_household(
            by=cast.volunteer,
            area=areas.gedong_rt,
            head_name=SECRET,
            members=[
                MemberData(name=SECRET, relation=Relation.HEAD),
                MemberData(name="Dulah Rahasia", relation=Relation.SPOUSE),
            ],
        )
        for rows in (self.foreign, self.own):
            assert rows.household
            assert rows.case
            assert rows.other_household
            assert rows.other_case
        assert self.foreign.group
        assert self.foreign.submission
        assert self.foreign.poster
        assert self.foreign.print


@pytest.fixture
def both(cast, areas) -> Both:
    return Both(cast, areas)


def told(rows: WebRows) -> list[str]:
    """What only Gedong knows."""
    return [
        SECRET,
        "Dulah Rahasia",
        rows.case.number,
        rows.other_case.number,
        rows.group.title,
        rows.submission.links.get().case.number,
        rows.cast.volunteer.username,
    ]


def state(rows: WebRows) -> Any:
    """All that a write from outside could have left behind in Gedong."""
    return (
        AuditEvent.objects.filter(area_code__startswith=GEDONG).count(),
        list(
            Household.objects.filter(area__code__startswith=GEDONG)
            .order_by("pk")
            .values_list("pk", "merged_into")
        ),
        list(
            Case.objects.filter(area__code__startswith=GEDONG)
            .order_by("pk")
            .values_list("pk", "status", "group")
        ),
        CaseLink.objects.count(),
        Membership.objects.count(),
        Invitation.objects.count(),
    )


def story(**more: Any) -> dict[str, Any]:
    return {"story": "Diminta uang di pos.", "client_id": str(uuid4()), "urgency": "normal", **more}


# Name -> (own rows, foreign rows) -> address and body, as a form posts them.
FORMS: dict[str, Callable[[WebRows, WebRows], tuple[str, dict[str, Any]]]] = {
    "record a family there": lambda own, other: (
        reverse("households:create"),
        {"area": other.rt.pk, "head_name": "Penyusup", "agreed": "on", "client_id": str(uuid4())},
    ),
    "move a family there": lambda own, other: (
        reverse("households:edit", args=[own.household.pk]),
        {"area": other.rt.pk, "head_name": own.household.head_name},
    ),
    "is this family known": lambda own, other: (
        reverse("households:similar"),
        {"area": other.rt.pk, "head_name": "Sumarni", "kk": synthetic_kk(9001)},
    ),
    "crown a stranger": lambda own, other: (
        reverse("households:member_left", args=[own.household.members.get(relation="head").pk]),
        {"on": "2026-01-05", "new_head": other.member.pk},
    ),
    "merge with one there": lambda own, other: (
        reverse("households:merge_compare", args=[own.household.pk, other.household.pk]),
        {"keep": other.household.pk},
    ),
    "look for one to merge": lambda own, other: (
        reverse("households:merge", args=[own.household.pk]),
        {"q": SECRET},
    ),
    "log a case there": lambda own, other: (
        reverse("casefiles:tell", args=["PUNGLI"]),
        story(area=other.rt.pk, step="reporter", level="anonymous"),
    ),
    "log a case of a family there": lambda own, other: (
        reverse("casefiles:tell", args=["PUNGLI"]),
        story(household=other.household.pk, area=own.rt.pk, step="reporter", level="anonymous"),
    ),
    "look for a family there": lambda own, other: (
        reverse("casefiles:tell", args=["PUNGLI"]),
        story(household_q=SECRET, look="1"),
    ),
    "move a case there": lambda own, other: (
        reverse("casefiles:edit", args=[own.case.pk]),
        story(area=other.rt.pk, household=other.household.pk),
    ),
    "assign a case to one there": lambda own, other: (
        reverse("casefiles:assign", args=[own.case.pk]),
        {"to": other.volunteer.pk},
    ),
    "link a case by number": lambda own, other: (
        reverse("casefiles:link", args=[own.case.pk]),
        {"other": other.case.number},
    ),
    "link a similar case": lambda own, other: (
        reverse("casefiles:similar", args=[own.case.pk, other.case.pk]),
        {},
    ),
    "close as a duplicate": lambda own, other: (
        reverse("casefiles:close", args=[own.case.pk]),
        {"reason": "duplicate", "duplicate_of": other.case.number},
    ),
    "join a group there": lambda own, other: (
        reverse("casefiles:group", args=[own.case.pk]),
        {"group": other.group.pk},
    ),
    "send a case of theirs": lambda own, other: (
        f"{reverse('escalations:send')}?case={own.case.pk}&case={other.case.pk}&office={other.office.pk}",
        {
            "cases": [own.case.pk, other.case.pk],
            "office": other.office.pk,
            "channel": "letter",
            "sent_on": "2026-01-05",
        },
    ),
    "a letter about a case of theirs": lambda own, other: (
        f"{reverse('paper:letter_create')}?case={own.case.pk}&case={other.case.pk}",
        {"kind": "chronology", "office": other.office.pk, "client_id": str(uuid4())},
    ),
    "a poster there": lambda own, other: (
        f"{reverse('paper:poster_text')}?kind=no_levy&area={other.rt.pk}&like={other.poster.pk}",
        {"headline": "Diminta uang?", "organisation": "JRMK"},
    ),
    "a door list there": lambda own, other: (
        f"{reverse('paper:doors_print')}?task=check&areas={other.rt.pk}",
        {"say": "Permisi", "paper": "f4", "piles": "1", "client_id": str(uuid4())},
    ),
    "a door list carried by one there": lambda own, other: (
        f"{reverse('paper:doors_print')}?task=check&areas={own.rt.pk}",
        {"say": "Permisi", "paper": "f4", "volunteers": [other.volunteer.pk], "client_id": str(uuid4())},
    ),
    "slips there": lambda own, other: (
        f"{reverse('paper:slips_text')}?topic=check&area={other.rt.pk}",
        {"headline": "Cek", "organisation": "JRMK", "paper": "a4", "client_id": str(uuid4())},
    ),
    "the slip of a family there": lambda own, other: (
        f"{reverse('paper:slips_text')}?topic=check&household={other.household.pk}",
        {"headline": "Cek", "organisation": "JRMK", "paper": "a4", "client_id": str(uuid4())},
    ),
    "tick off a sheet there": lambda own, other: (
        reverse("paper:print_sheets", args=[own.print.pk]),
        {"back": other.sheet.number},
    ),
    "a kampung there": lambda own, other: (
        reverse("areas:edit_kampung", args=[own.kampung.pk]),
        {"name": "Kampung Tengah", "areas": [other.rt.pk], "spreading": "both"},
    ),
    "a board there": lambda own, other: (
        reverse("areas:add_board", args=[own.kampung.pk]),
        {"place": "Warung", "area": other.rt.pk, "size": "a3"},
    ),
    "invite someone there": lambda own, other: (
        reverse("people:invite"),
        {"name": "Mata-mata", "role": "volunteer", "area": GEDONG},
    ),
    "a role there": lambda own, other: (
        reverse("people:add_role", args=[own.volunteer.pk]),
        {"role": "volunteer", "area": GEDONG},
    ),
    "search by number of the case": lambda own, other: (reverse("desk:search"), {"q": "2611-0001"}),
    "a date there": lambda own, other: (
        reverse("programmes:schedule_create", args=[other.round.pk]),
        {"area": GEDONG, "date": "2027-01-05", "starts": "09:00", "place": "Pos", "client_id": str(uuid4())},
    ),
}

API: dict[str, Callable[[WebRows, WebRows], tuple[str, dict[str, Any]]]] = {
    "record a family": lambda own, other: ("households/", {"area": other.rt.pk, "head_name": "Penyusup"}),
    "move a family": lambda own, other: (f"households/{own.household.pk}/", {"area": other.rt.pk}),
    "merge a family": lambda own, other: (
        f"households/{own.household.pk}/merge/",
        {"gone": other.household.pk},
    ),
    "log a case": lambda own, other: (
        "cases/",
        {"category": "PUNGLI", "story": "Diminta uang.", "area": other.rt.pk},
    ),
    "log a case of a family": lambda own, other: (
        "cases/",
        {"category": "PUNGLI", "story": "Diminta uang.", "household": other.household.pk},
    ),
    "move a case": lambda own, other: (f"cases/{own.case.pk}/", {"area": other.rt.pk}),
    "give a case a family": lambda own, other: (f"cases/{own.case.pk}/", {"household": other.household.pk}),
    "assign": lambda own, other: (f"cases/{own.case.pk}/assign/", {"to": other.volunteer.pk}),
    "link": lambda own, other: (f"cases/{own.case.pk}/link/", {"other": other.case.pk}),
    "group": lambda own, other: (f"cases/{own.case.pk}/group/", {"group": other.group.pk}),
    "duplicate": lambda own, other: (
        f"cases/{own.case.pk}/close/",
        {"reason": "duplicate", "duplicate_of": other.case.pk},
    ),
    "send": lambda own, other: (
        "submissions/",
        {
            "cases": [own.case.pk, other.case.pk],
            "office": other.office.pk,
            "channel": "letter",
            "sent_on": "2026-01-05",
        },
    ),
    "letter": lambda own, other: (
        "letters/",
        {"kind": "complaint", "cases": [own.case.pk, other.case.pk], "office": other.office.pk},
    ),
    "chronology of a case": lambda own, other: (
        "letters/",
        {"kind": "chronology", "cases": [other.case.pk], "enclosures": ["evidence"], "paper": "a4"},
    ),
    "poster": lambda own, other: ("posters/", {"kind": "no_levy", "area": other.rt.pk}),
    "print a poster": lambda own, other: ("prints/", {"poster": other.poster.pk, "paper": "a4"}),
    "door list": lambda own, other: ("door-sheets/", {"task": "check", "areas": [other.rt.pk]}),
    "door list with one of theirs": lambda own, other: (
        "door-sheets/",
        {"task": "check", "areas": [own.rt.pk], "volunteers": [other.volunteer.pk]},
    ),
    "kampung": lambda own, other: (
        "kampung/",
        {"name": "Kampung Baru", "areas": [other.rt.pk], "spreading": "both"},
    ),
    "board": lambda own, other: (
        "boards/",
        {"kampung": other.kampung.pk, "area": own.rt.pk, "place": "Warung"},
    ),
    "role": lambda own, other: (
        "memberships/",
        {"user": own.volunteer.pk, "area": GEDONG, "role": "volunteer"},
    ),
    "role for one of theirs": lambda own, other: (
        "memberships/",
        {"user": other.volunteer.pk, "area": TENGAH, "role": "volunteer"},
    ),
    "date": lambda own, other: (
        "schedules/",
        {"round": other.round.pk, "area": GEDONG, "date": "2027-01-05", "starts": "09:00", "place": "Pos"},
    ),
}
CHANGES = {"move a family", "move a case", "give a case a family"}


@pytest.mark.parametrize("who", ["other_coordinator", "other_volunteer"])
def test_no_form_takes_an_id_of_another_kampung(both, cast, who):
    client = Client()
    client.force_login(getattr(cast, who))
    learnt = {}
    for name, made in FORMS.items():
        url, body = made(both.own, both.foreign)
        before = state(both.foreign)
        answer = client.post(url, body, follow=True)
        page = answer.content.decode(errors="replace")
        assert answer.status_code in {200, 400, 403, 404, 409, 422}, (name, answer.status_code)
        assert state(both.foreign) == before, name
        found = [text for text in told(both.foreign) if text in page and text not in str(body) + url]
        if found:
            learnt[name] = found
    assert learnt == {}


@pytest.mark.parametrize("who", ["other_coordinator", "other_volunteer"])
def test_no_body_of_the_api_takes_an_id_of_another_kampung(both, cast, who):
    client = Client()
    client.force_login(getattr(cast, who))
    for name, made in API.items():
        url, body = made(both.own, both.foreign)
        before = state(both.foreign)
        method = client.patch if name in CHANGES else client.post
        answer = method(f"/api/v1/{url}", body, content_type="application/json")
        assert answer.status_code in {400, 403, 404, 409}, (name, answer.status_code, answer.content[:200])
        assert state(both.foreign) == before, name
        page = answer.content.decode()
        assert [text for text in told(both.foreign) if text in page] == [], name


@pytest.mark.parametrize("who", ["other_coordinator", "other_volunteer"])
def test_an_id_of_another_kampung_answers_as_one_that_does_not_exist(both, cast, who):
    """Else ids could be tried one after the other to learn how many families and cases there are."""
    client = Client()
    client.force_login(getattr(cast, who))
    other = both.foreign
    # A body with the id in it, once foreign and once nobody's.
    asked = [
        ("cases/", "post", {"category": "PUNGLI", "story": "x"}, "household", other.household.pk),
        (f"cases/{both.own.case.pk}/link/", "post", {}, "other", other.case.pk),
        (f"cases/{both.own.case.pk}/group/", "post", {}, "group", other.group.pk),
        (f"cases/{both.own.case.pk}/close/", "post", {"reason": "duplicate"}, "duplicate_of", other.case.pk),
        (f"cases/{both.own.case.pk}/assign/", "post", {}, "to", other.volunteer.pk),
        (f"households/{both.own.household.pk}/merge/", "post", {}, "gone", other.household.pk),
        ("prints/", "post", {"paper": "a4"}, "poster", other.poster.pk),
        ("memberships/", "post", {"area": TENGAH, "role": "volunteer"}, "user", other.volunteer.pk),
    ]
    for url, method, body, name, foreign in asked:
        send = getattr(client, method)
        answers = []
        for pk in (foreign, NOBODY):
            answer = send(f"/api/v1/{url}", body | {name: pk}, content_type="application/json")
            answers.append((answer.status_code, answer.content.decode().replace(f'\\"{pk}\\"', "ID")))
        assert answers[0] == answers[1], (url, name)


FILTERS = [
    ("casefiles:list", "area", "rt"),
    ("casefiles:list", "household", "household"),
    ("casefiles:list", "cursor", "case"),
    ("households:list", "area", "rt"),
    ("escalations:list", "area", "rt"),
    ("escalations:offices", "area", "rt"),
    ("paper:prints", "area", "rt"),
    ("paper:posters", "area", "rt"),
    ("people:list", "area", "rt"),
    ("programmes:schedules", "area", "rt"),
    ("households:create", "area", "rt"),
    ("casefiles:create", "household", "household"),
    ("casefiles:create", "area", "rt"),
    ("paper:poster_create", "like", "poster"),
    ("paper:poster_create", "area", "rt"),
    ("paper:doors_create", "areas", "rt"),
    ("paper:slips_create", "household", "household"),
    ("paper:slips_create", "area", "rt"),
    ("people:invite", "area", "rt"),
    ("areas:add_kampung", "village", "rt"),
]
API_FILTERS = [
    ("households", "area", "rt"),
    ("cases", "area", "rt"),
    ("submissions", "area", "rt"),
    ("offices", "area", "rt"),
    ("posters", "area", "rt"),
    ("prints", "area", "rt"),
    ("door-sheets", "area", "rt"),
    ("door-sheets", "print", "print"),
    ("boards", "area", "rt"),
    ("schedules", "area", "rt"),
    ("memberships", "area", "rt"),
    ("people", "area", "rt"),
]
UNKNOWN = {"rt": "31.75.05.1001.999.999"}


@pytest.mark.parametrize("who", ["other_coordinator", "other_volunteer"])
def test_no_filter_tells_of_another_kampung(both, cast, who):
    client = Client()
    client.force_login(getattr(cast, who))
    addresses = [(reverse(name), key, row) for name, key, row in FILTERS]
    addresses += [(f"/api/v1/{name}/", key, row) for name, key, row in API_FILTERS]
    for url, key, row in addresses:
        foreign = str(getattr(both.foreign, row).pk)
        pages = []
        for value in (foreign, UNKNOWN.get(row, str(NOBODY))):
            answer = client.get(url, {key: value})
            page = answer.content.decode(errors="replace")
            assert [text for text in told(both.foreign) if text in page] == [], (url, key)
            pages.append(answer.status_code)
        assert pages[0] == pages[1], (url, key, pages)
