"""Invitations: made, shown once, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.indonesian import clock, short_date
from cases.kernel.paging import keyset_page
from cases.people import actions, permissions
from cases.people.choices import Role
from cases.people.forms import ROLE_MEANING, InvitationForm
from cases.people.models import Invitation, PasswordLink, User
from cases.people.views.handover import hand_over, link_context, take, whatsapp


@require_GET
def invitations(request: HttpRequest) -> HttpResponse:
    permissions.check_can_look_after_people(request.user)
    rows = Invitation.objects.visible_to(request.user).select_related(
        "area__parent__parent", "invited_by", "accepted_by"
    )
    page = keyset_page(rows, order=("-created_at", "-id"), cursor=request.GET.get("cursor"))
    for row in page:
        row.may_renew = permissions.can_grant(request.user, row.role, row.area_id)
    return render(request, "people/invitations.html", {"page": page})


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    permissions.check_can_look_after_people(request.user)
    initial = {"organisation": request.user.organisation_id, "area": request.GET.get("area")}
    form = InvitationForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(by=request.user, **form.cleaned_data)
        except (ActionRefused, NotAllowed) as refusal:
            form.add_error("area", str(refusal))
        else:
            return hand_over(request, "invitation", invitation.pk, token)
    return render(
        request,
        "people/invite.html",
        {"form": form, "roles": role_cards(form)},
        status=422 if form.errors else 200,
    )


def role_cards(form: InvitationForm) -> list[dict[str, object]]:
    """The roles as cards with what each does."""
    return [
        {
            "value": value,
            "label": label,
            "hint": ROLE_MEANING[Role(value)],
            "icon": ROLE_ICONS[value],
            "checked": form["role"].value() == value,
        }
        for value, label in form.fields["role"].choices
    ]


ROLE_ICONS = {Role.VOLUNTEER: "door", Role.COORDINATOR: "group", Role.BOARD: "shield", Role.OBSERVER: "eye"}


@require_POST
def renew_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    renewed, token = actions.renew_invitation(invitation=invitation, by=request.user)
    return hand_over(request, "invitation", renewed.pk, token)


@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.revoke_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation was taken back. Its link opens nothing any more."))
    return redirect("people:invitations")


@require_GET
@never_cache
def show_link(request: HttpRequest) -> HttpResponse:
    """The one showing of a link that was just made, with a slip to print."""
    kept = take(request)
    if kept is None:
        messages.info(request, _("A link is shown only once. Make a new one if it was not handed over."))
        return redirect("people:invitations" if request.user.is_coordinator else "people:me")
    kind, pk, token = kept
    if kind == "password":
        link = get_object_or_404(PasswordLink.objects.select_related("user"), pk=pk, made_by=request.user)
        context = link_context(request, "people:new_password", token)
        text = password_text(link.user, link, context["url"])
        context |= {"link": link, "person": link.user}
    else:
        invitation = get_object_or_404(
            Invitation.objects.select_related("area__parent__parent"), pk=pk, invited_by=request.user
        )
        context = link_context(request, "people:join", token)
        text = invitation_text(invitation, context["url"])
        context |= {"link": invitation, "invitation": invitation}
    context |= {"text": text, "whatsapp": whatsapp(text)}
    return render(request, "people/show_link.html", context)


def invitation_text(invitation: Invitation, url: str) -> str:
    """What goes out by WhatsApp."""
    return _(
        "Hello %(name)s, you are invited to join Posko Bansos as %(role)s in %(area)s. Open this link to make"
        " your account: %(url)s (works once, until %(until)s). Do not pass it on."
    ) % {
        "name": invitation.name,
        "role": invitation.get_role_display(),
        "area": invitation.area.label,
        "url": url,
        "until": short_date(invitation.expires_at),
    }


def password_text(person: User, link: PasswordLink, url: str) -> str:
    return _(
        "Hello %(name)s, open this link to set a new password for Posko Bansos: %(url)s (works once, until"
        " %(until)s). Do not pass it on: it opens your account."
    ) % {
        "name": person,
        "url": url,
        "until": f"{short_date(link.expires_at)} {clock(link.expires_at)}",
    }
