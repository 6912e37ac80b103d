"""Areas, kampung, boards and days: what may be added by whom, and what is refused with a sentence."""

from datetime import date

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from cases.areas import actions, calendar
from cases.areas.choices import BoardSize, DayChange, Level, Spreading
from cases.areas.models import Area, Kampung, NoticeBoard, OwnDay
from cases.areas.rules import Unreadable, read_numbers
from cases.audit.models import AuditEvent
from cases.kernel.exceptions import ActionRefused, NotAllowed, WriteOutsideAction
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from cases.people.models import Membership

GEDONG, RW, RT = "31.75.05.1001", "31.75.05.1001.011", "31.75.05.1001.011.005"
EVERYONE = [
    "volunteer",
    "coordinator",
    "other_volunteer",
    "other_coordinator",
    "board",
    "observer",
    "stranger",
]
KEEPERS = ["coordinator", "board"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("005", ["005"]),
        ("5", ["005"]),
        ("001-003", ["001", "002", "003"]),
        ("RW 001-003", ["001", "002", "003"]),
        ("RT 1 – RT 3", ["001", "002", "003"]),
        ("1 s/d 3", ["001", "002", "003"]),
        ("3, 1; 2", ["001", "002", "003"]),
        ("1 dan 2", ["001", "002"]),
        ("1, 1-2", ["001", "002"]),
        ("rt.7", ["007"]),
    ],
)
def test_numbers_as_people_type_them(text, numbers):
    assert read_numbers(text) == numbers


@pytest.mark.parametrize(
    "text", ["", "  ", ",", "a", "0", "000", "5-1", "1000", "1-2-3", "-1", "1.5", "1-999", "0-3", "５x"]
)
def test_numbers_that_are_none(text):
    with pytest.raises(Unreadable):
        read_numbers(text)


@pytest.mark.parametrize("who", EVERYONE)
def test_who_adds_below_gedong(cast, areas, who):
    user = getattr(cast, who)
    if who in KEEPERS:
        made = actions.add_areas(parent=areas.gedong, numbers=["001", "002"], by=user)
        assert [(a.pk, a.level, a.name) for a in made] == [
            (f"{GEDONG}.001", Level.RW, "RW 001"),
            (f"{GEDONG}.002", Level.RW, "RW 002"),
        ]
        event = AuditEvent.objects.get(verb="area.added")
        assert (event.area_code, event.data) == (GEDONG, {"codes": [f"{GEDONG}.001", f"{GEDONG}.002"]})
    else:
        with pytest.raises(NotAllowed):
            actions.add_areas(parent=areas.gedong, numbers=["001"], by=user)
        assert not Area.objects.filter(pk=f"{GEDONG}.001").exists()


def test_one_that_exists_refuses_all_and_is_named(cast):
    rw = Area.objects.get(pk=RW)
    with pytest.raises(ActionRefused, match=r"RT 005/RW 011, RT 006/RW 011"):
        actions.add_areas(parent=rw, numbers=["004", "005", "006", "007"], by=cast.coordinator)
    assert rw.children.count() == 2


@pytest.mark.parametrize("code", ["31.75.05", RT])
def test_only_a_kelurahan_and_an_rw_take_more(cast, code):
    with pytest.raises(ActionRefused):
        actions.add_areas(parent=Area.objects.get(pk=code), numbers=["001"], by=cast.board)


@pytest.mark.parametrize(
    "code", ["31.7", "31.75.05.1001.11", "31.75.05.1001.011.005.001", "abc", "31.75.05.1001.0111"]
)
def test_the_database_knows_a_path(db, code):
    # PostgreSQL also measures the length.
    with pytest.raises((IntegrityError, DataError)), transaction.atomic(), open_gate():
        Area(code=code, level=Level.RT, name="x").save(force_insert=True)


def test_two_kelurahan_never_share_a_short_code(areas):
    with pytest.raises(IntegrityError), transaction.atomic(), open_gate():
        Area.objects.filter(pk=areas.tengah.pk).update(abbr="GDG")


def test_areas_are_written_by_actions_only(areas):
    with pytest.raises(WriteOutsideAction):
        areas.gedong.save()


def test_an_everyday_name(cast, areas):
    actions.rename_area(area=areas.gedong_rt, alias=" Gang Mawar ", by=cast.coordinator)
    area = Area.objects.with_label().get(pk=RT)
    assert area.label == "RT 005/RW 011 Gedong (Gang Mawar)"
    actions.rename_area(area=area, alias="Gang Mawar", by=cast.coordinator)
    assert AuditEvent.objects.filter(verb="area.renamed").count() == 1


def test_a_mistake_goes_and_a_used_or_official_area_stays(cast, areas):
    actions.remove_area(area=areas.gedong_rt_next, by=cast.coordinator)
    assert not Area.objects.filter(pk=f"{RW}.006").exists()
    with pytest.raises(ActionRefused, match=r"already|Sudah ada catatan"):
        actions.remove_area(area=Area.objects.get(pk=RW), by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.remove_area(area=areas.gedong, by=cast.board)
    with open_gate():
        Membership.objects.create(user=cast.stranger, area=areas.gedong_rt, role=Role.VOLUNTEER)
    with pytest.raises(ActionRefused):
        actions.remove_area(area=areas.gedong_rt, by=cast.coordinator)
    assert AuditEvent.objects.filter(verb="area.removed").count() == 1


# --- kampung and boards --------------------------------------------------------------------------------------------------

POSKO = {
    "spreading": Spreading.BOARDS,
    "posko_place": "Rumah Bu Ningsih",
    "posko_hours": "Senin",
    "posko_phone": "",
    "notes": "",
}
BOARD = {"place": "Pos RW 011", "landmark": "Kios pulsa", "size": BoardSize.A3, "notes": ""}


@pytest.fixture
def kampung(cast, areas):
    return actions.save_kampung(by=cast.coordinator, name="Kampung Gedong", areas=[areas.gedong], **POSKO)


@pytest.fixture
def board(cast, areas, kampung):
    return actions.save_board(by=cast.coordinator, kampung=kampung, area=areas.gedong_rt, **BOARD)


@pytest.mark.parametrize("who", EVERYONE)
def test_who_makes_and_changes_a_kampung(cast, areas, kampung, who):
    user = getattr(cast, who)
    if who in KEEPERS:
        actions.save_kampung(
            by=user, kampung=kampung, name="Gedong Raya", areas=[areas.gedong_rt], **POSKO | {"notes": "baru"}
        )
        event = AuditEvent.objects.get(verb="kampung.changed")
        assert event.data == {"fields": ["name", "notes", "areas"], "areas": [RT]}
    else:
        with pytest.raises(NotAllowed):
            actions.save_kampung(by=user, name="Lain", areas=[areas.gedong], **POSKO)
        with pytest.raises(NotAllowed):
            actions.save_kampung(by=user, kampung=kampung, name="Lain", areas=[areas.tengah], **POSKO)
        assert list(Kampung.objects.values_list("name", flat=True)) == ["Kampung Gedong"]


def test_a_kampung_over_two_kelurahan_is_the_boards(cast, areas):
    ground = [areas.gedong_rt, areas.tengah]
    with pytest.raises(NotAllowed):
        actions.save_kampung(by=cast.coordinator, name="Perbatasan", areas=ground, **POSKO)
    shared = actions.save_kampung(by=cast.board, name="Perbatasan", areas=ground, **POSKO)
    with pytest.raises(NotAllowed):
        actions.save_kampung(by=cast.coordinator, kampung=shared, name="X", areas=[areas.gedong_rt], **POSKO)
    # Each side sees it.
    for user in (cast.volunteer, cast.other_volunteer):
        assert list(Kampung.objects.visible_to(user)) == [shared]


def test_a_kampung_needs_ground_and_a_name_of_its_own(cast, areas, kampung):
    with pytest.raises(ActionRefused):
        actions.save_kampung(by=cast.coordinator, name="Tanpa tanah", areas=[], **POSKO)
    with pytest.raises(ActionRefused):
        actions.save_kampung(by=cast.coordinator, name="Kampung Gedong", areas=[areas.gedong_rt], **POSKO)


def test_saving_without_a_change_leaves_no_event(cast, areas, kampung):
    actions.save_kampung(
        by=cast.coordinator, kampung=kampung, name="Kampung Gedong", areas=[areas.gedong], **POSKO
    )
    assert not AuditEvent.objects.filter(verb="kampung.changed").exists()


def test_who_sees_which_kampung(cast, make_user, kampung):
    narrow = make_user("relawan.rt", (Role.VOLUNTEER, RT))
    for user in (cast.volunteer, cast.coordinator, cast.board, narrow):
        assert list(Kampung.objects.visible_to(user)) == [kampung]
    for user in (cast.other_volunteer, cast.observer, cast.stranger):
        assert list(Kampung.objects.visible_to(user)) == []
    assert list(Kampung.objects.covering(RT)) == [kampung]
    assert list(Kampung.objects.covering("31.75.04.1002")) == []


@pytest.mark.parametrize("who", EVERYONE)
def test_who_keeps_boards(cast, areas, kampung, board, who):
    user = getattr(cast, who)
    if who in KEEPERS:
        actions.save_board(
            by=user, kampung=kampung, board=board, area=areas.gedong_rt, **BOARD | {"notes": "izin"}
        )
        actions.retire_board(board=board, by=user)
        with pytest.raises(ActionRefused):
            actions.retire_board(board=board, by=user)
        actions.return_board(board=board, by=user)
        verbs = AuditEvent.objects.filter(subject_type="areas.noticeboard").values_list("verb", flat=True)
        assert list(verbs) == ["board.added", "board.changed", "board.retired", "board.returned"]
    else:
        for refused in (
            lambda: actions.save_board(by=user, kampung=kampung, area=areas.gedong_rt, **BOARD),
            lambda: actions.save_board(by=user, kampung=kampung, board=board, area=areas.tengah_rt, **BOARD),
            lambda: actions.retire_board(board=board, by=user),
        ):
            with pytest.raises((NotAllowed, ActionRefused)):
                refused()
        assert NoticeBoard.objects.get().active


def test_a_board_hangs_inside_its_kampung(cast, areas, kampung):
    with pytest.raises(ActionRefused):
        actions.save_board(by=cast.board, kampung=kampung, area=areas.tengah_rt, **BOARD)


def test_a_kampung_does_not_shrink_away_from_its_boards(cast, areas, kampung, board):
    with pytest.raises(ActionRefused, match="Pos RW 011"):
        actions.save_kampung(
            by=cast.coordinator, kampung=kampung, name="Kampung Gedong", areas=[areas.gedong_rt_next], **POSKO
        )
    assert kampung.areas.get() == areas.gedong


# --- own days ------------------------------------------------------------------------------------------------------------

ANNIVERSARY = date(2027, 6, 22)  # a Tuesday


@pytest.mark.parametrize("who", EVERYONE)
def test_who_adds_and_removes_a_day(cast, who):
    user = getattr(cast, who)
    if who in ("coordinator", "other_coordinator", "board"):
        row = actions.add_day(day=ANNIVERSARY, change=DayChange.ADDED, name="HUT Jakarta", by=user)
        assert calendar.load_calendar().reason(ANNIVERSARY) == "HUT Jakarta"
        actions.remove_day(own_day=row, by=user)
        with pytest.raises(ActionRefused):
            actions.remove_day(own_day=row, by=user)
        assert calendar.load_calendar().reason(ANNIVERSARY) == ""
        verbs = AuditEvent.objects.filter(subject_type="areas.ownday").values_list("verb", flat=True)
        assert list(verbs) == ["day.added", "day.removed"]
    else:
        with pytest.raises(NotAllowed):
            actions.add_day(day=ANNIVERSARY, change=DayChange.ADDED, name="x", by=user)


@pytest.mark.parametrize(
    ("day", "change"),
    [
        (date(2027, 8, 17), DayChange.ADDED),  # Independence Day is off anyway
        (date(2027, 6, 26), DayChange.ADDED),  # a Saturday
        (ANNIVERSARY, DayChange.STRUCK),  # a working day
        (date(2027, 6, 26), DayChange.STRUCK),  # Saturdays stay off
    ],
)
def test_days_that_change_nothing_are_refused(cast, day, change):
    with pytest.raises(ActionRefused):
        actions.add_day(day=day, change=change, name="x", by=cast.coordinator)
    assert not OwnDay.objects.exists()


def test_one_own_day_a_date(cast):
    actions.add_day(day=ANNIVERSARY, change=DayChange.ADDED, name="HUT", by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.add_day(day=ANNIVERSARY, change=DayChange.ADDED, name="HUT lagi", by=cast.board)


def test_who_follows_is_told_after_the_change(cast, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(calendar, "_followers", {})
    told = []
    calendar.when_changed("deadlines", lambda: told.append(timezone.now()))
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.add_day(day=ANNIVERSARY, change=DayChange.ADDED, name="HUT", by=cast.board)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_day(own_day=row, by=cast.board)
    assert len(told) == 2
