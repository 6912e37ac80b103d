"""People of the areas one coordinates."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.audit.actions import timeline
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.paging import keyset_page
from cases.kernel.permissions import reason
from cases.kernel.phones import display_phone
from cases.people import actions, permissions, words
from cases.people.filters import PersonFilter
from cases.people.forms import PersonForm, RoleForm
from cases.people.models import Membership, User
from cases.people.views.handover import hand_over
from cases.people.views.invitations import role_cards

HISTORY = 30  # entries on the page of a person


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    permissions.check_can_look_after_people(request.user)
    seen = Membership.objects.visible_to(request.user).current().select_related("area__parent__parent")
    people = (
        User.objects.visible_to(request.user)
        .select_related("organisation")
        .prefetch_related(Prefetch("memberships", queryset=seen, to_attr="seen_memberships"))
    )
    found = PersonFilter(request.GET, people, request=request)
    page = keyset_page(found.qs, order=("name", "id"), cursor=request.GET.get("cursor"))
    active = sum(bool(request.GET.get(key)) for key in ("role", "area", "active"))
    return render(request, "people/list.html", {"page": page, "filter": found, "active": active})


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user).select_related("organisation"), pk=pk)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    if pk == request.user.pk and not request.user.is_coordinator:
        return redirect("people:me")
    someone = _person(request, pk)
    held = list(
        Membership.objects.visible_to(request.user)
        .filter(user=someone)
        .select_related("area__parent__parent")
        .order_by("ended_at", "area_id")
    )
    for membership in held:
        membership.why_not_end = reason(permissions.check_can_end_membership, request.user, membership)
    why_not_manage = reason(permissions.check_can_manage, request.user, someone)
    history = timeline(someone).order_by("-id")[:HISTORY]
    context = {
        "person": someone,
        "current": [membership for membership in held if membership.ended_at is None],
        "former": [membership for membership in held if membership.ended_at is not None],
        "why_not_manage": why_not_manage,
        "why_not_link": why_not_manage
        or reason(permissions.check_can_make_password_link, request.user, someone),
        "why_not_shut": why_not_manage or reason(permissions.check_can_deactivate, request.user, someone),
        "may_lift": permissions.can_lift_second_factor(request.user, someone)
        and someone.authenticator_set.exists(),
        "entries": [words.entry(event) for event in history],
    }
    return render(request, "people/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    someone = _person(request, pk)
    permissions.check_can_manage(request.user, someone)
    initial = {
        "name": someone.name,
        "phone": display_phone(someone.phone or ""),
        "organisation": someone.organisation_id,
    }
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(user=someone, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:detail", pk)
    return render(
        request, "people/edit.html", {"form": form, "person": someone}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    someone = _person(request, pk)
    permissions.check_can_look_after_people(request.user)
    form = RoleForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_membership(user=someone, by=request.user, **form.cleaned_data)
        except (ActionRefused, NotAllowed) as refusal:
            form.add_error("area", str(refusal))
        else:
            messages.success(request, _("The role was given."))
            return redirect("people:detail", pk)
    context = {"form": form, "person": someone, "roles": role_cards(form)}
    return render(request, "people/add_role.html", context, status=422 if form.errors else 200)


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk)
    actions.end_membership(membership=membership, by=request.user)
    messages.success(request, _("The role has ended."))
    if User.objects.visible_to(request.user).filter(pk=membership.user_id).exists():
        return redirect("people:detail", membership.user_id)
    return redirect("people:list")


@require_POST
def make_password_link(request: HttpRequest, pk: int) -> HttpResponse:
    link, token = actions.make_password_link(user=_person(request, pk), by=request.user)
    return hand_over(request, "password", link.pk, token)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    actions.deactivate(user=_person(request, pk), by=request.user)
    messages.success(request, _("The account is shut, and signed out everywhere."))
    return redirect("people:detail", pk)


@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    actions.activate(user=_person(request, pk), by=request.user)
    messages.success(request, _("The account is open again."))
    return redirect("people:detail", pk)


@require_POST
def lift_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    actions.lift_second_factor(user=_person(request, pk), by=request.user)
    messages.success(
        request, _("The second factor is gone. The person sets up a new one at the next sign-in.")
    )
    return redirect("people:detail", pk)
