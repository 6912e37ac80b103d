"""Pengurus see everything: where the setting asks for it they set up a second factor before anything else."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

# Pages one needs in order to set the second factor up, or to leave.
OPEN_PATHS = ("/accounts/", "/static/", "/healthz", "/readyz", "/language/")


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            messages.warning(request, _("The board signs in with a second factor. Please set it up first."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if not settings.POSKO_SECOND_FACTOR_FOR_BOARD or request.path_info.startswith(OPEN_PATHS):
            return False
        user = request.user
        return bool(user.is_authenticated and user.is_board and not is_mfa_enabled(user))
