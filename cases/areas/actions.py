"""All that can be done to areas, kampung, notice boards and own days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.areas import calendar, permissions
from cases.areas.choices import DayChange
from cases.areas.day_files import read_days
from cases.areas.models import Area, Kampung, NoticeBoard, OwnDay
from cases.areas.rules import BELOW
from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.indonesian import long_date, rt_rw
from cases.kernel.workdays import Calendar
from cases.kernel.writes import action, locked

# --- the tree --------------------------------------------------------------------------------------------------------


@action
def add_areas(*, parent: Area, numbers: Iterable[str], by: Any) -> list[Area]:
    """RW of a kelurahan, or RT of an RW, by their three digits; all of them or, where one exists already, none."""
    parent = locked(parent)
    permissions.check_can_add_below(by, parent)
    level = BELOW[parent.level]  # type: ignore[index]
    codes = [f"{parent.pk}.{number}" for number in numbers]
    known = sorted(Area.objects.filter(pk__in=codes).values_list("pk", flat=True))
    if known:
        names = ", ".join(rt_rw(code) for code in known)
        raise ActionRefused(
            ngettext("%(names)s is on the list already.", "%(names)s are on the list already.", len(known))
            % {"names": names}
        )
    made = [
        Area(code=code, level=level, name=f"{level.value.upper()} {code[-3:]}", parent=parent)
        for code in codes
    ]
    try:
        with transaction.atomic():
            for area in made:
                area.save(force_insert=True)
    except IntegrityError:
        raise ActionRefused(_("Somebody added one of these at the same moment. Look at the list.")) from None
    record("area.added", subject=parent, by=by, area=parent.pk, data={"codes": codes})
    return made


@action
def rename_area(*, area: Area, alias: str, by: Any) -> Area:
    """The everyday name; the official one stays."""
    area = locked(area)
    permissions.check_can_edit_area(by, area)
    if area.alias != alias.strip():
        area.alias = alias.strip()
        area.save(update_fields=["alias"])
        record("area.renamed", subject=area, by=by, area=area.pk)
    return area


@action
def remove_area(*, area: Area, by: Any) -> None:
    """An RW or RT added by mistake; refused as soon as anything stands on it."""
    area = locked(area)
    permissions.check_can_remove_area(by, area)
    code = area.pk
    record("area.removed", subject=area, by=by, area=code, data={"code": code})
    try:
        with transaction.atomic():
            area.delete()
    except ProtectedError:
        raise ActionRefused(_("Something is recorded here already, so it stays.")) from None


# --- kampung and boards ----------------------------------------------------------------------------------------------


@action
def save_kampung(
    *, by: Any, name: str, areas: Iterable[Area], kampung: Kampung | None = None, **fields: Any
) -> Kampung:
    """A new kampung, or a changed one; `fields` are spreading, posko_place, posko_hours, posko_phone, notes."""
    ground = list(areas)
    permissions.check_can_make_kampung(by, ground)
    if kampung is not None:
        kampung = locked(kampung)
        permissions.check_can_edit_kampung(by, kampung)
    if not ground:
        raise ActionRefused(_("A kampung needs at least one area."))
    row = kampung or Kampung()
    given = {"name": name.strip(), **fields}
    changed = sorted(field for field, value in given.items() if getattr(row, field) != value)
    for field, value in given.items():
        setattr(row, field, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ActionRefused(_("Another kampung already has this name.")) from None
    codes = sorted(area.pk for area in ground)
    if kampung is None or codes != row.area_codes:
        row.areas.set(ground)
        row.__dict__.pop("area_codes", None)
        changed.append("areas")
    if kampung is not None:
        outside = [board.place for board in row.boards.filter(active=True) if not row.holds(board.area_id)]
        if outside:
            raise ActionRefused(
                _("These boards would lie outside: %(places)s. Move or retire them first.")
                % {"places": ", ".join(outside)}
            )
    if changed:
        verb = "kampung.added" if kampung is None else "kampung.changed"
        record(verb, subject=row, by=by, area=codes[0], data={"fields": changed, "areas": codes})
    return row


@action
def save_board(
    *, by: Any, kampung: Kampung, area: Area, board: NoticeBoard | None = None, **fields: Any
) -> NoticeBoard:
    """A new board, or a changed one; `fields` are place, landmark, size, notes."""
    permissions.check_can_keep_board_in(by, kampung, area)
    if board is not None:
        board = locked(board)
        permissions.check_can_edit_board(by, board)
    row = board or NoticeBoard()
    given = {"kampung": kampung, "area": area, **fields}
    changed = sorted(field for field, value in given.items() if board is None or getattr(row, field) != value)
    for field, value in given.items():
        setattr(row, field, value)
    row.save()
    if changed:
        verb = "board.added" if board is None else "board.changed"
        record(verb, subject=row, by=by, data={"fields": changed})
    return row


@action
def retire_board(*, board: NoticeBoard, by: Any) -> NoticeBoard:
    """A board that is gone; what was printed for it keeps its history."""
    return _set_active(board, by, active=False, sentence=_("This board is retired already."))


@action
def return_board(*, board: NoticeBoard, by: Any) -> NoticeBoard:
    return _set_active(board, by, active=True, sentence=_("This board is in use already."))


def _set_active(board: NoticeBoard, by: Any, *, active: bool, sentence: str) -> NoticeBoard:
    board = locked(board)
    permissions.check_can_edit_board(by, board)
    if board.active == active:
        raise ActionRefused(sentence)
    board.active = active
    board.save(update_fields=["active"])
    record("board.returned" if active else "board.retired", subject=board, by=by)
    return board


# --- own days --------------------------------------------------------------------------------------------------------


@action
def add_day(*, day: date, change: str, name: str, by: Any) -> OwnDay:
    """A day off of the organisation's own, or a holiday that is worked; open deadlines follow."""
    permissions.check_can_keep_days(by)
    why = Calendar().reason(day)
    if change == DayChange.ADDED and why:
        raise ActionRefused(_("Nobody works on that day anyway: %(reason)s.") % {"reason": why})
    if change == DayChange.STRUCK and not why:
        raise ActionRefused(_("That day is a working day already."))
    if change == DayChange.STRUCK and day.weekday() >= 5:
        raise ActionRefused(_("Saturdays and Sundays stay days off."))
    try:
        with transaction.atomic():
            row = OwnDay.objects.create(date=day, change=change, name=name.strip())
    except IntegrityError:
        raise ActionRefused(_("There is already an own day on that date. Remove it first.")) from None
    record("day.added", subject=row, by=by, data={"date": day.isoformat(), "change": change})
    calendar.tell_changed()
    return row


@action
def import_days(*, data: bytes, by: Any) -> tuple[int, int]:
    """All days of a file or none; returns how many were added and how many were known already."""
    permissions.check_can_keep_days(by)
    lines = read_days(data)
    public = Calendar()
    own = {row.date: row for row in OwnDay.objects.filter(date__in={line.day for line in lines})}
    added = known = 0
    for line in lines:
        before = own.get(line.day)
        off = bool(public.reason(line.day))
        if (before and before.change == line.change) or (
            not before and off == (line.change == DayChange.ADDED)
        ):
            known += 1
            continue
        try:
            own[line.day] = add_day(day=line.day, change=line.change, name=line.name, by=by)
        except ActionRefused as refusal:
            raise ActionRefused(
                _("Nothing was saved. %(day)s: %(why)s") % {"day": long_date(line.day), "why": refusal}
            ) from refusal
        added += 1
    return added, known


@action
def remove_day(*, own_day: OwnDay, by: Any) -> None:
    permissions.check_can_keep_days(by)
    row = OwnDay.objects.select_for_update().filter(pk=own_day.pk).first()
    if row is None:
        raise ActionRefused(_("This day is removed already."))
    record("day.removed", subject=row, by=by, data={"date": row.date.isoformat(), "change": row.change})
    row.delete()
    calendar.tell_changed()
