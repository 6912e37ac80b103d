"""Evidence: told by its content, sealed, shown clean, its original guarded."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from cases.audit.models import AuditEvent
from cases.casefiles import actions, rules
from cases.casefiles.actions import evidence as keeping
from cases.casefiles.choices import Status
from cases.casefiles.models import Evidence
from cases.kernel.crypto import CannotUnseal
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from tests.casefiles.files import a_pdf, a_photo, a_recording
from tests.casefiles.helpers import make_case


@pytest.fixture
def colleague(make_user, areas):
    return make_user("relawan.rt", (Role.VOLUNTEER, areas.gedong.pk))


@pytest.fixture
def case(cast, areas):
    return make_case(cast.volunteer, areas.gedong_rt)


def add(case, by, content, **more) -> Evidence:
    return actions.add_evidence(case=case, by=by, file=content, **more)


def test_original_is_kept_whole_and_the_copy_is_clean(case, cast, as_user):
    photo = a_photo(size=(2400, 1200))
    piece = add(case, cast.volunteer, photo, caption=" Kuitansi ")
    assert piece.caption == "Kuitansi"
    assert piece.original_sha256 == hashlib.sha256(photo).hexdigest()
    assert piece.open_original() == photo
    page = as_user(cast.volunteer).get(reverse("casefiles:evidence", args=[piece.pk]))
    assert page["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(page.content)) as shown:
        assert not shown.getexif()
        assert max(shown.size) <= 1600
    assert b"Model Rahasia" not in page.content
    assert b"Model Rahasia" in photo


def test_headers_keep_it_on_this_screen(case, cast, as_user):
    piece = add(case, cast.volunteer, a_photo())
    page = as_user(cast.volunteer).get(reverse("casefiles:evidence", args=[piece.pk]))
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert page["Content-Disposition"] == f'inline; filename="{case.number}-{piece.pk}.jpg"'


def test_nothing_readable_on_the_disk(case, cast, settings):
    photo = a_photo()
    piece = add(case, cast.volunteer, SimpleUploadedFile("KTP Karsinah.jpg", photo))
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        assert "Karsinah" not in path.name
        assert path.read_bytes()[:2] != photo[:2]
        assert b"Model Rahasia" not in path.read_bytes()
    assert "Karsinah" not in piece.original.name


def test_a_file_that_was_tampered_with_is_not_shown(case, cast):
    piece = add(case, cast.volunteer, a_photo())
    path = Path(piece.original.path)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(CannotUnseal):
        piece.open_original()


@pytest.mark.parametrize(
    ("content", "kind", "media"),
    [
        (a_photo(), "photo", "image/jpeg"),
        (a_photo(fmt="PNG"), "photo", "image/jpeg"),
        (a_photo(fmt="WEBP"), "photo", "image/jpeg"),
        (a_pdf(), "pdf", "application/pdf"),
        (a_recording(), "audio", "audio/x-wav"),
    ],
)
def test_each_kind_by_its_content(content, kind, media, case, cast, as_user):
    piece = add(case, cast.volunteer, SimpleUploadedFile("whatever.exe", content))
    assert piece.kind == kind
    page = as_user(cast.volunteer).get(reverse("casefiles:evidence", args=[piece.pk]))
    assert (page.status_code, page["Content-Type"]) == (200, media)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00 program", b"<html><script>alert(1)</script></html>", b"<svg/>", a_photo()[:200]],
)
def test_other_kinds_are_refused_whatever_their_name(content, case, cast, settings):
    with pytest.raises(ActionRefused):
        add(case, cast.volunteer, SimpleUploadedFile("foto.jpg", content, "image/jpeg"))
    assert not Evidence.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_too_large_is_refused(case, cast, monkeypatch):
    with pytest.raises(ActionRefused):
        add(case, cast.volunteer, a_photo() + b"\0" * rules.LARGEST_FILE)


def test_a_failure_while_storing_leaves_no_file(case, cast, settings, monkeypatch):
    def broken(content):
        raise OSError("disk full")

    monkeypatch.setattr(keeping.uploads, "clean_image", broken)
    with pytest.raises(OSError, match="disk full"):
        add(case, cast.volunteer, a_photo())
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_same_file_again_is_the_same_piece(case, cast):
    first = add(case, cast.volunteer, a_photo())
    again = add(case, cast.coordinator, a_photo(), caption="lagi")
    assert first.pk == again.pk
    assert AuditEvent.objects.filter(verb="case.evidence_added").count() == 1


def test_several_at_once_are_all_or_none(case, cast):
    with pytest.raises(ActionRefused):
        actions.add_evidence_files(case=case, by=cast.volunteer, files=[a_photo(), b"nothing"])
    assert not Evidence.objects.exists()


def test_there_is_an_end_to_it(case, cast, monkeypatch):
    monkeypatch.setattr(rules, "EVIDENCE_A_CASE", 2)
    add(case, cast.volunteer, a_pdf("1"))
    add(case, cast.volunteer, a_pdf("2"))
    with pytest.raises(ActionRefused):
        add(case, cast.volunteer, a_pdf("3"))


def test_a_case_that_is_over_takes_none(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.RESOLVED)
    with pytest.raises(ActionRefused):
        add(case, cast.volunteer, a_photo())


# --- who ------------------------------------------------------------------------------------------------------------------

SHOWN = {
    "photo": {"volunteer": 200, "coordinator": 200, "board": 200, "colleague": 200},
    "pdf": {"volunteer": 200, "coordinator": 200, "board": 200, "colleague": 403},
    "audio": {"volunteer": 200, "coordinator": 200, "board": 200, "colleague": 403},
}
ORIGINAL = {"coordinator": 200, "board": 200, "volunteer": 403, "colleague": 403}
OUTSIDE = ("other_volunteer", "other_coordinator", "observer", "stranger")


@pytest.mark.parametrize("kind", SHOWN)
def test_who_may_open_and_who_may_download(kind, case, cast, colleague, as_user):
    content = {"photo": a_photo(), "pdf": a_pdf(), "audio": a_recording()}[kind]
    piece = add(case, cast.volunteer, content)
    show, original = (reverse(f"casefiles:{name}", args=[piece.pk]) for name in ("evidence", "original"))
    cast.colleague = colleague
    for role, status in SHOWN[kind].items():
        assert as_user(getattr(cast, role)).get(show).status_code == status, role
    for role, status in ORIGINAL.items():
        before = AuditEvent.objects.filter(verb="case.evidence_downloaded").count()
        page = as_user(getattr(cast, role)).post(original)
        assert page.status_code == status, role
        after = AuditEvent.objects.filter(verb="case.evidence_downloaded").count()
        assert after - before == (status == 200)
        if status == 200:
            assert page.content == content
            assert page["Content-Disposition"].startswith("attachment")
            assert page["X-Content-SHA256"] == piece.original_sha256
    for role in OUTSIDE:
        client = as_user(getattr(cast, role))
        assert client.get(show).status_code == 404, role
        assert client.post(original).status_code == 404, role
        assert client.get(reverse("casefiles:strike", args=[piece.pk])).status_code == 404, role


def test_nobody_signed_out_gets_a_file(case, cast, client):
    piece = add(case, cast.volunteer, a_photo())
    page = client.get(reverse("casefiles:evidence", args=[piece.pk]))
    assert page.status_code == 302
    assert "login" in page["Location"]


def test_the_original_is_not_a_link(case, cast, as_user):
    piece = add(case, cast.volunteer, a_photo())
    assert as_user(cast.coordinator).get(reverse("casefiles:original", args=[piece.pk])).status_code == 405


def test_a_colleague_who_added_a_recording_may_hear_it(case, cast, colleague, as_user):
    piece = add(case, colleague, a_recording())
    assert as_user(colleague).get(reverse("casefiles:evidence", args=[piece.pk])).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "range_said", "length"),
    [
        ("bytes=0-99", 206, "bytes 0-99/8044", 100),
        ("bytes=8000-", 206, "bytes 8000-8043/8044", 44),
        ("bytes=0-999999", 206, "bytes 0-8043/8044", 8044),
        ("bytes=9000-", 200, None, 8044),
        ("lines=1-2", 200, None, 8044),
        ("bytes=-5", 200, None, 8044),
    ],
)
def test_a_player_may_ask_for_parts(asked, status, range_said, length, case, cast, as_user):
    piece = add(case, cast.volunteer, a_recording())
    page = as_user(cast.volunteer).get(
        reverse("casefiles:evidence", args=[piece.pk]), headers={"Range": asked}
    )
    assert (page.status_code, page.get("Content-Range"), len(page.content)) == (status, range_said, length)


# --- struck, never deleted --------------------------------------------------------------------------------------------------


def test_struck_with_a_reason_and_still_there(case, cast, as_user):
    piece = add(case, cast.volunteer, a_photo())
    with pytest.raises(NotAllowed):
        actions.strike_evidence(evidence=piece, by=cast.volunteer, reason="Buram.")
    with pytest.raises(ActionRefused):
        actions.strike_evidence(evidence=piece, by=cast.coordinator, reason="  ")
    url = reverse("casefiles:strike", args=[piece.pk])
    assert as_user(cast.coordinator).post(url, {"reason": "Foto orang lain."}).status_code == 302
    with pytest.raises(ActionRefused):
        actions.strike_evidence(evidence=piece, by=cast.coordinator, reason="Lagi.")
    page = as_user(cast.coordinator).get(reverse("casefiles:detail", args=[case.pk]))
    assert "Foto orang lain." in page.text
    assert "tidak dihitung" in page.text
    assert piece.open_original() == a_photo()


def test_the_database_wants_the_reason_too(case, cast):
    from django.utils import timezone

    piece = add(case, cast.volunteer, a_photo())
    with open_gate(), pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(struck_at=timezone.now())


# --- the page ----------------------------------------------------------------------------------------------------------------


def test_the_page_takes_several_and_says_what_is_wrong(case, cast, as_user):
    client, url = as_user(cast.volunteer), reverse("casefiles:add_evidence", args=[case.pk])
    empty = client.post(url, {"caption": "x"})
    assert empty.status_code == 422
    assert "Pilih paling sedikit satu berkas." in empty.text
    files = [SimpleUploadedFile(f"{n}.jpg", a_photo(n)) for n in range(1, 4)]
    assert client.post(url, {"files": files, "caption": "Kuitansi"}).status_code == 302
    assert Evidence.objects.filter(case=case, caption="Kuitansi").count() == 3
    many = [SimpleUploadedFile(f"{n}.pdf", a_pdf(str(n))) for n in range(7)]
    assert client.post(url, {"files": many}).status_code == 422
    wrong = client.post(url, {"files": SimpleUploadedFile("x.jpg", b"nothing at all")})
    assert wrong.status_code == 422
    assert "Jenis berkas" in wrong.text or "berkas" in wrong.text
