"""Checks with sealed screenshots, aid received, visits."""

import io
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from cases.audit.models import AuditEvent
from cases.households import actions
from cases.households.models import AidReceipt, Household, StatusCheck, Visit
from cases.kernel.exceptions import ActionRefused, Conflict
from cases.kernel.uploads import UploadRefused
from cases.kernel.writes import open_gate
from tests.households.helpers import make_household


@pytest.fixture
def family(cast, areas) -> Household:
    return make_household(by=cast.volunteer, area=areas.gedong_rt)


def picture(kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 500), (10, 120, 80)).save(buffer, kind)
    return buffer.getvalue()


def check(family, by, **changes) -> StatusCheck:
    fields = {
        "portal": "cekbansos",
        "checked_on": timezone.localdate(),
        "asked_with": "nik",
        "answer": "listed",
        "desil": 2,
        **changes,
    }
    return actions.record_check(household=family, by=by, **fields)


def test_a_screenshot_lies_sealed_and_opens_as_a_picture(cast, family, settings):
    row = check(family, cast.volunteer, screenshot=picture())
    (stored,) = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert not stored.read_bytes().startswith((b"\x89PNG", b"\xff\xd8"))
    assert Image.open(io.BytesIO(row.screenshot.unsealed())).format == "JPEG"


def test_what_is_no_picture_is_refused_and_leaves_nothing(cast, family, settings):
    for data in (b"<html>", b"%PDF-1.4\n%%EOF", b"\xff\xd8\xff\xe0 broken"):
        with pytest.raises(UploadRefused):
            check(family, cast.volunteer, screenshot=data)
    assert not StatusCheck.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_check_that_fails_leaves_no_file(cast, family, settings, monkeypatch):
    monkeypatch.setattr("cases.households.actions.aid.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        check(family, cast.volunteer, screenshot=picture())
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_withdrawn_consent_takes_the_screenshot_along(
    cast, family, settings, django_capture_on_commit_callbacks
):
    row = check(family, cast.volunteer, screenshot=picture())
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_consent(household=family, on=timezone.localdate(), by=cast.volunteer)
    row.refresh_from_db()
    assert not row.screenshot
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "changes",
    [
        {"desil": 0},
        {"desil": 11},
        {"answer": "no_desil", "desil": 3},
        {"portal": "facebook"},
        {"answer": "maybe"},
        {"checked_on": timezone.localdate() + timedelta(days=2)},
    ],
)
def test_a_check_that_cannot_be_is_refused(cast, family, changes):
    with pytest.raises(ActionRefused):
        check(family, cast.volunteer, **changes)
    assert not StatusCheck.objects.exists()


def test_the_database_knows_the_range_of_a_desil(family):
    with pytest.raises(IntegrityError), transaction.atomic(), open_gate():
        StatusCheck.objects.create(
            household=family,
            portal="jaki",
            checked_on="2026-01-01",
            asked_with="kk",
            answer="listed",
            desil=11,
        )


def test_sent_twice_is_stored_once(cast, family, aid_round):
    today = timezone.localdate()
    for act, fields, model in (
        (
            actions.record_check,
            {"portal": "jaki", "checked_on": today, "asked_with": "kk", "answer": "listed"},
            StatusCheck,
        ),
        (actions.record_visit, {"visited_on": today, "task": "round", "result": "met"}, Visit),
        (actions.record_receipt, {"round": aid_round, "due_amount": 300_000}, AidReceipt),
    ):
        fields = {"household": family, "by": cast.volunteer, "client_id": uuid.uuid4(), **fields}
        assert act(**fields).pk == act(**fields).pk
        with pytest.raises(Conflict):
            act(**{**fields, "notes": "lain"})
        assert model.objects.count() == 1
        assert AuditEvent.objects.filter(object_type=model._meta.label_lower).count() == 1


@pytest.mark.parametrize(
    ("due", "actual", "difference"),
    [
        (300_000, 250_000, 50_000),
        (300_000, 300_000, 0),
        (300_000, 0, 300_000),
        (None, 100_000, None),
        (300_000, None, None),
        (300_000, 350_000, -50_000),
    ],
)
def test_the_difference_between_due_and_received(cast, family, aid_round, due, actual, difference):
    receipt = actions.record_receipt(
        household=family, round=aid_round, due_amount=due, actual_amount=actual, by=cast.volunteer
    )
    assert receipt.difference == difference


def test_one_entry_a_round(cast, family, aid_round):
    actions.record_receipt(household=family, round=aid_round, due_amount=1, by=cast.volunteer)
    with pytest.raises(ActionRefused):
        actions.record_receipt(household=family, round=aid_round, due_amount=2, by=cast.volunteer)
    with pytest.raises(IntegrityError), transaction.atomic(), open_gate():
        AidReceipt.objects.create(household=family, round=aid_round)


def test_a_receipt_that_says_nothing_is_refused(cast, family, aid_round):
    with pytest.raises(ActionRefused):
        actions.record_receipt(household=family, round=aid_round, by=cast.volunteer)


def test_a_corrected_receipt_remembers_what_it_said(cast, family, aid_round):
    receipt = actions.record_receipt(household=family, round=aid_round, due_amount=300_000, by=cast.volunteer)
    actions.edit_receipt(
        receipt=receipt, due_amount=300_000, actual_amount=200_000, received_on=None, by=cast.coordinator
    )
    event = AuditEvent.objects.get(verb="household.receipt_edited")
    assert event.data["before"]["actual"] is None
    assert event.data["actual"] == 200_000


def test_nobody_visits_tomorrow(cast, family):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ActionRefused):
        actions.record_visit(
            household=family, visited_on=tomorrow, task="round", result="met", by=cast.volunteer
        )
