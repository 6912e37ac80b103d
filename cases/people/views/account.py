"""One's own account: name, screen, password, second factor, signed-in phones, key."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.kernel.exceptions import ActionRefused
from cases.kernel.phones import display_phone
from cases.people import actions, permissions
from cases.people.forms import OwnProfileForm, ThemeForm
from cases.people.models import ApiToken
from cases.people.rules import describe_device

YEAR = 365 * 24 * 3600


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "roles": user.memberships.current().select_related("area__parent__parent"),
        "second_factor": is_mfa_enabled(user),
        "second_factor_required": permissions.is_second_factor_required(user),
        "token": ApiToken.objects.filter(user=user).first(),
        "phones": UserSession.objects.filter(user=user).count(),
        "theme": ThemeForm(initial={"theme": request.COOKIES.get("theme", "auto")}),
    }
    return render(request, "people/me.html", context)


@require_http_methods(["GET", "POST"])
def edit_me(request: HttpRequest) -> HttpResponse:
    user = request.user
    initial = {"name": user.name, "phone": display_phone(user.phone or ""), "email": user.email}
    form = OwnProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(by=user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:me")
    return render(request, "people/edit_me.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the phone is set: a cookie, so that the server paints the right one at once."""
    response = redirect("people:me")
    form = ThemeForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["theme"]
        if chosen == "auto":
            response.delete_cookie("theme", samesite="Lax")
        else:
            # page.js switches it as well, so it is readable there.
            response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    phones = [
        {
            "id": session.pk,
            "device": describe_device(session.user_agent) or _("Unknown device"),
            "here": session.session_key == request.session.session_key,
            "since": session.created_at,
            "seen": session.last_seen_at,
        }
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    phones.sort(key=lambda phone: (not phone["here"], -phone["seen"].timestamp()))
    return render(request, "people/sessions.html", {"phones": phones})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end_session(session_id=pk, by=request.user)
    messages.success(request, _("That phone is signed out."))
    return redirect("people:sessions")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    actions.end_other_sessions(by=request.user, keep=request.session.session_key or "")
    messages.success(request, _("Every other phone is signed out."))
    return redirect("people:sessions")


@never_cache
@reauthentication_required
@require_http_methods(["GET", "POST"])
def make_key(request: HttpRequest) -> HttpResponse:
    """A key opens what the person sees, so the password is asked for once more; shown here and never again."""
    key = actions.make_api_token(by=request.user) if request.method == "POST" else ""
    exists = ApiToken.objects.filter(user=request.user).exists()
    return render(request, "people/key.html", {"key": key, "exists": exists})


@require_POST
def revoke_key(request: HttpRequest) -> HttpResponse:
    actions.revoke_api_token(by=request.user)
    messages.success(request, _("The key works no more."))
    return redirect("people:me")
