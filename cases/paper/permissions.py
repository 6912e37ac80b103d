"""Who may print what: lists and slips for one's own areas, posters by whoever works there, observers nothing."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.paper.models import DoorSheet, Poster, PrintRecord
from cases.people.models import User


def check_can_use_paper(user: User) -> None:
    """Whether there is anything to print for this person at all."""
    if not user.row_areas:
        raise NotAllowed(_("Printing is for volunteers, coordinators and the pengurus."))


def check_can_print_families(user: User, codes: Iterable[str]) -> None:
    """Door lists and slips name families: only of the areas whose families this person may see."""
    check_can_use_paper(user)
    if not all(user.sees(code) for code in codes):
        raise NotAllowed(_("You may print families of your own area only."))


def check_can_make_poster(user: User, code: str) -> None:
    check_can_use_paper(user)
    if not user.sees(code):
        raise NotAllowed(_("You may make posters for your own area only."))


def check_can_change_poster(user: User, poster: Poster) -> None:
    """To edit, share, or take down."""
    if not (
        user.coordinates(poster.area_id) or (user.sees(poster.area_id) and poster.created_by_id == user.pk)
    ):
        raise NotAllowed(
            _("Only a coordinator of the area and whoever made this poster may change it. Make a copy.")
        )
    if poster.retired_at is not None:
        raise ActionRefused(_("This poster was taken down. Make a copy to hang it again."))


def check_can_print_poster(user: User, poster: Poster, paper: str) -> None:
    check_can_use_paper(user)
    if poster.retired_at is not None:
        raise ActionRefused(_("This poster was taken down. Make a copy to hang it again."))
    if paper in poster.too_small:
        raise ActionRefused(
            _("The text is too long for this paper: the letters would be too small. Shorten it.")
        )


def check_can_print_again(user: User, record: PrintRecord, codes: Iterable[str]) -> None:
    """The same sheets once more; `codes` are the RT of the families on it, as a role may have ended since."""
    if record.kind == "poster":
        check_can_use_paper(user)
    elif record.kind == "receipt":
        check_can_use_paper(user)
        if not all(user.sees(code) for code in codes):
            raise NotAllowed(_("You may print slips of your own area only."))
    else:
        check_can_print_families(user, codes)


def check_can_take_back(user: User, sheet: DoorSheet) -> None:
    """To say that a sheet is back. Whoever only carries it hands it over and does not tick it off."""
    own = sheet.print.by_id == user.pk and user.sees(sheet.area_id)
    if not own and not user.coordinates(sheet.area_id):
        raise NotAllowed(
            _("A coordinator of the area, or whoever printed the list, says that a sheet is back.")
        )


def can_use_paper(user: User) -> bool:
    return allowed(check_can_use_paper, user)


def can_make_poster(user: User, code: str) -> bool:
    return allowed(check_can_make_poster, user, code)


def can_change_poster(user: User, poster: Poster) -> bool:
    return allowed(check_can_change_poster, user, poster)


def can_take_back(user: User, sheet: DoorSheet) -> bool:
    return allowed(check_can_take_back, user, sheet)


def can_print_families(user: User, codes: Iterable[str]) -> bool:
    return allowed(check_can_print_families, user, codes)
