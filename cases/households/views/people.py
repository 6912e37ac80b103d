"""Members of a family and their consent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.households import actions, permissions
from cases.households.forms import ConsentForm, DayForm, LeftForm, MemberForm
from cases.households.models import Member
from cases.households.views.shared import editable_family, form_page, person, to_family


def _member(request: HttpRequest, pk: int) -> Member:
    """Someone who lives in a family that this person may change, or 404."""
    members = Member.objects.visible_to(request.user).filter(left_at=None)
    member = get_object_or_404(members.select_related("household__area__parent__parent"), pk=pk)
    permissions.check_can_edit(person(request), member.household)
    return member


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    user = person(request)
    form = MemberForm(request.POST or None, similar_url=reverse("households:similar"))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda accept: actions.add_member(
                household=household, member=form.member(), by=user, accept_warnings=accept
            )
        )
        if done is not None:
            messages.success(request, _("%(name)s is in the family now.") % {"name": done.name})
            if request.POST.get("then") == "another":
                return redirect("households:member_add", household.pk)
            return to_family(household, "members")
    others = household.members.filter(left_at=None)
    return form_page(request, "member", household, form=form, others=others)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    user = person(request)
    initial = {name: getattr(member, name) for name in ("name", "relation", "sex", "birth_date", "no_nik")}
    form = MemberForm(
        request.POST or None, initial=initial, member=member, similar_url=reverse("households:similar")
    )
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda accept: actions.edit_member(
                member=member, data=form.member(), by=user, accept_warnings=accept
            )
        )
        if done is not None:
            messages.success(request, _("The changes are saved."))
            return to_family(member.household, "members")
    return form_page(request, "member", member.household, form=form, member=member)


@require_http_methods(["GET", "POST"])
def left(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    form = LeftForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda _accept: actions.member_left(
                member=member,
                on=form.cleaned_data["on"],
                new_head=form.cleaned_data.get("new_head"),
                by=person(request),
            )
        )
        if done is not None:
            messages.success(request, _("%(name)s is no longer in the family.") % {"name": member.name})
            return to_family(member.household, "members")
    return form_page(request, "left", member.household, form=form, member=member)


@require_POST
def head(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    actions.change_head(member=member, by=person(request))
    messages.success(request, _("%(name)s is head of the family now.") % {"name": member.name})
    return to_family(member.household, "members")


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreed = form.consent()
        if agreed is not None and form.attempt(
            lambda _accept: actions.record_consent(household=household, consent=agreed, by=person(request))
        ):
            messages.success(request, _("The consent is recorded."))
            return to_family(household, "consent")
    return form_page(request, "consent", household, form=form)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("The consent is withdrawn and the numbers are erased.")
    return _on_a_day(request, pk, "withdraw", actions.withdraw_consent, said, anchor="consent")


@require_http_methods(["GET", "POST"])
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    return _on_a_day(request, pk, "moved", actions.moved_away, _("The family is marked as moved away."))


def _on_a_day(
    request: HttpRequest, pk: int, page: str, act: Callable[..., Any], said: str, *, anchor: str = ""
) -> HttpResponse:
    """A page that asks for nothing but the day."""
    household = editable_family(request, pk)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"]
        done = form.attempt(lambda _accept: act(household=household, on=day, by=person(request)))
        if done is not None:
            messages.success(request, said)
            return to_family(household, anchor)
    return form_page(request, page, household, form=form)


@require_POST
def moved_back(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    actions.moved_back(household=household, by=person(request))
    messages.success(request, _("The family lives here again."))
    return to_family(household)
