"""Posters from their words to their last day: kept, printed, shared, taken down."""

import io
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from cases.audit.models import AuditEvent
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed
from cases.paper import actions
from cases.paper.actions.posters import content_of
from cases.paper.choices import PaperSize, PosterKind
from cases.paper.models import Poster, PrintRecord
from cases.paper.sheets import PaperRefused, poster_from_blocks
from cases.people.choices import Role
from cases.programmes import actions as programmes
from tests.paper.helpers import GEDONG_PHONE, make_kampung, make_poster, read, solid
from tests.programmes.helpers import make_programme, make_round, make_schedule

pytestmark = pytest.mark.django_db

STAFF = ["volunteer", "coordinator", "board"]
OUTSIDE = ["other_volunteer", "other_coordinator", "observer", "stranger"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def gedong(areas):
    return make_kampung(areas.gedong) and areas.gedong


@pytest.fixture
def poster(gedong, cast):
    return make_poster(gedong, cast.volunteer)


@pytest.fixture
def aid_round(areas, cast):
    found = make_round(make_programme(name="Kartu Lansia Jakarta (KLJ)", code="KLJ-UJI"))
    make_schedule(found, areas.gedong, date=date(2026, 12, 14), place="Balai RW 011")
    return found


def other_words(poster, **blocks):
    return poster_from_blocks(poster.kind, poster.content | blocks)


# --- made and changed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", STAFF)
def test_whoever_works_in_the_area_makes_posters(gedong, cast, who):
    made = make_poster(gedong, getattr(cast, who))
    assert made.created_by == getattr(cast, who)
    assert AuditEvent.objects.get(verb="poster.made").subject_id == str(made.pk)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_does(gedong, cast, who):
    with pytest.raises(NotAllowed):
        make_poster(gedong, getattr(cast, who))
    assert not Poster.objects.exists()


def test_the_picture_for_whatsapp_is_light_and_is_a_poster(poster):
    picture = poster.picture.unsealed()
    assert len(picture) <= 200_000
    assert Image.open(io.BytesIO(picture)).size[0] >= 1000


def test_two_taps_make_one_poster_and_other_words_under_the_same_id_a_conflict(gedong, cast):
    stamp = uuid4()
    first = make_poster(gedong, cast.volunteer, client_id=stamp)
    assert make_poster(gedong, cast.volunteer, client_id=stamp) == first
    assert Poster.objects.count() == 1
    with pytest.raises(Conflict):
        make_poster(gedong, cast.volunteer, client_id=stamp, kind=PosterKind.COMPLAIN)


def test_a_schedule_without_its_round_is_refused(gedong, cast, poster):
    with pytest.raises(ActionRefused):
        actions.make_poster(
            kind="schedule", area=gedong, aid_round=None, content=content_of(poster), by=cast.volunteer
        )


def test_words_that_fit_no_sheet_are_refused_and_nothing_is_kept(poster, cast):
    with pytest.raises(PaperRefused):
        actions.change_poster(
            poster=poster,
            content=other_words(poster, headline="Pertanggungjawabannya " * 6),
            by=cast.volunteer,
        )
    poster.refresh_from_db()
    assert poster.headline == "Diminta uang untuk bansos?"


def test_a_change_gives_a_new_picture_and_removes_the_old(poster, cast, django_capture_on_commit_callbacks):
    before, old = poster.picture.unsealed(), poster.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        changed = actions.change_poster(
            poster=poster, content=other_words(poster, headline="Ada pungli?"), by=cast.volunteer
        )
    assert changed.headline == "Ada pungli?"
    assert changed.picture.unsealed() != before
    assert not changed.picture.storage.exists(old)


def test_a_colleague_changes_nothing_of_anothers_poster_but_the_coordinator_does(
    gedong, cast, poster, make_user
):
    colleague = make_user("relawan.lain", (Role.VOLUNTEER, gedong.pk))
    words = other_words(poster, headline="Ada pungli?")
    for who in (colleague, cast.other_coordinator, cast.observer):
        with pytest.raises(NotAllowed):
            actions.change_poster(poster=poster, content=words, by=who)
        with pytest.raises(NotAllowed):
            actions.retire_poster(poster=poster, by=who)
    assert actions.change_poster(poster=poster, content=words, by=cast.coordinator).headline == "Ada pungli?"


def test_a_qr_opens_the_share_page_and_no_qr_leaves_no_link(gedong, cast):
    with_qr = make_poster(gedong, cast.volunteer, with_qr=True)
    assert with_qr.shared
    assert with_qr.content["link"] == f"https://posko.example/p/{with_qr.share_token}/"
    without = make_poster(gedong, cast.volunteer)
    assert not without.shared
    assert without.content["link"] == ""


# --- printed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PaperSize)
def test_each_size_is_a_record_and_a_file_with_all_its_words(poster, cast, paper):
    row = actions.print_poster(poster=poster, paper=paper, by=cast.volunteer)
    pages = read(actions.file_of(row, by=cast.volunteer))
    assert len(pages) == row.pages == (2 if paper == "a3_tiles" else 1)
    printed = solid("".join(pages))
    for text in content_of(poster).texts:
        assert solid(text) in printed
    assert (row.kind, row.names, row.by, row.poster) == ("poster", 0, cast.volunteer, poster)


def test_a_print_says_what_it_said_when_it_was_printed(poster, cast):
    row = actions.print_poster(poster=poster, paper="a4", by=cast.volunteer)
    actions.change_poster(
        poster=poster, content=other_words(poster, headline="Ada pungli?"), by=cast.volunteer
    )
    row.refresh_from_db()
    printed = solid(read(actions.file_of(row, by=cast.volunteer))[0])
    assert "Dimintauanguntukbansos?" in printed
    assert "Adapungli?" not in printed


def test_a_poster_that_was_taken_down_is_not_printed_shared_or_changed(poster, cast):
    actions.share_poster(poster=poster, by=cast.volunteer)
    poster = actions.retire_poster(poster=poster, by=cast.volunteer)
    assert not poster.shared
    for refused in (
        lambda: actions.print_poster(poster=poster, paper="a4", by=cast.volunteer),
        lambda: actions.share_poster(poster=poster, by=cast.volunteer),
        lambda: actions.retire_poster(poster=poster, by=cast.volunteer),
    ):
        with pytest.raises(ActionRefused):
            refused()


def test_a_paper_for_which_the_words_are_too_many_is_refused(poster, cast):
    poster.too_small = ["a3"]
    with pytest.raises(ActionRefused):
        actions.print_poster(poster=poster, paper="a3", by=cast.volunteer)


# --- pages --------------------------------------------------------------------------------------------------------


def pages(poster):
    detail = [poster.pk]
    return {
        "poster": ("get", reverse("paper:poster", args=detail)),
        "poster_edit": ("get", reverse("paper:poster_edit", args=detail)),
        "poster_picture": ("get", reverse("paper:poster_picture", args=detail)),
        "poster_print": ("post", reverse("paper:poster_print", args=detail)),
        "poster_share": ("post", reverse("paper:poster_share", args=detail)),
        "poster_retire": ("post", reverse("paper:poster_retire", args=detail)),
    }


@pytest.mark.parametrize(
    "page", ["poster", "poster_edit", "poster_picture", "poster_print", "poster_share", "poster_retire"]
)
def test_every_page_of_a_poster_knocked_at_by_the_whole_cast(poster, cast, as_user, client, page):
    method, url = pages(poster)[page]
    assert getattr(client, method)(url)["Location"].startswith(reverse("account_login"))
    for who in OUTSIDE:
        assert getattr(as_user(getattr(cast, who)), method)(url, {"paper": "a4"}).status_code == 404, who
    for who in STAFF:
        found = getattr(as_user(getattr(cast, who)), method)(url, {"paper": "a4", "on": "1"}).status_code
        # The last of the three finds it taken down already.
        allowed = {200, 302} if page != "poster_retire" else {302, 409}
        assert found in allowed, (who, found)


@pytest.mark.parametrize(
    "name", ["home", "posters", "prints", "poster_create", "doors_create", "slips_create"]
)
def test_pages_to_begin_with_are_for_those_who_work_here(areas, cast, as_user, client, name):
    url = reverse(f"paper:{name}")
    assert client.get(url).status_code == 302
    for who in ("observer", "stranger"):
        assert as_user(getattr(cast, who)).get(url).status_code == 403, who
    for who in [*STAFF, "other_volunteer"]:
        assert as_user(getattr(cast, who)).get(url).status_code == 200, who


def test_a_volunteer_makes_a_poster_of_a_round_in_two_steps(gedong, aid_round, cast, as_user):
    client = as_user(cast.volunteer)
    start = {"kind": "schedule", "area": gedong.pk, "round": aid_round.pk}
    page = client.get(reverse("paper:poster_text"), start)
    form = page.context["form"]
    assert form["day_1"].value() == "Senin, 14 Desember 2026"
    assert form["phone"].value() == GEDONG_PHONE
    shown = client.get(page.context["picture_url"])
    assert shown.content.startswith(b"\x89PNG")
    assert page.context["picture_url"] in page.content.decode().replace("&amp;", "&")
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    sent["headline"] = "KLJ cair kapan?"
    url = f"{reverse('paper:poster_text')}?kind=schedule&area={gedong.pk}&round={aid_round.pk}"
    looked = client.post(url, sent | {"preview": "1"})
    assert looked.status_code == 200
    assert looked.context["preview"].startswith("data:image/png;base64,")
    assert not Poster.objects.exists(), "looking keeps nothing"
    first = client.post(url, sent)
    second = client.post(url, sent)
    made = Poster.objects.get()
    assert first["Location"] == second["Location"] == reverse("paper:poster", args=[made.pk])
    assert made.headline == "KLJ cair kapan?"
    assert made.round == aid_round
    assert made.valid_until == date(2026, 12, 14)


def test_what_is_typed_wrong_stays_and_is_said(gedong, cast, as_user):
    client = as_user(cast.volunteer)
    url = f"{reverse('paper:poster_text')}?kind=no_levy&area={gedong.pk}"
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    for field, value in {
        "headline": "",
        "ask": "NIK 3175041201909001",
        "steps": "satu\ndua\ntiga\nempat\nlima",
        "bring": ["ktp", "kk", "photocopy", "letter", "camera"],
        "hours_1": "pukul 09.00",
        "complain": "x" * 61,
        "valid_until": "kapan-kapan",
    }.items():
        page = client.post(url, sent | {field: value})
        assert page.status_code == 422, field
        assert page.context["form"].errors, field
    wordy = client.post(url, sent | {"steps": "\n".join(["kata " * 19] * 4)})
    assert wordy.status_code == 422
    assert "90" in str(wordy.context["form"].non_field_errors())
    assert not Poster.objects.exists()


def test_the_area_and_the_round_are_those_of_the_user(areas, aid_round, cast, as_user):
    client = as_user(cast.volunteer)
    page = client.get(reverse("paper:poster_text"), {"kind": "no_levy", "area": areas.tengah.pk})
    assert page.status_code == 422
    assert "area" in page.context["form"].errors
    page = client.get(reverse("paper:poster_text"), {"kind": "schedule", "area": areas.gedong.pk})
    assert "round" in page.context["form"].errors


def test_a_copy_for_another_area_keeps_the_words_and_takes_the_rest_from_there(areas, gedong, cast, as_user):
    make_kampung(areas.tengah, name="Kampung Tengah", phone="+6281398765432")
    poster = make_poster(gedong, cast.board)
    actions.change_poster(poster=poster, content=other_words(poster, headline="Ada pungli?"), by=cast.board)
    page = as_user(cast.board).get(
        reverse("paper:poster_text"), {"kind": "no_levy", "area": areas.tengah.pk, "like": poster.pk}
    )
    form = page.context["form"]
    assert form["headline"].value() == "Ada pungli?"
    assert form["phone"].value() == "0813-9876-5432"
    hidden = as_user(cast.other_volunteer).get(
        reverse("paper:poster_text"), {"kind": "no_levy", "area": areas.tengah.pk, "like": poster.pk}
    )
    assert hidden.context["form"]["headline"].value() != "Ada pungli?"


def test_a_double_tap_on_print_is_one_record_and_another_size_another(poster, cast, as_user):
    client, stamp = as_user(cast.volunteer), str(uuid4())
    url = reverse("paper:poster_print", args=[poster.pk])
    for paper in ("a4", "a4", "f4"):
        answer = client.post(url, {"paper": paper, "client_id": stamp})
        assert answer.status_code == 302
    assert sorted(PrintRecord.objects.values_list("paper", flat=True)) == ["a4", "f4"]
    assert client.post(url, {"paper": "kartu-nama", "client_id": stamp}).status_code == 404


def test_a_poster_says_that_the_schedule_has_changed(gedong, aid_round, cast, as_user):
    poster = make_poster(gedong, cast.volunteer, kind=PosterKind.SCHEDULE, aid_round=aid_round)
    client = as_user(cast.volunteer)
    url = reverse("paper:poster", args=[poster.pk])
    assert not client.get(url).context["outdated"]
    programmes.edit_schedule(schedule=aid_round.schedules.get(), by=cast.board, date=date(2026, 12, 15))
    assert client.get(url).context["outdated"]


def test_the_text_for_whatsapp_says_the_same(poster, cast, as_user):
    page = as_user(cast.volunteer).get(reverse("paper:poster", args=[poster.pk]))
    text = page.context["text"]
    for line in ("*Diminta uang untuk bansos?*", "Jangan bayar. Bansos hak warga.", GEDONG_PHONE):
        assert line in text
    assert page.context["whatsapp"].startswith("https://wa.me/?text=")


def test_posters_of_the_areas_above_are_seen_below_but_not_changed_there(areas, gedong, cast, make_user):
    only_rt = make_user("relawan.rt", (Role.VOLUNTEER, areas.gedong_rt.pk))
    poster = make_poster(gedong, cast.coordinator)
    assert list(Poster.objects.visible_to(only_rt)) == [poster]
    assert not Poster.objects.visible_to(cast.other_volunteer).exists()
    with pytest.raises(NotAllowed):
        actions.share_poster(poster=poster, by=only_rt)
    assert actions.print_poster(poster=poster, paper="a4", by=only_rt).by == only_rt


# --- the share page -----------------------------------------------------------------------------------------------


def test_the_link_shows_the_same_words_to_anyone_and_nothing_of_whoever_made_it(poster, cast, client):
    url = reverse("share:poster", args=[poster.share_token])
    assert client.get(url).status_code == 404
    actions.share_poster(poster=poster, by=cast.volunteer)
    page = client.get(url)
    html = page.content.decode()
    assert page.status_code == 200
    for text in content_of(poster).texts:
        assert text in html
    assert 'href="tel:081234567890"' in html
    for word in ("relawan.gedong", cast.volunteer.name, "csrf", "<script", poster.area_id):
        assert word not in html
    assert page["X-Robots-Tag"] == "noindex"
    assert "noindex" in html
    assert "sessionid" not in page.cookies


def test_the_page_is_tiny_even_with_its_style(poster, cast, client, settings):
    actions.share_poster(poster=poster, by=cast.volunteer)
    page = client.get(reverse("share:poster", args=[poster.share_token]))
    style = (settings.BASE_DIR / "advocacy" / "static" / "css" / "notice.css").stat().st_size
    assert len(page.content) + style <= 12_000


def test_the_picture_behind_the_link_is_that_of_the_poster(poster, cast, client):
    url = reverse("share:picture", args=[poster.share_token])
    assert client.get(url).status_code == 404
    actions.share_poster(poster=poster, by=cast.volunteer)
    answer = client.get(url)
    assert answer["Content-Type"] == "image/png"
    assert answer.content == poster.picture.unsealed()


@pytest.mark.parametrize("end", [actions.stop_sharing, actions.retire_poster])
def test_a_link_that_was_switched_off_is_gone(poster, cast, client, end):
    actions.share_poster(poster=poster, by=cast.volunteer)
    end(poster=poster, by=cast.volunteer)
    for name in ("poster", "picture"):
        assert client.get(reverse(f"share:{name}", args=[poster.share_token])).status_code == 404
    assert client.get(reverse("share:poster", args=["tidak-ada-kode"])).status_code == 404


def test_an_old_notice_says_that_it_is_old(poster, cast, client):
    actions.share_poster(poster=poster, by=cast.volunteer)
    url = reverse("share:poster", args=[poster.share_token])
    assert "sudah lewat" not in client.get(url).content.decode()
    with time_machine.travel("2027-03-01"):
        assert "sudah lewat" in client.get(url).content.decode()


def test_the_share_page_costs_one_query(poster, cast, client, django_assert_num_queries):
    actions.share_poster(poster=poster, by=cast.volunteer)
    with django_assert_num_queries(1):
        client.get(reverse("share:poster", args=[poster.share_token]))
