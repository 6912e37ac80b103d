"""A resident asks how it goes: the code from hand to hand, and the page that answers anyone."""

import gzip
import inspect
import json
import logging
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as site_settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.casefiles import actions, codes, history, limits
from cases.casefiles.choices import Category, RevokeReason, Status
from cases.casefiles.models import Case, LookupCode
from cases.casefiles.public import PublicStatus, public_status
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_answer, make_offices, make_submission

STATUS = "/status/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def case(cast, areas):
    return make_case(cast.volunteer, areas.gedong_rt)


@pytest.fixture
def code(case, cast):
    return actions.hand_out_code(case=case, by=cast.volunteer)


def ask(client, code, **headers):
    return client.post(STATUS, {"code": code}, **headers)


# --- the code ------------------------------------------------------------------------------------------------------------


def test_handed_out_once_and_shown_again(case, cast):
    first = actions.hand_out_code(case=case, by=cast.volunteer)
    assert actions.hand_out_code(case=case, by=cast.coordinator) == first
    row = LookupCode.objects.get()
    assert (row.case, row.created_by, row.digest) == (case, cast.volunteer, actions.code_digest(first))
    assert actions.case_of_code(first) == case
    assert [e.verb for e in AuditEvent.objects.filter(verb__contains=".code_")] == [
        "case.code_made",
        "case.code_shown",
    ]


@pytest.mark.parametrize("status", Status)
def test_in_every_status(status, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=status)
    assert codes.read(actions.hand_out_code(case=case, by=cast.volunteer))


def test_no_event_and_no_row_holds_the_code(code):
    assert code not in json.dumps(list(AuditEvent.objects.values()), default=str)
    for row in LookupCode.objects.values():
        for value in row.values():
            raw = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
            assert code.encode() not in raw


@pytest.mark.parametrize("who", ["other_volunteer", "other_coordinator", "observer", "stranger"])
def test_nobody_from_outside(who, case, code, cast, as_user):
    user = getattr(cast, who)
    for attempt in (
        lambda: actions.hand_out_code(case=case, by=user),
        lambda: actions.renew_code(case=case, by=user, reason="lost"),
        lambda: actions.revoke_code(case=case, by=user, reason="lost"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    client = as_user(user)
    for name in ("code", "change_code"):
        url = reverse(f"casefiles:{name}", args=[case.pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    for name in ("code", "renew-code", "revoke-code"):
        assert client.post(f"/api/v1/cases/{case.pk}/{name}/").status_code == 404
    assert LookupCode.objects.get().revoked_at is None


def test_a_lost_slip_gets_a_new_code_and_the_old_one_is_gone(case, code, cast):
    new = actions.renew_code(case=case, by=cast.volunteer, reason=RevokeReason.LOST)
    assert new != code
    assert actions.case_of_code(code) is None
    assert actions.case_of_code(new) == case
    old = LookupCode.objects.get(digest=actions.code_digest(code))
    assert (old.revoked_by, old.revoked_reason, old.code_sealed) == (cast.volunteer, "lost", None)


def test_renewing_twice_by_a_double_tap_is_one_code(case, code, cast):
    stamp = uuid4()
    given = {"case": case, "by": cast.volunteer, "client_id": stamp}
    first = actions.renew_code(**given, reason="lost")
    assert actions.renew_code(**given, reason="lost") == first
    assert LookupCode.objects.count() == 2
    with pytest.raises(Conflict):
        actions.renew_code(**given, reason="seen")
    actions.revoke_code(case=case, by=cast.volunteer, reason="seen")
    with pytest.raises(ActionRefused):
        actions.renew_code(**given, reason="lost")


@pytest.mark.parametrize("reason", ["", "Bu Sumarni kehilangan kertasnya"])
def test_a_reason_is_chosen_and_not_written(reason, case, code, cast):
    for verb in (actions.renew_code, actions.revoke_code):
        with pytest.raises(ActionRefused):
            verb(case=case, by=cast.volunteer, reason=reason)
    assert actions.case_of_code(code) == case


def test_nothing_to_take_back(case, cast):
    with pytest.raises(ActionRefused):
        actions.revoke_code(case=case, by=cast.volunteer, reason="lost")


def test_the_database_keeps_one_current_code_and_no_seal_of_an_old_one(case, code, cast):
    with open_gate():
        with pytest.raises(IntegrityError), transaction.atomic():
            LookupCode.objects.create(case=case, digest="x", code_sealed="AAA")
        with pytest.raises(IntegrityError), transaction.atomic():
            LookupCode.objects.update(revoked_reason="lost")
        with pytest.raises(IntegrityError), transaction.atomic():
            LookupCode.objects.update(code_sealed=None)


def test_history_says_it_in_words(case, code, cast, make_user, areas):
    actions.hand_out_code(case=case, by=cast.volunteer)
    actions.renew_code(case=case, by=cast.volunteer, reason="seen")
    told = [(entry.title, entry.body) for entry in history.entries(case, cast.coordinator)]
    assert ("Kode untuk warga diganti", "tanda terima dilihat orang lain") in told
    assert ("Kode untuk warga ditampilkan", "") in told
    colleague = make_user("relawan.rt", (Role.VOLUNTEER, areas.gedong.pk))
    assert "Kode untuk warga ditampilkan" not in [e.title for e in history.entries(case, colleague)]


# --- pages of the volunteer ----------------------------------------------------------------------------------------------


def test_the_page_shows_a_code_only_when_asked(case, cast, as_user):
    client = as_user(cast.volunteer)
    url = reverse("casefiles:code", args=[case.pk])
    assert url in client.get(reverse("casefiles:detail", args=[case.pk])).text
    assert url in client.get(reverse("casefiles:saved", args=[case.pk])).text
    client.get(url)
    assert not LookupCode.objects.exists()
    shown = client.post(url)
    code = codes.grouped(actions.hand_out_code(case=case, by=cast.volunteer))
    assert code in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert code not in client.get(url).text
    # The text for WhatsApp is there with it, and says nothing of what it is about.
    text = shown.text.partition('class="prewrap">')[2].partition("</p>")[0]
    assert code in text
    assert case.number in text
    assert case.get_category_display() not in text
    assert case.get_category_display() not in shown.text


def test_replacing_and_taking_back_on_the_page(case, code, cast, as_user):
    client = as_user(cast.volunteer)
    url = reverse("casefiles:change_code", args=[case.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"then": "renew"}).status_code == 422
    stamp = str(uuid4())
    pages = [client.post(url, {"then": "renew", "reason": "lost", "client_id": stamp}) for _tap in range(2)]
    new = LookupCode.objects.get(revoked_at=None).opened()
    assert all(codes.grouped(new) in page.text for page in pages)
    assert LookupCode.objects.count() == 2
    assert client.post(url, {"then": "revoke", "reason": "seen"}).status_code == 302
    again = client.post(url, {"then": "revoke", "reason": "seen"})
    assert (again.status_code, "tidak punya kode" in again.text) == (422, True)
    assert not LookupCode.objects.filter(revoked_at=None).exists()


def test_the_api_gives_finds_and_takes_back(case, cast, as_user):
    client = as_user(cast.volunteer)
    told = client.post(f"/api/v1/cases/{case.pk}/code/")
    assert told["Cache-Control"] == "no-store"
    code = told.json()["code"]
    find = "/api/v1/cases/by-code/"
    assert client.post(find, {"code": code.lower()}, "application/json").json()["number"] == case.number
    assert client.post(find, {"code": "K7M4XH9TPC"}, "application/json").status_code == 404
    new = client.post(f"/api/v1/cases/{case.pk}/renew-code/", {"reason": "lost"}, "application/json").json()[
        "code"
    ]
    assert client.post(find, {"code": code}, "application/json").status_code == 404
    assert as_user(cast.other_volunteer).post(find, {"code": new}, "application/json").status_code == 404
    client = as_user(cast.volunteer)
    revoke = f"/api/v1/cases/{case.pk}/revoke-code/"
    assert client.post(revoke, {"reason": "because"}, "application/json").status_code == 400
    assert client.post(revoke, {"reason": "lost"}, "application/json").status_code == 204
    assert client.post(revoke, {"reason": "lost"}, "application/json").status_code == 409


# --- what anyone hears ---------------------------------------------------------------------------------------------------


def test_three_sentences_and_no_room_for_more():
    assert [field.name for field in PublicStatus.__dataclass_fields__.values()] == [
        "status",
        "turn",
        "next_date",
    ]


TURNS = {
    Status.NEW: "posko",
    Status.NEEDS_DETAILS: "posko",
    Status.VERIFIED: "posko",
    Status.SENT: "kantor yang harus menjawab",
    Status.ANSWERED: "posko",
    Status.RESOLVED: "tidak ada, sudah selesai",
    Status.CLOSED: "tidak ada, sudah selesai",
    Status.REOPENED: "posko",
}


@pytest.mark.parametrize("status", Status)
def test_each_status_in_words(status, cast, areas, client):
    case = make_case(cast.volunteer, areas.gedong_rt, status=status)
    page = ask(client, actions.hand_out_code(case=case, by=cast.volunteer))
    told = public_status(case)
    assert (page.status_code, told.turn) == (200, TURNS[status])
    assert told.status in page.text
    # How it ended stays with the posko: it would say what it was about.
    assert "uang" not in page.text
    for word in (
        case.number,
        case.get_category_display(),
        areas.gedong_rt.name,
        "Gedong",
        "relawan",
        "pelapor",
    ):
        assert word not in page.text, word


@pytest.mark.parametrize("category", Category)
def test_all_kinds_of_case_answer_alike(category, cast, areas, client):
    case = make_case(cast.volunteer, areas.gedong_rt, category=category)
    answer = ask(client, actions.hand_out_code(case=case, by=cast.volunteer)).content
    other = make_case(cast.volunteer, areas.gedong_rt, category=Category.LEVY)
    assert answer == ask(client, actions.hand_out_code(case=other, by=cast.volunteer)).content


@pytest.fixture
def case_at_an_office(cast, areas):
    """Sent on 2 November with 14 days: the Lurah must answer by 16 November 2026."""
    with time_machine.travel("2026-11-10 03:00:00+00:00", tick=False):
        case = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)
        make_submission([case], make_offices().village, cast.coordinator)
        case.refresh_from_db()
        yield case


def test_the_next_date_of_an_office(case_at_an_office, client, cast):
    case = case_at_an_office
    told = public_status(case, date(2026, 11, 16)).next_date
    assert told == "Kantor harus menjawab paling lambat Senin, 16 November 2026."
    late = public_status(case, date(2026, 11, 17)).next_date
    assert late.startswith("Kantor seharusnya menjawab paling lambat Senin, 16 November 2026.")
    page = ask(client, actions.hand_out_code(case=case, by=cast.volunteer)).text
    assert told in page
    for office in ("Kelurahan", "Lurah", "Gedong"):
        assert office not in page


def test_a_date_that_is_the_poskos_own_blames_no_office(case_at_an_office, cast):
    """The office asked for papers: now it is we who have thirty days."""
    submission = case_at_an_office.submission_links.get().submission
    make_answer(submission, cast.coordinator, answered_on=date(2026, 11, 9), kind="incomplete", solves="")
    case = Case.objects.get(pk=case_at_an_office.pk)
    assert public_status(case, date(2026, 11, 10)).next_date == "Rabu, 9 Desember 2026"
    assert public_status(case, date(2026, 12, 10)).next_date == ""
    over = actions.close(case=case, by=cast.coordinator, reason="no_proof")
    assert public_status(over, date(2026, 11, 10)).next_date == ""


# --- the page for the oldest phone ---------------------------------------------------------------------------------------


def test_it_needs_no_cookie_no_script_and_no_sign_in(case, code):
    phone = Client(enforce_csrf_checks=True)
    first = phone.get(STATUS)
    answer = ask(phone, codes.grouped(code))
    for page in (first, answer):
        assert page.status_code == 200
        assert "Set-Cookie" not in page
        assert not page.cookies
        assert "<script" not in page.text
        assert "csrf" not in page.text
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex"
        assert 'lang="id"' in page.text
    assert "Sudah dicatat" in answer.text
    assert code not in answer.text


def test_a_code_in_an_address_is_not_read(client, code):
    page = client.get(STATUS, {"code": code})
    assert "Sudah dicatat" not in page.text
    assert code not in page.text


def test_another_site_asks_nothing_with_a_visitors_phone(client, code):
    page = ask(client, code, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Sudah dicatat" not in page.text
    assert "Sudah dicatat" in ask(client, code, headers={"Sec-Fetch-Site": "same-origin"}).text


def test_first_visit_with_its_style_and_the_answer_stay_small(client, code):
    style = (site_settings.BASE_DIR / "advocacy" / "static" / "css" / "notice.css").read_bytes()
    headers = {"Accept-Encoding": "gzip"}
    plain = {}
    for name, page in (("first", client.get(STATUS)), ("answer", ask(client, code))):
        head = sum(len(key) + len(value) + 4 for key, value in page.headers.items())
        plain[name] = head + len(page.content)
    # Uncompressed, headers included, as a phone without gzip gets it; the style's own headers come on top.
    assert plain["first"] + len(style) + 600 <= 8000
    assert plain["first"] + plain["answer"] + len(style) + 600 <= 8000
    assert len(gzip.compress(client.get(STATUS, headers=headers).content)) < 1500


def test_markup_that_a_browser_of_2010_reads(client):
    page = client.get(STATUS).text
    for modern in ("<main", "<dialog", "<details", 'type="module"', "<svg", "style="):
        assert modern not in page
    assert '<input class="code" type="text"' in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Ketik kode"),
        ("   ", "Ketik kode"),
        ("K7M", "Anda mengetik 3"),
        ("GDG-2611-0042", "Anda mengetik 11"),
        ("T7E-D9M-Y674", "salah ketik"),
        ("IIII-OOOO-SS", "salah ketik"),
        ("<script>alert(1)</script>", "Anda mengetik"),
        ("x" * 100_000, "Anda mengetik"),
        ("\x00" * 10, "salah ketik"),
        ("💰" * 10, "salah ketik"),
    ],
)
def test_what_was_typed_wrong_gets_a_sentence(typed, says, client, db):
    page = ask(client, typed)
    assert page.status_code == 200
    assert says in page.text
    assert "<script" not in page.text


def test_a_slip_of_the_finger_costs_less_than_a_guess(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"status": "40/10m/ip,600/h/key", "status_unknown": "2/h/ip,200/h/key"}
    for _slip in range(5):
        assert "salah ketik" in ask(client, "T7E-D9M-Y674").text
    for _guess in range(2):
        assert "tidak dikenal" in ask(client, codes.make()).text
    stopped = ask(client, codes.make())
    assert stopped.status_code == 429
    assert stopped["Retry-After"] == "3600"
    assert "Terlalu banyak percobaan" in stopped.text


def test_who_guessed_too_often_hears_nothing_of_a_right_code_either(client, code, settings):
    """Otherwise one could guess on and know by the answer."""
    settings.ACCOUNT_RATE_LIMITS = {"status": "40/10m/ip", "status_unknown": "2/h/ip,200/h/key"}
    for _guess in range(2):
        ask(client, codes.make())
    assert ask(client, code).status_code == 429
    # The neighbour with another address may ask.
    assert "Sudah dicatat" in ask(client, code, REMOTE_ADDR="10.9.8.7").text


def test_all_addresses_together_are_counted_too(client, code, settings):
    settings.ACCOUNT_RATE_LIMITS = {"status": "40/10m/ip,600/h/key", "status_unknown": "10/h/ip,5/h/key"}
    for host in range(5):
        assert ask(client, codes.make(), REMOTE_ADDR=f"10.0.0.{host}").status_code == 200
    assert ask(client, code, REMOTE_ADDR="10.0.1.1").status_code == 429
    with time_machine.travel(date.today().replace(year=date.today().year + 1), tick=False):
        assert ask(client, code, REMOTE_ADDR="10.0.1.1").status_code == 200


def test_reading_the_page_is_not_counted(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"status": "1/h/ip", "status_unknown": "1/h/ip"}
    assert {client.get(STATUS).status_code for _visit in range(5)} == {200}


def test_a_code_taken_back_answers_like_one_that_never_was(
    client, case, code, cast, django_assert_num_queries
):
    actions.revoke_code(case=case, by=cast.volunteer, reason="seen")
    never = codes.make()
    with django_assert_num_queries(1):
        gone = ask(client, code)
    with django_assert_num_queries(1):
        unknown = ask(client, never)
    assert gone.status_code == unknown.status_code == 200
    assert gone.text.replace(code, "") == unknown.text.replace(never, "")


def test_limits_are_set():
    """A misspelt action would count nothing."""
    for name in (limits.TRY, limits.UNKNOWN):
        assert "/ip" in site_settings.ACCOUNT_RATE_LIMITS[name]
        assert "/key" in site_settings.ACCOUNT_RATE_LIMITS[name]


def test_no_log_holds_the_code(client, code, caplog, settings):
    caplog.set_level(logging.DEBUG)
    settings.ACCOUNT_RATE_LIMITS = {"status": "1/h/ip", "status_unknown": "1/h/ip"}
    ask(client, code)
    ask(client, code)
    assert code not in "\n".join(record.getMessage() for record in caplog.records)


def test_the_answer_never_touches_who_reported():
    """It is told to Audience.PUBLIC, which hears NOTHING: its module has no way to a reporter, a family or an office."""
    from cases.casefiles import public

    source = inspect.getsource(public)
    for word in ("Reporter", "household", "category", "story", "outcome", "number,", ".area"):
        assert word not in source.replace("reporter_for tells NOTHING", "").replace("without number,", ""), (
            word
        )


def test_a_volunteer_looks_it_up_for_them(case, code, cast, as_user):
    client = as_user(cast.volunteer)
    search = reverse("desk:search")
    found = client.post(search, {"q": codes.grouped(code).lower()})
    assert found["Location"] == reverse("casefiles:detail", args=[case.pk])
    # Not by an address, and not from another area.
    kept = client.get(search, {"q": code})
    assert (kept.status_code, kept["Location"]) == (302, search)
    away = as_user(cast.other_volunteer).post(search, {"q": code})
    assert away.status_code == 200
    assert "Kode ini tidak dikenal di sini" in away.text
    assert code not in away.text
    assert case.number not in away.text
    nobody = as_user(cast.volunteer).post(search, {"q": codes.make()})
    assert "Kode ini tidak dikenal di sini" in nobody.text
    assert Case.objects.count() == 1
