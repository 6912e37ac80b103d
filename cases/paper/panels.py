"""What this slice shows on pages of lower slices: print it from where you stand."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cases.areas.choices import Level
from cases.areas.models import Area
from cases.casefiles.models import Case, CaseGroup
from cases.casefiles.panels import Handed
from cases.casefiles.workflow import OPEN
from cases.households.choices import HouseholdStatus
from cases.households.models import Household
from cases.kernel.scope import within
from cases.kernel.site import public_site_of
from cases.paper import permissions, receipts, rules
from cases.paper.forms import ReceiptForm
from cases.paper.models import Letter, Poster
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Round

type Panel = tuple[str, dict[str, Any]] | None

SHOWN = 4


def paper_of_round(request: HttpRequest, aid_round: Round) -> Panel:
    """Posters of the round, and the way to make one or to carry the news from door to door."""
    if not permissions.can_use_paper(request.user) or aid_round.status == RoundStatus.DONE:
        return None
    posters = Poster.objects.visible_to(request.user).hanging().with_words().filter(round=aid_round)
    return "paper/_round_panel.html", {
        "round": aid_round,
        "posters": list(posters.order_by("-updated_at", "-id")[:SHOWN]),
    }


def paper_of_area(request: HttpRequest, area: Area) -> Panel:
    if area.level not in (Level.VILLAGE, Level.RW, Level.RT) or not request.user.sees(area.pk):
        return None
    families = Household.objects.filter(within([area.pk]), status=HouseholdStatus.ACTIVE).exists()
    return "paper/_area_panel.html", {
        "area": area,
        "families": families,
        "slips": area.level != Level.VILLAGE,
    }


def slip_of_household(request: HttpRequest, household: Household) -> Panel:
    if household.status != HouseholdStatus.ACTIVE or not permissions.can_print_families(
        request.user, [household.area_id]
    ):
        return None
    return "paper/_household_panel.html", {"household": household}


def receipt_of_case(request: HttpRequest, handed: Handed) -> Panel:
    """The slip on paper, and where the code has just been shown, the same as a text."""
    if not permissions.can_use_paper(request.user):
        return None
    site = public_site_of(request)
    text = ""
    if handed.code:
        blocks = receipts.receipt_blocks(handed.case, by=request.user, day=timezone.localdate(), site=site)
        text = receipts.as_text(blocks, handed.code)
    return "paper/_receipt_panel.html", {
        "case": handed.case,
        "form": ReceiptForm.fresh(site=site),
        "text": text,
    }


def letters_of_case(request: HttpRequest, case: Case) -> Panel:
    """For its coordinators: a letter may name a reporter."""
    if not request.user.coordinates(case.area_id):
        return None
    letters = Letter.objects.visible_to(request.user).filter(links__case=case).select_related("office")
    rows = list(letters.order_by("-updated_at", "-id")[: SHOWN + 1])
    return "paper/_case_letters.html", {"case": case, "letters": rows[:SHOWN], "more": len(rows) > SHOWN}


def letter_of_group(request: HttpRequest, group: CaseGroup) -> Panel:
    """One letter for all cases of a group that are not over, where they are of one kind."""
    user = request.user
    cases = group.cases.visible_to(user).filter(within(user.coordinated_areas), status__in=OPEN)
    rows = list(cases.order_by("number").values_list("pk", "category")[: rules.MOST_CASES])
    if not rows or len({category for _pk, category in rows}) > 1:
        return None
    query = urlencode({"case": [pk for pk, _category in rows]}, doseq=True)
    return "paper/_group_letters.html", {
        "href": f"{reverse('paper:letter_create')}?{query}",
        "many": len(rows),
    }


def letter_of_sending(request: HttpRequest, cases: list[Case]) -> Panel:
    """Beside the form that records a sending: the letter itself."""
    if len({case.category for case in cases}) > 1 or not all(
        request.user.coordinates(case.area_id) for case in cases
    ):
        return None
    query = {"case": [case.pk for case in cases]}
    if request.GET.get("office", "").isdigit():
        query["office"] = request.GET["office"]  # type: ignore[assignment]
    href = f"{reverse('paper:letter_create')}?{urlencode(query, doseq=True)}"
    return "paper/_send_letter.html", {"href": href}
