"""Looking: the list, one family, its whole numbers, a screenshot."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.audit.models import AuditEvent
from cases.households import actions, history, permissions, rules
from cases.households.choices import HouseholdStatus
from cases.households.filters import HouseholdFilter
from cases.households.forms import RevealForm
from cases.households.models import NEED_CHOICES, NEED_ICONS, Household, Member, StatusCheck
from cases.households.views.shared import family, person, to_family
from cases.kernel.paging import keyset_page
from cases.kernel.permissions import reason
from cases.people.models import User

EVENTS_SHOWN = 40


def needs_of(household: Household) -> list[dict[str, Any]]:
    return [
        {"label": label, "icon": NEED_ICONS[name]}
        for name, label in NEED_CHOICES
        if getattr(household, f"has_{name}")
    ]


@require_GET
def household_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    rows = Household.objects.visible_to(user).current().select_related("area__parent__parent")
    filters = HouseholdFilter(request.GET, queryset=rows, request=request)
    refused = filters.form.errors.get("q", [""])[0]
    page = keyset_page(
        rows.none() if refused else filters.qs,
        order=filters.keyset_order,
        cursor=request.GET.get("cursor"),
        size=25,
    )
    return render(
        request,
        "households/list.html",
        {
            "filters": filters,
            "page": page,
            "rows": [{"household": household, "needs": needs_of(household)} for household in page],
            "refused": refused,
            "searching": bool(filters.active or request.GET.get("q")),
            "may_record": bool(user.row_areas),
        },
    )


@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    household = family(request, pk)
    if household.status == HouseholdStatus.MERGED:
        messages.info(request, _("That record was merged into this one."))
        return to_family(actions.heir_of(household))
    return render(request, "households/detail.html", page_of(household, person(request)))


def page_of(household: Household, user: User) -> dict[str, Any]:
    """All that the page of a family shows."""
    today = timezone.localdate()
    everyone = list(household.members.all())
    consents = list(household.consents.select_related("recorded_by"))
    merged = list(household.merged_from.all())
    return {
        "household": household,
        "needs": needs_of(household),
        "members": [member_line(member, today) for member in everyone if member.left_at is None],
        "left": [member for member in everyone if member.left_at],
        "former_kks": household.former_kks.all(),
        "consents": consents,
        "consented": any(consent.withdrawn_on is None for consent in consents),
        "may_be_called": household.consented("contact"),
        "checks": household.status_checks.select_related("programme", "by"),
        "receipts": household.aid_receipts.select_related("round__programme", "by"),
        "visits": household.visits.select_related("round", "by"),
        "entries": timeline_of(household, merged),
        "merged": merged,
        "has_numbers": bool(household.kk_digest or any(member.nik_digest for member in everyone)),
        "why_no_edit": reason(permissions.check_can_edit, user, household),
        "why_no_reveal": reason(permissions.check_can_reveal, user, household),
        "may_merge": permissions.can_merge_any(user, household),
        "reveal_form": RevealForm(auto_id="reveal_%s"),
    }


def member_line(member: Member, today: Any) -> dict[str, Any]:
    return {
        "member": member,
        "age": rules.age(member.birth_date, today) if member.birth_date else None,
        "nik": member.nik_masked,
    }


def timeline_of(household: Household, merged: list[Household]) -> list[history.Entry]:
    """Newest first, with what happened to the records that were merged into this one."""
    pks = [str(each.pk) for each in (household, *merged)]
    events = AuditEvent.objects.filter(subject_type=Household._meta.label_lower, subject_id__in=pks)
    shown = list(events.order_by("-id")[:EVENTS_SHOWN])
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={event.actor_id for event in shown})}
    return history.entries(shown, names)


@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole numbers, once, on a page that no browser keeps."""
    household = family(request, pk)
    user = person(request)
    permissions.check_can_reveal(user, household)
    form = RevealForm(request.POST)
    numbers = None
    if form.is_valid():
        numbers = form.attempt(
            lambda _accept: actions.reveal_numbers(
                household=household, reason=form.cleaned_data["reason"], by=user
            )
        )
    people = [
        {"member": member, "nik": numbers.niks.get(member.pk, "")}
        for member in household.members.filter(left_at=None)
        if numbers
    ]
    return render(
        request,
        "households/reveal.html",
        {"household": household, "form": form, "numbers": numbers, "people": people},
    )


@require_GET
@never_cache
def screenshot(request: HttpRequest, pk: int) -> HttpResponse:
    seen = StatusCheck.objects.visible_to(request.user).exclude(screenshot="").select_related("household")
    check = get_object_or_404(seen, pk=pk)
    permissions.check_can_open_screenshot(person(request), check)
    response = HttpResponse(check.screenshot.unsealed(), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
