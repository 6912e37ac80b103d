"""Who may write programmes, rounds and schedules."""

from django.utils.translation import gettext_lazy as _

from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.people.models import User
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Round, Schedule


def check_can_edit_programmes(user: User) -> None:
    if not user.is_board:
        raise NotAllowed(_("Programmes and rounds are kept by the pengurus. Tell them what has changed."))


def can_edit_programmes(user: User) -> bool:
    return allowed(check_can_edit_programmes, user)


def check_can_schedule(user: User, aid_round: Round) -> None:
    """Whether this person may add a date to the round somewhere; the area is checked when it is known."""
    if not user.is_coordinator:
        raise NotAllowed(_("Schedules are kept by the coordinators. Tell yours what you have heard."))
    if aid_round.status == RoundStatus.DONE:
        raise ActionRefused(_("This round is finished. Its status must be changed before a date is added."))


def can_schedule(user: User, aid_round: Round) -> bool:
    return allowed(check_can_schedule, user, aid_round)


def check_can_schedule_in(user: User, area_code: str) -> None:
    if not user.coordinates(area_code):
        raise NotAllowed(_("This area is kept by another coordinator."))


def check_can_change_schedule(user: User, schedule: Schedule) -> None:
    check_can_schedule(user, schedule.round)
    check_can_schedule_in(user, schedule.area_id)
    if schedule.is_cancelled:
        raise ActionRefused(_("This date was called off. Add a new one instead."))


def can_change_schedule(user: User, schedule: Schedule) -> bool:
    return allowed(check_can_change_schedule, user, schedule)
