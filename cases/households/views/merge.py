"""Merging two records of one family, and taking them apart again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cases.households import actions, duplicates, permissions
from cases.households.choices import HouseholdStatus
from cases.households.models import Household
from cases.households.search import search
from cases.households.views.browse import needs_of
from cases.households.views.shared import family, form_page, person, to_family
from cases.kernel.exceptions import ActionRefused
from cases.kernel.indonesian import short_date
from cases.kernel.phones import display_phone

MOST_FOUND = 20
COUNTED = (
    ("members", gettext_lazy("members")),
    ("status_checks", gettext_lazy("checks of the recipient status")),
    ("aid_receipts", gettext_lazy("aid received")),
    ("visits", gettext_lazy("visits")),
    ("consents", gettext_lazy("consents")),
)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which other record is the same family? The words are posted, as they may hold a whole number."""
    household = family(request, pk)
    user = person(request)
    permissions.check_can_merge_any(user, household)
    words = request.POST.get("q", "").strip()[:120]
    if words:
        rows = search(user, words).exclude(pk=household.pk).select_related("area__parent__parent")
        found = list(rows.walking_order()[:MOST_FOUND])
    else:
        alike = duplicates.find(user, area=household.area_id, names=[household.head_name], but=household.pk)
        found = [same.household for same in alike if same.household is not None]
    return form_page(request, "merge_choose", household, found=found, words=words)


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both side by side; the one that stays is chosen here."""
    one, two = family(request, pk), family(request, other)
    user = person(request)
    permissions.check_can_merge(user, one, two)
    refusal = ""
    if request.method == "POST":
        keep, gone = (one, two) if request.POST.get("keep") != str(two.pk) else (two, one)
        try:
            actions.merge_households(keep=keep, gone=gone, by=user)
        except ActionRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The two records are one now. Nothing was lost."))
            return to_family(keep)
    sides = [side_of(one), side_of(two)]
    rows = [
        {"label": label, "values": [left, right], "differs": bool(left and right and left != right)}
        for (label, left), (_label, right) in zip(sides[0]["facts"], sides[1]["facts"], strict=True)
        if left or right
    ]
    return form_page(request, "merge_compare", one, other=two, sides=sides, rows=rows, refusal=refusal)


def side_of(household: Household) -> dict[str, Any]:
    """What a person compares; numbers masked."""
    counts = [f"{count} {label}" for name, label in COUNTED if (count := getattr(household, name).count())]
    facts: list[tuple[Any, Any]] = [
        (_("Head of the family"), household.head_name),
        (_("Address"), household.address),
        (_("RT"), household.area.label),
        (_("Landmark"), household.landmark),
        (_("KK number"), household.kk_masked),
        (_("Telephone"), display_phone(household.phone)),
        (_("Needs"), ", ".join(str(need["label"]) for need in needs_of(household))),
        (_("Livelihood"), household.livelihood),
        (_("House"), household.get_housing_display()),
        (_("Vehicle"), household.get_vehicle_display()),
        (_("Members"), ", ".join(member.name for member in household.members.filter(left_at=None))),
        (_("Notes"), household.notes),
        (_("Recorded"), short_date(household.created_at)),
    ]
    return {"household": household, "facts": facts, "kept": ", ".join(counts)}


@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(
        Household.objects.visible_to(request.user).filter(status=HouseholdStatus.MERGED), pk=pk
    )
    actions.unmerge(gone=gone, by=person(request))
    messages.success(request, _("The two records stand by themselves again."))
    return to_family(gone)
