"""What this slice shows on the page of a case: what was sent, what came back, and what comes next."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from cases.areas.calendar import load_calendar
from cases.casefiles.choices import Status
from cases.casefiles.models import Case, CaseGroup
from cases.escalations import ladder, permissions, rules
from cases.escalations.models import Submission
from cases.escalations.views.following import of
from cases.kernel.permissions import reason
from cases.kernel.scope import within

BEFORE_SENDING = (Status.NEW, Status.NEEDS_DETAILS)


def submissions_of_case(request: HttpRequest, case: Case) -> tuple[str, dict[str, Any]] | None:
    """Newest first, each with its deadline's arithmetic; the proposed next offices above."""
    mine = Submission.objects.visible_to(request.user).with_open_case().filter(links__case=case)
    rows = list(ladder.told(mine).prefetch_related("links__case").order_by("-sent_on", "-id"))
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
    if case.status not in (*rules.READY, *BEFORE_SENDING):
        return None
    return "escalations/_send_button.html", {
        "href": f"{reverse('escalations:send')}?case={case.pk}",
        "reason": reason(permissions.check_can_send, request.user, case),
        "variant": "primary" if case.status in (Status.VERIFIED, Status.REOPENED) else "",
    }


def send_group(request: HttpRequest, group: CaseGroup) -> tuple[str, dict[str, Any]] | None:
    """All cases of a group that are ready, in one letter."""
    user = request.user
    ready = group.cases.visible_to(user).filter(within(user.coordinated_areas), status__in=rules.READY)
    wanted = list(ready.order_by("pk").values_list("pk", flat=True)[: rules.MOST_CASES])
    if not wanted:
        return None
    query = urlencode({"case": wanted}, doseq=True)
    return "escalations/_send_group.html", {
        "href": f"{reverse('escalations:send')}?{query}",
        "many": len(wanted),
    }
