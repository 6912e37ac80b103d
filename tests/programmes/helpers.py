"""Programmes, rounds and schedules made by the real actions, for tests of every slice."""

from datetime import date, time
from itertools import count
from typing import Any

from cases.areas.models import Area
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from cases.people.models import Membership, User
from cases.programmes import actions
from cases.programmes.choices import Kind, RoundStatus, Unit
from cases.programmes.models import Programme, Round, Schedule

_numbers = count(1)


def the_board() -> User:
    """Someone of the board: the test's own, or one made here."""
    found = Membership.objects.current().filter(role=Role.BOARD, area_id="31").select_related("user").first()
    if found:
        return found.user
    user = User.objects.create_user(f"pengurus.uji{next(_numbers)}")
    with open_gate():
        Area.objects.get_or_create(code="31", defaults={"level": "province", "name": "DKI Jakarta"})
        Membership.objects.create(user=user, role=Role.BOARD, area_id="31")
    return user


def make_programme(*, by: User | None = None, **fields: Any) -> Programme:
    """A cash programme of Rp300.000 for a family unless told otherwise."""
    number = next(_numbers)
    given = {
        "code": f"UJI-{number}",
        "name": f"Bantuan Uji {number}",
        "kind": Kind.CASH,
        "unit": Unit.FAMILY,
        "amount": 300_000,
        "cadence": "setiap bulan",
        "channel": "Bank Jakarta",
        "legal_basis": "Pergub uji",
        "last_checked": date(2026, 11, 1),
    }
    return actions.create_programme(by=by or the_board(), **(given | fields))


def make_round(programme: Programme | None = None, *, by: User | None = None, **fields: Any) -> Round:
    """The round of November 2026, being paid out."""
    by = by or the_board()
    given = {
        "name": f"Tahap {next(_numbers)}",
        "period_start": date(2026, 11, 1),
        "period_end": date(2026, 11, 30),
        "amount": 300_000,
        "channel": "Bank Jakarta",
        "status": RoundStatus.OPEN,
    }
    return actions.create_round(programme=programme or make_programme(by=by), by=by, **(given | fields))


def make_schedule(
    aid_round: Round | None = None,
    area: Area | str = "31.75.05.1001",
    *,
    by: User | None = None,
    **fields: Any,
) -> Schedule:
    """Monday, 30 November 2026, 09.00 to 12.00 at the RW's hall."""
    by = by or the_board()
    given = {
        "date": date(2026, 11, 30),
        "starts": time(9),
        "ends": time(12),
        "place": f"Balai RW {next(_numbers):03}",
    }
    if isinstance(area, str):
        area = Area.objects.get(pk=area)
    return actions.add_schedule(
        aid_round=aid_round or make_round(by=by), area=area, by=by, **(given | fields)
    )
