"""What a link or a QR on a poster shows: the same words, for the oldest phone, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cases.paper.models import Poster
from cases.paper.sheets import poster_from_blocks
from cases.paper.views.common import png_response


def _shared(token: str) -> Poster:
    """By its token alone; what is not shared, or was taken down, does not exist."""
    return get_object_or_404(Poster.objects.hanging(), share_token=token, shared=True)


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def poster(request: HttpRequest, token: str) -> HttpResponse:
    row = _shared(token)
    content = poster_from_blocks(row.kind, row.content)
    expired = row.valid_until is not None and row.valid_until < timezone.localdate()
    phone = "".join(sign for sign in content.phone.split("/")[0] if sign.isdigit() or sign == "+")
    context = {
        "poster": row,
        "content": content,
        "expired": expired,
        "dial": phone,
        "bring": [item.label for item in content.bring if item.icon != "photocopy"],
        "kilobytes": round(row.picture.size / 1024) if row.picture else 0,
    }
    response = render(request, "paper/public.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def poster_picture(request: HttpRequest, token: str) -> HttpResponse:
    row = _shared(token)
    if not row.picture:
        raise Http404
    response = png_response(row.picture.unsealed())
    response["X-Robots-Tag"] = "noindex"
    return response
