"""Every address of the slice against everyone, and what the pages weigh."""

import gzip

import pytest
from django.urls import reverse

from cases.casefiles import actions, urls
from cases.casefiles.choices import Category, ReporterLevel, Status
from cases.casefiles.models import Case, Evidence
from cases.casefiles.views.acting import NEXT, STEPS
from cases.casefiles.workflow import ALLOWED
from tests.casefiles.files import a_photo
from tests.casefiles.helpers import make_case

# GET as: recorder, coordinator, board, then colleague of the same kelurahan; all others get 404.
OPEN_TO_ALL_INSIDE = (200, 200, 200, 200)
COORDINATORS = (403, 200, 200, 403)
RECORDER_TOO = (200, 200, 200, 403)
POST_ONLY = (405, 405, 405, 405)
PAGES = {
    "detail": OPEN_TO_ALL_INSIDE,
    "saved": OPEN_TO_ALL_INSIDE,
    "code": OPEN_TO_ALL_INSIDE,
    "change_code": OPEN_TO_ALL_INSIDE,
    "add_evidence": OPEN_TO_ALL_INSIDE,
    "link": OPEN_TO_ALL_INSIDE,
    "take": OPEN_TO_ALL_INSIDE,
    "edit": RECORDER_TOO,
    "reporter": RECORDER_TOO,
    "reveal": POST_ONLY,
    "verify": COORDINATORS,
    "ask": COORDINATORS,
    "close": COORDINATORS,
    "assign": COORDINATORS,
    "group": COORDINATORS,
    "ungroup": COORDINATORS,
    # The state forbids it to those whom the role would allow it.
    "resolve": (403, 409, 409, 403),
    "reopen": (403, 409, 409, 403),
    "supply": (409, 409, 409, 409),
    "evidence": OPEN_TO_ALL_INSIDE,
    "strike": COORDINATORS,
    "original": POST_ONLY,
    "similar": POST_ONLY,
    "unlink": POST_ONLY,
    "group_detail": OPEN_TO_ALL_INSIDE,
    "rename_group": COORDINATORS,
}
NO_CASE = {"list", "create", "tell"}
OUTSIDE = ("other_volunteer", "other_coordinator", "observer", "stranger")


@pytest.fixture
def address(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, evidence=[a_photo()])
    other = make_case(cast.volunteer, areas.gedong_rt)
    link = actions.link(case=case, other=other, by=cast.volunteer)
    group = actions.group(cases=[case], by=cast.coordinator, title="Pungutan")
    piece = Evidence.objects.get(case=case)
    own = {
        "evidence": [piece.pk],
        "strike": [piece.pk],
        "original": [piece.pk],
        "similar": [case.pk, other.pk],
        "unlink": [link.pk],
        "group_detail": [group.pk],
        "rename_group": [group.pk],
    }
    return lambda name: reverse(f"casefiles:{name}", args=own.get(name, [case.pk]))


def test_every_address_is_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES) | NO_CASE


def test_everyone_at_every_address(address, cast, areas, make_user, as_user, client):
    from cases.people.choices import Role

    colleague = make_user("relawan.dua", (Role.VOLUNTEER, areas.gedong.pk))
    inside = (cast.volunteer, cast.coordinator, cast.board, colleague)
    for name, expected in PAGES.items():
        url = address(name)
        for user, status in zip(inside, expected, strict=True):
            assert as_user(user).get(url).status_code == status, (name, user.username)
        for role in OUTSIDE:
            status = 405 if expected == POST_ONLY else 404
            assert as_user(getattr(cast, role)).get(url).status_code == status, (name, role)
            if expected == POST_ONLY:
                assert client.post(url).status_code == 404, (name, role)
    client.logout()
    for name in PAGES:
        answer = client.get(address(name))
        assert answer.status_code == 302, name
        assert "login" in answer["Location"], name
        assert client.post(address(name)).status_code == 302, name


@pytest.mark.parametrize("role", ["observer", "stranger"])
def test_who_has_no_area_has_nowhere_to_record(role, cast, areas, as_user):
    client = as_user(getattr(cast, role))
    url = reverse("casefiles:tell", args=["PUNGLI"])
    answer = client.post(
        url,
        {"story": "x", "area": areas.gedong_rt.pk, "closing": "1", "level": "anonymous", "urgency": "normal"},
    )
    assert answer.status_code == 403
    assert not Case.objects.exists()


# --- buttons follow ALLOWED -------------------------------------------------------------------------------------------------


def test_next_steps_are_moves_that_are_allowed():
    for status, names in NEXT.items():
        for name in names:
            assert STEPS[name].target in ALLOWED[status], (status, name)
    offered = {status: {STEPS[name].target for name in names} for status, names in NEXT.items()}
    for status, following in ALLOWED.items():
        # What escalations move has its own buttons.
        by_hand = set(following) - {Status.SENT, Status.ANSWERED}
        if status == Status.SENT:
            by_hand.discard(Status.VERIFIED)
        assert offered[status] == by_hand, status


@pytest.mark.parametrize("status", Status)
def test_buttons_work_or_say_why(status, cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt, status=status)
    for user in (cast.volunteer, cast.coordinator):
        client = as_user(user)
        steps = client.get(reverse("casefiles:detail", args=[case.pk])).context["steps"]
        assert steps
        for step in steps:
            answer = client.get(reverse(f"casefiles:{step['name']}", args=[case.pk]))
            assert (answer.status_code == 200) == (not step["reason"]), (user.username, step["name"])


def test_a_volunteer_reads_one_sentence_instead_of_shut_buttons(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt)
    page = as_user(cast.volunteer).get(reverse("casefiles:detail", args=[case.pk])).text
    assert "Koordinator wilayah ini yang memeriksa, mengirim, dan menutup kasus." in page
    assert "disabled" not in page
    assert "Tandai sudah dicek" not in page


def test_a_volunteer_sees_the_one_step_that_is_the_volunteers(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.NEEDS_DETAILS)
    page = as_user(cast.volunteer).get(reverse("casefiles:detail", args=[case.pk])).text
    assert reverse("casefiles:supply", args=[case.pk]) in page
    assert "disabled" not in page


# --- forms ------------------------------------------------------------------------------------------------------------------


def test_a_step_with_an_error_keeps_what_was_typed(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)
    answer = as_user(cast.coordinator).post(
        reverse("casefiles:resolve", args=[case.pk]),
        {"outcome": "", "confirmed": "family", "note": "Uang kembali semua."},
    )
    assert answer.status_code == 422
    assert "Uang kembali semua." in answer.text
    assert "data-summary" in answer.text


def test_going_back_keeps_the_story_and_shows_no_error(cast, areas, as_user):
    url = reverse("casefiles:tell", args=["INTIMIDASI"])
    typed = {"story": "", "threat": ["violence", "eviction"], "safe_now": "no", "area": areas.gedong_rt.pk}
    page = as_user(cast.volunteer).post(url, {**typed, "back": "1"})
    assert page.status_code == 200
    assert "data-summary" not in page.text
    form = page.context["form"]
    assert form["threat"].value() == ["violence", "eviction"]
    assert form["safe_now"].value() == "no"


def test_what_was_told_travels_to_the_last_page_and_into_the_case(cast, areas, as_user):
    client, url = as_user(cast.volunteer), reverse("casefiles:tell", args=["INTIMIDASI"])
    typed = {
        "story": "Ditanya siapa yang mengadu.",
        "threat": ["violence", "hunted"],
        "area": areas.gedong_rt.pk,
        "happened_about": "minggu lalu",
    }
    closing = client.post(url, typed)
    assert closing.context["form"]["urgency"].value() == "urgent"
    carried = closing.context["carried"]
    data: dict[str, list] = {}
    for name, value in carried:
        data.setdefault(name, []).append(value)
    answer = client.post(
        url,
        {
            **data,
            "closing": "1",
            "level": ReporterLevel.POSKO_ONLY.value,
            "name": "Karsinah Wagiyem",
            "urgency": "urgent",
            "client_id": str(closing.context["form"]["client_id"].value()),
            "evidence": [],
        },
    )
    assert answer.status_code == 302, answer.text
    case = Case.objects.get()
    assert case.details == {"threat": ["hunted", "violence"]}
    assert (case.happened_about, case.urgency) == ("minggu lalu", "urgent")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"level": ""}, "Pilih siapa yang boleh tahu"),
        ({"level": "posko_only"}, "Tulis nama pelapor"),
        ({"level": "posko_only", "name": "Karsinah", "phone": "123"}, "Nomor telepon pelapor"),
        ({"level": "posko_only", "name": "Bu Tarmi Sukarti", "story": "Kata Tarmi Sukarti begitu."}, "Hapus"),
        ({"urgency": "later"}, "data-summary"),
    ],
)
def test_the_last_page_says_what_is_wrong(wrong, said, cast, areas, as_user):
    url = reverse("casefiles:tell", args=["PUNGLI"])
    good = {
        "story": "x",
        "area": areas.gedong_rt.pk,
        "closing": "1",
        "level": "anonymous",
        "urgency": "normal",
    }
    answer = as_user(cast.volunteer).post(url, {**good, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert not Case.objects.exists()


def test_another_kind_asks_other_questions(cast, areas, as_user):
    case = make_case(cast.volunteer, areas.gedong_rt)
    client, url = as_user(cast.volunteer), reverse("casefiles:edit", args=[case.pk])
    page = client.post(url, {"ask": "1", "category": "GANDA", "story": "Setengah jalan"})
    assert page.status_code == 200
    assert page.context["form"].question_names == ["double_what", "seen_where"]
    assert "Setengah jalan" in page.text
    case.refresh_from_db()
    assert case.category == Category.LEVY


def test_unknown_category_is_not_there(cast, as_user):
    assert as_user(cast.volunteer).get("/cases/new/APA/").status_code == 404


# --- bytes -------------------------------------------------------------------------------------------------------------------


def weight(page) -> int:
    return len(gzip.compress(page.content, 6))


def test_pages_are_light(cast, areas, as_user):
    """A later page costs at most 12 KB over the wire; recording a case is four of them."""
    client = as_user(cast.volunteer)
    for _ in range(26):
        case = make_case(cast.volunteer, areas.gedong_rt)
    url = reverse("casefiles:tell", args=["PUNGLI"])
    pages = {
        "list": client.get(reverse("casefiles:list")),
        "detail": client.get(reverse("casefiles:detail", args=[case.pk])),
        "choose": client.get(reverse("casefiles:create")),
        "tell": client.get(url),
        "closing": client.post(url, {"story": "x", "area": areas.gedong_rt.pk}),
        "saved": client.get(reverse("casefiles:saved", args=[case.pk])),
    }
    weights = {name: weight(page) for name, page in pages.items()}
    assert max(weights.values()) < 12 * 1024, weights
    assert sum(weights[name] for name in ("choose", "tell", "closing", "saved")) < 24 * 1024, weights
