"""Cases in any status, reached by real actions only, so that no test stands on an impossible row."""

from typing import Any

from cases.areas.models import Area
from cases.casefiles import actions
from cases.casefiles.choices import Category, CloseReason, Outcome, Status
from cases.casefiles.models import Case
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from cases.people.models import Membership, User

STORY = "Setelah mengambil bantuan, warga diminta menyetor uang di depan balai RW."


def a_coordinator(area: Area) -> User:
    """Somebody who coordinates the area, for the steps that a volunteer may not take."""
    user, _made = User.objects.get_or_create(
        username="koordinator.bantu", defaults={"name": "Koordinator Bantu"}
    )
    with open_gate():
        Membership.objects.get_or_create(user=user, area_id=area.code, role=Role.COORDINATOR, ended_at=None)
    user.__dict__.pop("current_memberships", None)
    return user


def make_case(
    by: User, area: Area, category: str = Category.LEVY, status: str = Status.NEW, **more: Any
) -> Case:
    """A case recorded by `by`, brought to `status` by a coordinator (`by` where that person is one)."""
    case = actions.log_case(by=by, area=area, category=category, **{"story": STORY, **more})
    if status == Status.NEW:
        return case
    return bring(case, status, by if by.coordinates(area.code) else a_coordinator(area))


def bring(case: Case, status: str, by: User) -> Case:
    """Take the case from "new" to the status, one allowed move after another."""

    def verified() -> Case:
        return actions.verify(case=case, by=by)

    def sent() -> Case:
        return actions.mark_sent(case=verified(), by=by, data={})

    def closed() -> Case:
        return actions.close(case=case, by=by, reason=CloseReason.NO_PROOF)

    ways = {
        Status.NEW: lambda: case,
        Status.NEEDS_DETAILS: lambda: actions.ask_details(case=case, by=by, needs="Tanggalnya kapan?"),
        Status.VERIFIED: verified,
        Status.SENT: sent,
        Status.ANSWERED: lambda: actions.mark_answered(case=sent(), by=by, data={}),
        Status.RESOLVED: lambda: actions.resolve(
            case=verified(), by=by, outcome=Outcome.RETURNED, confirmed="seen"
        ),
        Status.CLOSED: closed,
        Status.REOPENED: lambda: actions.reopen(case=closed(), by=by, reason="Ada saksi baru."),
    }
    return ways[Status(status)]()
