"""What this slice shows on the page of a household."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from cases.casefiles.models import Case
from cases.households.models import Household

SHOWN = 6


@dataclass(frozen=True)
class Handed:
    """What the place "case_code" is about: a case, and its code (with dashes) where it has just been shown."""

    case: Case
    code: str = ""


def cases_of_household(request: HttpRequest, household: Household) -> tuple[str, dict[str, Any]]:
    """The newest cases of the family, and the way to record one."""
    cases = Case.objects.visible_to(request.user).with_words().filter(household=household)
    rows = list(cases.order_by("-created_at", "-id")[: SHOWN + 1])
    return "casefiles/_household_panel.html", {
        "cases": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "household": household,
    }
