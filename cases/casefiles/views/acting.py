"""Moving a case on: one page a step, all by the same table, so that buttons, pages and refusals never differ."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casefiles import actions, permissions
from cases.casefiles.choices import Status
from cases.casefiles.forms import (
    AssignForm,
    CaseForm,
    CloseForm,
    GroupForm,
    LinkForm,
    NeedsForm,
    ReopenForm,
    ResolveForm,
    SupplyForm,
    TitleForm,
)
from cases.casefiles.models import Case, CaseGroup, CaseLink
from cases.kernel.exceptions import ActionRefused
from cases.kernel.permissions import reason
from cases.people.models import User


@dataclass(frozen=True)
class Step:
    """A thing that can be done with a case: its words, its check, its question and its action."""

    label: str | Promise
    icon: str
    check: Callable[[User, Case], None]
    action: Callable[..., Any]
    done: str | Promise
    form: type[CaseForm] | None = None
    lede: str | Promise = ""
    variant: str = ""
    target: Status | None = None


STEPS: dict[str, Step] = {
    "verify": Step(
        _("Mark as verified"),
        "check",
        permissions.check_can_verify,
        actions.verify,
        _("The case is verified. It can be sent to an office now."),
        lede=_("You have asked, looked or compared, and the story holds."),
        variant="primary",
        target=Status.VERIFIED,
    ),
    "ask": Step(
        _("Ask for details"),
        "help",
        permissions.check_can_ask_details,
        actions.ask_details,
        _("The volunteer is asked for what is missing."),
        NeedsForm,
        _("The case goes back to the volunteer, with your question."),
        target=Status.NEEDS_DETAILS,
    ),
    "supply": Step(
        _("The details are there"),
        "check",
        permissions.check_can_supply_details,
        actions.supply_details,
        _("Thank you. It is the coordinator's turn again."),
        SupplyForm,
        variant="primary",
        target=Status.NEW,
    ),
    "resolve": Step(
        _("It is solved"),
        "status-resolved",
        permissions.check_can_resolve,
        actions.resolve,
        _("The case is resolved. Tell the reporter, if you can."),
        ResolveForm,
        target=Status.RESOLVED,
    ),
    "close": Step(
        _("Close without a solution"),
        "status-closed",
        permissions.check_can_close,
        actions.close,
        _("The case is closed."),
        CloseForm,
        _("A closed case can be opened again."),
        variant="quiet",
        target=Status.CLOSED,
    ),
    "reopen": Step(
        _("Open again"),
        "status-reopened",
        permissions.check_can_reopen,
        actions.reopen,
        _("The case is open again."),
        ReopenForm,
        variant="primary",
        target=Status.REOPENED,
    ),
    "assign": Step(
        _("Hand out the task"),
        "assign",
        permissions.check_can_assign,
        actions.assign,
        _("The task is handed out."),
        AssignForm,
        _("Whoever has the task sees the case under “My tasks”."),
    ),
    "take": Step(
        _("I take care of it"),
        "assign",
        permissions.check_can_take_on,
        actions.take_on,
        _("This case is now your task."),
    ),
    "link": Step(
        _("Link a similar case"),
        "link",
        permissions.check_can_link,
        actions.link,
        _("The two cases are linked."),
        LinkForm,
        _("Cases about the same thing are stronger together."),
    ),
    "group": Step(
        _("Put into a group"),
        "group",
        permissions.check_can_group,
        lambda *, case, by, group, title: actions.group(cases=[case], by=by, group=group, title=title),
        _("The case is in the group."),
        GroupForm,
        _("A group is the same thing happening to many. It can be sent to an office in one letter."),
    ),
    "ungroup": Step(
        _("Take out of the group"),
        "group",
        permissions.check_can_group,
        actions.ungroup,
        _("The case is out of the group."),
    ),
}

# What can come next, the likeliest first; ALLOWED decides, this only orders.
NEXT: dict[Status, tuple[str, ...]] = {
    Status.NEW: ("verify", "ask", "close"),
    Status.NEEDS_DETAILS: ("supply", "verify", "close"),
    Status.VERIFIED: ("resolve", "ask", "close"),
    Status.SENT: ("resolve", "close"),
    Status.ANSWERED: ("resolve", "ask", "close"),
    Status.RESOLVED: ("reopen",),
    Status.CLOSED: ("reopen",),
    Status.REOPENED: ("resolve", "ask", "close"),
}


def steps_for(case: Case, user: User) -> list[dict[str, Any]]:
    """Buttons for the moves of this status; of those that only a coordinator may make, others see the first, with its reason."""
    shown: list[dict[str, Any]] = []
    refused = False
    for name in NEXT[Status(case.status)]:
        step = STEPS[name]
        why = reason(step.check, user, case)
        if why and refused:
            continue
        refused = refused or bool(why)
        url = reverse(f"casefiles:{name}", args=[case.pk])
        shown.append(
            {
                "name": name,
                "label": step.label,
                "icon": step.icon,
                # One button stands out at most, and where it can be sent, that is the sending.
                "variant": step.variant if step.variant != "primary" or not (shown or why) else "",
                "reason": why,
                "href": "" if step.form is None else url,
                "post": url if step.form is None else "",
            }
        )
    return shown


def side_steps_for(case: Case, user: User) -> list[dict[str, Any]]:
    """What is beside the states: only what this user may do now."""
    names = ["take", "assign", "link", "ungroup" if case.group_id else "group"]
    shown = []
    for name in names:
        step = STEPS[name]
        if not reason(step.check, user, case):
            url = reverse(f"casefiles:{name}", args=[case.pk])
            direct = step.form is None
            shown.append(
                {
                    "label": step.label,
                    "icon": step.icon,
                    "href": "" if direct else url,
                    "post": url if direct else "",
                }
            )
    return shown


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of one step: its question, and the action."""
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    step = STEPS[name]
    step.check(request.user, case)
    form = None
    if step.form is not None:
        form = step.form(request.POST or None, user=request.user, case=case)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form is not None else {}
        try:
            step.action(case=case, by=request.user, **given)
        except ActionRefused as refusal:
            if form is None:
                raise
            form.add_error(None, str(refusal))
        else:
            messages.success(request, step.done)
            return redirect("casefiles:detail", pk=case.pk)
    context = {"nav": "cases", "case": case, "step": step, "form": form}
    return render(request, "casefiles/act.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def similar(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Link to a case that was offered as similar."""
    mine = Case.objects.visible_to(request.user)
    case, twin = get_object_or_404(mine, pk=pk), get_object_or_404(mine, pk=other)
    actions.link(case=case, other=twin, by=request.user)
    messages.success(request, _("The two cases are linked."))
    return redirect("casefiles:detail", pk=case.pk)


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(CaseLink.objects.visible_to(request.user).select_related("case", "other"), pk=pk)
    actions.unlink(link=link, by=request.user)
    messages.success(request, _("The two cases are no longer linked."))
    back = request.POST.get("back", "")
    return redirect("casefiles:detail", pk=int(back) if back == str(link.other_id) else link.case_id)


@require_http_methods(["GET", "POST"])
def rename_group(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(CaseGroup.objects.visible_to(request.user), pk=pk)
    permissions.check_can_rename_group(request.user, group)
    form = TitleForm(request.POST or None, initial={"title": group.title})
    if request.method == "POST" and form.is_valid():
        actions.rename_group(group=group, by=request.user, title=form.cleaned_data["title"])
        messages.success(request, _("The group has a new title."))
        return redirect("casefiles:group_detail", pk=group.pk)
    context = {"nav": "cases", "group": group, "form": form}
    return render(
        request, "casefiles/rename_group.html", context, status=422 if request.method == "POST" else 200
    )
