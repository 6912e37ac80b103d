"""What this slice shows on the page of a case: what was sent, what came back, and what comes next."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.areas.calendar import load_calendar
from cases.casefiles.choices import Status
from cases.casefiles.models import Case
from cases.escalations import ladder, permissions
from cases.escalations.models import Submission
from cases.escalations.views.following import of
from cases.kernel.permissions import reason

BEFORE_SENDING = (Status.NEW, Status.NEEDS_DETAILS)


def submissions_of_case(request: HttpRequest, case: Case) -> tuple[str, dict[str, Any]] | None:
    """Newest first, each with its deadline's arithmetic; the proposed next offices above."""
    rows = list(
        Submission.objects.visible_to(request.user)
        .with_open_case()
        .filter(links__case=case)
        .select_related("office")
        .prefetch_related("links__case", "answers")
        .order_by("-sent_on", "-id")
    )
    if not rows and case.status in BEFORE_SENDING:
        return None
    why_not = reason(permissions.check_can_send, request.user, case)
    proposals = ladder.proposals(case, rows, ladder.offices_for(case)) if not why_not else []
    calendar = load_calendar() if rows else None
    return "escalations/_case_panel.html", {
        "case": case,
        "rows": [(row, of(row, request.user, calendar)) for row in rows],
        "proposals": proposals,
        "why_not": why_not,
    }


def send_button(request: HttpRequest, case: Case) -> tuple[str, dict[str, Any]] | None:
    """First among the actions of a case that is ready; shut with its reason for others who see it."""
    if case.status not in (Status.VERIFIED, Status.ANSWERED, Status.REOPENED, *BEFORE_SENDING):
        return None
    return "escalations/_send_button.html", {
        "href": f"{reverse('escalations:send')}?case={case.pk}",
        "reason": reason(permissions.check_can_send, request.user, case),
        "variant": "primary" if case.status in (Status.VERIFIED, Status.REOPENED) else "",
    }
