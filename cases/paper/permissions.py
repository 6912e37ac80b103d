"""Who may print what: lists and slips for one's own areas, posters by whoever works there, letters by coordinators."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cases.casefiles.models import Case
from cases.casefiles.permissions import COORDINATOR_ONLY, OUT_OF_SCOPE
from cases.escalations import permissions as escalations
from cases.escalations.choices import SubmissionStatus
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.permissions import allowed
from cases.paper import rules
from cases.paper.choices import LetterStatus
from cases.paper.models import DoorSheet, Letter, Poster, PrintRecord
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


# --- letters ------------------------------------------------------------------------------------------------------


def check_can_write_letters(user: User) -> None:
    """Whether this person writes letters at all."""
    if not user.is_coordinator:
        raise NotAllowed(_("Letters are written by coordinators and the pengurus."))


def check_can_write_about(user: User, cases: Iterable[Case]) -> None:
    """All the cases: a letter tells of every one of them, and may name who reported it."""
    check_can_write_letters(user)
    areas = {case.area_id for case in cases}
    if not any(user.sees(code) for code in areas):
        raise NotAllowed(OUT_OF_SCOPE)
    if not any(user.coordinates(code) for code in areas):
        raise NotAllowed(COORDINATOR_ONLY)
    if not all(user.coordinates(code) for code in areas):
        raise NotAllowed(_("It holds cases of another area too. Ask the pengurus."))


def check_can_open_letter(user: User, letter: Letter) -> None:
    """Read from `links` with their cases, prefetched where many are shown."""
    check_can_write_about(user, [link.case for link in letter.links.all()])


def can_open_letter(user: User, letter: Letter) -> bool:
    return allowed(check_can_open_letter, user, letter)


def check_can_edit_letter(user: User, letter: Letter) -> None:
    check_can_open_letter(user, letter)
    if letter.status == LetterStatus.VOID:
        raise ActionRefused(_("This letter is void."))
    if letter.status != LetterStatus.DRAFT:
        raise ActionRefused(_("This letter is printed and stays as it was. Write a new one."))


def can_edit_letter(user: User, letter: Letter) -> bool:
    return allowed(check_can_edit_letter, user, letter)


def check_can_discard_letter(user: User, letter: Letter) -> None:
    check_can_edit_letter(user, letter)
    if letter.number:
        raise ActionRefused(_("This letter has a number, which stays in the book. Make it void instead."))


def check_can_print_letter(user: User, letter: Letter) -> None:
    """What goes to an office must be ready to go there, as a number is never given twice."""
    check_can_edit_letter(user, letter)
    if letter.kind not in rules.TO_OFFICE or letter.office is None:
        return
    several = letter.links.count() > 1
    for link in letter.links.all():
        try:
            escalations.check_can_send_to(user, link.case, letter.office)
        except ActionRefused as refusal:
            raise ActionRefused(f"{link.case.number}: {refusal}" if several else refusal.sentence) from None


def check_can_hand_over(user: User, letter: Letter) -> None:
    check_can_open_letter(user, letter)
    if letter.kind not in rules.TO_OFFICE:
        raise ActionRefused(_("This is signed by residents and goes to no office by itself."))
    if letter.status == LetterStatus.DRAFT:
        raise ActionRefused(_("Print the letter first."))
    if letter.status == LetterStatus.VOID:
        raise ActionRefused(_("This letter is void."))
    if letter.status == LetterStatus.HANDED_OVER:
        raise ActionRefused(_("This letter was handed over already."))


def check_can_add_receipt(user: User, letter: Letter) -> None:
    check_can_open_letter(user, letter)
    if letter.status != LetterStatus.HANDED_OVER:
        raise ActionRefused(_("The receipt comes with handing the letter over. Record that first."))


def check_can_void_letter(user: User, letter: Letter) -> None:
    check_can_open_letter(user, letter)
    if letter.status == LetterStatus.VOID:
        raise ActionRefused(_("This letter is void."))
    if letter.status == LetterStatus.DRAFT and not letter.number:
        raise ActionRefused(_("This draft has no number yet. Throw it away instead."))
    if letter.submission is not None and letter.submission.status != SubmissionStatus.WITHDRAWN:
        raise ActionRefused(
            _("This letter lies with the office. Withdraw what was sent first, then make the letter void.")
        )
