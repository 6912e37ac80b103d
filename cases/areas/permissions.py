"""Who may change areas, kampung, boards and own days. The user is given by the slice above, so it is not named here."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area, Kampung, NoticeBoard
from cases.areas.rules import BELOW
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed


def check_can_keep_areas(user: Any) -> None:
    if not user.is_coordinator:
        raise NotAllowed(
            _("Areas, kampung and notice boards are kept by the coordinators. Tell yours what is wrong.")
        )


def can_keep_areas(user: Any) -> bool:
    return allowed(check_can_keep_areas, user)


def check_can_edit_area(user: Any, area: Area) -> None:
    check_can_keep_areas(user)
    if not user.coordinates(area.pk):
        raise NotAllowed(_("This area is kept by another coordinator."))


def can_edit_area(user: Any, area: Area) -> bool:
    return allowed(check_can_edit_area, user, area)


def check_can_add_below(user: Any, area: Area) -> None:
    check_can_edit_area(user, area)
    if area.level not in BELOW:
        raise ActionRefused(_("RW are added to a kelurahan and RT to an RW."))


def can_add_below(user: Any, area: Area) -> bool:
    return allowed(check_can_add_below, user, area)


def check_can_remove_area(user: Any, area: Area) -> None:
    check_can_edit_area(user, area)
    if area.level not in BELOW.values():
        raise ActionRefused(_("The official areas stay as they are."))


def can_remove_area(user: Any, area: Area) -> bool:
    return allowed(check_can_remove_area, user, area)


def check_can_make_kampung(user: Any, areas: Iterable[Area]) -> None:
    """A kampung speaks for all its ground, so all of it must be one's own."""
    check_can_keep_areas(user)
    if not all(user.coordinates(area.pk) for area in areas):
        raise NotAllowed(_("This kampung reaches beyond the areas that you coordinate."))


def check_can_edit_kampung(user: Any, kampung: Kampung) -> None:
    check_can_make_kampung(user, kampung.areas.all())


def can_edit_kampung(user: Any, kampung: Kampung) -> bool:
    return allowed(check_can_edit_kampung, user, kampung)


def check_can_keep_board_in(user: Any, kampung: Kampung, area: Area) -> None:
    check_can_edit_area(user, area)
    if not kampung.holds(area.pk):
        raise ActionRefused(_("This place lies outside the kampung."))


def check_can_edit_board(user: Any, board: NoticeBoard) -> None:
    check_can_edit_area(user, board.area)


def can_edit_board(user: Any, board: NoticeBoard) -> bool:
    return allowed(check_can_edit_board, user, board)


def check_can_keep_days(user: Any) -> None:
    if not user.is_coordinator:
        raise NotAllowed(_("Own days are kept by coordinators and the board: deadlines follow them."))


def can_keep_days(user: Any) -> bool:
    return allowed(check_can_keep_days, user)
