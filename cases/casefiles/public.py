"""What anyone who holds a code may hear: where the case stands, whose move it is, the next date. Nothing else fits in here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casefiles.choices import Status, Turn
from cases.casefiles.models import Case
from cases.casefiles.workflow import OPEN, TURN
from cases.kernel.indonesian import long_date


@dataclass(frozen=True)
class PublicStatus:
    """For Audience.PUBLIC, to which reporter_for tells NOTHING: three sentences without number, kind, place, person or office.

    Nor how it ended: "money returned" would say what it was about, and "withdrawn" what the resident did.
    """

    status: str
    turn: str
    next_date: str = ""


# Whether the case's next date is one that an office must keep: escalations knows (set in its AppConfig.ready).
_whose: list[Callable[[Case], bool]] = []


def ask_whose_date(answer: Callable[[Case], bool]) -> None:
    """Set once; set again, it replaces."""
    _whose[:] = [answer]


def public_status(case: Case, today: date | None = None) -> PublicStatus:
    status = Status(case.status)
    return PublicStatus(
        status=_words(status), turn=_turn(TURN[status]), next_date=_next(case, today or timezone.localdate())
    )


def _words(status: Status) -> str:
    return {
        Status.NEW: _("Recorded. The posko is checking it."),
        Status.NEEDS_DETAILS: _("The posko is asking for more details."),
        Status.VERIFIED: _("Checked. The posko is preparing the next step."),
        Status.SENT: _("Sent on. An answer is awaited."),
        Status.ANSWERED: _("An answer has come. The posko is looking at it."),
        Status.RESOLVED: _("Finished. Ask the posko for the result."),
        Status.CLOSED: _("Closed. Ask the posko why."),
        Status.REOPENED: _("Opened again. The posko is checking it."),
    }[status]


def _turn(turn: Turn) -> str:
    return {
        Turn.VOLUNTEER: _("the posko"),
        Turn.COORDINATOR: _("the posko"),
        Turn.OFFICE: _("the office that must answer"),
        Turn.NOBODY: _("nobody, it is over"),
    }[turn]


def _next(case: Case, today: date) -> str:
    """The next date, and that an office must keep it where it is the office's; which office is not said."""
    if case.due_on is None or case.status not in OPEN:
        return ""
    day = {"day": long_date(case.due_on)}
    if not any(owed(case) for owed in _whose):
        return long_date(case.due_on) if case.due_on >= today else ""
    if case.due_on < today:
        return _("The office had to answer by %(day)s. That day is past; the posko goes after it.") % day
    return _("The office must answer by %(day)s.") % day
