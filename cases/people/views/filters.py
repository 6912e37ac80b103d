"""Filters kept under a name: all of them, and what is done to one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.kernel.exceptions import ActionRefused
from cases.people import actions, lists
from cases.people.forms import FilterNameForm, SaveFilterForm
from cases.people.models import SavedFilter


@require_GET
def filters(request: HttpRequest) -> HttpResponse:
    rows = list(SavedFilter.objects.visible_to(request.user))
    told = [
        (place, [(row, place.address(row.query)) for row in rows if row.place == place.name])
        for place in lists.places()
    ]
    context = {"places": [(place, own) for place, own in told if own]}
    return render(request, "people/filters.html", context)


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    form = SaveFilterForm(request.POST)
    place = lists.place_of(request.POST.get("place", ""))
    if form.is_valid():
        try:
            row = actions.save_filter(by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The filter is kept as “%(name)s”.") % {"name": row.name})
            return redirect(lists.place_of(row.place).address(row.query))  # type: ignore[union-attr]
    context = {"form": form, "back": place.address("") if place else ""}
    return render(request, "people/save_filter.html", context, status=422)


@require_http_methods(["GET", "POST"])
def rename_filter(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    form = FilterNameForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_filter(saved=row, by=request.user, name=form.cleaned_data["name"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The filter has a new name."))
            return redirect("people:filters")
    context = {"form": form, "saved": row}
    return render(
        request, "people/rename_filter.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
def remove_filter(request: HttpRequest, pk: int) -> HttpResponse:
    actions.remove_filter(saved=_own(request, pk), by=request.user)
    messages.success(request, _("The filter is removed."))
    return redirect("people:filters")


def _own(request: HttpRequest, pk: int) -> SavedFilter:
    return get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
