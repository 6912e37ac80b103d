"""Every page and endpoint of escalations, knocked at by the whole cast."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.casefiles.choices import Category, ReporterLevel, Status
from cases.escalations import actions
from cases.escalations.models import Answer, Office, Submission
from cases.kernel import panels
from cases.people.choices import Role
from tests.escalations.helpers import make_answer, make_submission, make_verified
from tests.escalations.test_actions import a_photo
from tests.places import GEDONG

pytestmark = pytest.mark.django_db

EVERYONE = [
    "volunteer",
    "coordinator",
    "other_volunteer",
    "other_coordinator",
    "board",
    "observer",
    "stranger",
]


@pytest.fixture
def case(cast, areas):
    return make_verified(cast.volunteer, areas.gedong_rt)


@pytest.fixture
def submission(case, offices, cast):
    return make_submission([case], offices.village, cast.coordinator)


@pytest.fixture
def answer(submission, cast):
    return make_answer(submission, cast.coordinator, attachment=a_photo())


def send_url(**query):
    return f"{reverse('escalations:send')}?{urlencode(query, doseq=True)}"


#                 volunteer coordinator other_vol other_coord board observer stranger
EXPECTED = {
    "list": (200, 200, 200, 200, 200, 200, 200),
    "send": (403, 200, 404, 404, 200, 404, 404),
    "detail": (200, 200, 404, 404, 200, 404, 404),
    "receive": (403, 200, 404, 404, 200, 404, 404),
    "answer": (403, 200, 404, 404, 200, 404, 404),
    "progress": (403, 200, 404, 404, 200, 404, 404),
    "withdraw": (403, 200, 404, 404, 200, 404, 404),
    "attachment": (200, 200, 404, 404, 200, 404, 404),
    "calendar": (200, 200, 200, 200, 200, 403, 403),
    "offices": (200, 200, 200, 200, 200, 200, 200),
    "office_create": (403, 200, 403, 200, 200, 403, 403),
    "office": (200, 200, 404, 404, 200, 404, 404),
    "office_edit": (403, 403, 404, 404, 200, 404, 404),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_who_may_open_a_page(request, cast, areas, offices, submission, client, name):
    pages = {
        "list": lambda: reverse("escalations:list"),
        "send": lambda: send_url(case=make_verified(cast.coordinator, areas.gedong_rt).pk),
        "attachment": lambda: reverse("escalations:attachment", args=[request.getfixturevalue("answer").pk]),
        "calendar": lambda: reverse("escalations:calendar"),
        "offices": lambda: reverse("escalations:offices"),
        "office_create": lambda: reverse("escalations:office_create"),
        "office": lambda: reverse("escalations:office", args=[offices.village.pk]),
        "office_edit": lambda: reverse("escalations:office_edit", args=[offices.village.pk]),
    }
    url = pages.get(name, lambda: reverse(f"escalations:{name}", args=[submission.pk]))()
    assert client.get(url).status_code == 302
    for who, expected in zip(EVERYONE, EXPECTED[name], strict=True):
        client.force_login(getattr(cast, who))
        assert client.get(url).status_code == expected, (name, who)


def test_a_letter_opens_for_those_who_work_on_the_case_and_not_for_every_colleague(make_user, answer, client):
    """The office may name the reporter in it, who may be named to the office only."""
    client.force_login(make_user("relawan.lain", (Role.VOLUNTEER, GEDONG)))
    refused = client.get(reverse("escalations:attachment", args=[answer.pk]))
    assert refused.status_code == 403
    assert "koordinator" in refused.content.decode()


def test_every_url_of_the_slice_stands_in_the_table():
    from cases.escalations.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(EXPECTED) | {
        "calendar_revoke",
        "feed",
    }  # test_feeds


FORM = {"channel": "letter", "sent_on": "2026-11-02"}


class TestSending:
    def test_from_the_page_of_the_case_to_the_deadline_with_its_sum(self, cast, case, offices, as_user):
        client = as_user(cast.coordinator)
        case_url = reverse("casefiles:detail", args=[case.pk])
        page = client.get(case_url).content.decode()
        assert f"{reverse('escalations:send')}?case={case.pk}" in page
        assert "Kelurahan Gedong adalah tingkat pertama: mulai dari sana." in page
        form = client.get(send_url(case=case.pk)).content.decode()
        assert f'name="office" value="{offices.village.pk}"' in form
        page = client.post(
            send_url(case=case.pk), FORM | {"office": offices.village.pk}, follow=True
        ).content.decode()
        assert "Batas jawaban: Senin, 16 November 2026" in page
        assert "14 hari kalender dari Senin, 2 November 2026." in page
        assert "Dihitung dari hari kirim" in page
        assert "UU 25/2009" in page
        assert "Lewat 8 hari" in page
        assert (
            "Kelurahan Gedong belum menjawab, lewat batas waktu 8 hari: naikkan ke Suku Dinas Sosial Jakarta Timur."
            in page
        )
        assert "Inspektorat DKI Jakarta mengawasi perilaku petugas: kirim juga ke sana." in page
        assert "Dikirim ke Kelurahan Gedong pada 2 Nov 2026" in page

    def test_a_volunteer_reads_who_sends(self, cast, case, offices, as_user):
        page = as_user(cast.volunteer).get(reverse("casefiles:detail", args=[case.pk])).content.decode()
        assert "Koordinator wilayah ini yang memeriksa, mengirim, dan menutup kasus." in page
        assert send_url(case=case.pk).split("?")[0] + "?case" not in page

    @pytest.mark.parametrize(
        ("broken", "sentence"),
        [
            ({"sent_on": "2026-11-25"}, "Tanggal ini belum tiba"),
            ({"received_on": "2026-11-01"}, "Tidak mungkin diterima sebelum dikirim"),
            ({"sent_on": ""}, "id_sent_on_error"),
            ({"office": ""}, "Pilih kantornya."),
            ({"office": "999999"}, "field--error"),
            ({"channel": "merpati"}, "field--error"),
        ],
    )
    def test_what_cannot_be_comes_back_with_what_was_typed(
        self, cast, case, offices, as_user, broken, sentence
    ):
        form = FORM | {"office": offices.village.pk, "notes": "Diserahkan di loket 3"} | broken
        response = as_user(cast.coordinator).post(send_url(case=case.pk), form)
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert "Diserahkan di loket 3" in page
        assert Submission.objects.count() == 0

    def test_the_same_form_sent_twice_sends_once(self, cast, case, offices, as_user):
        form = FORM | {"office": offices.village.pk, "client_id": "7e57ab1e-0000-4000-8000-000000000011"}
        client = as_user(cast.coordinator)
        assert [client.post(send_url(case=case.pk), form).status_code for _ in range(2)] == [302, 302]
        assert Submission.objects.count() == 1

    def test_several_cases_sent_twice_go_once(self, cast, case, offices, as_user):
        form = FORM | {
            "office": offices.village.pk,
            "cases": [case.pk],
            "client_id": "7e57ab1e-0000-4000-8000-000000000013",
        }
        client = as_user(cast.coordinator)
        url = send_url(office=offices.village.pk)
        assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
        assert Submission.objects.count() == 1

    def test_the_office_it_lies_with_is_not_offered_again(self, cast, case, submission, offices, as_user):
        page = as_user(cast.coordinator).get(send_url(case=case.pk)).content.decode()
        assert f'value="{offices.village.pk}"' not in page
        assert f'value="{offices.city.pk}"' in page

    def test_an_office_of_the_other_kampung_is_neither_offered_nor_taken(self, cast, case, offices, as_user):
        client = as_user(cast.board)
        assert (
            f'value="{offices.other_village.pk}"' not in client.get(send_url(case=case.pk)).content.decode()
        )
        assert (
            client.post(send_url(case=case.pk), FORM | {"office": offices.other_village.pk}).status_code
            == 422
        )

    def test_several_cases_to_one_office(self, cast, areas, offices, as_user):
        mine = [make_verified(cast.coordinator, areas.gedong_rt, Category.NOT_RECEIVED) for _ in range(3)]
        other = make_verified(cast.board, areas.tengah_rt)
        client = as_user(cast.coordinator)
        page = client.get(send_url(office=offices.city.pk)).content.decode()
        assert all(case.number in page for case in mine)
        assert other.number not in page
        form = FORM | {"office": offices.city.pk, "cases": [mine[0].pk, mine[2].pk]}
        page = client.post(send_url(office=offices.city.pk), form, follow=True).content.decode()
        assert Submission.objects.get().links.count() == 2
        assert mine[0].number in page
        assert mine[1].number not in page
        assert (
            client.post(send_url(office=offices.city.pk), FORM | {"office": offices.city.pk}).status_code
            == 422
        )
        # A case of the other kampung slipped in is not taken.
        form = FORM | {"office": offices.city.pk, "cases": [mine[1].pk, other.pk]}
        assert client.post(send_url(office=offices.city.pk), form).status_code == 422
        assert Submission.objects.count() == 1

    def test_several_chosen_cases_at_once(self, cast, areas, offices, as_user):
        cases = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(2)]
        client, url = as_user(cast.coordinator), send_url(case=[case.pk for case in cases])
        assert "2 kasus dalam satu surat" in client.get(url).content.decode()
        assert client.post(url, FORM | {"office": offices.village.pk}).status_code == 302
        assert Submission.objects.get().links.count() == 2

    @pytest.mark.parametrize(
        "query", ["case=abc", "case=9999999", "office=x", "office=9999999", "case=%C2%B2", "case=1&case=99"]
    )
    def test_addresses_that_lead_nowhere(self, cast, case, as_user, query):
        assert as_user(cast.coordinator).get(f"{reverse('escalations:send')}?{query}").status_code == 404

    def test_without_a_case_or_an_office_it_leads_to_the_offices(self, cast, as_user):
        response = as_user(cast.coordinator).get(reverse("escalations:send"))
        assert response.url == reverse("escalations:offices")

    def test_the_name_of_a_reporter_is_not_shown_and_what_may_be_told_is_said(
        self, cast, areas, offices, as_user
    ):
        from cases.casefiles.actions import ReporterData

        sentences = {
            ReporterLevel.MAY_BE_NAMED: "Pelapor setuju: namanya boleh disebut di surat.",
            ReporterLevel.POSKO_ONLY: "Surat tidak menyebut pelapor, juga tidak menyebut keluarga",
        }
        for level, sentence in sentences.items():
            reporter = ReporterData(level=level, name="Sumarni Rahayu", phone="081298765432")
            case = make_verified(cast.coordinator, areas.gedong_rt, reporter=reporter)
            page = as_user(cast.coordinator).get(send_url(case=case.pk)).content.decode()
            assert sentence in page
            assert "Sumarni" not in page


class TestFollowing:
    def test_receipt_answer_and_what_the_case_says(self, cast, case, submission, as_user):
        client = as_user(cast.coordinator)
        url = reverse("escalations:receive", args=[submission.pk])
        assert client.post(url, {"received_on": "2026-11-01"}).status_code == 422
        assert client.post(url, {"received_on": "2026-12-01"}).status_code == 422
        page = client.post(
            url,
            {"received_on": "2026-11-12", "received_by": "Bagian umum", "their_number": "12/TU"},
            follow=True,
        ).content.decode()
        assert "Batas jawaban: Kamis, 26 November 2026" in page
        assert "Dihitung dari tanda terima Kamis, 12 November 2026." in page
        assert "Batas waktu pindah dari 16 Nov 2026 ke 26 Nov 2026" in page or "16 Nov 2026" in page
        url = reverse("escalations:answer", args=[submission.pk])
        form = {
            "kind": "answer",
            "answered_on": "2026-11-20",
            "content": "Sudah diteruskan ke Sudin.",
            "solves": "partly",
        }
        assert client.post(url, form | {"answered_on": "2026-11-11"}).status_code == 422
        bad = SimpleUploadedFile("surat.pdf", b"not a pdf at all")
        assert client.post(url, form | {"attachment": bad}).status_code == 422
        letter = SimpleUploadedFile("surat.jpg", a_photo(), "image/jpeg")
        page = client.post(url, form | {"attachment": letter}, follow=True).content.decode()
        assert "Sudah diteruskan ke Sudin." in page
        assert "menyelesaikan sebagian" in page
        case.refresh_from_db()
        assert case.status == Status.ANSWERED
        assert (
            "Jawaban Kelurahan Gedong belum menyelesaikan masalah: naikkan ke Suku Dinas Sosial Jakarta Timur."
            in page
        )
        response = client.get(reverse("escalations:attachment", args=[Answer.objects.get().pk]))
        assert (response["Content-Type"], response.content[:2]) == ("image/jpeg", b"\xff\xd8")
        assert "no-store" in response["Cache-Control"]

    def test_withdrawing_needs_a_reason(self, cast, case, submission, as_user):
        client, url = as_user(cast.coordinator), reverse("escalations:withdraw", args=[submission.pk])
        assert client.post(url, {"reason": " "}).status_code == 422
        page = client.post(url, {"reason": "Salah kantor"}, follow=True).content.decode()
        assert "Salah kantor" in page
        assert "Dicabut dari Kelurahan Gedong" in page
        assert client.get(url).status_code == 409
        assert client.get(reverse("escalations:receive", args=[submission.pk])).status_code == 409

    def test_the_skipped_days_of_working_days_are_named(self, cast, case, offices, as_user):
        row = make_submission([case], offices.inspectorate, cast.coordinator)
        page = as_user(cast.coordinator).get(reverse("escalations:detail", args=[row.pk])).content.decode()
        assert "60 hari kerja dari Senin, 2 November 2026; dilewati:" in page
        assert "Hari Raya Natal" in page

    def test_a_letter_of_two_kampung_shows_each_only_its_own(self, cast, areas, offices, as_user):
        cases = [make_verified(cast.board, areas.gedong_rt), make_verified(cast.board, areas.tengah_rt)]
        row = make_submission(cases, offices.city, cast.board)
        for url in (reverse("escalations:detail", args=[row.pk]), reverse("escalations:list")):
            page = as_user(cast.coordinator).get(url).content.decode()
            assert cases[0].number in page
            assert cases[1].number not in page
        page = as_user(cast.coordinator).get(reverse("escalations:detail", args=[row.pk])).content.decode()
        assert "Di dalamnya ada kasus dari wilayah lain juga." in page

    def test_list_filters(self, cast, areas, offices, as_user):
        late = make_submission(
            [make_verified(cast.coordinator, areas.gedong_rt)], offices.village, cast.coordinator
        )
        soon = make_submission(
            [make_verified(cast.coordinator, areas.gedong_rt_next)],
            offices.city,
            cast.coordinator,
            sent_on=date(2026, 11, 12),
        )
        gone = make_submission(
            [make_verified(cast.coordinator, areas.gedong_rt)], offices.lapor, cast.coordinator
        )
        actions.withdraw(submission=gone, reason="x", by=cast.coordinator)
        client = as_user(cast.coordinator)

        def shown(**query):
            page = client.get(reverse("escalations:list"), query).content.decode()
            return {
                row.pk
                for row in (late, soon, gone)
                if f'href="{reverse("escalations:detail", args=[row.pk])}"' in page
            }

        assert shown() == {late.pk, soon.pk, gone.pk}
        assert shown(due="overdue") == {late.pk}
        assert shown(due="soon") == {soon.pk}
        assert shown(status="withdrawn") == {gone.pk}
        assert shown(office=offices.village.pk) == {late.pk}
        assert shown(area=areas.gedong_rt_next.pk) == {soon.pk}


def test_nobody_chases_an_office_for_a_case_that_is_over(cast, case, submission, offices, as_user):
    from cases.casefiles import actions as casefiles

    client = as_user(cast.coordinator)
    pages = [reverse("escalations:list"), reverse("escalations:detail", args=[submission.pk])]
    pages += [
        reverse("casefiles:detail", args=[case.pk]),
        reverse("escalations:office", args=[offices.village.pk]),
    ]
    assert all("Lewat 8 hari" in client.get(url).content.decode() for url in pages)
    casefiles.resolve(case=case, by=cast.coordinator, outcome="paid", confirmed="family")
    assert not any("Lewat 8 hari" in client.get(url).content.decode() for url in pages)
    assert "1 lewat batas waktu" not in client.get(reverse("escalations:offices")).content.decode()
    assert "Kelurahan Gedong</a>" not in client.get(pages[0], {"due": "overdue"}).content.decode()


class TestOffices:
    def test_the_list_climbs_and_counts_what_waits(self, cast, submission, offices, as_user):
        page = as_user(cast.coordinator).get(reverse("escalations:offices")).content.decode()
        climbing = (offices.rw, offices.village, offices.district, offices.city)
        order = [page.index(reverse("escalations:office", args=[office.pk])) for office in climbing]
        assert order == sorted(order)
        assert "Kelurahan Tengah" not in page
        assert "1 lewat batas waktu" in page

    def test_search_and_filters(self, cast, areas, offices, as_user):
        client, url = as_user(cast.board), reverse("escalations:offices")
        assert "Ombudsman Jakarta Raya" not in client.get(url, {"q": "gedong"}).content.decode()
        page = client.get(url, {"area": areas.gedong_rt.pk}).content.decode()
        assert "Kelurahan Gedong" in page
        assert f'href="{reverse("escalations:office", args=[offices.other_village.pk])}"' not in page

    def test_a_coordinator_adds_an_rw_and_the_board_mends_an_address(self, cast, areas, offices, as_user):
        client = as_user(cast.coordinator)
        form = {
            "kind": "rt_rw",
            "area": "31.75.05.1001.011",
            "name": "RW 011 baru",
            "addressee": "Ketua RW 011",
        }
        assert (
            client.post(reverse("escalations:office_create"), form | {"kind": "village"}).status_code == 422
        )
        assert (
            client.post(reverse("escalations:office_create"), form | {"area": "31.75.04.1002"}).status_code
            == 422
        )
        assert client.post(reverse("escalations:office_create"), form).status_code == 302
        assert client.post(reverse("escalations:office_create"), form).status_code == 422
        client = as_user(cast.board)
        url = reverse("escalations:office_edit", args=[offices.village.pk])
        form = {"name": "Kelurahan Gedong", "address": "Jalan Raya Bogor", "active": "on"}
        assert client.post(url, form | {"website": "javascript:alert(1)"}).status_code == 422
        assert client.post(url, form | {"website": "https://gedong.example.go.id"}).status_code == 302
        page = client.get(reverse("escalations:office", args=[offices.village.pk])).content.decode()
        assert "Jalan Raya Bogor" in page
        assert 'href="https://gedong.example.go.id"' in page

    def test_what_the_office_has_and_how_long(self, cast, submission, offices, as_user):
        page = (
            as_user(cast.volunteer)
            .get(reverse("escalations:office", args=[offices.village.pk]))
            .content.decode()
        )
        assert "14 hari untuk menjawab" in page
        assert reverse("escalations:detail", args=[submission.pk]) in page
        assert "Kirim kasus ke sini" not in page


@pytest.mark.parametrize("name", ["list", "offices"])
def test_queries_of_a_list_do_not_grow(cast, areas, offices, submission, client, name):
    client.force_login(cast.coordinator)
    url = reverse(f"escalations:{name}")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    client.get(url)
    few = queries()
    for _ in range(4):
        cases = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(2)]
        make_submission(cases, offices.city, cast.coordinator)
        actions.add_office(kind="rt_rw", area=areas.gedong, name=f"RT {cases[0].pk}", by=cast.coordinator)
    assert queries() == few
    assert few <= 12


def test_queries_of_the_panel_do_not_grow_with_submissions(cast, case, offices, submission, rf):
    request = rf.get("/")
    request.user = cast.coordinator

    def queries():
        with CaptureQueriesContext(connection) as captured:
            shown = panels.shown("case", request, case)
        assert "escalations/_case_panel.html" in [name for name, _ in shown]
        return len(captured)

    case.refresh_from_db()
    queries()
    few = queries()
    make_submission([case], offices.city, cast.coordinator)
    make_submission([case], offices.lapor, cast.coordinator)
    make_answer(submission, cast.coordinator)
    case.refresh_from_db()
    assert queries() == few
    # With one for the letters of the case, which stand beside the offices.
    assert few <= 13


def test_a_case_that_is_not_ready_shows_no_empty_panel(cast, areas, offices, rf):
    from tests.casefiles.helpers import make_case

    request = rf.get("/")
    request.user = cast.coordinator
    case = make_case(cast.volunteer, areas.gedong_rt)
    assert "escalations/_case_panel.html" not in [name for name, _ in panels.shown("case", request, case)]


class TestApi:
    BODY = {"channel": "letter", "sent_on": "2026-11-02"}

    def test_send_receive_answer(self, cast, case, offices, as_user):
        client = as_user(cast.coordinator)
        body = self.BODY | {
            "cases": [case.pk],
            "office": offices.village.pk,
            "client_id": "7e57ab1e-0000-4000-8000-000000000012",
        }
        made = client.post("/api/v1/submissions/", body, "application/json")
        assert made.status_code == 201
        row = made.json()
        assert (row["due_on"], row["days_left"], row["cases"]) == ("2026-11-16", -8, [case.pk])
        assert row["deadlines"][0]["sum"] == "14 hari kalender dari Senin, 2 November 2026."
        assert client.post("/api/v1/submissions/", body, "application/json").json()["id"] == row["id"]
        clash = client.post("/api/v1/submissions/", body | {"notes": "lain"}, "application/json")
        assert (clash.status_code, clash["Content-Type"]) == (409, "application/problem+json")
        url = f"/api/v1/submissions/{row['id']}/"
        received = client.post(f"{url}receive/", {"received_on": "2026-11-05"}, "application/json").json()
        assert received["due_on"] == "2026-11-19"
        early = client.post(f"{url}receive/", {"received_on": "2026-11-01"}, "application/json")
        assert early.status_code == 409
        answer = {"answered_on": "2026-11-20", "content": "Diteruskan.", "solves": "no"}
        answered = client.post(
            f"{url}answer/", answer | {"attachment": SimpleUploadedFile("a.jpg", a_photo())}
        )
        assert answered.json()["status"] == "answered"
        assert answered.json()["answers"][0]["has_attachment"] is True
        late = client.post(f"{url}withdraw/", {"reason": "x"}, "application/json")
        assert (late.status_code, late.json()["detail"]) == (409, "Kantornya sudah menjawab.")

    def test_a_long_list_is_refused_before_it_is_looked_up(
        self, cast, case, offices, as_user, django_assert_max_num_queries
    ):
        body = self.BODY | {"cases": [case.pk] * 500, "office": offices.village.pk}
        client = as_user(cast.coordinator)
        with django_assert_max_num_queries(12):
            answer = client.post("/api/v1/submissions/", body, "application/json")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["cases"]

    def test_withdraw(self, cast, submission, as_user):
        url = f"/api/v1/submissions/{submission.pk}/withdraw/"
        assert as_user(cast.coordinator).post(url, {}, "application/json").status_code == 400
        assert (
            as_user(cast.coordinator).post(url, {"reason": "x"}, "application/json").json()["status"]
            == "withdrawn"
        )

    @pytest.mark.parametrize(
        ("who", "expected"),
        [("volunteer", 403), ("other_coordinator", 404), ("observer", 404), ("stranger", 404)],
    )
    def test_others_may_not(self, cast, submission, as_user, who, expected):
        client = as_user(getattr(cast, who))
        bodies = {
            "receive": {"received_on": "2026-11-05"},
            "answer": {"answered_on": "2026-11-20", "content": "x", "solves": "no"},
            "withdraw": {"reason": "x"},
        }
        for verb, body in bodies.items():
            url = f"/api/v1/submissions/{submission.pk}/{verb}/"
            assert client.post(url, body, "application/json").status_code == expected

    def test_cases_and_offices_of_others_are_unknown(self, cast, areas, offices, case, as_user):
        other = make_verified(cast.board, areas.tengah_rt)
        client = as_user(cast.coordinator)
        for cases, office in (
            ([other.pk], offices.city.pk),
            ([case.pk], offices.other_village.pk),
            ([], offices.city.pk),
        ):
            body = self.BODY | {"cases": cases, "office": office}
            assert client.post("/api/v1/submissions/", body, "application/json").status_code == 400
        assert Submission.objects.count() == 0

    def test_lists_are_scoped_and_filtered(self, cast, submission, offices, as_user):
        client = as_user(cast.volunteer)
        assert len(client.get("/api/v1/submissions/").json()["results"]) == 1
        assert client.get("/api/v1/submissions/", {"status": "answered"}).json()["results"] == []
        names = {row["name"] for row in client.get("/api/v1/offices/").json()["results"]}
        assert "Kelurahan Gedong" in names
        assert "Kelurahan Tengah" not in names
        detail = client.get(f"/api/v1/offices/{offices.village.pk}/").json()
        assert detail["deadlines"][0]["unit"] == "hari"
        client.force_login(cast.other_volunteer)
        assert client.get("/api/v1/submissions/").json()["results"] == []
        client.logout()
        assert client.get("/api/v1/submissions/").status_code in (401, 403)
        assert Office.objects.count() == 13


def test_no_english_choice_stands_on_an_indonesian_form(cast, case, offices, as_user):
    client = as_user(cast.board)
    pages = [
        reverse("escalations:office_create"),
        reverse("escalations:office_edit", args=[offices.village.pk]),
    ]
    for url in [
        *pages,
        send_url(case=case.pk),
        send_url(office=offices.village.pk),
        reverse("escalations:list"),
    ]:
        assert "Select an option" not in client.get(url).content.decode()


def test_a_group_is_sent_in_one_letter(cast, areas, offices, as_user):
    from cases.casefiles import actions as casefiles
    from tests.casefiles.helpers import make_case

    ready = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(2)]
    unready = make_case(cast.coordinator, areas.gedong_rt)
    group = casefiles.group(cases=[*ready, unready], by=cast.coordinator, title="Pungutan di balai RW")
    url = reverse("casefiles:group_detail", args=[group.pk])
    page = as_user(cast.coordinator).get(url).content.decode()
    assert "Kirim 2 kasus ke kantor" in page
    link = f"case={ready[0].pk}&amp;case={ready[1].pk}"
    assert link in page
    assert as_user(cast.coordinator).get(send_url(case=[case.pk for case in ready])).status_code == 200
    assert "Kirim 2 kasus" not in as_user(cast.volunteer).get(url).content.decode()
