"""Posters: choose, write, look at, print, share, take down."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.areas.models import NoticeBoard
from cases.kernel.exceptions import ActionRefused
from cases.kernel.paging import keyset_page
from cases.kernel.permissions import reason
from cases.kernel.scope import within
from cases.kernel.site import site_of
from cases.paper import actions, permissions, sources
from cases.paper.choices import PaperSize, PosterKind
from cases.paper.filters import PosterFilter
from cases.paper.forms import PosterStartForm, PosterTextForm
from cases.paper.models import Poster
from cases.paper.sharing import is_public, link_of
from cases.paper.sheets import WORDS_A_POSTER, PaperRefused, PosterContent, poster_blocks, poster_from_blocks
from cases.paper.typesetting import render_png
from cases.paper.views.common import PREVIEW_WIDTH, picture, png_response, status
from cases.paper.views.home import printed
from cases.paper.wording import as_text

NEWEST = ("-updated_at", "-id")
PRINTS_SHOWN = 6
# Blocks that are about the area or the posko: a copy for another area takes them from there.
LOCAL = ("who", "sessions", "ask", "phone", "posko", "organisation")
PAPER_WORDS = {
    PaperSize.A3: gettext_lazy("large, for a board or a wall"),
    PaperSize.A4: gettext_lazy("any printer"),
    PaperSize.F4: gettext_lazy("folio, any copy shop"),
    PaperSize.A3_TILES: gettext_lazy("two A4 sheets glued together"),
}


@require_GET
def posters(request: HttpRequest) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    rows = Poster.objects.visible_to(request.user).hanging().with_words()
    filterset = PosterFilter(request.GET, rows, request=request)
    page = keyset_page(filterset.qs, order=NEWEST, cursor=request.GET.get("cursor"), size=12)
    active = sum(1 for name in filterset.filters if filterset.data.get(name))
    return render(request, "paper/posters.html", {"page": page, "filterset": filterset, "active": active})


@require_GET
def poster_create(request: HttpRequest) -> HttpResponse:
    """The first of two steps: what about, where, which round."""
    permissions.check_can_use_paper(request.user)
    form = PosterStartForm(user=request.user, initial=_start_values(request))
    return render(request, "paper/poster_start.html", {"form": form, "like": _like(request)})


@require_http_methods(["GET", "POST"])
def poster_text(request: HttpRequest) -> HttpResponse:
    """The second step: the words, prefilled from the schedule and the posko; nothing is kept before it is sent."""
    permissions.check_can_use_paper(request.user)
    start = PosterStartForm(request.GET, user=request.user)
    if not start.is_valid():
        context = {"form": start, "like": _like(request)}
        return render(request, "paper/poster_start.html", context, status=422)
    kind, area, aid_round = (start.cleaned_data[name] for name in ("kind", "area", "round"))
    site = site_of(request)
    if request.method == "POST":
        form = PosterTextForm(request.POST, kind=kind, site=site)
        if form.is_valid() and "preview" not in request.POST:
            try:
                poster = actions.make_poster(
                    kind=kind,
                    area=area,
                    aid_round=aid_round,
                    content=form.content,
                    valid_until=form.cleaned_data["valid_until"],
                    with_qr=form.cleaned_data["with_qr"],
                    site=site,
                    by=request.user,
                    client_id=form.cleaned_data["client_id"],
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The poster is kept. Choose its size and print it."))
                return redirect("paper:poster", pk=poster.pk)
    else:
        form = _first_words(request, start)
    picture_url = f"{reverse('paper:poster_preview')}?{request.GET.urlencode()}"
    about = {"kind": kind, "area": area, "round": aid_round, "picture_url": picture_url}
    return _text_page(request, form, about)


def _first_words(request: HttpRequest, start: PosterStartForm) -> PosterTextForm:
    """The words before anybody edits them; of a copy, those of its model but for what is about the area."""
    kind, area, aid_round = (start.cleaned_data[name] for name in ("kind", "area", "round"))
    content, until = sources.starting_poster(kind, area, aid_round, by=request.user)
    blocks = poster_blocks(content)
    like = _like(request)
    if like is not None and like.kind == kind:
        blocks = like.content | {name: blocks[name] for name in LOCAL} | {"link": "", "valid_until": ""}
    initial = PosterTextForm.initial_of(blocks) | {"valid_until": until, "client_id": uuid4()}
    return PosterTextForm(initial=initial, kind=kind, site=site_of(request))


@require_GET
@cache_control(private=True, max_age=60)
def poster_preview(request: HttpRequest) -> HttpResponse:
    """The poster as it would be without an edit: a picture of its own, so that a phone fetches it only when it is looked at."""
    permissions.check_can_use_paper(request.user)
    start = PosterStartForm(request.GET, user=request.user)
    if not start.is_valid():
        raise Http404
    form = _first_words(request, start)
    content = _content_shown(form, form.kind)
    if content is None:
        raise Http404
    return png_response(_preview(content))


@require_http_methods(["GET", "POST"])
def poster_edit(request: HttpRequest, pk: int) -> HttpResponse:
    poster = _poster(request, pk)
    permissions.check_can_change_poster(request.user, poster)
    site = site_of(request)
    if request.method == "POST":
        form = PosterTextForm(request.POST, kind=poster.kind, site=site)
        if form.is_valid() and "preview" not in request.POST:
            try:
                actions.change_poster(
                    poster=poster,
                    content=form.content,
                    valid_until=form.cleaned_data["valid_until"],
                    with_qr=form.cleaned_data["with_qr"],
                    site=site,
                    by=request.user,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("The poster is changed. Sheets that hang already still say the old words.")
                )
                return redirect("paper:poster", pk=pk)
    else:
        initial = PosterTextForm.initial_of(poster.content) | {
            "valid_until": poster.valid_until,
            "with_qr": poster.with_qr,
        }
        form = PosterTextForm(initial=initial, kind=poster.kind, site=site)
    picture_url = f"{reverse('paper:poster_picture', args=[pk])}?{int(poster.updated_at.timestamp())}"
    about = {"kind": poster.kind, "area": poster.area, "round": poster.round, "picture_url": picture_url}
    return _text_page(request, form, about | {"poster": poster})


def _text_page(request: HttpRequest, form: PosterTextForm, about: dict[str, Any]) -> HttpResponse:
    content = _content_shown(form, about["kind"])
    shown, preview_error = None, ""
    if content is not None and request.method == "POST":
        try:
            shown = picture(_preview(content))
        except PaperRefused as refusal:
            preview_error = str(refusal)
    context = about | {
        "form": form,
        "kind_label": PosterKind(about["kind"]).label,
        "words": content.word_count if content else None,
        "advised": WORDS_A_POSTER,
        "preview": shown,
        "preview_error": preview_error,
        "has_dates": about["kind"] in (PosterKind.SCHEDULE, PosterKind.CHECK_HELP),
        "has_steps": about["kind"] in (PosterKind.COMPLAIN, PosterKind.NO_LEVY),
    }
    if request.htmx and "preview" in request.POST:
        return render(request, "paper/_poster_preview.html", context)
    return render(request, "paper/poster_text.html", context, status=status(request, form))


def _content_shown(form: PosterTextForm, kind: str) -> PosterContent | None:
    """What the form says now, sent or prefilled; None where it can not be a poster yet."""
    if form.is_bound:
        return getattr(form, "content", None)
    filled = PosterTextForm(_as_sent(form), kind=kind, site=form.site)
    return filled.content if filled.is_valid() else None


def _as_sent(form: PosterTextForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


def _preview(content: PosterContent) -> bytes:
    return render_png("poster", content, paper=PaperSize.A4, width=PREVIEW_WIDTH, first=1)[0]


def _poster(request: HttpRequest, pk: int) -> Poster:
    return get_object_or_404(Poster.objects.visible_to(request.user).with_words(), pk=pk)


@require_GET
def poster_detail(request: HttpRequest, pk: int) -> HttpResponse:
    poster = _poster(request, pk)
    content = poster_from_blocks(poster.kind, poster.content)
    link = link_of(poster, site_of(request))
    text = as_text(content) + (f"\n{link}" if poster.shared and not content.link else "")
    today = timezone.localdate()
    return render(
        request,
        "paper/poster.html",
        {
            "poster": poster,
            "papers": [
                {
                    "value": paper,
                    "label": paper.label,
                    "hint": PAPER_WORDS[paper],
                    "why_not": reason(permissions.check_can_print_poster, request.user, poster, paper),
                }
                for paper in PAPER_WORDS
            ],
            "words": content.word_count,
            "text": text,
            "whatsapp": f"https://wa.me/?{urlencode({'text': text})}",
            "link": link,
            "link_is_public": is_public(link),
            "why_no_change": reason(permissions.check_can_change_poster, request.user, poster),
            "expired": poster.valid_until is not None and poster.valid_until < today,
            "outdated": _outdated(poster, request.user),
            "boards": list(
                NoticeBoard.objects.filter(within([poster.area_id]), active=True).order_by(
                    "area_id", "place"
                )[:20]
            ),
            "prints": list(poster.prints.select_related("by").order_by("-at", "-id")[:PRINTS_SHOWN]),
        },
    )


def _outdated(poster: Poster, user: Any) -> bool:
    """Whether the schedule has moved since; a poster whose last day has passed is old anyway."""
    if poster.round is None or poster.kind != PosterKind.SCHEDULE:
        return False
    coming = sources.dates(poster.round, poster.area_id, user=user)
    return bool(coming) and sources.outdated(
        [row["day"] for row in poster.content.get("sessions", [])], coming
    )


@require_GET
@cache_control(private=True, max_age=300)
def poster_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture for WhatsApp, as it was made when the text was kept."""
    poster = _poster(request, pk)
    if not poster.picture:
        raise Http404
    response = png_response(poster.picture.unsealed())
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="poster-{poster.area_id}-{poster.pk}.png"'
    return response


@require_POST
def poster_print(request: HttpRequest, pk: int) -> HttpResponse:
    poster = _poster(request, pk)
    paper = request.POST.get("paper", "")
    if paper not in PaperSize.values:
        raise Http404
    row = actions.print_poster(poster=poster, paper=paper, by=request.user, client_id=_stamp(request, paper))
    return printed(row)


def _stamp(request: HttpRequest, paper: str) -> Any:
    """One id a page and size: a double tap prints once, another size is another print."""
    try:
        return uuid5(UUID(request.POST.get("client_id", "")), paper)
    except ValueError:
        return None


@require_POST
def poster_share(request: HttpRequest, pk: int) -> HttpResponse:
    poster = _poster(request, pk)
    if request.POST.get("on") == "1":
        actions.share_poster(poster=poster, by=request.user)
        messages.success(
            request, _("The link works. Anyone who has it can read the poster, without signing in.")
        )
    else:
        actions.stop_sharing(poster=poster, by=request.user)
        messages.success(request, _("The link leads nowhere any more."))
    return redirect("paper:poster", pk=pk)


@require_POST
def poster_retire(request: HttpRequest, pk: int) -> HttpResponse:
    actions.retire_poster(poster=_poster(request, pk), by=request.user)
    messages.success(request, _("The poster is taken down here. Take it off the walls too."))
    return redirect("paper:posters")


def _start_values(request: HttpRequest) -> dict[str, Any]:
    like = _like(request)
    values = {name: request.GET[name] for name in ("kind", "area", "round", "like") if request.GET.get(name)}
    if like is not None:
        values = {"kind": like.kind, "round": like.round_id, "like": like.pk} | values
    return values


def _like(request: HttpRequest) -> Poster | None:
    pk = request.GET.get("like", "")
    return (
        Poster.objects.visible_to(request.user).filter(pk=pk).first()
        if pk.isascii() and pk.isdigit()
        else None
    )
