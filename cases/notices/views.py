"""What one is told: the list of digests, one's choices, and a text for the coordinators' group."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.kernel.paging import keyset_page
from cases.kernel.site import site_of
from cases.notices import actions, mail, permissions, registry
from cases.notices.forms import ChoiceForm
from cases.notices.models import Digest, NoticeChoice
from cases.notices.wording import lines
from cases.people.models import Membership
from cases.people.rules import COORDINATES

SIZE = 10


@require_safe
@never_cache
def digest_list(request: HttpRequest) -> HttpResponse:
    """Newest first; what stands on the screen has been seen, so the next page counts it no more."""
    user = request.user
    mine = Digest.objects.visible_to(user).prefetch_related("lines")
    page = keyset_page(mine, order=("-day", "-id"), cursor=request.GET.get("cursor"), size=SIZE)
    fresh = [digest for digest in page if digest.seen_at is None]
    if fresh and request.method == "GET":
        actions.see(digests=fresh, by=user)
    context = {
        "page": page,
        "told": [(digest, lines(digest, user)) for digest in page],
        "may_write": permissions.can_write_to_group(user),
    }
    return render(request, "notices/list.html", context)


@require_safe
@never_cache
def group_text(request: HttpRequest) -> HttpResponse:
    """Counts and the posko's address; always Indonesian, as the group reads it and not this screen."""
    user, today = request.user, timezone.localdate()
    permissions.check_can_write_to_group(user)
    held = Membership.objects.current().filter(user=user, role__in=COORDINATES)
    figures = registry.figures_for(user, today)
    with translation.override("id"):
        places = ", ".join(
            dict.fromkeys(own.area.label for own in held.select_related("area__parent__parent"))
        )
        words = {"figures": figures, "places": places, "today": today, "site": site_of(request)}
        text = render_to_string("notices/group.txt", words).strip()
    context = {
        "figures": [{"number": figure.n, "label": figure.label, "url": figure.url} for figure in figures],
        "text": text,
        "whatsapp": f"https://wa.me/?{urlencode({'text': text})}",
    }
    return render(request, "notices/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    user = request.user
    now = NoticeChoice.objects.filter(user=user).first() or NoticeChoice(user=user)
    initial = {"days": now.days, "by_mail": now.by_mail}
    form = ChoiceForm(request.POST or None, initial=initial, with_mail=mail.is_on())
    if request.method == "POST" and form.is_valid():
        actions.choose(by=user, **({"by_mail": now.by_mail} | form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("people:me")
    context = {"form": form, "mail_on": mail.is_on()}
    return render(request, "notices/choose.html", context, status=422 if form.errors else 200)
