"""Second factors where they are asked for, and when a signed-in phone was last seen."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from cases.kernel import permissions as kernel_permissions
from cases.people import permissions

# Pages one needs in order to set the second factor up, or to leave.
OPEN_PATHS = ("/accounts/", "/static/", "/healthz", "/readyz", "/language/")
SEEN = "people_seen"
SEEN_EVERY = 3600  # seconds; one write an hour instead of one a page


class SecondFactorMiddleware:
    """The board sets a second factor up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(OPEN_PATHS) or not request.user.is_authenticated:
            return self.get_response(request)
        why = kernel_permissions.reason(permissions.check_second_factor, request.user)
        if not why:
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            problem = {
                "type": "about:blank#not-allowed",
                "title": "not-allowed",
                "status": 403,
                "detail": why,
            }
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        messages.warning(request, why)
        return redirect("mfa_activate_totp")


class SeenMiddleware:
    """Keeps the list of signed-in phones: which, and when it was last seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A request without a session cookie cannot be signed in, and asking would cost it a query.
        if request.session.session_key and request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(SEEN, 0) >= SEEN_EVERY:
                request.session[SEEN] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
