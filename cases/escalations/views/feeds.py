"""The calendar address: asked for on a page, read by a phone that is not signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.escalations import actions, feeds, permissions
from cases.escalations.models import CalendarFeed
from cases.kernel.site import site_of


@require_http_methods(["GET", "POST"])
@never_cache
def manage(request: HttpRequest) -> HttpResponse:
    """The address is shown once, on the answer to the form that made it."""
    permissions.check_can_have_feed(request.user)
    context: dict[str, Any] = {"nav": "cases"}
    if request.method == "POST":
        _feed, token = actions.open_feed(by=request.user)
        context["url"] = site_of(request) + reverse("escalations:feed", args=[token])
    context["feed"] = CalendarFeed.objects.visible_to(request.user).open().first()
    return render(request, "escalations/calendar.html", context)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    actions.revoke_feed(by=request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("escalations:calendar")


@login_not_required
@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """By its token alone; who has left, or whose role ended, reads an empty calendar or none."""
    found = CalendarFeed.objects.open().filter(digest=actions.feed_digest(token), user__is_active=True)
    row = found.select_related("user").first()
    if row is None:
        raise Http404
    if row.read_on != timezone.localdate():
        actions.note_read(feed=row)
    response = HttpResponse(
        feeds.calendar_of(row.user, site_of(request)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="batas-waktu.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
