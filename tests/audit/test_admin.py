"""The administration: reference data only, through the guard, on record, never deleted."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from cases.areas.models import OwnDay
from cases.audit.actions import timeline
from cases.audit.admin import BoardAdmin
from cases.audit.models import AuditEvent
from cases.escalations.models import DeadlineRule, Office
from cases.people.models import Organisation
from cases.programmes.models import Programme
from tests.escalations.helpers import make_offices
from tests.programmes.helpers import make_programme

pytestmark = pytest.mark.django_db

REGISTERED = {
    "areas.Area",
    "areas.OwnDay",
    "audit.AuditEvent",
    "escalations.DeadlineRule",
    "escalations.Office",
    "escalations.Requirement",
    "escalations.Route",
    "people.Organisation",
    "programmes.Programme",
    "programmes.Round",
}


@pytest.fixture
def board(as_user, cast):
    return as_user(cast.board)


def url(model, view: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def programme_form(programme: Programme, **changes: object) -> dict[str, object]:
    names = ["code", "name", "kind", "unit", "amount", "cadence", "channel", "legal_basis", "description"]
    form = {name: getattr(programme, name) or "" for name in names} | {
        "last_checked": programme.last_checked.isoformat(),
        "active": "on",
        "components-TOTAL_FORMS": "0",
        "components-INITIAL_FORMS": "0",
    }
    return form | changes


def test_only_reference_data_is_registered():
    found = {f"{model._meta.app_label}.{model._meta.object_name}" for model in admin.site._registry}
    assert found == REGISTERED
    assert all(isinstance(row, BoardAdmin) for row in admin.site._registry.values())


def test_every_list_and_form_opens_in_indonesian(board, cast):
    make_offices()
    make_programme(by=cast.board)
    for model in admin.site._registry:
        page = board.get(url(model, "changelist"))
        assert page.status_code == 200, model
        assert "Select " not in page.content.decode()
        first = model.objects.first()
        if first is not None:
            assert board.get(url(model, "change", first.pk)).status_code == 200, model
    assert "Data acuan" in board.get(reverse("admin:index")).content.decode()


def test_a_change_is_saved_and_put_on_record_with_before_and_after(board, cast):
    programme = make_programme(by=cast.board)
    answer = board.post(url(Programme, "change", programme.pk), programme_form(programme, amount="350000"))
    assert answer.status_code == 302
    programme.refresh_from_db()
    assert programme.amount == 350_000
    event = timeline(programme).last()
    assert (event.verb, event.actor_id) == ("programme.edited", cast.board.pk)
    assert event.data == {"changes": {"amount": ["300000", "350000"]}}
    assert LogEntry.objects.count() == 0


def test_the_history_page_tells_what_was_changed(board, cast):
    programme = make_programme(by=cast.board)
    board.post(url(Programme, "change", programme.pk), programme_form(programme, amount="350000"))
    page = board.get(url(Programme, "history", programme.pk)).content.decode()
    assert "300000 → 350000" in page


def test_nothing_changed_leaves_no_event(board, cast):
    programme = make_programme(by=cast.board)
    before = AuditEvent.objects.count()
    assert board.post(url(Programme, "change", programme.pk), programme_form(programme)).status_code == 302
    assert AuditEvent.objects.count() == before


def test_a_component_is_added_with_its_programme(board, cast):
    programme = make_programme(by=cast.board)
    form = programme_form(programme) | {
        "components-TOTAL_FORMS": "1",
        "components-0-name": "Lansia",
        "components-0-amount": "600000",
        "components-0-per": "tahap",
        "components-0-programme": programme.pk,
    }
    assert board.post(url(Programme, "change", programme.pk), form).status_code == 302
    assert programme.components.get().amount == 600_000
    assert "programmecomponent: Lansia" in timeline(programme).last().data["changes"]


def test_a_new_office_is_on_record(board, areas):
    answer = board.post(
        url(Office, "add"),
        {
            "code": "BARU",
            "kind": "village",
            "name": "Kelurahan Baru",
            "area": areas.gedong.pk,
            "active": "on",
        },
    )
    assert answer.status_code == 302
    assert timeline(Office.objects.get(code="BARU")).get().verb == "office.created"


def test_the_posko_s_own_numbers_stay_out_of_history(board, organisation):
    form = {
        "name": organisation.name,
        "short_name": "JRMK",
        "phone": "0812 1111 2222",
        "address": "Jalan Uji",
        "city": "Jakarta",
    }
    assert board.post(url(Organisation, "change", organisation.pk), form).status_code == 302
    assert "2222" not in str(timeline(organisation).last().data)


def test_a_day_is_added_by_the_action_that_moves_deadlines(board, cast):
    form = {"date": "2026-12-01", "change": "added", "name": "Hari posko"}
    assert board.post(url(OwnDay, "add"), form).status_code == 302
    assert OwnDay.objects.get().name == "Hari posko"
    assert board.get(url(OwnDay, "change", OwnDay.objects.get().pk)).status_code == 200
    assert board.post(url(OwnDay, "change", OwnDay.objects.get().pk), form).status_code == 403


@pytest.mark.parametrize("model", [Programme, Office, DeadlineRule, Organisation, OwnDay, AuditEvent])
def test_nothing_can_be_deleted(board, cast, organisation, model):
    make_offices()
    make_programme(by=cast.board)
    board.post(url(OwnDay, "add"), {"date": "2026-12-01", "change": "added", "name": "Hari posko"})
    row = model.objects.first()
    assert board.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    board.post(
        url(model, "changelist"), {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    )
    assert model.objects.filter(pk=row.pk).exists()


def test_history_is_looked_at_and_never_touched(board, cast):
    make_programme(by=cast.board)
    event = AuditEvent.objects.last()
    page = board.get(url(AuditEvent, "change", event.pk)).content.decode()
    assert event.verb in page
    assert "data" not in admin.site._registry[AuditEvent].fields
    assert board.post(url(AuditEvent, "change", event.pk), {"verb": "x"}).status_code == 403
    assert board.get(url(AuditEvent, "add")).status_code == 403


@pytest.mark.parametrize("who", ["volunteer", "coordinator", "observer", "stranger"])
def test_others_are_told_that_it_is_the_boards(as_user, cast, who):
    answer = as_user(getattr(cast, who)).get(reverse("admin:index"))
    assert answer.status_code == 403
    assert "Hanya pengurus yang mengubah data acuan." in answer.content.decode()


def test_its_door_is_the_door_of_the_posko(client, as_user, cast):
    assert client.get(reverse("admin:login")).url == "/accounts/login/?next=/admin/"
    assert client.post(reverse("admin:login"), {"username": "x", "password": "y"}).status_code == 302
    assert as_user(cast.board).get(reverse("admin:login")).url == "/admin/"


def test_a_board_without_the_second_factor_stays_outside(as_user, cast, settings):
    settings.POSKO_SECOND_FACTOR_FOR_BOARD = True
    answer = as_user(cast.board).get(reverse("admin:index"))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))
