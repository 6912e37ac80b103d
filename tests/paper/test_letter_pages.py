"""The pages of letters, walked as a coordinator does, and shut to everybody else."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.casefiles import actions as casefiles
from cases.casefiles.actions import ReporterData
from cases.casefiles.choices import Category, ReporterLevel, Status
from cases.paper import actions
from cases.paper.choices import LetterKind, LetterStatus
from cases.paper.models import Letter
from tests.casefiles.files import a_pdf, a_photo, a_recording
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_offices, make_submission
from tests.households.helpers import consent, make_household
from tests.paper.helpers import make_letter, make_letterhead

NAME = "Karsinah Wagiyem"


@pytest.fixture
def offices(areas):
    make_letterhead()
    return make_offices()


@pytest.fixture
def case(cast, areas):
    return make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)


@pytest.fixture
def draft(case, cast, offices):
    return make_letter([case], cast.coordinator, office=offices.village, enclosures=["receipt", "chronology"])


@pytest.fixture
def letter(draft, cast):
    return actions.print_letter(letter=draft, by=cast.coordinator)


def url(name, letter=None, **query):
    from urllib.parse import urlencode

    path = reverse(f"paper:{name}", args=[letter.pk] if letter else [])
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def fields_of(page) -> dict[str, str]:
    """What the form would send, untouched."""
    form = page.context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is not None:
            values[field.html_name] = value
    return values


# --- from the case to the stamp ---------------------------------------------------------------------------------------


def test_the_whole_way(case, cast, offices, as_user):
    client = as_user(cast.coordinator)
    page = client.get(reverse("casefiles:detail", args=[case.pk]))
    assert "Tulis surat" in page.text
    start = url("letter_create", case=case.pk)
    assert f'href="{start}"' in page.text

    page = client.get(start)
    assert "Kelurahan Gedong adalah tingkat pertama" in page.text
    answer = client.post(start, fields_of(page))
    letter = Letter.objects.get()
    assert answer.url == url("letter_edit", letter)
    assert set(letter.enclosures) == {"chronology", "receipt"}

    page = client.get(answer.url)
    assert "Pengaduan dugaan pungutan liar" in page.text
    assert "14 hari sejak hari dicetak" in page.text
    sent = fields_of(page) | {"closing": "Kami tunggu kabarnya.", "paper": "f4"}
    look = client.post(answer.url, sent | {"preview": "1"}, headers={"HX-Request": "true"})
    assert look.text.count("data:image/png;base64,") == 3
    letter.refresh_from_db()
    assert "Kami tunggu" not in letter.blocks.reveal()
    assert client.post(answer.url, sent).url == url("letter", letter)

    page = client.get(url("letter", letter))
    assert "Cetak surat" in page.text
    assert client.post(url("letter_print", letter)).url == url("letter", letter, new=1)
    letter.refresh_from_db()
    assert (letter.status, letter.paper) == (LetterStatus.PRINTED, "f4")
    assert "Kami tunggu kabarnya." in letter.content.reveal()
    file = client.get(url("letter_file", letter))
    assert file["Content-Type"] == "application/pdf"
    assert letter.number.replace("/", "-") in file["Content-Disposition"]
    assert file.content == client.get(url("letter_file", letter)).content

    today = timezone.localdate()
    given = {"handed_on": today, "channel": "letter", "received_on": today, "their_number": "12/A"}
    scan = SimpleUploadedFile("tanda.jpg", a_photo(), content_type="image/jpeg")
    assert client.post(url("letter_hand_over", letter), given | {"scan": scan}).url == url("letter", letter)
    letter.refresh_from_db()
    case.refresh_from_db()
    assert (letter.status, case.status) == (LetterStatus.HANDED_OVER, Status.SENT)
    page = client.get(url("letter", letter))
    assert "Buka tanda terima" in page.text
    assert client.get(url("letter_scan", letter))["Content-Type"] == "image/jpeg"
    assert AuditEvent.objects.filter(verb="letter.fetched").count() == 2


def test_a_stamp_that_comes_later(letter, cast, as_user):
    client = as_user(cast.coordinator)
    today = timezone.localdate()
    client.post(url("letter_hand_over", letter), {"handed_on": today, "channel": "letter"})
    page = client.get(url("letter", letter))
    assert "Unggah tanda terima" in page.text
    scan = SimpleUploadedFile("tanda.pdf", a_pdf())
    assert client.post(url("letter_receipt", letter), {"received_on": today, "scan": scan}).status_code == 302
    letter.refresh_from_db()
    assert (letter.received_on, letter.scan_type) == (today, "application/pdf")
    letter.submission.refresh_from_db()
    assert letter.submission.received_on == today


def test_handing_over_twice_is_once(letter, cast, as_user):
    client = as_user(cast.coordinator)
    given = {"handed_on": timezone.localdate(), "channel": "letter"}
    answers = [client.post(url("letter_hand_over", letter), given) for _tap in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Letter.objects.get().submission.links.count() == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00 program", "tidak bisa disimpan"),
        (a_photo()[:300], "rusak"),
        (a_recording(), "foto atau PDF"),
    ],
    ids=["empty", "program", "broken", "sound"],
)
def test_a_bad_file_gets_a_sentence(file, words, letter, cast, as_user):
    today = timezone.localdate()
    given = {"handed_on": today, "channel": "letter", "received_on": today}
    scan = SimpleUploadedFile("x.jpg", file)
    page = as_user(cast.coordinator).post(url("letter_hand_over", letter), given | {"scan": scan})
    assert page.status_code == 422
    assert words in page.text
    letter.refresh_from_db()
    assert letter.status == LetterStatus.PRINTED


def test_a_letter_is_made_void(letter, cast, as_user):
    client = as_user(cast.coordinator)
    assert client.post(url("letter_void", letter), {"reason": ""}).status_code in (200, 422)
    assert client.post(url("letter_void", letter), {"reason": "Salah kantor"}).status_code == 302
    page = client.get(url("letter", letter))
    assert "Salah kantor" in page.text
    assert "Batalkan surat" not in page.text
    assert client.post(url("letter_print", letter)).status_code == 409


def test_drafts_begin_again_and_are_thrown_away(draft, cast, as_user):
    client = as_user(cast.coordinator)
    page = client.get(url("letter_edit", draft))
    client.post(url("letter_edit", draft), fields_of(page) | {"opening": "Lain sekali."})
    assert client.post(url("letter_restart", draft)).status_code == 302
    assert "Lain sekali." not in client.get(url("letter_edit", draft)).text
    assert client.post(url("letter_discard", draft)).url == url("letters")
    assert not Letter.objects.exists()


def test_an_old_form_does_not_overwrite_a_newer_draft(draft, cast, as_user):
    client = as_user(cast.coordinator)
    old = fields_of(client.get(url("letter_edit", draft)))
    client.post(url("letter_edit", draft), old | {"closing": "Yang pertama."})
    page = client.post(url("letter_edit", draft), old | {"closing": "Yang kedua."})
    assert page.status_code == 422
    assert "diubah orang lain" in page.text
    draft.refresh_from_db()
    assert "Yang pertama." in draft.blocks.reveal()


def test_a_number_in_a_text_is_refused_where_it_was_typed(draft, cast, as_user):
    client = as_user(cast.coordinator)
    sent = fields_of(client.get(url("letter_edit", draft))) | {"facts": "NIK saya 3175041201909001."}
    page = client.post(url("letter_edit", draft), sent)
    assert page.status_code == 422
    assert page.context["form"].errors["facts"]


def test_the_preview_says_why_it_can_not_be_printed(cast, areas, offices, as_user):
    reporter = ReporterData(ReporterLevel.POSKO_ONLY, NAME, "0812-9988-7766", "self")
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED, reporter=reporter)
    draft = make_letter([case], cast.coordinator, office=offices.village)
    client = as_user(cast.coordinator)
    page = client.get(url("letter_edit", draft))
    assert "Ada yang tidak boleh dikenali" in page.text
    sent = fields_of(page) | {"facts": f"Menurut {NAME}."}
    look = client.post(url("letter_edit", draft), sent | {"preview": "1"}, headers={"HX-Request": "true"})
    assert "pelapor yang tidak boleh muncul" in look.text
    assert client.post(url("letter_edit", draft), sent).status_code == 422


# --- several cases ----------------------------------------------------------------------------------------------------


def test_a_group_is_written_about_in_one_letter(cast, areas, offices, as_user):
    cases = [make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED) for _ in range(3)]
    group = casefiles.group(cases=cases, by=cast.coordinator, title="Pungutan di balai")
    client = as_user(cast.coordinator)
    page = client.get(reverse("casefiles:group_detail", args=[group.pk]))
    start = url("letter_create", case=[case.pk for case in cases])
    assert f'href="{start.replace("&", "&amp;")}"' in page.text
    assert "Tulis satu surat untuk 3 kasus" in page.text
    page = client.get(start)
    assert "Surat kuasa" not in page.text
    sent = fields_of(page) | {"office": offices.village.pk}
    assert client.post(start, sent).status_code == 302
    letter = Letter.objects.get()
    assert (letter.links.count(), "annex" in letter.enclosures) == (3, True)
    client.post(url("letter_print", letter))
    assert client.get(url("letter_file", letter, part="annex")).status_code == 200
    given = {"handed_on": timezone.localdate(), "channel": "letter"}
    client.post(url("letter_hand_over", letter), given)
    letter.refresh_from_db()
    assert letter.submission.links.count() == 3


def test_the_page_that_records_a_sending_leads_to_the_letter(case, cast, offices, as_user):
    page = as_user(cast.coordinator).get(
        f"{reverse('escalations:send')}?case={case.pk}&office={offices.village.pk}"
    )
    start = url("letter_create", case=case.pk, office=offices.village.pk)
    assert f'href="{start.replace("&", "&amp;")}"' in page.text


def test_offices_of_several_areas_are_those_of_all(cast, areas, offices, as_user):
    near = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)
    far = make_case(cast.other_volunteer, areas.tengah_rt, status=Status.VERIFIED)
    page = as_user(cast.board).get(url("letter_create", case=[near.pk, far.pk]))
    names = [office.name for office in page.context["form"].offices]
    assert "Kelurahan Gedong" not in names
    assert "Suku Dinas Sosial Jakarta Timur" in names


@pytest.mark.parametrize("query", ["case=x", "case=1&case=999999", "case=99999999999999999999", "case=²"])
def test_cases_that_are_not_there(query, case, cast, as_user):
    assert as_user(cast.coordinator).get(f"{reverse('paper:letter_create')}?{query}").status_code == 404


def test_cases_of_others_are_not_there(case, cast, offices, as_user):
    start = url("letter_create", case=case.pk)
    assert as_user(cast.other_coordinator).get(start).status_code == 404
    assert as_user(cast.volunteer).get(start).status_code == 403


def test_without_a_case_the_page_says_where_to_begin(cast, as_user):
    page = as_user(cast.coordinator).get(url("letter_create"))
    assert "Surat dimulai dari sebuah kasus" in page.text


def test_own_offices_are_found_by_themselves(case, cast, offices, as_user):
    client = as_user(cast.coordinator)
    start = url("letter_create", case=case.pk, kind=LetterKind.OMBUDSMAN.value)
    page = client.get(start)
    sent = fields_of(page)
    assert sent["kind"] == "ombudsman"
    client.post(start, sent)
    assert Letter.objects.get().office == offices.ombudsman


# --- what others see --------------------------------------------------------------------------------------------------


def test_a_volunteer_does_not_learn_that_there_is_a_letter(letter, case, cast, as_user):
    """Only that something was printed, on the timeline: the RT complained of may be a volunteer."""
    page = as_user(cast.volunteer).get(reverse("casefiles:detail", args=[case.pk]))
    assert url("letter", letter) not in page.text
    assert "Tulis surat" not in page.text


def test_what_a_resident_signs_is_on_no_timeline(case, cast, offices):
    power = actions.print_letter(
        letter=make_letter([case], cast.coordinator, kind=LetterKind.POWER), by=cast.coordinator
    )
    events = AuditEvent.objects.filter(subject_type="casefiles.case", verb__startswith="letter.")
    assert power.number
    assert not events.exists()


def test_nothing_of_a_letter_stays_in_the_browsers_memory(letter, cast, as_user):
    client = as_user(cast.coordinator)
    for name in ("letter", "letter_file", "letter_picture", "letters"):
        answer = client.get(url(name, None if name == "letters" else letter))
        assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 30])
def test_a_page_that_is_not_there(page, letter, cast, as_user):
    assert as_user(cast.coordinator).get(url("letter_picture", letter, page=page)).status_code == 404


def test_a_family_without_consent_is_asked_for(cast, areas, offices, as_user):
    family = make_household(
        by=cast.volunteer, area=areas.gedong_rt, head_name="Sumarni Atmaja", consent=consent("record")
    )
    case = make_case(
        cast.volunteer, areas.gedong_rt, Category.NOT_RECEIVED, status=Status.VERIFIED, household=family
    )
    draft = make_letter([case], cast.coordinator, office=offices.village)
    page = as_user(cast.coordinator).get(url("letter_edit", draft))
    assert reverse("households:consent", args=[family.pk]) in page.text


# --- lists and their cost ---------------------------------------------------------------------------------------------


def test_the_list_filters(letter, draft, case, cast, areas, offices, as_user):
    second = make_letter([case], cast.coordinator, kind=LetterKind.POWER)
    client = as_user(cast.coordinator)
    page = client.get(url("letters"))
    assert letter.number in page.text
    assert "Surat kuasa" in page.text
    assert client.get(url("letters", status="draft")).context["page"].items == [second]
    assert client.get(url("letters", case=case.pk)).context["page"].items == [second, letter]
    assert client.get(url("letters", case=0)).context["page"].items == []


@pytest.mark.parametrize("many", [1, 12])
def test_pages_ask_little_of_the_database(
    many, case, cast, areas, offices, as_user, django_assert_max_num_queries
):
    make_submission([case], offices.village, cast.coordinator, sent_on=timezone.localdate())
    for _ in range(many):
        letter = make_letter([case], cast.coordinator, office=offices.village)
        actions.print_letter(letter=letter, by=cast.coordinator)
    draft = make_letter([case], cast.coordinator, office=offices.city)
    client = as_user(cast.coordinator)
    client.get(reverse("paper:home"))  # the first page of a session also notes the phone
    own = 4  # session, person, roles, the bell
    for address, most in (
        (url("letters"), own + 4),
        (url("letter", letter), own + 5),
        (url("letter", draft), own + 10),
        (url("letter_edit", draft), own + 12),
        (url("letter_create", case=case.pk), own + 13),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_pages_are_small(letter, draft, cast, case, areas, offices, as_user):
    import gzip

    client = as_user(cast.coordinator)
    new = make_letter([case], cast.coordinator, office=offices.village)
    for address in (
        url("letters"),
        url("letter", letter),
        url("letter_edit", new),
        url("letter_create", case=case.pk),
        url("letter_hand_over", letter),
    ):
        page = client.get(address)
        assert len(gzip.compress(page.content)) < 10_000, address


def test_no_page_speaks_english(letter, cast, case, offices, as_user):
    client = as_user(cast.coordinator)
    new = make_letter([case], cast.coordinator, office=offices.village)
    for address in (url("letters"), url("letter", letter), url("letter_edit", new)):
        words = re.sub(r"<[^>]+>", " ", client.get(address).text)
        assert not re.search(r"\b(the|letter|draft|office|printed)\b", words, re.IGNORECASE), address


def test_a_day_asked_for_that_has_passed(draft, cast, as_user):
    client = as_user(cast.coordinator)
    sent = fields_of(client.get(url("letter_edit", draft)))
    sent["answer_by"] = timezone.localdate() - timedelta(days=1)
    page = client.post(url("letter_edit", draft), sent)
    assert page.status_code == 422
    assert "sudah lewat" in page.text
