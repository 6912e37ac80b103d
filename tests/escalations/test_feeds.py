"""The calendar address: private, revocable, and nothing in it leads to a person."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cases.audit.models import AuditEvent
from cases.casefiles import actions as casefiles
from cases.escalations import actions, feeds
from cases.escalations.models import CalendarFeed
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
from tests.escalations.helpers import make_answer, make_submission, make_verified

pytestmark = pytest.mark.django_db
SITE = "https://posko.example"


def events(person):
    calendar = Calendar.from_ical(feeds.calendar_of(person, SITE))
    return calendar.walk("VEVENT")


@pytest.fixture
def letter(cast, areas, offices):
    cases = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(2)]
    return make_submission(cases, offices.village, cast.coordinator)


def test_the_last_day_the_kind_of_office_and_a_count(letter, cast):
    (event,) = events(cast.coordinator)
    assert event.decoded("dtstart") == date(2026, 11, 16)
    assert str(event["summary"]) == "Batas waktu: Kelurahan, jawaban (2 kasus)"
    assert str(event["url"]) == f"{SITE}/submissions/{letter.pk}/"
    text = feeds.calendar_of(cast.coordinator, SITE).decode()
    for case in (link.case for link in letter.links.all()):
        for secret in (case.number, case.story[:20], case.area.label, "Gedong"):
            assert secret not in text


def test_only_ones_own_area_and_only_what_runs(letter, cast, areas, offices):
    assert events(cast.volunteer)
    for person in (cast.other_coordinator, cast.observer, cast.stranger):
        assert events(person) == []
    make_answer(letter, cast.coordinator)
    assert events(cast.coordinator) == []


def test_a_case_that_is_over_runs_out_nowhere(letter, cast):
    for link in letter.links.all():
        casefiles.resolve(case=link.case, by=cast.coordinator, outcome="paid", confirmed="family")
    assert events(cast.coordinator) == []


def test_the_address_opens_without_signing_in_until_it_is_taken_back(letter, cast, client):
    _feed, token = actions.open_feed(by=cast.coordinator)
    url = reverse("escalations:feed", args=[token])
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"BEGIN:VEVENT" in answer.content
    assert CalendarFeed.objects.get().read_on == timezone.localdate()
    actions.revoke_feed(by=cast.coordinator)
    assert client.get(url).status_code == 404
    with pytest.raises(ActionRefused):
        actions.revoke_feed(by=cast.coordinator)


def test_a_new_address_stops_the_old_one(cast, client):
    _feed, old = actions.open_feed(by=cast.volunteer)
    _feed, new = actions.open_feed(by=cast.volunteer)
    assert client.get(reverse("escalations:feed", args=[old])).status_code == 404
    assert client.get(reverse("escalations:feed", args=[new])).status_code == 200
    assert CalendarFeed.objects.open().count() == 1


def test_the_token_is_kept_nowhere(cast):
    _feed, token = actions.open_feed(by=cast.volunteer)
    kept = str(list(CalendarFeed.objects.values())) + str(list(AuditEvent.objects.values()))
    assert token not in kept


def test_who_left_reads_nothing(letter, cast, client):
    _feed, token = actions.open_feed(by=cast.volunteer)
    url = reverse("escalations:feed", args=[token])
    with open_gate():
        cast.volunteer.memberships.update(ended_at=timezone.now())
    assert b"VEVENT" not in client.get(url).content
    cast.volunteer.is_active = False
    cast.volunteer.save()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("token", ["x", "../../etc", "0" * 300, "%00"])
def test_a_guess_finds_nothing(token, client):
    assert client.get(f"/submissions/calendar/{token}.ics").status_code == 404


def test_the_page_shows_the_address_once(cast, as_user):
    client = as_user(cast.coordinator)
    url = reverse("escalations:calendar")
    assert "Belum ada alamat" in client.get(url).content.decode()
    shown = client.post(url).content.decode()
    assert "/submissions/calendar/" in shown.split("<main")[1]
    again = client.get(url).content.decode()
    assert ".ics" not in again
    assert "Belum ada kalender yang membacanya" in again
    assert client.post(reverse("escalations:calendar_revoke")).status_code == 302
    for person in (cast.observer, cast.stranger):
        with pytest.raises(NotAllowed):
            actions.open_feed(by=person)


def test_queries_do_not_grow(letter, cast, areas, offices, django_assert_max_num_queries):
    for _ in range(4):
        make_submission([make_verified(cast.coordinator, areas.gedong_rt)], offices.village, cast.coordinator)
    list(cast.coordinator.current_memberships)
    with django_assert_max_num_queries(3):
        assert len(events(cast.coordinator)) == 5
