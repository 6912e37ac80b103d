"""What the pages of families share: a family in scope, and a form that may be shown again."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.households import permissions
from cases.households.models import Household
from cases.people.models import User


def person(request: HttpRequest) -> User:
    """The signed-in user; the middleware lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def family(request: HttpRequest, pk: int) -> Household:
    """A family that this person may see, or 404."""
    seen: QuerySet[Household] = Household.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("area__parent__parent", "created_by"), pk=pk)


def editable_family(request: HttpRequest, pk: int) -> Household:
    """The same, for a page that changes it; a refusal becomes a page with its sentence."""
    household = family(request, pk)
    permissions.check_can_edit(person(request), household)
    return household


def to_family(household: Household, anchor: str = "") -> HttpResponse:
    url = reverse("households:detail", args=[household.pk])
    return redirect(f"{url}#{anchor}" if anchor else url)


def form_page(request: HttpRequest, template: str, household: Household, **context: Any) -> HttpResponse:
    return render(request, f"households/{template}.html", {"household": household, **context})
