"""What one is told, on the page and in the API: one's own alone, counts and links alone."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.notices import audiences, panels, registry, tasks
from cases.notices.models import Digest, DigestLine, NoticeChoice
from cases.people.choices import Role
from tests.notices.helpers import LATE, SECRETS, SOON, at, make_digest, outbox_of, told_to, working_days
from tests.places import GEDONG_RT, TENGAH

pytestmark = pytest.mark.django_db

LIST, TEXT, CHOOSE = reverse("notices:list"), reverse("notices:text"), reverse("notices:choose")


@pytest.fixture
def toy(cast):
    """Everybody of the cast is told of what is near; the coordinator of what is late too."""
    registry.register(SOON, told_to(cast.coordinator, cast.volunteer, cast.board))
    registry.register(
        LATE, told_to(cast.coordinator, words="%(n)s lewat batas waktu", url=lambda user: "/late/", order=10)
    )


def morning(day: str | date, **counts: int) -> None:
    for verb, count in counts.items():
        outbox_of(range(count), verb=f"toy.{verb}")
    with time_machine.travel(at(day), tick=False):
        tasks.tick()


def text_of(page) -> str:
    return page.content.decode()


def badge(client) -> str:
    page = text_of(client.get(reverse("people:me")))
    bell = page.split('class="bell"')[1].split("</a>")[0]
    return bell.split('class="count">')[1].split("<")[0] if "count" in bell else ""


# --- the list --------------------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_will_stand_here(as_user, cast):
    page = text_of(as_user(cast.volunteer).get(LIST))
    assert "Belum ada pemberitahuan" in page
    assert badge(as_user(cast.volunteer)) == ""


def test_newest_first_with_lines_that_lead_to_the_rows(as_user, cast, toy):
    morning("2026-11-26", soon=1)
    morning("2026-11-27", soon=2, late=3)
    page = text_of(as_user(cast.coordinator).get(LIST))
    assert page.index("Jumat, 27 November 2026") < page.index("Kamis, 26 November 2026")
    assert page.index("3 lewat batas waktu") < page.index("2 batas waktu dekat")
    assert 'href="/late/"' in page
    assert 'href="/cases/?due=soon"' in page
    assert "lewat batas waktu" not in text_of(as_user(cast.volunteer).get(LIST))


def test_what_was_on_the_screen_is_seen_and_counted_no_more(as_user, cast, toy):
    morning("2026-11-26", soon=1)
    morning("2026-11-27", soon=1)
    client = as_user(cast.coordinator)
    assert badge(client) == "2"
    client.head(LIST)
    assert badge(client) == "2", "nobody has looked yet"
    first = text_of(client.get(LIST))
    assert first.count("status--new") == 2
    assert 'class="count"' not in first
    again = text_of(client.get(LIST))
    assert "status--new" not in again
    assert badge(client) == ""
    assert Digest.objects.visible_to(cast.volunteer).unseen().count() == 2, "others have not seen theirs"


def test_what_is_still_gathered_is_shown_to_nobody(as_user, cast, toy):
    outbox_of([1])
    with time_machine.travel(at("2026-11-28"), tick=False):  # a Saturday
        tasks.tick()
    assert Digest.objects.get(user=cast.coordinator).day is None
    assert "Belum ada pemberitahuan" in text_of(as_user(cast.coordinator).get(LIST))
    assert badge(as_user(cast.coordinator)) == ""


def test_a_line_that_no_slice_speaks_for_any_more_is_left_out(as_user, cast, toy, monkeypatch):
    morning("2026-11-27", soon=1)
    monkeypatch.setattr(registry, "_told", {})
    page = as_user(cast.coordinator).get(LIST)
    assert page.status_code == 200
    assert "tidak disimpan lagi" in text_of(page)


def test_a_long_list_is_paged_and_costs_the_same(as_user, cast, toy):
    client, days = as_user(cast.coordinator), iter(working_days())

    def cost() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    for _number in range(2):
        morning(next(days), soon=1, late=1)
    few = cost()
    for _number in range(10):
        morning(next(days), soon=1, late=1)
    assert cost() == few <= 8
    first = client.get(LIST)
    assert len(first.context["told"]) == 10
    second = client.get(LIST, {"cursor": first.context["page"].next})
    assert len(second.context["told"]) == 2
    assert client.get(LIST, {"cursor": "rusak'"}).status_code == 200
    assert client.get(LIST, {"cursor": "rusak\x00"}).status_code == 400


def test_the_bell_costs_one_query_however_much_waits(cast, toy, rf, django_assert_num_queries):
    request, days = rf.get("/"), iter(working_days())
    for _number in range(panels.MOST + 3):
        morning(next(days), soon=1)
    with django_assert_num_queries(1):
        _template, context = panels.bell(request, cast.coordinator)
    assert (context["unseen"], context["more"]) == (9, True)


# --- privacy ---------------------------------------------------------------------------------------------------------


def test_rows_and_pages_hold_nothing_of_what_happened(as_user, cast, toy, client):
    registry.summary("toy", lambda user, today: [registry.Figure("lewat batas waktu", 3, "/late/")])
    outbox_of(range(2), letter=77)
    morning("2026-11-27", late=2)
    rows = [*Digest.objects.values(), *DigestLine.objects.values(), *NoticeChoice.objects.values()]
    page = text_of(as_user(cast.coordinator).get(LIST))
    text = as_user(cast.coordinator).get(TEXT).context["text"]
    api = text_of(as_user(cast.coordinator).get("/api/v1/notices/"))
    for said in (str(rows), page, text, api):
        for secret in (*SECRETS, "77", GEDONG_RT):
            assert secret not in said.replace("2026-11-27", "")
    assert cast.coordinator.username not in text + api


# --- the API ---------------------------------------------------------------------------------------------------------


def test_the_api_gives_one_s_own_and_marks_nothing_as_seen(as_user, cast, toy):
    morning("2026-11-27", soon=2, late=3)
    [row] = as_user(cast.coordinator).get("/api/v1/notices/").json()["results"]
    assert row["day"] == "2026-11-27"
    assert row["seen_at"] is None
    assert row["lines"] == [
        {"verb": LATE, "count": 3, "words": "3 lewat batas waktu", "url": "/late/"},
        {"verb": SOON, "count": 2, "words": "2 batas waktu dekat", "url": "/cases/?due=soon"},
    ]
    assert Digest.objects.visible_to(cast.coordinator).unseen().exists()
    assert as_user(cast.stranger).get("/api/v1/notices/").json()["results"] == []
    for person in (cast.volunteer, cast.board, cast.other_coordinator):
        assert as_user(person).get(f"/api/v1/notices/{row['id']}/").status_code == 404
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(as_user(cast.coordinator), method)(f"/api/v1/notices/{row['id']}/")
        assert answer.status_code == 405


# --- choosing --------------------------------------------------------------------------------------------------------


def test_choosing_when_and_how(as_user, cast, with_mail):
    client = as_user(cast.volunteer)
    page = text_of(client.get(CHOOSE))
    assert "belum punya alamat surel" in page
    assert client.post(CHOOSE, {"days": "every"}).status_code == 302
    assert client.post(CHOOSE, {"days": "every"}).status_code == 302
    choice = NoticeChoice.objects.get()
    assert (choice.user, choice.days, choice.by_mail) == (cast.volunteer, "every", False)
    [event] = AuditEvent.objects.filter(verb="person.notices_chosen")
    assert event.data == {"fields": ["days", "by_mail"]}
    assert "Setiap hari, di sini saja" in text_of(client.get(reverse("people:me")))
    told = text_of(as_user(cast.coordinator).get(reverse("people:detail", args=[cast.volunteer.pk])))
    assert "Memilih kapan diberi tahu" in told


def test_without_a_mail_server_the_choice_of_e_mail_stays_as_it_was(as_user, cast, with_mail, settings):
    client = as_user(cast.volunteer)
    client.post(CHOOSE, {"days": "working"})
    settings.POSKO_SENDS_MAIL = False
    page = text_of(client.get(CHOOSE))
    assert "tidak mengirim surel" in page
    assert 'name="by_mail"' not in page
    client.post(CHOOSE, {"days": "every", "by_mail": "on"})
    choice = NoticeChoice.objects.get()
    assert (choice.days, choice.by_mail) == ("every", False)


@pytest.mark.parametrize("days", ["", "sometimes", "every' OR 1=1", "\x00"])
def test_a_choice_that_is_none_gets_a_sentence(as_user, cast, days):
    page = as_user(cast.volunteer).post(CHOOSE, {"days": days})
    assert page.status_code == 422
    assert "Belum tersimpan" in text_of(page)
    assert not NoticeChoice.objects.exists()


def test_an_e_mail_address_of_one_s_own(as_user, cast):
    client, url = as_user(cast.volunteer), reverse("people:edit_me")
    mine = {"name": "Rini", "phone": ""}
    assert client.post(url, {**mine, "email": "bukan alamat"}).status_code == 422
    assert client.post(url, {**mine, "email": "rini@example.org\nBcc: x@example.org"}).status_code == 422
    assert client.post(url, {**mine, "email": "rini@example.org"}).status_code == 302
    cast.volunteer.refresh_from_db()
    assert cast.volunteer.email == "rini@example.org"
    assert "rini@example.org" in text_of(client.get(reverse("people:me")))
    event = AuditEvent.objects.filter(verb="person.changed").last()
    assert "email" in event.data["fields"]
    assert "example.org" not in str(event.data)
    # Nobody else reads it or decides on it.
    seen = text_of(as_user(cast.coordinator).get(reverse("people:detail", args=[cast.volunteer.pk])))
    assert "rini@example.org" not in seen
    assert 'name="email"' not in text_of(
        as_user(cast.coordinator).get(reverse("people:edit", args=[cast.volunteer.pk]))
    )
    assert client.post(url, {**mine, "email": ""}).status_code == 302


# --- a text for the coordinators' group ------------------------------------------------------------------------------


@pytest.fixture
def figures():
    asked = []

    def give(user, today):
        asked.append((user, today))
        return [
            registry.Figure("lewat batas waktu", 3, "/late/"),
            registry.Figure("tinggal 3 hari lagi", 0, "/soon/"),
            registry.Figure("menunggu koordinator", 12, "/cases/?turn=coordinator"),
        ]

    registry.summary("toy", give)
    return asked


def test_the_text_holds_counts_and_the_posko_s_address(as_user, cast, figures, settings):
    settings.POSKO_SITE_URL = "https://posko.example.org/"
    with time_machine.travel(at("2026-11-30"), tick=False):
        page = as_user(cast.coordinator).get(TEXT)
    assert page.context["text"].splitlines() == [
        "*Posko Bansos* · Kel. Gedong",
        "Senin, 30 November 2026",
        "",
        "• 3 lewat batas waktu",
        "• 12 menunggu koordinator",
        "",
        "Masuk untuk melihat yang mana: https://posko.example.org",
        "Jangan tulis nama atau nomor keluarga di grup ini.",
    ]
    link = urlsplit(page.context["whatsapp"])
    assert link.netloc == "wa.me"
    assert parse_qs(link.query) == {"text": [page.context["text"]]}
    assert 'href="/late/"' in text_of(page)
    assert figures == [(cast.coordinator, date(2026, 11, 30))]


def test_the_text_is_indonesian_on_an_english_screen(as_user, cast, figures):
    client = as_user(cast.board)
    client.cookies["django_language"] = "en"
    page = client.get(TEXT)
    assert "Text for the group" in text_of(page)
    assert "Masuk untuk melihat yang mana" in page.context["text"]
    assert page.context["text"].startswith("*Posko Bansos* · DKI Jakarta\n")


@pytest.mark.parametrize("who", ["volunteer", "observer", "stranger"])
def test_only_coordinators_write_to_their_group(as_user, cast, figures, who):
    person = getattr(cast, who)
    assert as_user(person).get(TEXT).status_code == 403
    assert TEXT not in text_of(as_user(person).get(LIST))
    assert figures == []
    assert TEXT in text_of(as_user(cast.coordinator).get(LIST))


def test_a_quiet_day_at_the_posko_says_so(as_user, cast):
    page = text_of(as_user(cast.coordinator).get(TEXT))
    assert "Hari ini tidak ada kabar untuk grup" in page
    assert "wa.me" not in page


# --- audiences -------------------------------------------------------------------------------------------------------


def test_those_who_hold_a_role_over_the_area(cast, django_assert_num_queries):
    outbox_of([1], area=GEDONG_RT)
    outbox_of([2], area=TENGAH)
    outbox_of([3], area="")
    here, there, nowhere = AuditEvent.objects.order_by("id")
    audience = audiences.in_area(Role.COORDINATOR, Role.BOARD)
    with django_assert_num_queries(1):
        found = audience([here, there, nowhere])
    assert found == {
        here.pk: {cast.coordinator.pk, cast.board.pk},
        there.pk: {cast.other_coordinator.pk, cast.board.pk},
    }


def test_a_role_that_ended_is_told_nothing(cast):
    from cases.people import actions as people_actions

    role = cast.coordinator.memberships.get()
    people_actions.end_membership(membership=role, by=cast.board)
    outbox_of([1], area=GEDONG_RT)
    event = AuditEvent.objects.get(area_code=GEDONG_RT, subject_id="1")
    assert audiences.in_area(Role.COORDINATOR)([event]) == {event.pk: set()}


def test_a_digest_made_by_the_clock_s_steps(cast):
    digest = make_digest(cast.volunteer)
    assert [(line.verb, line.count) for line in digest.lines.all()] == [(SOON, 2)]
