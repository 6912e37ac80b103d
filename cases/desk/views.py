"""Pages that compose the other slices: home, search, the chooser of what to record, help, and what machines ask."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from cases.casefiles import codes
from cases.casefiles.models import Case
from cases.casefiles.search import visible_case_of_code
from cases.desk import api_guide, figures, permissions, queues, readiness, rules
from cases.desk import board as boards
from cases.desk import search as searching
from cases.desk.filters import BoardFilter
from cases.kernel.site import site_of
from cases.people.choices import Role


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """By the widest role; whoever has none is told whom to ask."""
    user = request.user
    today = timezone.localdate()
    if user.is_coordinator:
        view = queues.overview(user, by_kampung=user.is_board)
        week_ago = today - timedelta(days=queues.WEEK)
        context = {"view": view, "since": week_ago.isoformat(), "most": queues.MOST}
        return render(request, "desk/home_coordinator.html", {**context, "today": today})
    if user.has_role(Role.VOLUNTEER):
        day = queues.volunteer_day(user)
        return render(request, "desk/home_volunteer.html", {"day": day, "today": today})
    if user.has_role(Role.OBSERVER):
        until, counts = figures.cases_by_category()
        told = [(label, number) for label, number in counts if number]
        context = {"until": until, "counts": told, "few": len(counts) - len(told)}
        return render(request, "desk/home_observer.html", context)
    return render(request, "desk/home_stranger.html")


@require_safe
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Counts for the coordinator and for the weekly meeting, on the screen and on paper."""
    permissions.check_can_see_board(request.user)
    filterset = BoardFilter(request.GET, Case.objects.none(), request=request)
    area = filterset.form.cleaned_data.get("area") if filterset.is_valid() else None
    context = {"board": boards.board(request.user, area), "form": filterset.form, "now": timezone.now()}
    return render(request, "desk/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """One field for everything.

    The form posts. A text without personal numbers is sent on to an address that can be kept and gone back to; a KK, NIK,
    telephone number or resident's code is answered at once, so that it never stands in an address, a history or a log.
    """
    permissions.check_can_work(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    text = searching.cleaned(asked.get("q", ""))
    here = reverse("desk:search")
    if code := codes.read(text):
        return _by_code(request, code)
    if request.method == "POST" and not rules.is_personal(text):
        return redirect(f"{here}?{urlencode({'q': text})}" if text else here)
    if request.method != "POST" and rules.is_personal(text):
        messages.warning(request, _("Type numbers into the field, not into the address: addresses are kept."))
        return redirect(here)
    if not text:
        return render(request, "desk/search.html")
    if case := searching.case_of_number(request.user, text):
        return redirect("casefiles:detail", pk=case.pk)
    found = searching.find(request.user, text)
    personal = rules.is_personal(text)
    if personal and found.only_household:
        return redirect("households:detail", pk=found.only_household.pk)
    context = {
        "found": found,
        "text": "" if personal else text,
        "personal": personal,
        "digits": rules.digits_in(text),
        "whole": rules.WHOLE_NUMBER,
    }
    return render(request, "desk/search.html", context)


def _by_code(request: HttpRequest, code: str) -> HttpResponse:
    """A resident's code, as it stands on the slip: never in an address either."""
    if request.method != "POST":
        messages.warning(request, _("Type codes into the field, not into the address: addresses are kept."))
        return redirect("desk:search")
    case = visible_case_of_code(request.user, code)
    if case is not None:
        return redirect("casefiles:detail", pk=case.pk)
    return render(request, "desk/search.html", {"unknown_code": True})


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    permissions.check_can_work(request.user)
    return render(request, "desk/record.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    address = f"{site_of(request)}{reverse('status:ask')}"
    return render(request, "desk/help.html", {"status_address": address.partition("://")[2].rstrip("/")})


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The API in words, made from the same schema that machines read."""
    return render(request, "desk/api_docs.html", {"guide": api_guide.guide(request)})


@login_not_required
@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    missing = readiness.missing()
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)
