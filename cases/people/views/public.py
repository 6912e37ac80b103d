"""Pages for those who have no account yet, or no password any more."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cases.kernel.exceptions import ActionRefused
from cases.people import actions
from cases.people.forms import JoinForm, NewPasswordForm
from cases.people.models import Invitation, PasswordLink, User
from cases.people.rules import suggest_username


@require_GET
@login_not_required
def ask_coordinator(request: HttpRequest) -> HttpResponse:
    """In place of sign-up and of password mail."""
    return render(request, "people/ask_coordinator.html")


def _dead(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "people/dead_link.html", {"sentence": sentence}, status=410)


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds an invitation makes an account, or takes the role with the account signed in here."""
    invitation = (
        Invitation.objects.select_related("area__parent__parent", "invited_by", "organisation")
        .filter(token_digest=actions.link_digest(token))
        .first()
    )
    if sentence := actions.dead_link_sentence(invitation):
        return _dead(request, sentence)
    if request.user.is_authenticated:
        return _join_with_account(request, invitation, token)
    initial = {}
    if invitation.invited_by_id is not None:
        initial = {"name": invitation.name, "username": _free_username(invitation.name)}
    form = JoinForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("name", "username", "phone", "password")}
        try:
            user = actions.accept_invitation(token=token, **given)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            get_adapter().login(request, user)
            messages.success(
                request, _("Welcome, %(name)s. Your account is ready.") % {"name": user.get_short_name()}
            )
            return redirect("desk:home")
    # Not 422 on errors: Django logs the path of those, and this one opens an account while the link is open.
    return render(request, "people/join.html", {"form": form, "invitation": invitation})


def _join_with_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if request.method == "POST":
        actions.accept_with_account(token=token, by=request.user)
        messages.success(request, _("The role is yours now."))
        return redirect("people:me")
    return render(request, "people/join_with_account.html", {"invitation": invitation})


def _free_username(name: str) -> str:
    candidate = suggest_username(name)
    return candidate if candidate and not User.objects.filter(username=candidate).exists() else ""


@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    link = PasswordLink.objects.select_related("user").filter(token_digest=actions.link_digest(token)).first()
    if sentence := actions.dead_link_sentence(link):
        return _dead(request, sentence)
    form = NewPasswordForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_password_by_link(token=token, password=form.cleaned_data["password"])
        except ActionRefused as refusal:
            return _dead(request, str(refusal))
        # Whoever was locked out by wrong guesses gets in with the new one at once.
        get_adapter()._delete_login_attempts_cached_email(request, username=link.user.username)
        messages.success(request, _("The new password is set. Log in with it."))
        return redirect("account_login")
    return render(request, "people/new_password.html", {"form": form, "person": link.user})
