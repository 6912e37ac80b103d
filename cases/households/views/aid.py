"""Answers of portals, aid received, visits."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.households import actions, permissions
from cases.households.choices import VisitResult
from cases.households.forms import CheckForm, ReceiptForm, VisitForm
from cases.households.models import AidReceipt
from cases.households.views.shared import editable_family, form_page, person, to_family


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    user = person(request)
    form = CheckForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda _accept: actions.record_check(household=household, by=user, **form.cleaned_data)
        )
        if done is not None:
            messages.success(request, _("The answer is recorded."))
            return to_family(household, "checks")
    return form_page(request, "check", household, form=form, agreed=household.consented("check"))


@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    user = person(request)
    wanted = request.GET.get("round", "")
    form = ReceiptForm(request.POST or None, user=user, initial={"round": wanted} if wanted.isdigit() else {})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda _accept: actions.record_receipt(household=household, by=user, **form.cleaned_data)
        )
        if done is not None:
            return _received(request, done)
    return form_page(request, "receipt", household, form=form)


@require_http_methods(["GET", "POST"])
def receipt_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rows = AidReceipt.objects.visible_to(request.user).select_related(
        "household__area__parent__parent", "round__programme"
    )
    row = get_object_or_404(rows, pk=pk)
    user = person(request)
    permissions.check_can_edit(user, row.household)
    names = ("due_amount", "actual_amount", "received_on", "notes")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names}
    form = ReceiptForm(request.POST or None, user=user, fixed=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        done = form.attempt(lambda _accept: actions.edit_receipt(receipt=row, by=user, **given))
        if done is not None:
            return _received(request, done)
    return form_page(request, "receipt", row.household, form=form, receipt=row)


def _received(request: HttpRequest, receipt: AidReceipt) -> HttpResponse:
    messages.success(request, _("The aid is recorded."))
    if (receipt.difference or 0) > 0:
        messages.warning(
            request, _("Less arrived than was due. If someone took a part, record it as a case.")
        )
    return to_family(receipt.household, "receipts")


@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    user = person(request)
    form = VisitForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda _accept: actions.record_visit(household=household, by=user, **form.cleaned_data)
        )
        if done is not None:
            messages.success(request, _("The visit is recorded."))
            if done.result == VisitResult.MOVED:
                messages.info(
                    request, _("If the whole family moved away, mark it at the bottom of this page.")
                )
            return to_family(household, "visits")
    return form_page(request, "visit", household, form=form)
