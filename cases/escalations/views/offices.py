"""The list of offices."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.escalations import actions, permissions, record, words
from cases.escalations.choices import Need, Step
from cases.escalations.filters import OfficeFilter
from cases.escalations.forms import OfficeForm
from cases.escalations.models import DeadlineRule, Office, Requirement, Submission
from cases.kernel.exceptions import ActionRefused
from cases.kernel.paging import keyset_page

# The code of an area grows downwards, so this climbs: RT and RW first, Jakarta last.
CLIMBING = ("-area_id", "-id")
SHOWN = 10


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    offices = (
        Office.objects.visible_to(request.user).filter(active=True).select_related("area__parent__parent")
    )
    filterset = OfficeFilter(request.GET, offices, request=request)
    page = keyset_page(filterset.qs, order=CLIMBING, cursor=request.GET.get("cursor"), size=40)
    waiting = _waiting(request.user, page.items)
    context = {
        "nav": "cases",
        "page": page,
        "rows": [(office, waiting.get(office.pk, {})) for office in page.items],
        "form": filterset.form,
        "active": filterset.active,
        "may_add": permissions.can_add_office(request.user),
        "is_coordinator": request.user.is_coordinator,
    }
    return render(request, "escalations/offices.html", context)


def _waiting(user: Any, offices: list[Office]) -> dict[int, dict[str, Any]]:
    """How many submissions wait at each office, and how many of them too long: one query."""
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    counted = (
        Submission.objects.visible_to(user)
        .running()
        .filter(office__in=offices)
        .order_by()
        .values("office_id")
        .annotate(waiting=Count("pk"), late=late)
    )
    return {row["office_id"]: row for row in counted}


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    office = _office(request, pk)
    rules = list(DeadlineRule.objects.filter(office_kind=office.kind))
    sent = Submission.objects.visible_to(request.user).with_open_case().filter(office=office)
    answering = next((rule for rule in rules if rule.step == Step.ANSWER and not rule.matter), None)
    needs = Requirement.objects.filter(office_kind=office.kind)
    context = {
        "nav": "cases",
        "office": office,
        "rules": rules,
        "needs": [words.need(Need(row.need), row.amount) for row in needs],
        "record": record.of_office(office, request.user),
        "length": words.length(answering),
        "submissions": sent.order_by("-sent_on", "-id")[:SHOWN],
        "may_keep": permissions.can_keep_office(request.user, office),
        "is_coordinator": request.user.is_coordinator,
        "has_link": office.website.startswith(("https://", "http://")),
    }
    return render(request, "escalations/office.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    permissions.check_can_add_office(request.user)
    form = OfficeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            office = actions.add_office(by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(office)s is saved.") % {"office": office})
            return redirect("escalations:office", pk=office.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    office = _office(request, pk)
    permissions.check_can_keep_office(request.user, office.kind, office.area)
    form = OfficeForm(request.POST or None, instance=_office(request, pk), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            office = actions.edit_office(office=office, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(office)s is saved.") % {"office": office})
            return redirect("escalations:office", pk=office.pk)
    return _form(request, form, office)


def _form(request: HttpRequest, form: OfficeForm, office: Office | None) -> HttpResponse:
    context = {"nav": "cases", "form": form, "office": office}
    return render(
        request, "escalations/office_edit.html", context, status=422 if request.method == "POST" else 200
    )


def _office(request: HttpRequest, pk: int) -> Office:
    offices = Office.objects.visible_to(request.user).select_related("area__parent__parent")
    return get_object_or_404(offices, pk=pk)
