"""Pages of programmes, rounds and dates."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.areas.calendar import load_calendar
from cases.kernel.exceptions import ActionRefused
from cases.kernel.paging import keyset_page
from cases.kernel.permissions import reason
from cases.programmes import actions, permissions, rules
from cases.programmes.choices import RoundStatus
from cases.programmes.filters import RoundFilter, ScheduleFilter
from cases.programmes.forms import CancelForm, Components, ProgrammeForm, RoundForm, ScheduleForm
from cases.programmes.models import Programme, Round, Schedule
from cases.programmes.words import doubts_about

BY_DAY = ("date", "starts", "id")


def entries(schedules: Any, user: Any) -> list[dict[str, Any]]:
    """Dates with the doubts about them and whether this person may change them."""
    today, calendar = timezone.localdate(), load_calendar()
    return [
        {
            "schedule": schedule,
            "past": schedule.date < today,
            "doubts": doubts_about(schedule, today, calendar),
            "may_change": permissions.can_change_schedule(user, schedule),
        }
        for schedule in schedules
    ]


@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    paid_out = Count("rounds", filter=Q(rounds__status=RoundStatus.OPEN))
    programmes = list(Programme.objects.visible_to(request.user).annotate(open_rounds=paid_out))
    upcoming = Schedule.objects.visible_to(request.user).standing().upcoming(timezone.localdate())
    return render(
        request,
        "programmes/list.html",
        {
            "running": [row for row in programmes if row.active],
            "ended": [row for row in programmes if not row.active],
            "upcoming": upcoming.with_words().order_by(*BY_DAY)[:4],
            "may_edit": permissions.can_edit_programmes(request.user),
        },
    )


@require_GET
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    return render(
        request,
        "programmes/detail.html",
        {
            "programme": programme,
            "components": programme.components.all(),
            "rounds": programme.rounds.visible_to(request.user)[:12],
            "grown_old": rules.grown_old(programme.last_checked, timezone.localdate()),
            "may_edit": permissions.can_edit_programmes(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def programme_create(request: HttpRequest) -> HttpResponse:
    permissions.check_can_edit_programmes(request.user)
    return _programme_form(request, None)


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    permissions.check_can_edit_programmes(request.user)
    return _programme_form(request, programme)


def _programme_form(request: HttpRequest, programme: Programme | None) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, instance=programme)
    components = Components(request.POST or None, instance=programme, prefix="components")
    if request.method == "POST" and form.is_valid() and components.is_valid():
        given = {"components": components.rows(), **form.cleaned_data}
        try:
            if programme is None:
                programme = actions.create_programme(by=request.user, **given)
            else:
                # The form has already laid its values over its own instance.
                programme = Programme.objects.get(pk=programme.pk)
                actions.edit_programme(programme=programme, by=request.user, **given)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(programme)s is saved.") % {"programme": programme})
            return redirect("programmes:detail", pk=programme.pk)
    context = {"form": form, "components": components, "programme": programme}
    return render(request, "programmes/edit.html", context, status=_status(request, form))


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("programme")
    filterset = RoundFilter(request.GET, rounds, request=request)
    page = keyset_page(filterset.qs, order=("-period_start", "-id"), cursor=request.GET.get("cursor"))
    return render(
        request,
        "programmes/round_list.html",
        {
            "page": page,
            "filterset": filterset,
            "active": _active(filterset),
            "may_edit": permissions.can_edit_programmes(request.user),
        },
    )


@require_GET
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    aid_round = get_object_or_404(Round.objects.visible_to(request.user).select_related("programme"), pk=pk)
    schedules = aid_round.schedules.visible_to(request.user).with_words().order_by(*BY_DAY)
    page = keyset_page(schedules, order=BY_DAY, cursor=request.GET.get("cursor"), size=50)
    return render(
        request,
        "programmes/round_detail.html",
        {
            "round": aid_round,
            "page": page,
            "entries": entries(page.items, request.user),
            "may_edit": permissions.can_edit_programmes(request.user),
            "is_coordinator": request.user.is_coordinator,
            "why_no_date": reason(permissions.check_can_schedule, request.user, aid_round),
        },
    )


@require_http_methods(["GET", "POST"])
def round_create(request: HttpRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    permissions.check_can_edit_programmes(request.user)
    initial = {"client_id": uuid4(), "amount": programme.amount, "channel": programme.channel}
    form = RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            aid_round = actions.create_round(programme=programme, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round %(round)s is saved.") % {"round": aid_round})
            return redirect("programmes:round", pk=aid_round.pk)
    context = {"form": form, "programme": programme}
    return render(request, "programmes/round_edit.html", context, status=_status(request, form))


@require_http_methods(["GET", "POST"])
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    aid_round = get_object_or_404(Round.objects.visible_to(request.user).select_related("programme"), pk=pk)
    permissions.check_can_edit_programmes(request.user)
    form = RoundForm(request.POST or None, instance=aid_round)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "client_id"}
        try:
            actions.edit_round(aid_round=Round.objects.get(pk=pk), by=request.user, **given)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round %(round)s is saved.") % {"round": aid_round})
            return redirect("programmes:round", pk=pk)
    context = {"form": form, "round": aid_round, "programme": aid_round.programme}
    return render(request, "programmes/round_edit.html", context, status=_status(request, form))


@require_GET
def schedule_list(request: HttpRequest) -> HttpResponse:
    schedules = Schedule.objects.visible_to(request.user).with_words()
    filterset = ScheduleFilter(request.GET, schedules, request=request)
    order = ("-date", "-starts", "-id") if request.GET.get("when") == "past" else BY_DAY
    page = keyset_page(filterset.qs, order=order, cursor=request.GET.get("cursor"))
    return render(
        request,
        "programmes/schedule_list.html",
        {
            "page": page,
            "entries": entries(page.items, request.user),
            "filterset": filterset,
            "active": _active(filterset),
            "area": filterset.form.cleaned_data.get("area") if filterset.is_valid() else None,
        },
    )


@require_http_methods(["GET", "POST"])
def schedule_create(request: HttpRequest, pk: int) -> HttpResponse:
    aid_round = get_object_or_404(Round.objects.visible_to(request.user).select_related("programme"), pk=pk)
    permissions.check_can_schedule(request.user, aid_round)
    initial = {"client_id": uuid4(), "area": request.GET.get("area")}
    form = ScheduleForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            schedule = actions.add_schedule(aid_round=aid_round, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _scheduled(request, schedule)
    context = {"form": form, "round": aid_round}
    return render(request, "programmes/schedule_edit.html", context, status=_status(request, form))


@require_http_methods(["GET", "POST"])
def schedule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _schedule(request, pk)
    permissions.check_can_change_schedule(request.user, schedule)
    form = ScheduleForm(request.POST or None, user=request.user, instance=schedule)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "client_id"}
        try:
            schedule = actions.edit_schedule(schedule=_schedule(request, pk), by=request.user, **given)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _scheduled(request, schedule)
    context = {"form": form, "round": schedule.round, "schedule": schedule}
    return render(request, "programmes/schedule_edit.html", context, status=_status(request, form))


@require_http_methods(["GET", "POST"])
def schedule_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _schedule(request, pk)
    permissions.check_can_change_schedule(request.user, schedule)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_schedule(schedule=schedule, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The date is called off. Posters that show it must come down."))
            return redirect("programmes:round", pk=schedule.round_id)
    context = {"form": form, "schedule": schedule, "round": schedule.round}
    return render(request, "programmes/schedule_cancel.html", context, status=_status(request, form))


def _schedule(request: HttpRequest, pk: int) -> Schedule:
    return get_object_or_404(Schedule.objects.visible_to(request.user).with_words(), pk=pk)


def _scheduled(request: HttpRequest, schedule: Schedule) -> HttpResponse:
    """Saved; what is doubtful is said beside it, as it may well be meant."""
    messages.success(request, _("The date is in the schedule."))
    for sentence in doubts_about(schedule, timezone.localdate(), load_calendar()):
        messages.warning(request, sentence)
    return redirect("programmes:round", pk=schedule.round_id)


def _active(filterset: Any) -> int:
    return sum(1 for name in filterset.filters if filterset.data.get(name))


def _status(request: HttpRequest, form: Any) -> int:
    """A form that came back with errors says so to machines too (htmx swaps a 422)."""
    return 422 if request.method == "POST" else 200
