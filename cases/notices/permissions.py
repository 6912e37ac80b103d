"""Who may write to the coordinators' group; a digest itself is only ever its reader's."""

from django.utils.translation import gettext_lazy as _

from cases.kernel.exceptions import NotAllowed
from cases.kernel.permissions import allowed
from cases.people.models import User


def check_can_write_to_group(user: User) -> None:
    if not user.is_coordinator:
        raise NotAllowed(_("This text is for the coordinators' group; coordinators and the board send it."))


def can_write_to_group(user: User) -> bool:
    return allowed(check_can_write_to_group, user)
