"""All that can be done to programmes, rounds and schedules."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.people.models import User
from cases.programmes import permissions
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Programme, ProgrammeComponent, Round, Schedule

SAME_DATE = _("This date at this place and time is already in the schedule of this area.")
SAME_ROUND = _("This programme already has a round of that name.")
SAME_CODE = _("Another programme already has this code.")
BACKWARDS = _("The period ends before it begins.")
ENDS_BEFORE_START = _("It ends before it starts. Check the two times.")

type Component = Mapping[str, Any]


@action
def create_programme(*, by: User, components: Iterable[Component] = (), **fields: Any) -> Programme:
    """`fields` are columns of Programme, `components` rows of name, amount and per."""
    permissions.check_can_edit_programmes(by)
    programme = Programme(**fields)
    _save(programme, SAME_CODE)
    _replace_components(programme, components)
    record("programme.created", subject=programme, by=by, data={"code": programme.code})
    return programme


@action
def edit_programme(
    *, programme: Programme, by: User, components: Iterable[Component] | None = None, **fields: Any
) -> Programme:
    """Components are left as they are where None is given."""
    permissions.check_can_edit_programmes(by)
    programme = locked(programme)
    changes: dict[str, Any] = {**_assign(programme, fields)}
    _save(programme, SAME_CODE)
    if components is not None and _replace_components(programme, components):
        changes["components"] = True
    if changes:
        record("programme.edited", subject=programme, by=by, data={"changes": changes})
    return programme


@action
def create_round(*, programme: Programme, by: User, client_id: UUID | None = None, **fields: Any) -> Round:
    """`fields` are columns of Round; the same client id again gives the same row."""
    permissions.check_can_edit_programmes(by)
    digest = content_digest({"programme": programme.pk, **fields})
    if before := stored_before(Round, client_id, digest):
        return before
    row = Round(programme=programme, client_id=client_id, client_digest=digest, **fields)
    _check_period(row)
    _save(row, SAME_ROUND)
    record("round.created", subject=row, by=by, data={"programme": programme.code})
    return row


@action
def edit_round(*, aid_round: Round, by: User, **fields: Any) -> Round:
    permissions.check_can_edit_programmes(by)
    aid_round = locked(aid_round)
    changes = _assign(aid_round, fields)
    _check_period(aid_round)
    _save(aid_round, SAME_ROUND)
    if changes:
        record("round.edited", subject=aid_round, by=by, data={"changes": changes})
    return aid_round


@action
def add_schedule(
    *,
    aid_round: Round,
    area: Area,
    date: date,
    starts: time,
    place: str,
    by: User,
    client_id: UUID | None = None,
    **optional: Any,
) -> Schedule:
    """`optional`: ends, bring, notes."""
    aid_round = locked(aid_round)
    digest = content_digest(
        {"round": aid_round.pk, "area": area.pk, "date": date, "starts": starts, "place": place, **optional}
    )
    if before := stored_before(Schedule, client_id, digest):
        return before
    permissions.check_can_schedule(by, aid_round)
    permissions.check_can_schedule_in(by, area.pk)
    schedule = Schedule(
        round=aid_round,
        area=area,
        date=date,
        starts=starts,
        place=place,
        client_id=client_id,
        client_digest=digest,
        **optional,
    )
    _check_times(schedule)
    _save(schedule, SAME_DATE)
    _record_schedule("schedule.added", schedule, by)
    return schedule


@action
def edit_schedule(*, schedule: Schedule, by: User, **fields: Any) -> Schedule:
    """The date before stays in the event: a poster with it may still hang."""
    schedule = locked(schedule)
    permissions.check_can_change_schedule(by, schedule)
    changes = _assign(schedule, fields)
    permissions.check_can_schedule_in(by, schedule.area_id)
    _check_times(schedule)
    _save(schedule, SAME_DATE)
    if changes:
        _record_schedule("schedule.edited", schedule, by, changes=changes)
    return schedule


@action
def cancel_schedule(*, schedule: Schedule, reason: str, by: User) -> Schedule:
    schedule = locked(schedule)
    permissions.check_can_change_schedule(by, schedule)
    reason = reason.strip()
    if not reason:
        raise ActionRefused(_("Say why it is called off, so that people can be told."))
    schedule.cancelled_reason = reason
    schedule.save(update_fields=["cancelled_reason"])
    _record_schedule("schedule.cancelled", schedule, by)
    return schedule


def _record_schedule(verb: str, schedule: Schedule, by: User, **more: Any) -> None:
    record(
        verb,
        subject=schedule.round,
        about=schedule,
        by=by,
        area=schedule.area_id,
        data={"date": schedule.date.isoformat(), **more},
    )


def _assign(row: models.Model, fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set the fields and tell which changed: {name: [before, after]}, as text."""
    changes = {}
    for name, value in fields.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changes[name] = [_told(before), _told(value)]
    return changes


def _told(value: Any) -> str:
    if value is None:
        return ""
    return str(value.pk) if isinstance(value, models.Model) else str(value)


def _save(row: models.Model, twice: Any) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ActionRefused(twice) from error


def _replace_components(programme: Programme, components: Iterable[Component]) -> bool:
    """Keep what is the same, so that a row's id stays what it was; True where anything changed."""
    wanted = {item["name"].strip(): item for item in components}
    kept = {row.name: row for row in programme.components.all()}
    changed = False
    for name in kept.keys() - wanted.keys():
        kept[name].delete()
        changed = True
    for name, item in wanted.items():
        row = kept.get(name) or ProgrammeComponent(programme=programme, name=name)
        if row.pk is None or (row.amount, row.per) != (item["amount"], item["per"]):
            row.amount, row.per = item["amount"], item["per"]
            row.save()
            changed = True
    return changed


def _check_period(row: Round) -> None:
    if row.period_end < row.period_start:
        raise ActionRefused(BACKWARDS)
    if row.status not in RoundStatus.values:
        raise ActionRefused(_("Unknown status."))


def _check_times(schedule: Schedule) -> None:
    if schedule.ends is not None and schedule.ends <= schedule.starts:
        raise ActionRefused(ENDS_BEFORE_START)
