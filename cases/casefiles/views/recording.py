"""“What happened?” in three short pages. What was typed travels in the form itself, so nothing is kept half-told."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.casefiles import actions, permissions, rules
from cases.casefiles.choices import CATEGORIES_BY_GROUP, CATEGORY_ICON, Category
from cases.casefiles.forms import CategoryForm, ClosingForm, HappenedForm, UrgencyForm
from cases.casefiles.models import Case
from cases.households.models import Household
from cases.kernel.exceptions import ActionRefused

MOST_SIMILAR = 5


def steps() -> list[str]:
    return [_("What happened?"), _("The story"), _("Evidence and reporter")]


@require_GET
def create(request: HttpRequest) -> HttpResponse:
    """First page: the categories as pictures and words; each leads on, so one touch is enough."""
    permissions.check_can_log_any(request.user)
    groups = [
        (group.label, [(category, CATEGORY_ICON[category]) for category in categories])
        for group, categories in CATEGORIES_BY_GROUP.items()
    ]
    context = {
        "nav": "record",
        "groups": groups,
        "steps": steps(),
        "household": _household(request),
        "query": _carried(request),
    }
    return render(request, "casefiles/choose.html", context)


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, category: str) -> HttpResponse:
    """Second and third page, told apart by what was sent; both without a session and without JavaScript."""
    if category not in Category.values:
        raise Http404
    permissions.check_can_log_any(request.user)
    if request.method == "GET":
        household = _household(request)
        initial = {"household": str(household.pk) if household else "", "area": _usual_area(request)}
        return _story(request, category, HappenedForm(user=request.user, category=category, initial=initial))
    if "find" in request.POST or "back" in request.POST:
        # Looking up a family, or going back, is no mistake: show what was typed, without errors.
        form = HappenedForm(user=request.user, category=category, initial=_typed(request.POST))
        return _story(request, category, form)
    happened = HappenedForm(request.POST, user=request.user, category=category)
    if not happened.is_valid():
        return _story(request, category, happened, status=422)
    if "level" not in request.POST and "closing" not in request.POST:
        first = {"urgency": rules.first_urgency(category), "client_id": uuid.uuid4()}
        return _closing(request, category, happened, ClosingForm(initial=first))
    closing = ClosingForm(request.POST, request.FILES)
    if closing.is_valid():
        try:
            case = actions.log_case(
                by=request.user,
                **happened.said(),
                urgency=closing.cleaned_data["urgency"],
                reporter=closing.reporter(),
                evidence=closing.cleaned_data["evidence"],
                client_id=closing.cleaned_data["client_id"],
            )
        except ActionRefused as refusal:
            closing.add_error(None, str(refusal))
        else:
            return redirect("casefiles:saved", pk=case.pk)
    return _closing(request, category, happened, closing, status=422)


@require_GET
@never_cache
def saved(request: HttpRequest, pk: int) -> HttpResponse:
    """The number in big type, and what happens next."""
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    similar = (
        Case.objects.visible_to(request.user).with_words().similar_to(case).exclude(linked_from__case=case)
    )
    context = {
        "nav": "record",
        "case": case,
        "similar": similar[:MOST_SIMILAR],
        "told": permissions.reporter_for(case, request.user),
    }
    return render(request, "casefiles/saved.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    permissions.check_can_edit(request.user, case)
    wanted = request.POST.get("category") or request.GET.get("category") or case.category
    category = wanted if wanted in Category.values else case.category
    initial = {**HappenedForm.of(case), "urgency": case.urgency, "category": category}
    finding = "find" in request.POST or "ask" in request.POST
    if finding:
        initial = {**initial, **_typed(request.POST)}
    data = request.POST if request.method == "POST" and not finding else None
    form = HappenedForm(data, user=request.user, category=category, case=case, initial=initial)
    urgency = UrgencyForm(data, initial=initial)
    kind = CategoryForm(data, initial={"category": category})
    if data is not None and all([form.is_valid(), urgency.is_valid(), kind.is_valid()]):
        try:
            actions.edit(case=case, by=request.user, **form.said(), urgency=urgency.cleaned_data["urgency"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is changed."))
            return redirect("casefiles:detail", pk=case.pk)
    context = {"nav": "cases", "case": case, "form": form, "urgency": urgency, "kind": kind}
    return render(request, "casefiles/edit.html", context, status=422 if data is not None else 200)


def _story(request: HttpRequest, category: str, form: HappenedForm, status: int = 200) -> HttpResponse:
    context = {
        "nav": "record",
        "form": form,
        "category": Category(category),
        "category_icon": CATEGORY_ICON[Category(category)],
        "steps": steps(),
        "query": _carried(request),
    }
    return render(request, "casefiles/tell.html", context, status=status)


def _closing(
    request: HttpRequest, category: str, happened: HappenedForm, form: ClosingForm, status: int = 200
) -> HttpResponse:
    context = {
        "nav": "record",
        "form": form,
        "carried": [(name, value) for name in happened.fields for value in request.POST.getlist(name)],
        "category": Category(category),
        "category_icon": CATEGORY_ICON[Category(category)],
        "steps": steps(),
    }
    return render(request, "casefiles/close_record.html", context, status=status)


def _typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, as initial values: a list where several can be ticked."""
    typed: dict[str, Any] = {name: data.get(name) for name in data}
    for name in data:
        if len(data.getlist(name)) > 1:
            typed[name] = data.getlist(name)
    return typed


def _household(request: HttpRequest) -> Household | None:
    wanted = request.GET.get("household", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    return Household.objects.visible_to(request.user).current().filter(pk=wanted).first()


def _carried(request: HttpRequest) -> str:
    wanted = request.GET.get("household", "")
    return f"?household={wanted}" if wanted.isascii() and wanted.isdigit() else ""


def _usual_area(request: HttpRequest) -> str:
    """Where this person recorded last: the next door is mostly in the same RT."""
    wanted = request.GET.get("area", "")
    if wanted:
        return wanted
    latest = (
        Case.objects.visible_to(request.user)
        .filter(created_by=request.user)
        .order_by("-created_at", "-id")
        .values_list("area_id", flat=True)
        .first()
    )
    return latest or ""
