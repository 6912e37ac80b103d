"""Who may look for rows: everyone who works with families and cases, nobody who only sees figures."""

from django.utils.translation import gettext_lazy as _

from cases.kernel.exceptions import NotAllowed
from cases.kernel.permissions import allowed
from cases.people.models import User


def check_can_work(user: User) -> None:
    """To search and to record."""
    if not user.row_areas:
        raise NotAllowed(_("Families and cases are open to volunteers, coordinators and the board only."))


def can_work(user: User) -> bool:
    return allowed(check_can_work, user)


def check_can_see_board(user: User) -> None:
    if not user.is_coordinator:
        raise NotAllowed(_("The board is for coordinators and the pengurus."))
