"""The administration site: reference data for the board, behind the posko's own sign-in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from cases.kernel.exceptions import NotAllowed

# The posko has its own pages for these.
LEFT_OUT = {"logout", "password_change", "password_change_done", "view_on_site"}


class PoskoAdminSite(AdminSite):
    site_title = "Posko Bansos"
    site_header = _("Reference data")
    index_title = _("What the posko looks up")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Reference data by construction: what other packages bring (accounts, groups, second factors) stays out.

        The mark is cases.audit.admin.BoardAdmin's; importing that here would go in a circle.
        """
        if getattr(admin_class, "for_the_board", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not (user.is_authenticated and user.is_active and user.is_board):
            return False
        return not settings.POSKO_SECOND_FACTOR_FOR_BOARD or is_mfa_enabled(user)

    def get_log_entries(self, request: HttpRequest) -> Any:
        """History is kept by the audit slice, so Django's own log stays empty."""
        from django.contrib.admin.models import LogEntry

        return LogEntry.objects.none()

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT]

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., Any]:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            self._check(request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One door for everyone: the posko's own sign-in, with its rate limits and second factor."""
        if not request.user.is_authenticated:
            target = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
            return redirect_to_login(target)
        self._check(request)
        return redirect("admin:index")

    def _check(self, request: HttpRequest) -> None:
        if request.user.is_authenticated and not self.has_permission(request):
            raise NotAllowed(_("Only the board changes reference data."))
